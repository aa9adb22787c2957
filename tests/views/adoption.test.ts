import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { deriveCell } from '#domain/cell.ts'
import { groupOfSupport } from '#domain/status-words.ts'
import { asOf, projectFile } from '#tests/builders.ts'
import { viewAdoption } from '#views/adoption.ts'
import type { ViewContext } from '#views/context.ts'
import { viewColumns } from '#views/matrix.ts'
import { entryOf, pageContextOf } from './page-context.ts'

const claims = (...list: string[]) =>
  projectFile({ claims: list.map((claim) => `\n  - {${claim}, link: 'https://example.org/', note: N}`).join('') })
const on = (support: string, date: string) => `architectures: [arm64], support: ${support}, date: ${date}`

const adoption = viewAdoption(
  pageContextOf({
    'projects/a.md': claims(on('works', '2021'), on('broken', '2025-03-01')),
    'projects/b.md': claims(on('works', '2022-06-01')),
    'projects/c.md': claims(on('in-progress', '2019-06-01')),
  }),
)
const arm64 = adoption.rows.find(({ link }) => link.label === 'arm64')

test('the years go from the first in which something works to that of the clock', () => {
  expect(adoption.years).toEqual(['2021', '2022', '2023', '2024', '2025', '2026'])
})

test('a year counts what works at its end, and what of it was stale by then', () => {
  expect(arm64?.years).toEqual([
    { fresh: 1, stale: 0 },
    { fresh: 1, stale: 1 },
    { fresh: 0, stale: 2 },
    { fresh: 0, stale: 2 },
    { fresh: 0, stale: 1 },
    { fresh: 0, stale: 1 },
  ])
})

test('the columns of all architectures are drawn to one scale', () => {
  expect(arm64?.columns[1]).toMatchObject({ fresh: { y: 20, height: 20 }, stale: { y: 0, height: 20 } })
  expect(arm64?.columns[4]).toMatchObject({ fresh: { height: 0 }, stale: { y: 20, height: 20 } })
})

test('each row is a sentence for who does not see it', () => {
  expect(arm64?.sentence).toBe('arm64: 1 at the end of 2021, 1 in 2026, all of them by what is stale.')
  expect(adoption.rows.find(({ link }) => link.label === 'amd64')?.sentence).toBe('amd64: none in any year.')
})

test('where nothing ever worked there are no years', () => {
  expect(viewAdoption(pageContextOf({ 'projects/a.md': claims(on('in-progress', '2026-01-01')) })).years).toEqual([])
  expect(viewAdoption(pageContextOf({})).years).toEqual([])
})

describe('of this repository’s content', () => {
  const { catalog } = loadCatalog('content', 'content')
  const context: ViewContext = { ...pageContextOf({}), catalog }

  test('every number is what the rule says of the end of that year', () => {
    const { years, rows } = viewAdoption(context)
    expect(years.length).toBeGreaterThan(5)
    const derived = viewColumns(context)
      .filter(({ isShown }) => isShown)
      .map(({ id }) => [
        id,
        ...years.map((year) => {
          const end = year === asOf.slice(0, 4) ? asOf : `${year}-12-31T23:59:59Z`
          const statuses = [...catalog.project.keys()].map((project) => deriveCell(catalog, project, id, end))
          const working = statuses.filter(({ support }) => groupOfSupport[support] === 'works')
          const stale = working.filter(({ basis }) => basis === 'stale').length
          return { fresh: working.length - stale, stale }
        }),
      ])
    expect(rows.map(({ link, years: counts }) => [link.label, ...counts])).toEqual(derived)
    expect(entryOf(new Map(rows.map((row) => [row.link.label, row.newest])), 'amd64')).toBeGreaterThan(0)
  })
})
