import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseQuery } from '#query/query.ts'
import { selectRows, sortWords, type SelectableRow, type Sort } from '#query/select.ts'
import { runsOf } from '#tests/builders.ts'

const columns = ['amd64', 'arm64']
const vocabulary = {
  architectures: new Map(columns.map((id) => [id, id] as const)),
  ambiguous: new Map(),
  categories: new Set(['databases', 'storage']),
}
const works = { support: 'works', basis: 'claimed' } as const
const emulated = { support: 'emulated', basis: 'verified' } as const
const unknown = { support: 'unknown', basis: 'none' } as const
const rowOf = (names: string, more: Partial<SelectableRow> = {}): SelectableRow => ({
  names,
  text: '',
  categories: ['databases'],
  cells: [works, unknown],
  months: [],
  ...more,
})
const rows = [
  rowOf('go-sqlite3\ngo-sqlite3', { text: 'bindings for go', months: ['2019-12', ''] }),
  rowOf('redis\nredis', { cells: [works, works], months: ['2024-01', '2025-02'] }),
  rowOf('sqlite\nsqlite', { cells: [works, emulated], months: ['2026-11', '2020-01'] }),
  rowOf('go toolchain\ngo', { categories: ['storage'] }),
]
const find = (text: string, sort: Sort = 'name', shown = columns) =>
  selectRows(rows, { query: parseQuery(text, vocabulary), columns, shown, sort }).map(
    (place) => rows[place]?.names.split('\n')[0],
  )

test('a name comes before what only holds it, and what a project is about comes last', () => {
  expect(find('sqlite')).toEqual(['sqlite', 'go-sqlite3'])
  expect(find('go')).toEqual(['go toolchain', 'go-sqlite3'])
  expect(find('bindings')).toEqual(['go-sqlite3'])
})

test('conditions are about the columns that are shown, or the one that is asked about', () => {
  expect(find('is:emulated')).toEqual(['sqlite'])
  expect(find('is:emulated', 'name', ['amd64'])).toEqual([])
  expect(find('arch:arm64 is:works')).toEqual(['redis'])
  expect(find('arch:amd64 is:works category:storage')).toEqual(['go toolchain'])
})

test('rows are sorted by name, by freshness, and by the number of architectures they work on', () => {
  expect(find('')).toEqual(['go-sqlite3', 'redis', 'sqlite', 'go toolchain'])
  expect(find('', 'freshness')).toEqual(['sqlite', 'redis', 'go-sqlite3', 'go toolchain'])
  expect(find('arch:arm64', 'freshness')).toEqual(['redis', 'sqlite', 'go-sqlite3', 'go toolchain'])
  expect(find('', 'support')).toEqual(['redis', 'sqlite', 'go-sqlite3', 'go toolchain'])
})

test('each row that is found is found once, whatever the order, and its words narrow what is found', () => {
  const word = fc.constantFrom('go', 'sql', 'redis', 'is:works', 'arch:arm64', 'stale:no', 'category:databases')
  fc.assert(
    fc.property(fc.array(word), fc.constantFrom(...sortWords), (words, sort) => {
      const found = find(words.join(' '), sort)
      expect(new Set(found).size).toBe(found.length)
      expect([...found].sort()).toEqual([...find(words.join(' '))].sort())
      for (const name of find([...words, 'redis'].join(' '), sort)) expect(found).toContain(name)
    }),
    { numRuns: runsOf(300) },
  )
})
