/** What the commands of a check say about their tests: a report in a format that `ingest` reads, or bare counts. */
import { Counts, type OutcomeReason } from '#domain/evidence.ts'
import type { Outcome } from '#domain/status-words.ts'
import { ctrf } from '#ingest/ctrf.ts'
import { parseDocument } from '#ingest/document.ts'
import { junit } from '#ingest/junit.ts'
import { tap } from '#ingest/tap.ts'
import { outcomeOfCounts } from '#ingest/test-counts.ts'

export interface TestReport {
  counts: Counts
  outcome: Outcome
  reason?: OutcomeReason | undefined
}

export type ReadTestReport = { report: TestReport; why?: undefined } | { report?: undefined; why: string }

const formats = [junit, ctrf, tap]

/** Reads a report. Never throws. */
export function readTestReport(text: string): ReadTestReport {
  const document = parseDocument(text)
  if (document.refused !== undefined) return { why: `it is ${document.refused.replace('-', ' ')}` }
  const bare = Counts.safeParse(document.json)
  if (bare.success) return { report: { ...outcomeOfCounts(bare.data), counts: bare.data } }
  const format = formats.find((adapter) => adapter.recognises(document))
  if (!format) return { why: 'it is neither TAP nor JUnit XML nor CTRF, and no counts' }
  const { results, problems } = format.adapt(document)
  const [result] = results
  if (!result?.counts) return { why: problems[0]?.reason ?? 'it holds no tests' }
  return { report: { counts: result.counts, outcome: result.outcome, reason: result.reason } }
}
