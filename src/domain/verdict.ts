/**
 * What the evidence of a cell says, whatever people claim and however long ago it was: streams
 * against each other. Time is put on it afterwards, so that time alone can only take certainty away.
 */
import type { Evidence } from './evidence.ts'
import { levelWords, type Execution, type Level } from './status-words.ts'
import { compareVerdicts, foldStreams, reaches, type Fate, type Stream, type Verdict } from './streams.ts'
import { addDays } from './day.ts'
import { compareText } from './problem.ts'

/** For how many days a run says anything certain. */
export const freshForDays = 180

/** What runs can show. */
export type Shown = 'works' | 'emulated' | 'available' | 'broken' | 'partial' | 'nothing'

export interface EvidenceVerdict {
  shown: Shown
  /** The highest level that was shown, and how. Missing where nothing passed. */
  level?: Level
  execution?: Execution
  /** The runs that decided, the most telling first. */
  witnesses: Evidence[]
  /** The first day on which what is shown is too old. */
  staleOn?: string
  /** Failures that are not yet a verdict. */
  pending: Evidence[]
  /** The newest failure of each job that failed twice, where that says nothing of the hardware: it ran elsewhere, or nothing was run. */
  aside: Evidence[]
  flaky: boolean
  fates: Map<Evidence, Fate>
}

/** Weighs the runs of one cell. The parameters are those of `foldStreams`; `today` only chooses among passes. */
export function weigh(
  records: readonly Evidence[],
  control: readonly Evidence[],
  releases: readonly string[] | undefined,
  today: string,
): EvidenceVerdict {
  // Most cells have none, and are asked about once for each day of their claims.
  if (records.length === 0)
    return { shown: 'nothing', witnesses: [], pending: [], aside: [], flaky: false, fates: new Map() }
  const { streams, fates } = foldStreams(records, control, releases)
  const passes = streams.filter(({ state }) => state === 'passes')
  const failing = streams.filter(
    (stream) => stream.state === 'fails' && stream.execution === 'native' && reaches(stream.level, 'builds'),
  )
  const aside = streams.filter((stream) => stream.state === 'fails' && !failing.includes(stream))
  const asserting = failing.filter((failed) => !passes.some((pass) => supersedes(pass, failed)))
  const standing = passes.filter((pass) => !asserting.some((failed) => undermines(failed, pass)))
  const running = standing.filter(({ level, execution }) => execution === 'native' && reaches(level, 'starts'))
  const emulated = standing.filter(({ level, execution }) => execution === 'emulated' && reaches(level, 'starts'))

  const verdict: EvidenceVerdict = {
    shown: 'nothing',
    witnesses: [],
    pending: streams.flatMap(({ pending }) => (pending ? [pending.record] : [])).sort(newestFirst),
    aside: aside.map((stream) => last(stream).record).sort(newestFirst),
    flaky: streams.some(({ flaky }) => flaky),
    fates,
  }
  if (asserting.length > 0) {
    const freshest = newestOf(asserting)
    const pass = best(running, today)
    verdict.shown = pass ? 'partial' : 'broken'
    verdict.witnesses = [...freshest.deciding.map(({ record }) => record).reverse(), ...recordsOf(pass)]
    // What an emulator showed says nothing about the machine on which it failed.
    const proven =
      pass ??
      best(
        standing.filter(({ execution }) => execution !== 'emulated'),
        today,
      )
    if (proven) setProven(verdict, proven)
    const days = [staleOnOf(freshest), ...(pass ? [staleOnOf(newestOf(running))] : [])]
    verdict.staleOn = days.sort()[0] ?? ''
  } else {
    const [shown, telling] =
      running.length > 0
        ? (['works', running] as const)
        : emulated.length > 0
          ? (['emulated', emulated] as const)
          : (['available', standing] as const)
    const pass = best(telling, today)
    if (pass) {
      verdict.shown = shown
      setProven(verdict, pass)
      verdict.witnesses = recordsOf(pass)
      verdict.staleOn = staleOnOf(newestOf(telling))
    }
  }
  for (const record of verdict.pending) fates.set(record, 'pending')
  for (const record of verdict.witnesses) fates.set(record, 'witness')
  return verdict
}

function setProven(verdict: EvidenceVerdict, { level, execution }: Stream): void {
  verdict.level = level
  if (execution !== undefined) verdict.execution = execution
}

/** A later native pass of another job answers a failure, where it shows at least as much. */
function supersedes(pass: Stream, failed: Stream): boolean {
  const [passed, failure] = [last(pass), last(failed)]
  return pass.execution === 'native' && reaches(pass.level, failed.level) && compareVerdicts(passed, failure) > 0
}

/** What fails to build no longer starts, whatever it did before. */
function undermines(failed: Stream, pass: Stream): boolean {
  return (
    pass.level !== failed.level && reaches(pass.level, failed.level) && compareVerdicts(last(failed), last(pass)) > 0
  )
}

function newestOf(streams: readonly Stream[]): Stream {
  return streams.reduce((newest, stream) => (compareByTime(last(stream), last(newest)) > 0 ? stream : newest))
}

/** The fresh pass of the highest level, and of these the newest; where none is fresh, the same of the old ones. */
function best(streams: readonly Stream[], today: string): Stream | undefined {
  const fresh = streams.filter((stream) => staleOnOf(stream) > today)
  // Of old passes the newest is told: a higher level that was shown earlier would come back by waiting.
  if (fresh.length === 0) return streams.length > 0 ? newestOf(streams) : undefined
  return fresh.reduce<Stream | undefined>((best, stream) => (isBetter(stream, best) ? stream : best), undefined)
}

function isBetter(stream: Stream, than: Stream | undefined): boolean {
  if (!than) return true
  const byLevel = levelWords.indexOf(stream.level) - levelWords.indexOf(than.level)
  return byLevel > 0 || (byLevel === 0 && compareVerdicts(last(stream), last(than)) > 0)
}

function staleOnOf(stream: Stream): string {
  return addDays(last(stream).record.observedAt.slice(0, 10), freshForDays + 1)
}

function last({ deciding }: Stream): Verdict {
  const verdict = deciding.at(-1)
  if (!verdict) throw new Error('a decided stream has a deciding verdict')
  return verdict
}

function recordsOf(stream: Stream | undefined): Evidence[] {
  return stream ? stream.deciding.map(({ record }) => record) : []
}

function newestFirst(a: Evidence, b: Evidence): number {
  return compareText(b.observedAt, a.observedAt) || compareText(a.id, b.id)
}

function compareByTime(a: Verdict, b: Verdict): number {
  return compareText(a.record.observedAt, b.record.observedAt) || compareVerdicts(a, b)
}
