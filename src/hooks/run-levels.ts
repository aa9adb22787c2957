/** What a run has shown, level by level: from how its commands ended to outcomes. */
import type { Counts, OutcomeReason } from '#domain/evidence.ts'
import { levelWords, type Outcome } from '#domain/status-words.ts'
import type { ProvenLevel } from '#domain/recipe.ts'
import { addCounts, totalOf } from '#ingest/test-counts.ts'
import type { Ended } from './run-commands.ts'
import type { TestReport } from './test-report.ts'

/** How something ended that says something about a level, or keeps the run from saying it. */
export interface Judgement {
  outcome: Outcome
  reason?: OutcomeReason | undefined
  counts?: Counts | undefined
}

export interface LevelResult extends Judgement {
  level: ProvenLevel
  /** Milliseconds from the start of the command to the end of the last part. */
  endedAfter: number
}

// What the shell says of a command that is not there, or is none.
const notExecutable = 126
const notFound = 127
// 128 and SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV.
const crashes = [132, 134, 135, 136, 139]

/** Judges commands that show something. */
export function judge({ how, code }: Pick<Ended, 'how' | 'code'>, report?: TestReport): Judgement {
  if (how !== 'exited') return hindered(how)
  if (code === notFound || code === notExecutable) return { outcome: 'infra', reason: 'setup' }
  const counts = report?.counts
  if (report?.outcome === 'failed') return { outcome: 'failed', reason: report.reason, counts }
  if (code !== 0) {
    const reason = code !== undefined && crashes.includes(code) ? 'crash' : undefined
    return { outcome: 'failed', reason, counts }
  }
  return report ?? { outcome: 'passed' }
}

/** Judges commands that prepare: whatever keeps them from it says nothing about the software. */
export function judgePreparation({ how, code }: Pick<Ended, 'how' | 'code'>): Judgement {
  if (how !== 'exited') return hindered(how)
  return code === 0 ? { outcome: 'passed' } : { outcome: 'infra', reason: 'setup' }
}

function hindered(how: Exclude<Ended['how'], 'exited'>): Judgement {
  switch (how) {
    case 'timeout':
      return { outcome: 'infra', reason: 'timeout' }
    case 'cancelled':
      return { outcome: 'cancelled' }
    case 'not-started':
      return { outcome: 'infra', reason: 'setup' }
    case 'output-limit':
      return { outcome: 'infra' }
    default:
      return how satisfies never
  }
}

// The first one that a part of a level ended with is how the level ended.
const mostTelling: readonly Outcome[] = ['failed', 'cancelled', 'infra', 'passed', 'skipped']

/** Sums up what was shown, in the order of levels. A level of which nothing was run is not there. */
export function levelsOf(parts: readonly LevelResult[]): LevelResult[] {
  const results: LevelResult[] = []
  for (const [level, ofLevel] of Map.groupBy(parts, (part) => part.level)) {
    const outcome = mostTelling.find((word) => ofLevel.some((part) => part.outcome === word)) ?? 'skipped'
    const counted = ofLevel.flatMap(({ counts }) => counts ?? [])
    const counts = counted.length === 0 ? undefined : counted.reduce(addCounts)
    const endedAfter = Math.max(...ofLevel.map((part) => part.endedAfter))
    const { reason } = ofLevel.find((part) => part.outcome === outcome) ?? {}
    results.push({ level, outcome, reason, counts: counts && totalOf(counts) > 0 ? counts : undefined, endedAfter })
  }
  return results.sort((a, b) => levelWords.indexOf(a.level) - levelWords.indexOf(b.level))
}
