/** What changed, by day: the matrix over time. */
import { changesOf, directions, type Direction } from '#domain/changes.ts'
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
  directions: { id: Direction; label: string; count: number }[]
}

/** Every change up to the build clock, the newest day first. */
export function viewChanges(context: ViewContext, only?: { architecture: string }): ChangesView {
  const columns = viewColumns(context).filter(({ id }) => only === undefined || only.architecture === id)
  const changes = sortedProjects(context).flatMap((project) =>
    columns.flatMap((column) =>
      changesOf(
        project.data.claims.filter((claim) => claim.architectures.includes(column.id)),
        context.asOf,
      ).map(({ on, from, to, direction }): ChangeView => ({
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
      })),
    ),
  )
  const byDay = Map.groupBy(changes, ({ on }) => on)
  return {
    days: [...byDay]
      .sort(([a], [b]) => compareText(firstDayOf(b), firstDayOf(a)) || b.length - a.length)
      .map(([on, ofDay]) => ({ on, day: dayInWords(on), changes: ofDay })),
    directions: directions
      .map((id) => ({
        id,
        label: labelOfDirection[id],
        count: changes.filter((change) => change.direction === id).length,
      }))
      .filter(({ count }) => count > 0),
  }
}
