/** What test reports have in common: cases are counted, and what was counted decides. */
import { hash } from 'node:crypto'
import type { Counts, Metric } from '#domain/evidence.ts'
import type { Outcome } from '#domain/status-words.ts'
import type { CiResult, DocumentProblem, Spot } from './adapter.ts'
import type { CiDocument } from './document.ts'

/** Test cases that are counted; a report with more of them is refused. */
export const maximumTests = 1_000_000

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 }

export function addCounts(one: Counts, other: Counts): Counts {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  }
}

export function totalOf({ passed, failed, skipped }: Counts): number {
  return passed + failed + skipped
}

/** What counted tests say. Where none was executed nothing was shown, which is not a pass. */
export function outcomeOfCounts(counts: Counts): Pick<CiResult, 'outcome' | 'reason' | 'counts'> {
  if (counts.failed > 0) return { outcome: 'failed', counts }
  if (counts.passed > 0) return { outcome: 'passed', counts }
  return { outcome: 'skipped', reason: 'no-tests', counts }
}

/**
 * What a run that says itself how it ended has ended as, beside the tests that it counts: no pass where
 * tests failed, and none where no test was executed although it is about tests.
 */
export function outcomeBesideCounts(
  stated: Outcome,
  counts: Counts | undefined,
  isOfTests = true,
): Pick<CiResult, 'outcome' | 'reason'> {
  if (stated !== 'passed' || !counts) return { outcome: stated }
  const { outcome, reason } = outcomeOfCounts(counts)
  if (outcome === 'skipped' && !isOfTests) return { outcome: stated }
  return { outcome, ...(reason === undefined ? {} : { reason }) }
}

/** The run of a document that names none: the same text is the same observation. */
export function runIdOfContent({ text, json }: Pick<CiDocument, 'text' | 'json'>): string {
  // A line of JSON Lines comes without its text.
  return `sha256:${hash('sha256', text === '' ? JSON.stringify(json ?? null) : text)}`
}

/** How long the tests took, in seconds to the millisecond; empty for what is no time, or none to speak of. */
export function testTime(seconds: number | undefined): Pick<CiResult, 'metrics'> {
  if (seconds === undefined || !(seconds <= maximumSeconds)) return {}
  const value = Math.round(seconds * 1000) / 1000
  const metric: Metric = { name: 'test time', value, unit: 's' }
  return value > 0 ? { metrics: [metric] } : {}
}

/** Thirty years: more than that is no duration. */
const maximumSeconds = 1e9

export function countsDisagree(spot: Spot, stated: string, counted: string): DocumentProblem {
  return {
    code: 'counts-disagree',
    severity: 'warning',
    spot,
    reason: `Unexpected summary: it says ${stated}, and the report holds ${counted}.`,
    expected: counted,
    actual: stated,
    fix: 'nothing, if the report is whole: the cases are what counts; else send the whole report',
  }
}

export function tooManyTests(spot: Spot): DocumentProblem {
  return {
    code: 'too-many-tests',
    severity: 'error',
    spot,
    reason: `Unexpected number of tests, expected at most ${String(maximumTests)} in one report.`,
    expected: `at most ${String(maximumTests)} tests`,
    actual: `more than ${String(maximumTests)}`,
    fix: 'send a report for each part of the test suite',
  }
}
