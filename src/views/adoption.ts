/** How many projects worked on each architecture at the end of each year, as it was known then. */
import { compareText } from '#domain/problem.ts'
import { scaleBand, scaleLinear } from 'd3-scale'
import { viewChanges } from './changes.ts'
import type { ViewContext } from './context.ts'
import type { LinkView } from './links.ts'
import { viewColumns } from './matrix.ts'

export interface AdoptionYear {
  /** Projects that work by what is fresh, and by what was too old to rely on at that time. */
  fresh: number
  stale: number
}

export interface AdoptionColumn {
  x: number
  width: number
  fresh: { y: number; height: number }
  stale: { y: number; height: number }
}

export interface AdoptionRow {
  link: LinkView
  years: AdoptionYear[]
  columns: AdoptionColumn[]
  /** How many work at the end of the last year, and the whole row in words. */
  newest: number
  sentence: string
}

export interface AdoptionView {
  /** The last one is the year of the build clock, as far as it has come. Empty where nothing ever worked. */
  years: string[]
  /** Architectures whose columns are shown first. */
  rows: AdoptionRow[]
  /** The size of each chart. */
  width: number
  height: number
}

const box = { width: 120, height: 40 }
const shownYears = 20

export function viewAdoption(context: ViewContext): AdoptionView {
  const columns = viewColumns(context).filter(({ isShown }) => isShown)
  const byYear = workingByYear(context)
  const thisYear = Number(context.asOf.slice(0, 4))
  const first = [...byYear.keys()].sort(compareText)[0] ?? String(thisYear + 1)
  const from = Math.max(Number(first), thisYear - shownYears + 1)
  const years = Array.from({ length: Math.max(0, thisYear - from + 1) }, (_, index) => String(from + index))
  const rows = columns.map(({ id, address }) => {
    // A year without changes is like the one before it.
    let last: AdoptionYear =
      [...byYear]
        .filter(([year]) => Number(year) < from)
        .at(-1)?.[1]
        .get(id) ?? none
    const counts = years.map((year) => (last = byYear.get(year)?.get(id) ?? last))
    return { link: { label: id, address }, years: counts }
  })
  const highest = Math.max(1, ...rows.flatMap((row) => row.years.map(({ fresh, stale }) => fresh + stale)))
  return {
    years,
    rows: rows.map((row) => ({
      ...row,
      columns: layOut(row.years, highest),
      newest: sumOf(row.years.at(-1) ?? none),
      sentence: inWords(row.link.label, years, row.years),
    })),
    ...box,
  }
}

const none: AdoptionYear = { fresh: 0, stale: 0 }

function sumOf({ fresh, stale }: AdoptionYear): number {
  return fresh + stale
}

/** By year, for each architecture; from the first year in which something worked. Years come in order. */
function workingByYear(context: ViewContext): Map<string, Map<string, AdoptionYear>> {
  const byYear = new Map<string, Map<string, AdoptionYear>>()
  // What changes say of one project is shared, and told by itself.
  const cells = new Map<LinkView, Map<string, keyof AdoptionYear>>()
  const counts = new Map<string, AdoptionYear>()
  const days = [...viewChanges(context).days].reverse()
  days.forEach(({ on, changes }, index) => {
    for (const { project, architecture, group, basis } of changes) {
      const count = counts.get(architecture.label) ?? { ...none }
      counts.set(architecture.label, count)
      const ofProject = cells.get(project) ?? new Map<string, keyof AdoptionYear>()
      cells.set(project, ofProject)
      const before = ofProject.get(architecture.label)
      if (before) count[before] -= 1
      ofProject.delete(architecture.label)
      if (group !== 'works') continue
      const after = basis === 'stale' ? 'stale' : 'fresh'
      count[after] += 1
      ofProject.set(architecture.label, after)
    }
    const year = on.slice(0, 4)
    const isEndOfYear = days[index + 1]?.on.slice(0, 4) !== year
    if (isEndOfYear && (byYear.size > 0 || [...counts.values()].some((count) => sumOf(count) > 0))) {
      byYear.set(year, new Map([...counts].map(([id, count]) => [id, { ...count }])))
    }
  })
  return byYear
}

function layOut(years: readonly AdoptionYear[], highest: number): AdoptionColumn[] {
  const x = scaleBand<number>()
    .domain(years.map((_, index) => index))
    .range([0, box.width])
    .paddingInner(0.2)
  const height = scaleLinear().domain([0, highest]).range([0, box.height])
  return years.map(({ fresh, stale }, index) => {
    const [freshHeight, staleHeight] = [round(height(fresh)), round(height(stale))]
    return {
      x: round(x(index) ?? 0),
      width: round(x.bandwidth()),
      fresh: { y: round(box.height - freshHeight), height: freshHeight },
      stale: { y: round(box.height - freshHeight - staleHeight), height: staleHeight },
    }
  })
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

function inWords(architecture: string, years: readonly string[], counts: readonly AdoptionYear[]): string {
  const begun = counts.findIndex((count) => sumOf(count) > 0)
  const [first, last] = [counts[begun], counts.at(-1)]
  if (!first || !last) return `${architecture}: none in any year.`
  const stale = last.stale === 0 ? '' : `, ${last.stale === sumOf(last) ? 'all' : last.stale} of them by what is stale`
  return `${architecture}: ${sumOf(first)} at the end of ${years[begun] ?? ''}, ${sumOf(last)} in ${years.at(-1) ?? ''}${stale}.`
}
