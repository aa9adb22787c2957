import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { projectFile, runsOf } from '#tests/builders.ts'
import { divideDays, linesOnPage, viewChangePages } from '#views/change-pages.ts'
import { viewChanges, type ChangesOfDay } from '#views/changes.ts'
import { pageContextOf } from './page-context.ts'

const claimsOn = (...days: string[]) =>
  projectFile({
    claims: days
      .map(
        (date, index) =>
          `\n  - {architectures: [arm64], support: ${index % 2 === 0 ? 'works' : 'broken'}, date: ${date}, link: 'https://example.org/', note: N}`,
      )
      .join(''),
  })

/** As many projects as a page has lines, with a claim on each of the days. */
const manyOn = (...days: string[]) =>
  Object.fromEntries(Array.from({ length: linesOnPage }, (_, index) => [`projects/p${index}.md`, claimsOn(...days)]))

const pagesOf = (files: Record<string, string>, year = '2026') => {
  const context = pageContextOf(files)
  const ofYear = viewChanges(context).years.find((one) => one.year === year)
  if (!ofYear) throw new Error(`nothing changed in ${year}`)
  return viewChangePages(ofYear, context)
}

describe('a year of few changes', () => {
  const pages = pagesOf({ 'projects/a.md': claimsOn('2026-03-02', '2026-05'), 'projects/b.md': claimsOn('2026-10-01') })

  test('is one page, without a way through others', () => {
    expect(pages).toMatchObject([{ number: 1, path: '/changes/2026/', title: 'Changes of 2026', months: [] }])
    expect(pages[0]?.pages).toMatchObject({ last: 1, previous: undefined, next: undefined })
  })

  test('says from which day to which it goes; a month alone counts from its first day', () => {
    expect(pages[0]?.days.map(({ on }) => on)).toEqual(['2026-10-01', '2026-05', '2026-03-02'])
    expect(pages[0]?.span).toBe('2 March – 1 October 2026')
    expect(pagesOf({ 'projects/a.md': claimsOn('2026') })[0]?.span).toBe('2026')
  })
})

describe('a year of many changes', () => {
  const pages = pagesOf(manyOn('2026-03-02', '2026-05-04', '2026-05-06'))

  test('has pages, the newest days on the first, each with an address and a title of its own', () => {
    expect(pages.map(({ path, title, span }) => [path, title, span])).toEqual([
      ['/changes/2026/', 'Changes of 2026', '6 May 2026'],
      ['/changes/2026/2/', 'Changes of 2026, page 2', '4 May 2026'],
      ['/changes/2026/3/', 'Changes of 2026, page 3', '2 March 2026'],
    ])
    expect(pages[1]?.pages).toMatchObject({ previous: '/base/changes/2026/', next: '/base/changes/2026/3/' })
  })

  test('leads from each page to the newest day of each month', () => {
    for (const { months } of pages) {
      expect(months).toEqual([
        { label: 'May', address: '/base/changes/2026/#day-2026-05-06' },
        { label: 'March', address: '/base/changes/2026/3/#day-2026-03-02' },
      ])
    }
  })
})

test('a page of a month leads to the others of that month by their days', () => {
  const pages = pagesOf(manyOn('2026-03-02', '2026-05-04', '2026-05-06'))
  const ofMay = [
    { label: '6 May', address: '/base/changes/2026/' },
    { label: '4 May', address: '/base/changes/2026/2/' },
  ]
  expect(pages.map(({ beside }) => beside)).toEqual([ofMay, ofMay, []])
})

test('what a page shows is other where a line of it is, and only there', () => {
  const files = manyOn('2026-03-02', '2026-05-04', '2026-05-06')
  const shownOf = (claims: string) => pagesOf({ ...files, 'projects/other.md': claims }).map(({ shown }) => shown)
  const before = shownOf(claimsOn('2026-03-02'))
  const added = shownOf(claimsOn('2026-03-02', '2026-05-04'))
  expect(added.map((shown, index) => shown === before[index])).toEqual([true, false, true])
  const another = shownOf(claimsOn('2026-03-02').replace('arm64', 'amd64'))
  expect(another.map((shown, index) => shown === before[index])).toEqual([true, true, false])
})

describe('days as pages', () => {
  const enough = 10
  const linesOf = (days: readonly ChangesOfDay[]) => days.reduce((sum, { groups }) => sum + groups.length, 0)
  const [line] = pagesOf({ 'projects/a.md': claimsOn('2026-03-02') })[0]?.days[0]?.groups ?? []
  if (!line) throw new Error('a claim makes a line')
  const dayOf = (on: string, lines: number): ChangesOfDay => ({
    on,
    day: on,
    age: '',
    changes: [],
    groups: Array.from({ length: lines }, () => line),
  })
  /** The newest first. */
  const someDays = (fewest: number, most: number) =>
    fc
      .array(fc.integer({ min: fewest, max: most }), { minLength: 1, maxLength: 60 })
      .map((sizes) =>
        sizes.map((lines, index) =>
          dayOf(new Date(Date.UTC(2026, 0, 1 + 3 * index)).toISOString().slice(0, 10), lines),
        ),
      )
      .map((days) => days.reverse())

  test('lose none and keep their order; no page is short, and none has more than it must', () => {
    fc.assert(
      fc.property(someDays(1, 15), (days) => {
        const pages = divideDays(days, enough)
        expect(pages.flat()).toEqual(days)
        const largest = Math.max(...days.map((day) => linesOf([day])))
        for (const page of pages) {
          if (pages.length > 1) expect(linesOf(page)).toBeGreaterThanOrEqual(enough / 2)
          expect(linesOf(page)).toBeLessThan(2 * enough + largest)
        }
      }),
      { numRuns: runsOf(200) },
    )
  })

  test('are cut as before in the months where nothing changes, where each month fills a page', () => {
    fc.assert(
      // Ten days of a month with two lines each are enough.
      fc.property(someDays(2, 4), fc.nat(), (days, chosen) => {
        const index = chosen % days.length
        const changed = days.map((day, at) => (at === index ? dayOf(day.on, linesOf([day]) + 1) : day))
        const monthAt = (at: number) => days[at]?.on.slice(0, 7)
        // The newest month may be too short yet for a page of its own.
        fc.pre(monthAt(index) !== monthAt(0))
        const elsewhere = (all: readonly ChangesOfDay[]) =>
          divideDays(all, enough)
            .map((page) => page.map(({ on }) => on))
            .filter((page) => page.every((on) => ![monthAt(index), monthAt(0)].includes(on.slice(0, 7))))
        expect(elsewhere(changed)).toEqual(elsewhere(days))
      }),
      { numRuns: runsOf(200) },
    )
  })
})
