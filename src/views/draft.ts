/** The next issue, as far as it can be made from what is there: an editor chooses, and writes what nobody else can. */
import type { Entry } from '#domain/catalog.ts'
import type { Direction } from '#domain/changes.ts'
import { addMonths, firstDayOf, lastDayOf } from '#domain/day.ts'
import type { Status } from '#domain/derive.ts'
import type { Execution, Level } from '#domain/status-words.ts'
import type { Issue, Item } from '#domain/issue.ts'
import { compareText } from '#domain/problem.ts'
import type { ViewContext } from './context.ts'
import { linkTo, type LinkView } from './links.ts'
import { differenceOfMatrices, type CellDifference, type MatrixDifference } from './matrix-difference.ts'
import { cellsToVerify } from './to-verify.ts'
import { statusOf, sortedProjects, viewColumns } from './matrix.ts'
import { dayInWords, labelOfBasis, labelOfSupport, rangeInWords } from './words.ts'

/** A project, and what became of its cells. */
export interface DraftChange {
  project: LinkView
  /** Cells that became the same for the same reason. */
  parts: DraftPart[]
}

export interface DraftPart {
  architectures: LinkView[]
  /** `works, verified` */
  what: string
  /** `was in progress`; empty where nothing was known. */
  was: string
  /** `tested natively on 2 November 2026, version 8.2.1` */
  reason: string
  /** The source of what is known now. */
  source: string | undefined
}

export const draftBuckets = ['gained', 'lost', 'disputed', 'verified', 'recorded', 'renewed', 'went-stale'] as const
export type DraftBucket = (typeof draftBuckets)[number]

export interface DraftView {
  number: number
  id: string
  title: string
  /** The day up to which the last issue tells; undefined where this is the first. */
  since: { issue: LinkView; instant: string; words: string } | undefined
  difference: MatrixDifference
  newProjects: (DraftChange & { summary: string })[]
  /** Changes of projects of which something was known before. */
  changes: Record<DraftBucket, DraftChange[]>
  items: Entry<Item>[]
  events: { link: LinkView; id: string; when: string; place: string | undefined; isDeadline: boolean }[]
  /** What could use a hand: ports under way, and cells that nobody has looked at for long. */
  portsUnderWay: DraftChange[]
  toCheck: { project: LinkView; architecture: LinkView; why: string }[]
}

/** How far an issue looks ahead. */
const monthsAhead = 4
const shownChecks = 6

export function viewDraft(items: readonly Entry<Item>[], context: ViewContext): DraftView {
  const { catalog, asOf } = context
  const number = Math.max(0, ...[...catalog.issue.values()].map(({ data }) => data.number)) + 1
  // One that waits for its day has been told all the same.
  const last = [...catalog.issue.values()]
    .filter(({ data }) => data.state === 'published')
    .sort((a, b) => b.data.number - a.data.number)[0]
  const since = last && sinceOf(last, context)
  // Before the first issue nothing was told.
  const difference = differenceOfMatrices(catalog, since?.instant ?? '0001-01-01T00:00:00Z', asOf)
  const fresh = new Set(difference.newProjects)
  const known = difference.cells.filter(({ project }) => !fresh.has(project))
  return {
    number,
    id: String(number).padStart(4, '0'),
    title: titleOf(number, last, context),
    since,
    difference,
    newProjects: foldCells(
      difference.cells.filter(({ project }) => fresh.has(project)),
      context,
    ).map((change) => ({ ...change, summary: catalog.project.get(change.id)?.data.summary ?? '' })),
    changes: {
      gained: bucket('gained'),
      lost: bucket('lost'),
      disputed: bucket('disputed'),
      verified: bucket('verified'),
      recorded: bucket('recorded'),
      renewed: bucket('renewed'),
      'went-stale': bucket('went-stale'),
    },
    items: [...items].sort((a, b) => compareText(a.data.date, b.data.date) || compareText(a.id, b.id)),
    events: upcomingEvents(context),
    portsUnderWay: portsUnderWay(context),
    toCheck: cellsToVerify(context)
      .slice(0, shownChecks)
      .map(({ project, column, status, reason }) => ({
        project: linkTo('project', project.id, context),
        architecture: cellLink(project.id, column.id, context),
        why:
          reason === 'unseen'
            ? 'nobody has looked'
            : reason === 'disputed'
              ? 'sources contradict each other'
              : `nobody has looked since ${dayInWords(status.observedAt?.slice(0, 10) ?? '')}`,
      })),
  }

  function bucket(direction: Direction): DraftChange[] {
    return foldCells(
      known.filter((cell) => cell.direction === direction),
      context,
    )
  }
}

