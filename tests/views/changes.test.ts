import { expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewChanges } from '#views/changes.ts'
import { pageContextOf } from './page-context.ts'

const claims = (...list: string[]) =>
  projectFile({ claims: list.map((claim) => `\n  - {${claim}, link: 'https://example.org/', note: N}`).join('') })

const { days, years, directions } = viewChanges(
  pageContextOf({
    'projects/a.md': claims(
      'architectures: [arm64], support: works, date: 2025-12-01',
      'architectures: [arm64], support: broken, date: 2026-09-01',
      'architectures: [amd64], support: unsupported, date: 2026-09-01',
    ),
    'projects/b.md': claims(
      'architectures: [arm64], support: in-progress, date: 2026-08-01',
      'architectures: [arm64], support: works, date: 2026-09-01',
    ),
  }),
)

test('a day has its good news first, and each change says what was before', () => {
  expect(days[0]).toMatchObject({ on: '2026-09-01', day: '1 September 2026', age: '2 months ago' })
  expect(days[0]?.changes.map(({ directionLabel, before, to }) => [directionLabel, before, to])).toEqual([
    ['gained', 'in progress', 'works'],
    ['lost', 'works', 'broken'],
    ['recorded', '', 'unsupported'],
  ])
})

test('a year has its days and counts which way its changes went', () => {
  expect(years.map(({ year, count, days: ofYear }) => [year, count, ofYear.length])).toEqual([
    ['2026', 4, 2],
    ['2025', 1, 1],
  ])
  expect(years[1]?.directions).toMatchObject([{ id: 'gained', count: 1 }])
  expect(directions.map(({ id, count }) => [id, count])).toEqual([
    ['gained', 3],
    ['lost', 1],
    ['recorded', 1],
  ])
})

test('without claims nothing has changed', () => {
  expect(viewChanges(pageContextOf({}))).toEqual({ days: [], years: [], directions: [], architectures: [] })
})
