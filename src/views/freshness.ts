/** How old the knowledge is: cells by the age of their newest source. */
import { addMonths, firstDayOf } from '#domain/day.ts'
import type { Status } from '#domain/derive.ts'
import { shareInWords, type BarTableView } from './bar-table.ts'
import type { ViewContext } from './context.ts'
import { sortedProjects, statusOf, viewColumns } from './matrix.ts'
import { nameOfColumn } from './readiness.ts'
import { placed } from './support-bar.ts'

/** The first two are the times for which runs and claims hold. */
const classes = [
  { tone: 'age-1', label: 'under 6 months', months: 6 },
  { tone: 'age-2', label: 'to 18 months', months: 18 },
  { tone: 'age-3', label: 'to 5 years', months: 60 },
  { tone: 'age-4', label: 'older', months: Infinity },
] as const

/** What is known on the columns that are shown first, by its age; where nothing is known, no rows. */
export function viewFreshness(context: ViewContext): BarTableView {
  const { asOf, catalog } = context
  const today = asOf.slice(0, 10)
  const limits = classes.map(({ months }) => (months === Infinity ? '' : addMonths(today, -months)))
  const rows = viewColumns(context)
    .filter(({ isShown }) => isShown)
    .map((column) => {
      const numbers = classes.map(() => 0)
      for (const project of sortedProjects(context)) {
        const age = classOf(statusOf(project, column.id, context), limits)
        if (age !== undefined) numbers[age] = (numbers[age] ?? 0) + 1
      }
      const known = numbers.reduce((sum, number) => sum + number, 0)
      return {
        ...nameOfColumn(column),
        numbers,
        sum: String(known),
        share: shareInWords(known, catalog.project.size),
        whole: catalog.project.size,
        parts: placed(classes.map(({ tone }, index) => ({ tone, isStale: false, width: numbers[index] ?? 0 }))),
      }
    })
  return {
    head: 'Architecture',
    columns: [...classes.map(({ label, tone }) => ({ label, tone })), { label: 'known' }],
    rows: rows.some(({ sum }) => sum !== '0') ? rows : [],
  }
}

/** The place in `classes` of what is known; undefined where nothing is. */
function classOf({ basis, observedAt }: Status, limits: readonly string[]): number | undefined {
  if (basis === 'none' || observedAt === undefined) return undefined
  const day = firstDayOf(observedAt.slice(0, 10))
  return limits.findIndex((limit) => day > limit)
}