function sinceOf({ id, data }: Entry<Issue>, context: ViewContext): NonNullable<DraftView['since']> {
  const day = data.date.slice(0, 10)
  // An issue tells what was known at the end of its day.
  const instant = data.date.length === 10 ? `${day}T23:59:59Z` : data.date
  return { issue: linkTo('issue', id, context), instant: new Date(instant).toISOString(), words: dayInWords(day) }
}

/** The title of the last issue with the number of the next. */
function titleOf(number: number, last: Entry<Issue> | undefined, { catalog }: ViewContext): string {
  const before = last?.data.title ?? ''
  const numbered = before.replace(new RegExp(`\\b0*${last?.data.number ?? 0}\\b`), String(number))
  return numbered === before ? `${catalog.site.title} news, issue ${number}` : numbered
}

/** Cells of a project are one line, and those that became the same one part of it. */
function foldCells(cells: readonly CellDifference[], context: ViewContext): (DraftChange & { id: string })[] {
  return [...Map.groupBy(cells, ({ project }) => project)].map(([id, ofProject]) => ({
    id,
    project: linkTo('project', id, context),
    parts: [
      ...Map.groupBy(ofProject, (cell) => [whatBecame(cell), whatItWas(cell), reasonOf(cell.to)].join('\n')).values(),
    ].flatMap((group): DraftPart[] => {
      const [first] = group
      if (first === undefined) return []
      return [
        {
          architectures: group.map((cell) => cellLink(cell.project, cell.architecture, context)),
          what: whatBecame(first),
          was: whatItWas(first),
          reason: reasonOf(first.to),
          source: first.to.link,
        },
      ]
    }),
  }))
}

function whatBecame({ to }: CellDifference): string {
  return to.basis === 'none' ? 'no longer known' : `${labelOfSupport[to.support]}, ${labelOfBasis[to.basis]}`
}

function whatItWas({ from, to }: CellDifference): string {
  if (from.basis === 'none') return ''
  return `was ${from.support === to.support ? labelOfBasis[from.basis] : labelOfSupport[from.support]}`
}

/** What decided, without what only a machine needs. */
function reasonOf({ basis, level, execution, version, observedAt = '' }: Status): string {
  const day = dayInWords(observedAt.slice(0, 10))
  const on = observedAt.length >= 10 ? `on ${day}` : `in ${day}`
  switch (basis) {
    case 'verified': {
      const how = execution === undefined ? '' : ` ${executionInWords[execution]}`
      const shown = level === undefined ? 'shown' : `${levelInWords[level]}${how}`
      return `${shown} ${on}${version === undefined ? '' : `, version ${version}`}`
    }
    case 'claimed':
      return `said ${on}`
    case 'stale':
      return `the newest source is of ${day}`
    case 'disputed':
      return 'sources contradict each other'
    case 'none':
      return 'what was known was taken back'
    default:
      return basis satisfies never
  }
}

const levelInWords: Record<Level, string> = {
  available: 'found available',
  builds: 'built',
  starts: 'started',
  tested: 'tested',
}

const executionInWords: Record<Execution, string> = {
  native: 'natively',
  emulated: 'under emulation',
  cross: 'by cross-compilation',
}

function cellLink(project: string, architecture: string, { addressOf }: ViewContext): LinkView {
  return { label: architecture, address: addressOf(`/projects/${project}/#${architecture}`) }
}

function upcomingEvents(context: ViewContext): DraftView['events'] {
  const today = context.asOf.slice(0, 10)
  const end = addMonths(today, monthsAhead)
  return [...context.catalog.event.values()]
    .filter(({ data }) => lastDayOf(data.end ?? data.start) >= today && firstDayOf(data.start) <= end)
    .sort((a, b) => compareText(firstDayOf(a.data.start), firstDayOf(b.data.start)) || compareText(a.id, b.id))
    .map(({ id, data }) => ({
      id,
      link: linkTo('event', id, context),
      when: rangeInWords(data.start, data.end),
      place: data.place,
      isDeadline: data.kind === 'deadline',
    }))
}

const unknown: Status = { support: 'unknown', basis: 'none', witnesses: [], reasons: [] }

/** Ports that somebody works on in public, with a source that is not too old. */
function portsUnderWay(context: ViewContext): DraftChange[] {
  const columns = viewColumns(context)
  const cells = sortedProjects(context).flatMap((project) =>
    columns.flatMap((column): CellDifference[] => {
      const to = statusOf(project, column.id, context)
      if (to.support !== 'in-progress' || to.basis === 'stale') return []
      return [{ project: project.id, architecture: column.id, from: unknown, to, direction: 'renewed' }]
    }),
  )
  return foldCells(cells, context)
}
