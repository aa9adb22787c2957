/**
 * Where evidence is kept: a set of records to which one can only add. Who is given any store awaits it;
 * files and memory answer at once.
 */
import type { StoredRecord } from '#domain/evidence.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import {
  refusedIn,
  runKeyOf,
  type RefusedByKey,
  type RefusedRun,
  type RefusedRuns,
  type RunOfRepository,
} from './refused-runs.ts'

export interface Appended {
  /** Records that were not there before, in no order that means anything. */
  added: StoredRecord[]
  /** How many were there already, word for word. */
  duplicates: number
}

export interface EvidenceStore {
  /** Adds records. When it returns, all of them are kept; where it throws, it may be called again with the same ones. */
  append(records: readonly StoredRecord[]): Appended | Promise<Appended>
  /** All records, or those of one project. */
  read(project?: string): StoredRecord[] | Promise<StoredRecord[]>
}

/** A store beside which receivers note what does not count. */
export interface ReceivingStore extends EvidenceStore, RefusedRuns {}

/** A store that outlives the process, while it is open. */
export interface OpenedStore extends EvidenceStore {
  /**
   * Leaves records out: for `compact` alone, which has shown that the others tell the same.
   * @returns how many went
   */
  remove(records: readonly StoredRecord[]): number | Promise<number>
  close(): void | Promise<void>
}

/** A store that forgets: for tests, and the measure that other stores are held to. */
export class MemoryStore implements ReceivingStore {
  private readonly records = new Map<string, StoredRecord>()
  private readonly refused: RefusedByKey = new Map()

  append(records: readonly StoredRecord[]): Appended {
    const appended: Appended = { added: [], duplicates: 0 }
    for (const record of records) {
      const text = serializeRecord(record)
      if (this.records.has(text)) appended.duplicates += 1
      else {
        this.records.set(text, record)
        appended.added.push(record)
      }
    }
    return appended
  }

  read(project?: string): StoredRecord[] {
    return [...this.records.values()].filter((record) => project === undefined || record.project === project)
  }

  refuseRuns(runs: readonly RefusedRun[]): void {
    for (const run of runs) this.refused.set(runKeyOf(run), run)
  }

  refusedAmong(runs: readonly RunOfRepository[]): RefusedRun[] {
    return refusedIn(this.refused, runs)
  }
}
