/** What an architecture gained and lost in the last year. */
import { addMonths, firstDayOf } from '#domain/day.ts'
import type { Direction } from '#domain/changes.ts'
import { viewChanges, type ChangeView } from './changes.ts'
import type { ViewContext } from './context.ts'

export type RecentChange = ChangeView & { day: string }

export interface RecentChanges {
  /** The newest first. */
  changes: RecentChange[]
  /** How many more there were in the same time. */
  more: number
}

const recentMonths = 12
const shownChanges = 6

export function viewRecentChanges(architecture: string, direction: Direction, context: ViewContext): RecentChanges {
  const since = addMonths(context.asOf.slice(0, 10), -recentMonths)
  const changes: RecentChange[] = []
  for (const { on, day, changes: ofDay } of viewChanges(context).days) {
    if (firstDayOf(on) < since) break
    for (const change of ofDay) {
      if (change.direction === direction && change.architecture.label === architecture) changes.push({ ...change, day })
    }
  }
  return { changes: changes.slice(0, shownChanges), more: Math.max(0, changes.length - shownChanges) }
}
