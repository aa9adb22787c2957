import { expect, test } from 'vitest'
import { nextMoment } from '#domain/next-moment.ts'
import type { Catalog } from '#domain/catalog.ts'

const asOf = '2026-11-21T10:00:00Z'

/** A catalog of runs that ended, and issues that become public, at these moments. */
function contentOf(runs: string[], issues: string[]): Pick<Catalog, 'evidence' | 'issue'> {
  return {
    // Nothing else of them is looked at.
    evidence: new Map([['a', runs.map((observedAt) => ({ observedAt }))]]) as unknown as Catalog['evidence'],
    issue: new Map(
      issues.map((publishAt, index) => [String(index), { data: { publishAt, date: '2026-01-01' } }]),
    ) as unknown as Catalog['issue'],
  }
}

test('nothing happens before noon, and then before midnight, UTC', () => {
  expect(nextMoment(contentOf([], []), '2026-11-21T11:59:59Z')).toBe('2026-11-21T12:00:00Z')
  const asOf = '2026-11-21T12:00:00Z'
  expect(nextMoment(contentOf([], []), asOf)).toBe('2026-11-22T00:00:00Z')
  expect(nextMoment(contentOf(['2026-11-21T09:59:59Z', asOf, '2026-11-23T00:00:00Z'], ['2026-11-20']), asOf)).toBe(
    '2026-11-22T00:00:00Z',
  )
})

test('an issue may be public before its own date, on which feeds tell its events', () => {
  const content = contentOf([], ['2026-11-20'])
  content.issue.forEach(({ data }) => (data.date = '2026-11-21T11:00:00Z'))
  expect(nextMoment(content, asOf)).toBe('2026-11-21T11:00:00Z')
})

test('a run that ends later in the day is a moment, and so is an issue that becomes public', () => {
  expect(nextMoment(contentOf(['2026-11-21T12:00:00Z', '2026-11-21T11:00:00Z'], []), asOf)).toBe('2026-11-21T11:00:00Z')
  expect(nextMoment(contentOf(['2026-11-21T12:00:00Z'], ['2026-11-21T13:30:00+02:00']), asOf)).toBe(
    '2026-11-21T11:30:00Z',
  )
})
