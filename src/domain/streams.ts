/**
 * Streams: what one job says over time. A stream is what one source shows of one level with one
 * kind of execution; its newest runs tell whether it passes or fails.
 */
import type { Evidence } from './evidence.ts'
import { compareText } from './problem.ts'
import { levelWords, type Execution, type Level } from './status-words.ts'
import { isPreRelease, rankVersions } from './version-order.ts'

export const fateWords = [
  'witness',
  'pending',
  'superseded',
  'neutralised',
  'not-definitive',
  'out-of-scope',
  'retracted',
  'future',
] as const
/** What became of a record in the derivation. */
export type Fate = (typeof fateWords)[number]

/** How many verdicts of a stream are looked at. */
export const windowOfVerdicts = 10

/** What one run said in the end: the newest attempt that said anything, and where that failed, the last one that passed. */
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
    if (!isDefinitive(record)) fates.set(record, 'not-definitive')
    else if (!isOnLinux(record)) fates.set(record, 'out-of-scope')
    else definitive.push(record)
  }

  const controlByRun = controlOf(control)
  const heard: Evidence[] = []
  const unsteady = new Set<string>()
  for (const [key, ofStream] of Map.groupBy(definitive, streamKey)) {
    for (const attempts of Map.groupBy(ofStream, jobOfRun).values()) {
      attempts.sort(
        (a, b) => b.run.attempt - a.run.attempt || compareText(b.observedAt, a.observedAt) || compareText(a.id, b.id),
      )
      const [newest, ...older] = attempts
      if (!newest) continue
      // A run that passed and failed when it was repeated has failed once more; it has not passed once less.
      const passedBefore = newest.outcome === 'failed' ? older.find(({ outcome }) => outcome === 'passed') : undefined
      for (const attempt of older) if (attempt !== passedBefore) fates.set(attempt, 'superseded')
      if (passedBefore) heard.push(passedBefore)
      if (older.some(({ outcome }) => outcome !== newest.outcome)) unsteady.add(key)
      if (newest.outcome === 'failed' && controlFailed(newest, controlByRun)) fates.set(newest, 'neutralised')
      else heard.push(newest)
    }
  }

  // What fails before its release says nothing where a release was tried: it is not finished. What
  // passes does say something, but a release outranks it.
  const isReleased = ({ version }: Evidence) => version === undefined || !isPreRelease(version)
  const released = heard.some(isReleased)
  const counting: Evidence[] = []
  for (const record of heard) {
    if (released && record.outcome === 'failed' && !isReleased(record)) fates.set(record, 'superseded')
    else counting.push(record)
  }

  const rankOf = ranksOf(counting, releases, released)
  const streams: Stream[] = []
  for (const [key, ofStream] of Map.groupBy(counting, streamKey)) {
    const verdicts = ofStream.map((record) => ({ record, passed: record.outcome === 'passed', rank: rankOf(record) }))
    streams.push(fold(verdicts, unsteady.has(key), fates))
  }
  return { streams, fates }
}

/** Whether a run ended in a verdict, and not because of something else. */
export function isDefinitive({ outcome }: Evidence): boolean {
  return outcome === 'passed' || outcome === 'failed'
}

function isOnLinux({ os }: Evidence): boolean {
  return os === undefined || os === 'linux'
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
    a.record.run.attempt - b.record.run.attempt ||
    compareText(a.record.id, b.record.id)
  )
}

/**
 * Places of versions; those before a release come before all releases, where there is one. A run
 * that names no version speaks of the newest release that had been seen by then.
 */
function ranksOf(
  records: readonly Evidence[],
  releases: readonly string[] | undefined,
  released: boolean,
): (record: Evidence) => number {
  const versions = records.flatMap(({ version }) => (version === undefined ? [] : [version]))
  if (versions.length === 0) return () => 0
  const ranks = rankVersions(versions, releases)
  if (released) {
    for (const [version, rank] of ranks) if (isPreRelease(version)) ranks.set(version, rank - ranks.size)
  }
  // When a newer release than all before was first seen.
  const seen: { from: string; rank: number }[] = []
  const named = records.filter(({ version }) => version !== undefined)
  for (const { version = '', observedAt } of named.sort((a, b) => compareText(a.observedAt, b.observedAt))) {
    const rank = ranks.get(version) ?? 0
    if (rank > (seen.at(-1)?.rank ?? 0)) seen.push({ from: observedAt, rank })
  }
  return ({ version, observedAt }) =>
    version === undefined ? (seen.findLast(({ from }) => from <= observedAt)?.rank ?? 0) : (ranks.get(version) ?? 0)
}

/** Attempts of a run on the control column, the newest first. */
type ControlRun = { attempt: number; failed: boolean }[]

/** What the control column said, natively and on Linux, by run and level. An attempt failed where one of its jobs did. */
function controlOf(records: readonly Evidence[]): Map<string, ControlRun> {
  const saying = records.filter((record) => isDefinitive(record) && isOnLinux(record) && record.execution === 'native')
  const byRun = new Map<string, ControlRun>()
  for (const record of saying.sort((a, b) => b.run.attempt - a.run.attempt)) {
    const key = runKey(record)
    const attempts = byRun.get(key) ?? []
    byRun.set(key, attempts)
    const last = attempts.at(-1)
    const failed = record.outcome === 'failed'
    if (last?.attempt === record.run.attempt) last.failed ||= failed
    else attempts.push({ attempt: record.run.attempt, failed })
  }
  return byRun
}

/**
 * Whether the control column failed in the same run, at the same level. A control that was not
 * repeated with the attempt still says what it said before.
 */
function controlFailed(failure: Evidence, controlByRun: ReadonlyMap<string, ControlRun>): boolean {
  const attempts = controlByRun.get(runKey(failure)) ?? []
  return attempts.find(({ attempt }) => attempt <= failure.run.attempt)?.failed ?? false
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
