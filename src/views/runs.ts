/** What runs showed about a project on an architecture: the timeline of a cell. */
import { explainCell } from '#domain/cell.ts'
import { isRun, retractionOf, type Counts, type Evidence, type Retraction } from '#domain/evidence.ts'
import { compareText } from '#domain/problem.ts'
import type { Fate } from '#domain/streams.ts'
import { levelWords, type Execution, type Level, type Outcome } from '#domain/status-words.ts'
import { viewDay, type DayView } from './age.ts'
import type { ViewContext } from './context.ts'
import { viewSource } from './sources.ts'

export interface RunView {
  /** Beginning of the record's id, as `explain` and `retract` take it. */
  id: string
  outcome: Outcome
  outcomeLabel: string
  level: Level
  levelLabel: string
  execution: Execution | undefined
  executionLabel: string
  version: string | undefined
  day: DayView
  link: string
  /** Who ran it, and the job: text of a CI system, shown as it is. */
  source: string
  counts: string
  /** On which page sizes the program can be loaded: `up to 64 KiB`; empty where nobody looked. */
  pages: string
  /** What became of it. */
  fate: Fate
  fateLabel: string
  /** Of a run that was taken back: what was wrong with it, and who took it back, as they wrote it. */
  retraction: { why: string; by: string | undefined } | undefined
}

export const labelOfOutcome: Record<Outcome, string> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  cancelled: 'cancelled',
  infra: 'machine failed',
}

const labelOfLevel: Record<Level, string> = {
  available: 'exists',
  builds: 'builds',
  starts: 'starts',
  tested: 'passes its tests',
}

export const nounOfLevel: Record<Level, string> = {
  available: 'existence',
  builds: 'build',
  starts: 'start',
  tested: 'tests',
}

export const labelOfExecution: Record<Execution, string> = {
  native: 'native',
  emulated: 'emulated',
  cross: 'cross-built',
}

const labelOfFate: Record<Fate, string> = {
  witness: 'decides',
  pending: 'not yet a verdict',
  superseded: 'superseded',
  neutralised: 'excused: the control failed too',
  'not-definitive': 'decides nothing',
  'out-of-scope': 'another operating system',
  retracted: 'retracted',
  future: '',
}

export function countsInWords(counts: Counts | undefined): string {
  return counts ? `${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` : ''
}

/** How large pages may be where the program can be loaded: `up to 64 KiB`. */
export function pagesOf({ artifact }: Pick<Evidence, 'artifact'>): string {
  const alignment = artifact?.pageAlignment
  if (alignment === undefined) return ''
  return `up to ${alignment % 1024 === 0 ? `${alignment / 1024} KiB` : `${alignment} bytes`}`
}

/** What a level and an execution say together: `passes its tests, native`. */
export function provenInWords(level: Level | undefined, execution: Execution | undefined): string | undefined {
  if (level === undefined) return undefined
  const how = level === 'available' || execution === undefined ? '' : `, ${labelOfExecution[execution]}`
  return `${labelOfLevel[level]}${how}`
}

/** Every run of a cell up to the build clock, the newest first. */
export function viewRuns(project: string, architecture: string, context: ViewContext): RunView[] {
  const { fates } = explainCell(context.catalog, project, architecture, context.asOf)
  return [...fates]
    .flatMap(([record, fate]) => (isRun(record) && fate !== 'future' ? [{ record, fate }] : []))
    .sort((a, b) => newestFirst(a.record, b.record))
    .map(({ record, fate }) => {
      // Of a renamed project they stand below its id of today, whatever the record calls it.
      const retraction =
        fate === 'retracted' ? retractionOf(record.id, context.catalog.evidence.get(project) ?? []) : undefined
      return viewRun(record, fate, retraction, context)
    })
}

/** Of what was shown in the same second, the most telling first. */
function newestFirst(a: Evidence, b: Evidence): number {
  return (
    compareText(b.observedAt, a.observedAt) ||
    levelWords.indexOf(b.level) - levelWords.indexOf(a.level) ||
    compareText(a.id, b.id)
  )
}

function viewRun(record: Evidence, fate: Fate, retraction: Retraction | undefined, context: ViewContext): RunView {
  const { id, outcome, level, execution, version, observedAt, link, source, counts } = record
  return {
    id: id.slice(0, 12),
    outcome,
    outcomeLabel: labelOfOutcome[outcome],
    level,
    levelLabel: nounOfLevel[level],
    execution,
    executionLabel: execution === undefined || level === 'available' ? '' : labelOfExecution[execution],
    version,
    day: viewDay(observedAt.slice(0, 10), context.asOf),
    link: viewSource(link, context).address,
    source: [source.provider, source.repository, source.job].filter((part) => part !== undefined).join(', '),
    counts: countsInWords(counts),
    pages: pagesOf(record),
    fate,
    fateLabel: labelOfFate[fate],
    retraction: retraction && { why: retraction.why, by: retraction.by },
  }
}
