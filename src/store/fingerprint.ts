/** Digests of records: of one, to be its key; of many, to see whether two stores hold the same. */
import { hash } from 'node:crypto'
import type { StoredRecord } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'

/** SHA-256 of a record's line, in hexadecimal. */
export function digestOf(text: string): string {
  return hash('sha256', text)
}

/** The same for the same set of records, in whatever order and however often each of them comes. */
export function fingerprintOf(records: readonly StoredRecord[]): string {
  const digests = new Set(records.map((record) => digestOf(serializeRecord(record))))
  return hash('sha256', Buffer.from([...digests].sort().join(''), 'hex'))
}
