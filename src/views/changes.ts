/** What changed, by day: the matrix over time. */
import { changesOfCell } from '#domain/cell.ts'
import { directions, type Direction } from '#domain/changes.ts'
import { firstDayOf } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import { groupOfSupport, type Basis, type SupportGroup } from '#domain/status-words.ts'
import { ageInWords } from './age.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { sortedProjects, viewColumns } from './matrix.ts'
import { dayInWords, labelOfSupport } from './words.ts'

export type { Direction }

export interface ChangeView {
  project: LinkView
  architecture: LinkView
  /** Addresses the cell on the project's page. */
  cell: string
  direction: Direction
  directionLabel: string
  /** What it was before; empty where nothing was known, or where the word stayed the same. */
  before: string
  to: string
  group: SupportGroup
  basis: Basis
  on: string
}

/** Changes of one project that went the same way: a line. */
export interface ChangeGroup extends Omit<ChangeView, 'architecture' | 'cell'> {
  architectures: LinkView[]
}

export interface ChangesOfDay {
  on: string
  day: string
  age: string
  changes: ChangeView[]
  groups: ChangeGroup[]
}

export const labelOfDirection: Record<Direction, string> = {
  gained: 'gained',
  lost: 'lost',
  recorded: 'recorded',
  verified: 'verified',
  renewed: 'said again',
  'went-stale': 'went stale',
}

const meaningOfDirection: Record<Direction, string> = {
  gained: 'it works there, or works better, than was known',
  lost: 'it works less well there than it did',
  recorded: 'somebody wrote down that it does not work, or cannot',
  verified: 'a fresh run showed what was only said',
  renewed: 'a newer source says the same',
  'went-stale': 'nobody looked again in time',
}

export interface DirectionCount {
  id: Direction
  label: string
  meaning: string
  count: number
}

export interface ChangesView {
  days: ChangesOfDay[]
  /** Years that have changes, the newest first. */
  years: {
    year: string
    address: string
    count: number
    days: ChangesOfDay[]
    directions: DirectionCount[]
    architectures: string[]
  }[]
  directions: DirectionCount[]
  /** Architectures that have changes, in the order of columns. */
  architectures: string[]
}

/** How many changes the first page shows at most; a day is never cut. */
export const newestChanges = 200

/** Every change up to the build clock, the newest day first. Many pages ask for it, so each build makes it once. */
export function viewChanges(context: ViewContext): ChangesView {
  let view = changesOfBuild.get(context)
  if (!view) changesOfBuild.set(context, (view = makeChanges(context)))
  return view
}

const changesOfBuild = new WeakMap<ViewContext, ChangesView>()

function makeChanges(context: ViewContext): ChangesView {
  const changes = allChanges(context)
  const days = byDay(changes, context)
  return {
    days,
    years: [...Map.groupBy(days, ({ on }) => on.slice(0, 4))]
      .map(([year, daysOfYear]) => {
        const ofYear = daysOfYear.flatMap((day) => day.changes)
        return {
          year,
          address: context.addressOf(`/changes/${year}/`),
          count: ofYear.length,
          days: daysOfYear,
          directions: countDirections(ofYear),
          architectures: architecturesIn(ofYear, context),
        }
      })
      .sort((a, b) => compareText(b.year, a.year)),
    directions: countDirections(changes),
    architectures: architecturesIn(changes, context),
  }
}

function architecturesIn(changes: readonly ChangeView[], context: ViewContext): string[] {
  const named = new Set(changes.map(({ architecture }) => architecture.label))
  return viewColumns(context)
    .map(({ id }) => id)
    .filter((id) => named.has(id))
}

function countDirections(changes: readonly ChangeView[]): DirectionCount[] {
  return directions
    .map((id) => ({
      id,
      label: labelOfDirection[id],
      meaning: meaningOfDirection[id],
      count: changes.filter(({ direction }) => direction === id).length,
    }))
    .filter(({ count }) => count > 0)
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
  // There may be very many changes: they share what they say of their project and architecture.
  const columns = viewColumns(context).map(({ id }) => ({ id, architecture: linkTo('architecture', id, context) }))
  return sortedProjects(context).flatMap(({ id }) => {
    const project = linkTo('project', id, context)
    return columns.flatMap((column) => {
      const cell = context.addressOf(`/projects/${id}/#${column.id}`)
      return changesOfCell(context.catalog, id, column.id, context.asOf).map(
        ({ on, from, to, direction }): ChangeView => ({
          project,
          architecture: column.architecture,
          cell,
          direction,
          directionLabel: labelOfDirection[direction],
          before: from.support === to.support || from.support === 'unknown' ? '' : labelOfSupport[from.support],
          to: labelOfSupport[to.support],
          group: groupOfSupport[to.support],
          basis: to.basis,
          on,
        }),
      )
    })
  })
}

/** The newest day first; in a day the good news first, then the bad. */
function byDay(changes: readonly ChangeView[], { asOf }: ViewContext): ChangesOfDay[] {
  return [...Map.groupBy(changes, ({ on }) => on)]
    .sort(([a], [b]) => compareText(firstDayOf(b), firstDayOf(a)) || b.length - a.length)
    .map(([on, ofDay]) => {
      const changes = ofDay.sort((a, b) => directions.indexOf(a.direction) - directions.indexOf(b.direction))
      return { on, day: dayInWords(on), age: ageInWords(on, asOf), changes, groups: groupChanges(changes) }
    })
}

function groupChanges(changes: readonly ChangeView[]): ChangeGroup[] {
  const alike = Map.groupBy(changes, ({ project, direction, before, to, basis }) =>
    JSON.stringify([project.address, direction, before, to, basis]),
  )
  return [...alike.values()].flatMap((group) => {
    const [first] = group
    if (!first) return []
    const { architecture: _, cell: __, ...shared } = first
    return [
      {
        ...shared,
        architectures: group.map(({ architecture, cell }) => ({ label: architecture.label, address: cell })),
      },
    ]
  })
}
