import { describe, expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { waysToCorrectCell, waysToCorrectPage } from '#views/ways-to-correct.ts'
import { pageContextOf } from './page-context.ts'

const contextWith = (...lines: string[]) =>
  pageContextOf({
    'site.yml': ['title: Test', ...lines, ''].join('\n'),
    'projects/redis.md': projectFile({ name: 'Redis & "friends"' }),
  })
const cellWith = (...lines: string[]) => waysToCorrectCell('redis', 'arm64', contextWith(...lines))

test('without a repository the page that tells how is left', () => {
  expect(cellWith()).toEqual({
    file: 'projects/redis.md',
    edit: undefined,
    ticket: undefined,
    contribute: '/base/contribute/',
    nearest: '/base/contribute/',
  })
})

describe.each(['https://github.com/o/r', 'https://github.com/o/r/', 'https://github.com/o/r.git'])(
  'at %s',
  (address) => {
    const { edit, ticket, nearest } = cellWith(`repository: ${address}`)

    test('the file is edited on its main branch', () => {
      expect(edit).toBe('https://github.com/o/r/edit/main/content/projects/redis.md')
    })

    test('a ticket knows the project and the architecture', () => {
      expect(nearest).toBe(ticket)
      const url = new URL(ticket ?? '')
      expect(`${url.origin}${url.pathname}`).toBe('https://github.com/o/r/issues/new')
      expect(Object.fromEntries(url.searchParams)).toEqual({
        template: 'correct-a-cell.yml',
        title: 'Cell: Redis & "friends" on arm64',
        project: 'redis',
        architecture: 'arm64',
      })
    })
  },
)

test('a ticket about a project names no architecture', () => {
  const { ticket } = waysToCorrectCell('redis', undefined, contextWith('repository: https://github.com/o/r'))
  const { searchParams } = new URL(ticket ?? '')
  expect(searchParams.has('architecture')).toBe(false)
  expect(searchParams.get('title')).toBe('Cell: Redis & "friends"')
})

test('a ticket about another page names the page by its address', () => {
  const context = contextWith('repository: https://github.com/o/r')
  const { edit, ticket } = waysToCorrectPage('Page size', '/notes/page-size/', 'notes/page-size.md', context)
  expect(edit).toBe('https://github.com/o/r/edit/main/content/notes/page-size.md')
  const { searchParams } = new URL(ticket ?? '')
  expect(searchParams.get('template')).toBeNull()
  expect(searchParams.get('title')).toBe('Correct: Page size')
  expect(searchParams.get('body')).toMatch(/^https:\/\/example\.org\/base\/notes\/page-size\/\n/)
})

test('of another host nothing is guessed', () => {
  expect(cellWith('repository: https://git.example.org/o/r')).toMatchObject({
    edit: undefined,
    ticket: undefined,
    nearest: '/base/contribute/',
  })
  expect(cellWith('repository: https://github.com/o')).toMatchObject({ edit: undefined, ticket: undefined })
  expect(cellWith('repository: https://github.com.example.org/o/r')).toMatchObject({ edit: undefined })
})

test('another host, branch or folder is what the site says, and its page for tickets is taken as it is', () => {
  const ways = cellWith(
    'repository: https://git.example.org/o/r',
    'editing: https://git.example.org/o/r/_edit/trunk/data',
    'tickets: https://git.example.org/o/r/issues/new?kind=cell',
  )
  expect(ways.edit).toBe('https://git.example.org/o/r/_edit/trunk/data/projects/redis.md')
  expect(ways.ticket).toBe('https://git.example.org/o/r/issues/new?kind=cell')
  expect(ways.nearest).toBe(ways.ticket)
})

test('where only files can be edited, the file is the nearest way', () => {
  const ways = cellWith('editing: https://git.example.org/o/r/_edit/trunk/data/')
  expect(ways.nearest).toBe('https://git.example.org/o/r/_edit/trunk/data/projects/redis.md')
})
