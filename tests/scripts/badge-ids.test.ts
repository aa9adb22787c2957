import { describe, expect, test } from 'vitest'
import { closestIds, idsIn } from '../../src/scripts/badge-ids.ts'

const ids = ['go', 'cgo', 'go-sqlite3', 'sqlite', 'node-exporter']

describe('what a person types may mean', () => {
  test.each([
    ['go', ['go', 'go-sqlite3', 'cgo']],
    [' SQLite ', ['sqlite', 'go-sqlite3']],
    ['Node Exporter', ['node-exporter']],
    ['redis', []],
    ['', []],
    ['../', []],
  ])('%j: %j', (text, wanted) => {
    expect(closestIds(text, ids)).toEqual(wanted)
  })

  test('a dozen at most', () => {
    expect(
      closestIds(
        'a',
        Array.from({ length: 100 }, (_, index) => `a${index}`),
      ),
    ).toHaveLength(12)
  })
})

test.each([[null], [[]], ['x'], [{}], [{ projects: 'x' }], [{ projects: [1, {}] }]])('%j holds no ids', (answer) => {
  expect(idsIn(answer)).toEqual([])
})

test('the ids are those of the matrix', () => {
  expect(idsIn({ projects: ids })).toEqual(ids)
})
