/**
 * The changes of a year as pages of whole days, the newest first.
 *
 * A change that comes late moves few cuts: they are made from the oldest day on, and where a month has enough for a page of its own, those
 * of the next month begin anew.
 */
import { firstDayOf } from '#domain/day.ts'
import type { ChangesOfDay, ChangesOfYear } from './changes.ts'
import type { ViewContext } from './context.ts'
import type { LinkView } from './links.ts'
import { pagePath, viewPages, type PagesView } from './paging.ts'
import { dayInWords, nameOfMonth, rangeInWords } from './words.ts'

/** How many lines a page has, about: from half of it to twice as many, and to the end of a day. */
export const linesOnPage = 300

export interface ChangesPage {
  year: string
  /** The newest page of a year is the first. */
  number: number
  path: string
  title: string
  /** The days of the page in words: `4–17 September 2025`. */
  span: string
  days: ChangesOfDay[]
  pages: PagesView
  /** Where the newest day of each month is, the newest month first. None where the year is one page. */
  months: LinkView[]
  /** The pages that have days of a month of this page, this one among them, each by its days. None where it is the only one. */
  beside: LinkView[]
  /** Everything that the lines of the page show, beside the names of projects. */
  shown: string
}

export function viewChangePages({ year, days }: ChangesOfYear, { addressOf }: ViewContext): ChangesPage[] {
  const folder = `/changes/${year}/`
  const cut = divideDays(days)
  const months = cut.length > 1 ? monthsOf(cut, folder, addressOf) : []
  const spans = cut.map(spanOf)
  const monthsOnPage = cut.map((ofPage) => new Set(ofPage.map(monthOf)))
  return cut.map((ofPage, index) => {
    const number = index + 1
    const beside = cut.flatMap((_, other) =>
      monthsOnPage[index]?.isDisjointFrom(monthsOnPage[other] ?? new Set())
        ? []
        : [{ label: spans[other]?.replace(` ${year}`, '') ?? '', address: addressOf(pagePath(folder, other + 1)) }],
    )
    return {
      year,
      number,
      path: pagePath(folder, number),
      title: number === 1 ? `Changes of ${year}` : `Changes of ${year}, page ${number}`,
      span: spans[index] ?? '',
      days: ofPage,
      pages: viewPages(folder, number, cut.length, addressOf),
      months,
      beside: beside.length > 1 ? beside : [],
      shown: serializeDays(ofPage),
    }
  })
}

/**
 * @param days the newest first
 * @param enough how many lines a page has, about
 */
export function divideDays(days: readonly ChangesOfDay[], enough = linesOnPage): ChangesOfDay[][] {
  const stretches: ChangesOfDay[][] = []
  let open: ChangesOfDay[] | undefined
  for (const ofMonth of Map.groupBy(days.toReversed(), monthOf).values()) {
    if (open) open.push(...ofMonth)
    else stretches.push((open = ofMonth))
    if (linesOf(open) >= enough) open = undefined
  }
  return joinShort(
    stretches.flatMap((stretch) => divideStretch(stretch, enough)),
    enough,
  )
    .map((page) => page.reverse())
    .reverse()
}

/** @param days the oldest first */
function divideStretch(days: readonly ChangesOfDay[], enough: number): ChangesOfDay[][] {
  const pages: ChangesOfDay[][] = []
  let lines = enough
  for (const day of days) {
    if (lines >= enough) {
      pages.push([])
      lines = 0
    }
    pages.at(-1)?.push(day)
    lines += day.groups.length
  }
  return joinShort(pages, enough)
}

/** Puts a last page that has too little of its own to the one before. */
function joinShort(pages: ChangesOfDay[][], enough: number): ChangesOfDay[][] {
  const last = pages.at(-1)
  if (!last || pages.length < 2 || linesOf(last) >= enough / 2) return pages
  return [...pages.slice(0, -2), [...(pages.at(-2) ?? []), ...last]]
}

function linesOf(days: readonly ChangesOfDay[]): number {
  return days.reduce((sum, { groups }) => sum + groups.length, 0)
}

/** A partial day counts from its first day. */
function monthOf({ on }: ChangesOfDay): string {
  return firstDayOf(on).slice(0, 7)
}

function monthsOf(
  pages: readonly (readonly ChangesOfDay[])[],
  folder: string,
  addressOf: (path: string) => string,
): LinkView[] {
  const newest = new Map<string, LinkView>()
  pages.forEach((days, index) => {
    for (const day of days) {
      const month = monthOf(day)
      if (newest.has(month)) continue
      const address = `${addressOf(pagePath(folder, index + 1))}#day-${day.on}`
      newest.set(month, { label: nameOfMonth(month), address })
    }
  })
  return [...newest.values()]
}

function spanOf(days: readonly ChangesOfDay[]): string {
  const [newest, oldest] = [days[0]?.on ?? '', days.at(-1)?.on ?? '']
  return newest === oldest ? dayInWords(newest) : rangeInWords(firstDayOf(oldest), firstDayOf(newest))
}

/**
 * The changes that the lines are made of, in their order: ids, and words of ours. One text, which is quicker to digest than its parts:
 * there are very many.
 */
function serializeDays(days: readonly ChangesOfDay[]): string {
  const parts: string[] = []
  for (const { on, changes } of days) {
    parts.push(on)
    for (const { project, architecture, direction, before, to, basis } of changes) {
      parts.push(project.address, architecture.label, direction, before, to, basis)
    }
  }
  return parts.join('\n')
}
