/** Records as rows of a table, and back. */
import { isRetraction, type StoredRecord } from '#domain/evidence.ts'
import { parseRecord, serializeRecord } from '#domain/evidence-text.ts'
import { compareText, type Problem } from '#domain/problem.ts'
import { shownValue } from '#ingest/problems.ts'
import { digestOf } from './fingerprint.ts'

export interface Row {
  record: StoredRecord
  /** SHA-256 of the text, in hexadecimal. */
  digest: string
  text: string
}

function rowOf(record: StoredRecord): Row {
  const text = serializeRecord(record)
  return { record, digest: digestOf(text), text }
}

/**
 * The rows of records, each once, in the order of the key. All writers add rows in this order, or two of them
 * could each wait for what the other is adding.
 */
export function rowsOf(records: readonly StoredRecord[]): Row[] {
  const rows = new Map<string, Row>()
  for (const record of records) {
    const row = rowOf(record)
    if (!rows.has(row.digest)) rows.set(row.digest, row)
  }
  return [...rows.values()].sort(
    (a, b) => compareText(a.record.project, b.record.project) || compareText(a.digest, b.digest),
  )
}

/** The values of rows, a list for each column: one statement takes as many rows as there are. */
export function columnsOf(rows: readonly Row[]): unknown[][] {
  return [
    rows.map(({ record }) => record.project),
    rows.map(({ digest }) => digest),
    rows.map(({ record }) => record.id),
    rows.map(({ record }) => (isRetraction(record) ? null : record.architecture)),
    rows.map(({ record }) => (isRetraction(record) ? null : instantOf(record.observedAt))),
    rows.map(({ text }) => text),
  ]
}

/** PostgreSQL has no year 0, which ISO 8601 has. */
function instantOf(observedAt: string): string | null {
  return observedAt.startsWith('0000') ? null : observedAt
}

/** A row as the database sends it. Anybody who may write to it may have edited it. */
export interface FoundRow {
  project: string
  digest: string
  text: string
}

export type ReadRow = { record: StoredRecord; problem?: undefined } | { record?: undefined; problem: Problem }

/** The record of a row, or what is wrong with it. */
export function readRow(row: FoundRow, address: string): ReadRow {
  const { record, bad } = parseRecord(row.text)
  if (bad) {
    const path = bad.path.length > 0 ? ` in \`${shownValue(bad.path.map(String).join('.'))}\`` : ''
    return { problem: badRow(row, address, shownValue(bad.actual), `${bad.expected}${path}`) }
  }
  if (record.project !== row.project) {
    return { problem: badRow(row, address, row.project, `\`${record.project}\`, the project of its text`) }
  }
  if (digestOf(row.text) === row.digest) return { record }
  return { problem: badRow(row, address, row.digest, `\`${digestOf(row.text)}\`, the digest of its text`) }
}

function badRow({ project, digest }: FoundRow, address: string, actual: string, expected: string): Problem {
  const shown = shownValue(actual)
  return {
    code: 'bad-row',
    severity: 'error',
    place: { file: address, line: 1, column: 1 },
    reason: `Unexpected \`${shown}\` in row \`${digest.slice(0, 12)}\` of project \`${shownValue(project)}\`, expected ${expected}.`,
    expected,
    actual: shown,
    fix: `delete the row (\`delete from evidence_record where digest = '\\x${digest}'\`), and send its results again`,
  }
}
