import { describe, expect, test } from 'vitest'
import { tellingWords, united, worthOf } from '../../src/scripts/search-some.ts'

const page = (content: string) => ({
  excerpt: content.replaceAll(/\S+/g, '<mark>$&</mark>'),
  content,
  meta: { title: 'Page' },
})

describe('words that name something', () => {
  test.each([
    ['exec user process caused: exec format error', ['exec', 'user', 'process', 'caused', 'format']],
    ['https://github.com/nodejs/node', ['https', 'github', 'com', 'nodejs', 'node']],
    ['does sqlite and SQLite work', ['SQLite']],
    ['line 228: c++ # x', ['c++']],
    ['dup2 ARM64', ['dup2']],
    ['', []],
  ])('of “%s”', (query, words) => {
    expect(tellingWords(query, new Set(['arm64']))).toEqual(words)
  })

  test('are the longest of very many', () => {
    const many = Array.from({ length: 300 }, (_, n) => 'w'.repeat(n + 2))
    expect(tellingWords(many.join(' '), new Set())).toEqual(many.slice(-8))
  })
})

describe('what some of the words find', () => {
  test('is most about most of them first, where rare ones count for more', () => {
    const common = Array.from({ length: 50 }, (_, n) => ({ id: `common ${n}`, score: 2, words: [1] }))
    const found = united([
      [...common, { id: 'both', score: 1, words: [7] }],
      [
        { id: 'both', score: 4, words: [2, 7] },
        { id: 'hardly', score: 0.1, words: [4] },
      ],
      [{ id: 'rare', score: 1, words: [3] }],
      [],
    ])
    expect(found.map(({ id }) => id).slice(0, 3)).toEqual(['rare', 'both', 'common 0'])
    expect(found.at(-1)?.id).toBe('hardly')
    expect(found.find(({ id }) => id === 'both')?.words).toEqual([2, 7])
    expect(found.length).toBe(53)
  })

  test('is a better answer where it is called by a word, and none where it has too few of them', () => {
    const worth = (content: string, ...words: string[]) => worthOf(page(content), words, words.join(' '))
    expect(worth('sqlite', 'nginx', 'sqlite')).toBe(1)
    expect(worth('format', 'exec', 'format', 'error', 'caused')).toBe(0)
    expect(worth('error, format', 'exec', 'format', 'error', 'caused')).toBe(1)
    expect(worth('Format error: exec', 'exec', 'format', 'error', 'caused')).toBe(2)
    expect(worth('exec format error', 'exec', 'format', 'error', 'caused')).toBe(3)
    expect(worth('nothing of it', 'exec', 'format', 'page', 'caused')).toBe(2)
    expect(worth('nothing of it', 'exec', 'format', 'page', 'caused', 'bash')).toBe(0)
  })
})
