import { describe, expect, test } from 'vitest'
import { matcherOf, type CellFacts } from '#query/matches.ts'
import { parseQuery } from '#query/query.ts'
import { rankOf } from '#query/rank.ts'

const vocabulary = {
  architectures: new Map(['amd64', 'arm64', 'riscv64'].map((id) => [id, id] as const)),
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
    // What is broken there is in no column that is looked at.
    'is:broken',
    'arch:amd64 level>=available',
  ])('%s', (text) => {
    expect(fitsCells(text)).toBe(false)
  })
})

test('categories and words fit apart from cells', () => {
  const matcher = matcherOf(parseQuery('category:databases post "sql server"', vocabulary), [])
  expect(matcher.fitsCategories(['storage', 'databases'])).toBe(true)
  expect(matcher.fitsCategories(['storage'])).toBe(false)
  expect(matcher.fitsText('postgres, an sql server')).toBe(true)
  expect(matcher.fitsText('postgres, a server of sql')).toBe(false)
  expect(matcherOf(parseQuery('-category:databases', vocabulary), []).fitsCategories(['databases'])).toBe(false)
})

test('the name itself comes before names that begin with it, and these before others', () => {
  const names = ['go-sqlite3', 'gogo', 'go toolchain\ngo', 'the go toolchain', 'cargo', 'mongodb']
  const ranks = names.map((name) => rankOf(name, ['go']))
  expect(ranks).toEqual([1, 1, 0, 2, 3, 3])
  expect(rankOf('redis', [])).toBe(0)
})
