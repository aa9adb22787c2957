/** Records as lines of text: one way to write each, so that stores of the same records are the same bytes. */
import type { z } from 'zod'
import { Evidence, evidenceId, isRetraction, Retraction, retractionId, type StoredRecord } from './evidence.ts'
import { expectationOf, foundAt } from './expectation.ts'
import { isPlainEvidence } from './plain-evidence.ts'
import { compareText } from './problem.ts'

/** A record as its one line of JSON: keys in the order of the schema, nothing that is undefined. */
export function serializeRecord(record: StoredRecord): string {
  if (isRetraction(record)) return JSON.stringify(record, retractionKeys)
  const { source, run, artifact, counts, metrics, provenance } = record
  return JSON.stringify({
    ...pick(record, evidenceKeys),
    source: pick(source, sourceKeys),
    run: pick(run, runKeys),
    ...(record.group === undefined ? {} : { group: record.group }),
    observedAt: record.observedAt,
    link: record.link,
    ...(artifact ? { artifact: pick(artifact, ['name', 'digest', 'pageAlignment']) } : {}),
    ...(counts ? { counts: pick(counts, ['passed', 'failed', 'skipped']) } : {}),
    ...(record.flaky ? { flaky: true } : {}),
    ...(record.reason === undefined ? {} : { reason: record.reason }),
    ...(metrics ? { metrics: metrics.map((metric) => pick(metric, ['name', 'value', 'unit'])) } : {}),
    provenance: pick(provenance, ['how', 'by']),
  })
}

const retractionKeys = ['schema', 'id', 'project', 'retracts', 'why', 'by']
const evidenceKeys = [
  'schema',
  'id',
  'project',
  'architecture',
  'os',
  'libc',
  'version',
  'commit',
  'level',
  'outcome',
  'execution',
] as const
const sourceKeys = ['provider', 'repository', 'repositoryId', 'workflow', 'job', 'event', 'ref'] as const
const runKeys = ['id', 'attempt', 'jobId'] as const

function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> {
  const picked: Partial<Pick<T, K>> = {}
  for (const key of keys) if (from[key] !== undefined) picked[key] = from[key]
  return picked
}

/** Why a line is no record. */
export interface BadRecord {
  problem: 'not-json' | 'bad-record' | 'id-differs'
  /** Path into the line's JSON. */
  path: readonly PropertyKey[]
  expected: string
  /** What stands there; undefined where nothing does. */
  actual: unknown
}

export type ParsedRecord = { record: StoredRecord; bad?: undefined } | { record?: undefined; bad: BadRecord }

/** Reads one line. Never throws. */
export function parseRecord(marked: string): ParsedRecord {
  // Some editors put it before a file.
  const line = marked.startsWith('\uFEFF') ? marked.slice(1) : marked
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { bad: { problem: 'not-json', path: [], expected: 'one record as JSON', actual: line } }
  }
  if (isPlainEvidence(value)) return checkId(value, evidenceId(value))
  const isBack = typeof value === 'object' && value !== null && 'retracts' in value
  const result = isBack ? Retraction.safeParse(value) : Evidence.safeParse(value)
  if (!result.success) return { bad: describe(result.error, value) }
  const record = result.data
  return checkId(record, isRetraction(record) ? retractionId(record) : evidenceId(record))
}

function checkId(record: StoredRecord, id: string): ParsedRecord {
  if (record.id === id) return { record }
  // The right digest is not told: with it any line could be made to look like one that a command wrote.
  return {
    bad: { problem: 'id-differs', path: ['id'], expected: 'the digest of what the record says', actual: record.id },
  }
}

function describe(error: z.ZodError, value: unknown): BadRecord {
  // A wrong key explains the missing one.
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0]
  const path = issue?.path ?? []
  if (issue?.code === 'unrecognized_keys') {
    return { problem: 'bad-record', path, expected: 'only the keys of a record', actual: issue.keys[0] }
  }
  return {
    problem: 'bad-record',
    path,
    expected: issue ? expectationOf(issue) : 'a record',
    actual: issue ? foundAt(issue, value) : value,
  }
}

/** The order of records in a store: by architecture, by time, and what else tells two apart. */
export function compareRecords(a: StoredRecord, b: StoredRecord): number {
  if (isRetraction(a) || isRetraction(b)) {
    return Number(isRetraction(a)) - Number(isRetraction(b)) || compareText(a.id, b.id)
  }
  return (
    compareText(a.architecture, b.architecture) || compareText(a.observedAt, b.observedAt) || compareText(a.id, b.id)
  )
}
