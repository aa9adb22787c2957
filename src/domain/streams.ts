/**
 * Streams: what one job says over time. A stream is what one source shows of one level with one
 * kind of execution; its newest runs tell whether it passes or fails.
 */
import type { Evidence } from './evidence.ts'
import { compareText } from './problem.ts'
import { levelWords, type Execution, type Level } from './status-words.ts'
import { isPreRelease, rankVersions } from './version-order.ts'

/** What became of a record in the derivation. */
export type Fate =
  | 'witness'
  | 'pending'
  | 'superseded'
  | 'neutralised'
  | 'not-definitive'
  | 'out-of-scope'
  | 'retracted'
  | 'future'

/** How many verdicts of a stream are looked at. */
export const windowOfVerdicts = 10

/** What one run said in the end: the newest attempt that said anything. */
export interface Verdict {
  record: Evidence
  passed: boolean
  /** Place of its version among the versions of the cell. */
  rank: number
}

export interface Stream {
  level: Level
  execution: Execution | undefined
  state: 'passes' | 'fails' | 'undecided'
  /** The verdicts that decided: the last pass, or the last two failures. */
  deciding: Verdict[]
  /** A failure after the last pass, or the only one: not yet a verdict. */
  pending: Verdict | undefined
  flaky: boolean
}

export interface Streams {
  streams: Stream[]
  fates: Map<Evidence, Fate>
}

/**
 * Sorts the records of a cell into streams and folds each one.
 * @param records  records of one project on one architecture that count at all
 * @param control  records of the project on the control column
 * @param releases the project's versions in release order
 */
export function foldStreams(
  records: readonly Evidence[],
  control: readonly Evidence[],
  releases: readonly string[] | undefined,
): Streams {
  const fates = new Map<Evidence, Fate>()
  const definitive: Evidence[] = []
  for (const record of records) {
    if (record.outcome !== 'passed' && record.outcome !== 'failed') fates.set(record, 'not-definitive')
    else if (record.os !== undefined && record.os !== 'linux') fates.set(record, 'out-of-scope')
    else definitive.push(record)
  }
  // A version that is not released yet only speaks where nothing else does.
  const released = definitive.filter(({ version }) => version === undefined || !isPreRelease(version))
  const counting = released.length > 0 ? released : definitive
  if (counting !== definitive) {
    const kept = new Set(counting)
    for (const record of definitive) if (!kept.has(record)) fates.set(record, 'superseded')
  }

  const rankOf = ranksOf(counting, releases)
  const controlByRun = Map.groupBy(control, runKey)
  const streams: Stream[] = []
  for (const ofStream of Map.groupBy(counting, streamKey).values()) {
    const verdicts: Verdict[] = []
    let attemptsDiffer = false
    for (const attempts of Map.groupBy(ofStream, jobOfRun).values()) {
      attempts.sort((a, b) => b.run.attempt - a.run.attempt || compareText(b.observedAt, a.observedAt) || compareText(a.id, b.id))
      const [newest, ...older] = attempts
      if (!newest) continue
      for (const attempt of older) fates.set(attempt, 'superseded')
      attemptsDiffer ||= older.some(({ outcome }) => outcome !== newest.outcome)
      if (newest.outcome === 'failed' && controlFailed(newest, controlByRun)) fates.set(newest, 'neutralised')
      else verdicts.push({ record: newest, passed: newest.outcome === 'passed', rank: rankOf(newest) })
    }
    if (verdicts.length > 0) streams.push(fold(verdicts, attemptsDiffer, fates))
  }
  return { streams, fates }
}

/** Two failures in a row make a stream fail, one pass makes it pass. */
function fold(all: Verdict[], attemptsDiffer: boolean, fates: Map<Evidence, Fate>): Stream {
  const verdicts = all.sort(compareVerdicts).slice(-windowOfVerdicts)
  let state: Stream['state'] = 'undecided'
  let deciding: Verdict[] = []
  let pending: Verdict | undefined
  let turns = 0
  let previous: Verdict | undefined
  for (const verdict of verdicts) {
    if (previous && previous.passed !== verdict.passed) turns += 1
    if (verdict.passed) {
      state = 'passes'
      deciding = [verdict]
      pending = undefined
    } else if (previous && !previous.passed) {
      state = 'fails'
      deciding = [previous, verdict]
      pending = undefined
    } else pending = verdict
    previous = verdict
  }
  for (const { record } of all) if (!fates.has(record)) fates.set(record, 'superseded')
  if (pending) fates.set(pending.record, 'pending')
  const { level, execution } = all[0]?.record ?? { level: 'available', execution: undefined }
  const flaky = attemptsDiffer || turns >= 3 || verdicts.some(({ record }) => record.flaky === true)
  return { level, execution, state, deciding, pending, flaky }
}

/** The order in which verdicts speak: by release, then by time. */
export function compareVerdicts(a: Verdict, b: Verdict): number {
  return (
    a.rank - b.rank ||
    compareText(a.record.observedAt, b.record.observedAt) ||
    a.record.run.id.length - b.record.run.id.length ||
    compareText(a.record.run.id, b.record.run.id) ||
    compareText(a.record.id, b.record.id)
  )
}

/**
 * Places of versions. A run that names none speaks of the newest version that had been seen by then.
 */
function ranksOf(records: readonly Evidence[], releases: readonly string[] | undefined): (record: Evidence) => number {
  const versions = records.flatMap(({ version }) => (version === undefined ? [] : [version]))
  if (versions.length === 0) return () => 0
  const ranks = rankVersions(versions, releases)
  const seen = records
    .flatMap(({ version, observedAt }) => (version === undefined ? [] : [{ observedAt, rank: ranks.get(version) ?? 0 }]))
    .sort((a, b) => compareText(a.observedAt, b.observedAt))
  return ({ version, observedAt }) => {
    if (version !== undefined) return ranks.get(version) ?? 0
    let newest = 0
    for (const { observedAt: at, rank } of seen) if (at <= observedAt && rank > newest) newest = rank
    return newest
  }
}

/**
 * Whether the control column failed in the same run, at the same level. A control that was not
 * repeated with the attempt still says what it said before.
 */
function controlFailed(failure: Evidence, controlByRun: ReadonlyMap<string, readonly Evidence[]>): boolean {
  const inRun = (controlByRun.get(runKey(failure)) ?? []).filter(
    ({ outcome, execution, run }) =>
      (outcome === 'passed' || outcome === 'failed') && execution === 'native' && run.attempt <= failure.run.attempt,
  )
  const newest = Math.max(...inRun.map(({ run }) => run.attempt))
  return inRun.some(({ run, outcome }) => run.attempt === newest && outcome === 'failed')
}

function runKey({ source, group, run, level }: Evidence): string {
  return JSON.stringify([source.provider, source.repositoryId ?? source.repository, group ?? run.id, level])
}

function jobOfRun({ run }: Evidence): string {
  return run.id
}

function streamKey({ source, level, execution, libc }: Evidence): string {
  return JSON.stringify([
    source.provider,
    source.repositoryId ?? source.repository,
    source.workflow,
    source.job,
    level,
    execution,
    libc,
  ])
}

/** Whether a level is at least another one. */
export function reaches(level: Level, wanted: Level): boolean {
  return levelWords.indexOf(level) >= levelWords.indexOf(wanted)
}
