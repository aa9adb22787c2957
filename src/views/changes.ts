/** What changed, by day: the matrix over time. */
import type { Entry } from '#domain/catalog.ts'
import { unexplainedChangesOfCell } from '#domain/cell.ts'
import { directions, type Direction } from '#domain/changes.ts'
import { firstDayOf } from '#domain/day.ts'
import { OfProjects } from '#domain/of-projects.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
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
  disputed: 'contradicted',
  renewed: 'said again',
  'went-stale': 'went stale',
}

const meaningOfDirection: Record<Direction, string> = {
  gained: 'it works there, or works better, than was known',
  lost: 'it works less well there than it did',
  recorded: 'somebody wrote down that it does not work, or cannot',
  verified: 'a fresh run showed what was only said',
  disputed: 'a run and a claim contradict each other',
  renewed: 'a newer source says the same',
  'went-stale': 'nobody looked again in time',
}

export interface DirectionCount {
  id: Direction
  label: string
  meaning: string
  count: number
}

export interface ChangesOfYear {
  year: string
  address: string
  count: number
  days: ChangesOfDay[]
  directions: DirectionCount[]
  architectures: string[]
}

export interface ChangesView {
  days: ChangesOfDay[]
  /** Years that have changes, the newest first. */
  years: ChangesOfYear[]
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
  const years = new Map<string, Tally>()
  for (const day of viewDays(allChanges(context), context)) {
    const year = day.on.slice(0, 4)
    let tally = years.get(year)
    if (!tally) years.set(year, (tally = { days: [], count: 0, directions: new Map(), architectures: new Set() }))
    addDay(tally, day)
  }
  const columns = viewColumns(context).map(({ id }) => id)
  const newestFirst = [...years].sort(([a], [b]) => compareText(b, a))
  const tallies = newestFirst.map(([, tally]) => tally)
  return {
    days: tallies.flatMap(({ days }) => days),
    years: newestFirst.map(([year, tally]) => ({
      year,
      address: context.addressOf(`/changes/${year}/`),
      count: tally.count,
      days: tally.days,
      ...viewTallies([tally], columns),
    })),
    ...viewTallies(tallies, columns),
  }
}

/** What a year has. */
interface Tally {
  days: ChangesOfDay[]
  count: number
  directions: Map<Direction, number>
  architectures: Set<string>
}

function addDay(tally: Tally, day: ChangesOfDay): void {
  tally.days.push(day)
  tally.count += day.changes.length
  for (const { direction, architecture } of day.changes) {
    tally.directions.set(direction, (tally.directions.get(direction) ?? 0) + 1)
    tally.architectures.add(architecture.label)
  }
}

/** @param columns ids of architectures, in their order */
function viewTallies(
  tallies: readonly Tally[],
  columns: readonly string[],
): Pick<ChangesView, 'directions' | 'architectures'> {
  return {
    directions: directions
      .map((id) => ({
        id,
        label: labelOfDirection[id],
        meaning: meaningOfDirection[id],
        count: tallies.reduce((sum, tally) => sum + (tally.directions.get(id) ?? 0), 0),
      }))
      .filter(({ count }) => count > 0),
    architectures: columns.filter((id) => tallies.some((tally) => tally.architectures.has(id))),
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
  // There may be very many changes: they share what they say of their project and architecture.
  const columns = viewColumns(context).map(({ id }) => linkTo('architecture', id, context))
  const surroundings = JSON.stringify([context.addressOf('/'), columns])
  return sortedProjects(context).flatMap((project) =>
    changesOfProjects.get(project, context, surroundings, () => changesOfProject(project, columns, context)),
  )
}

const changesOfProjects = new OfProjects<readonly ChangeView[]>()

function changesOfProject(
  { id }: Entry<Project>,
  columns: readonly LinkView[],
  context: ViewContext,
): readonly ChangeView[] {
  const project = linkTo('project', id, context)
  const changes: ChangeView[] = []
  for (const architecture of columns) {
    const ofCell = unexplainedChangesOfCell(context.catalog, id, architecture.label, context.asOf)
    if (ofCell.length === 0) continue
    const cell = `${project.address}#${architecture.label}`
    for (const { on, from, to, direction } of ofCell) {
      changes.push({
        project,
        architecture,
        cell,
        direction,
        directionLabel: labelOfDirection[direction],
        before: from.support === to.support || from.support === 'unknown' ? '' : labelOfSupport[from.support],
        to: labelOfSupport[to.support],
        group: groupOfSupport[to.support],
        basis: to.basis,
        on,
      })
    }
  }
  return changes
}

/** The newest day first; in a day the good news first, then the bad. */
function* viewDays(changes: readonly ChangeView[], { asOf }: ViewContext): Generator<ChangesOfDay> {
  const days = [...Map.groupBy(changes, ({ on }) => on)]
    .map(([on, ofDay]) => ({ on, ofDay, from: firstDayOf(on) }))
    .sort((a, b) => compareText(b.from, a.from) || b.on.length - a.on.length)
  for (const { on, ofDay } of days) {
    const changes = directions.flatMap((direction) => ofDay.filter((change) => change.direction === direction))
    yield { on, day: dayInWords(on), age: ageInWords(on, asOf), changes, groups: groupChanges(changes) }
  }
}

/** @param changes of a day, in the order of directions, and then of projects */
function groupChanges(changes: readonly ChangeView[]): ChangeGroup[] {
  const groups: ChangeGroup[] = []
  // What can be alike stands beside each other: the groups of the project and direction before have all they get.
  let start = 0
  for (const change of changes) {
    const { project, architecture, cell, direction, directionLabel, before, to, basis } = change
    const last = groups.at(-1)
    if (last?.project !== project || last.direction !== direction) start = groups.length
    let index = start
    while (index < groups.length && !isAlike(groups[index], change)) index += 1
    const link = { label: architecture.label, address: cell }
    const group = groups[index]
    if (group) group.architectures.push(link)
    else {
      // Written out: there are very many, and to copy the rest of an object costs more than all else.
      const { group, on } = change
      groups.push({ project, direction, directionLabel, before, to, group, basis, on, architectures: [link] })
    }
  }
  return groups
}

function isAlike(group: ChangeGroup | undefined, { before, to, basis }: ChangeView): boolean {
  return group?.before === before && group.to === to && group.basis === basis
}
