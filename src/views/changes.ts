/** What changed, by day: the matrix over time. */
import { changesOfCell } from '#domain/cell.ts'
import { directions, type Direction } from '#domain/changes.ts'
import { firstDayOf } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import { groupOfSupport, type Basis, type SupportGroup } from '#domain/status-words.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { sortedProjects, viewColumns } from './matrix.ts'
import { dayInWords, labelOfSupport } from './words.ts'

export interface ChangeView {
  project: LinkView
  architecture: LinkView
  /** Addresses the cell on the project's page. */
  cell: string
  direction: Direction
  directionLabel: string
  from: string
  to: string
  group: SupportGroup
  basis: Basis
  on: string
}

export interface ChangesOfDay {
  on: string
  day: string
  changes: ChangeView[]
}

export const labelOfDirection: Record<Direction, string> = {
  gained: 'gained',
  lost: 'lost',
  recorded: 'recorded',
  verified: 'verified',
  renewed: 'said again',
  'went-stale': 'went stale',
}

export interface ChangesView {
  days: ChangesOfDay[]
  /** Years that have changes, the newest first. */
  years: { year: string; address: string; count: number }[]
  directions: { id: Direction; label: string; count: number }[]
}

/** How many changes the first page shows at most; a day is never cut. */
export const newestChanges = 200

/** Every change up to the build clock, the newest day first. */
export function viewChanges(context: ViewContext): ChangesView {
  const changes = allChanges(context)
  const byYear = Map.groupBy(changes, ({ on }) => on.slice(0, 4))
  return {
    days: byDay(changes),
    years: [...byYear]
      .map(([year, ofYear]) => ({ year, address: context.addressOf(`/changes/${year}/`), count: ofYear.length }))
      .sort((a, b) => compareText(b.year, a.year)),
    directions: directions
      .map((id) => ({
        id,
        label: labelOfDirection[id],
        count: changes.filter((change) => change.direction === id).length,
      }))
      .filter(({ count }) => count > 0),
  }
}

/** The newest days, until they have enough changes. */
export function newestDays(days: readonly ChangesOfDay[], enough = newestChanges): ChangesOfDay[] {
  let shown = 0
  return days.filter(({ changes }) => {
    const isShown = shown < enough
    shown += changes.length
    return isShown
  })
}

function allChanges(context: ViewContext): ChangeView[] {
  const columns = viewColumns(context)
  return sortedProjects(context).flatMap((project) =>
    columns.flatMap((column) =>
      changesOfCell(context.catalog, project.id, column.id, context.asOf).map(
        ({ on, from, to, direction }): ChangeView => ({
          project: linkTo('project', project.id, context),
          architecture: linkTo('architecture', column.id, context),
          cell: context.addressOf(`/projects/${project.id}/#${column.id}`),
          direction,
          directionLabel: labelOfDirection[direction],
          from: labelOfSupport[from.support],
          to: labelOfSupport[to.support],
          group: groupOfSupport[to.support],
          basis: to.basis,
          on,
        }),
      ),
    ),
  )
}

function byDay(changes: readonly ChangeView[]): ChangesOfDay[] {
  return [...Map.groupBy(changes, ({ on }) => on)]
    .sort(([a], [b]) => compareText(firstDayOf(b), firstDayOf(a)) || b.length - a.length)
    .map(([on, ofDay]) => ({ on, day: dayInWords(on), changes: ofDay }))
}
