import { describe, expect, test } from 'vitest'
import { matcherOf, type CellFacts } from '#query/matches.ts'
import { parseQuery } from '#query/query.ts'
import { rankOf } from '#query/rank.ts'

const vocabulary = {
  architectures: new Map(['amd64', 'arm64', 'riscv64'].map((id) => [id, id] as const)),
  ambiguous: new Map(),
  categories: new Set(['databases']),
}
const cells = new Map<string, CellFacts>([
  ['amd64', { support: 'works', basis: 'stale' }],
  ['arm64', { support: 'works', basis: 'verified', level: 'tested', execution: 'native' }],
  ['riscv64', { support: 'emulated', basis: 'verified', level: 'starts', execution: 'emulated' }],
  ['s390x', { support: 'broken', basis: 'claimed' }],
])
const fitsCells = (text: string, columns = ['amd64', 'arm64', 'riscv64']) =>
  matcherOf(parseQuery(text, vocabulary), columns).fitsCells((id) => cells.get(id))

describe('a project fits', () => {
  test.each([
    'is:works',
    'arch:arm64 is:works',
    'arch:riscv64 is:limited',
    'arch:riscv64 is:emulated',
    'arch:arm64 level>=starts',
    'arch:riscv64 level<tested',
    'arch:riscv64 level<=starts',
    'arch:arm64 level>builds',
    'arch:arm64 stale:no',
    'arch:amd64 stale:yes',
    'is:stale',
    'is:works level:tested execution:native',
    '-is:no',
    'arch:arm64 -execution:emulated',
    'is:works -is:no',
    'is:limited -is:disputed',
    'arch:arm64 basis:verified,claimed',
  ])('%s', (text) => {
    expect(fitsCells(text)).toBe(true)
  })
})

describe('a project does not fit', () => {
  test.each([
    'arch:arm64 is:limited',
    'arch:riscv64 level>=tested',
    'arch:amd64 stale:no',
    // One cell is stale and another one verified; none is both.
    'basis:stale level:tested',
    'is:limited execution:native',
    '-is:emulated',
    // A minus leaves the project out, not only the cell.
    'is:works -is:emulated',
    // What is broken there is in no column that is looked at.
    'is:broken',
    'arch:amd64 level>=available',
  ])('%s', (text) => {
    expect(fitsCells(text)).toBe(false)
  })
})

test.each(['is:works', 'level>=starts', 'stale:no', 'is:broken', 'basis:verified,claimed', 'execution:native'])(
  '-%s finds exactly what the same without the minus does not',
  (text) => {
    expect(fitsCells(`-${text}`)).toBe(!fitsCells(text))
    expect(fitsCells(`arch:riscv64 -${text}`)).toBe(!fitsCells(`arch:riscv64 ${text}`))
  },
)

test('the cells for which a project is found are those that all conditions without a minus fit', () => {
  const matcher = matcherOf(parseQuery('basis:verified level>=starts -is:no', vocabulary), [
    'amd64',
    'arm64',
    'riscv64',
  ])
  const fitting = matcher.architectures.filter((id) =>
    matcher.fitsCell(cells.get(id) ?? { support: 'unknown', basis: 'none' }),
  )
  expect(fitting).toEqual(['arm64', 'riscv64'])
  expect(matcherOf(parseQuery('arch:arm64 is:works', vocabulary), ['amd64']).architectures).toEqual(['arm64'])
})

test('categories and words fit apart from cells', () => {
  const matcher = matcherOf(parseQuery('category:databases post "sql server"', vocabulary), [])
  expect(matcher.fitsCategories(['storage', 'databases'])).toBe(true)
  expect(matcher.fitsCategories(['storage'])).toBe(false)
  expect(matcher.fitsText('postgres', 'an sql server')).toBe(true)
  expect(matcher.fitsText('postgres', 'a server of sql')).toBe(false)
  expect(matcherOf(parseQuery('-category:databases', vocabulary), []).fitsCategories(['databases'])).toBe(false)
})

test('a word with a minus is in none of the words of a project', () => {
  const matcher = matcherOf(parseQuery('sql -postgres -"for go"', vocabulary), [])
  expect(matcher.fitsText('mysql', 'a server')).toBe(true)
  expect(matcher.fitsText('postgresql', 'a server')).toBe(false)
  expect(matcher.fitsText('mysql', 'a driver for go')).toBe(false)
})

test('the name itself comes before names that begin with it, and these before others', () => {
  const names = ['go-sqlite3', 'gogo', 'go toolchain\ngo', 'the go toolchain', 'cargo', 'mongodb']
  const ranks = names.map((name) => rankOf(name, ['go']))
  expect(ranks).toEqual([1, 1, 0, 2, 3, 3])
  expect(rankOf('redis', [])).toBe(0)
})
