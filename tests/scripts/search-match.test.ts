import { describe, expect, test } from 'vitest'
import { isMatch, isNamed, isSure, withoutQuotes } from '#scripts/search-match.ts'

const page = (meta: { title?: string; names?: string; identifiers?: string }, content = '', marked: string[] = []) => ({
  meta,
  content,
  excerpt: marked.reduce((text, word) => text.replace(word, `<mark>${word}</mark>`), content),
})

describe('a page that Pagefind offers', () => {
  test('is an answer where its text, its title or another name has the word', () => {
    expect(isMatch(page({ title: 'Go' }, 'calls dup2 here', ['dup2']), 'dup2')).toBe(true)
    expect(isMatch(page({ title: 'CockroachDB' }), 'cockroach')).toBe(true)
    expect(isMatch(page({ title: 'arm64', names: 'aarch64, arm64v8' }), 'AARCH64')).toBe(true)
  })

  test('is none where only the first letters are the same', () => {
    expect(isMatch(page({ title: 'CentOS' }, 'built from Red Hat', ['Red']), 'redis')).toBe(false)
    expect(isMatch(page({ title: 'Blog' }, 'said so in a post', ['post']), 'postgres')).toBe(false)
    expect(isMatch(page({ title: 'GCC' }, 'compiled with it', ['compiled']), 'compilation')).toBe(true)
    expect(isMatch(page({ title: 'Keys' }, 'an address to redirect', ['redirect']), 'redis')).toBe(false)
    expect(isMatch(page({ title: 'Node.js' }, 'is compatible with it', ['compatible']), 'compile')).toBe(false)
    expect(isMatch(page({ title: 'Docker' }, 'runs containers', ['containers']), 'containerised')).toBe(true)
  })

  test('is none where it has only some of the words, or two words that make one', () => {
    expect(isMatch(page({ title: 'GCC' }, 'works on arm64', ['arm64']), 'foobarium arm64')).toBe(false)
    expect(isMatch(page({ title: 'GCC' }, 'works on arm64', ['arm64']), 'gcc arm64')).toBe(true)
    expect(isMatch(page({ title: 'Colours' }, 'Red is one', ['Red']), 'redis')).toBe(false)
  })

  test('is a sure answer where every word stands there, or has another ending', () => {
    const found = page({ title: 'Käldström' }, 'was ported to arm64', ['ported'])
    expect(isSure(found, 'kaldstrom porting')).toBe(true)
    expect(isSure(found, 'ported x86-64')).toBe(false)
    expect(isSure(page({ title: 'Kubernetes' }, 'shown at KubeCon', ['KubeCon']), 'kuberntes')).toBe(false)
  })

  test('is called by its title and by each of its other names, however they are spelt', () => {
    const amd64 = page({ title: 'amd64', names: 'x86_64, x86-64, x64' })
    expect(isNamed(amd64, 'X86-64')).toBe(true)
    expect(isNamed(amd64, 'x64')).toBe(true)
    expect(isNamed(amd64, 'x86')).toBe(false)
    expect(isNamed(page({}), 'x86')).toBe(false)
  })
})

test('words in quotes are looked for as words, and other quotes stay', () => {
  expect(withoutQuotes(' "page size" ')).toBe('page size')
  expect(withoutQuotes('a "page size"')).toBe('a "page size"')
  expect(withoutQuotes('""')).toBe('""')
})
