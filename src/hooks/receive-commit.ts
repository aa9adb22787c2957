/**
 * Many deliveries, few writes: what waits is appended together, and no delivery is answered before
 * what it brought is kept. How many may wait is bounded: a slow disk is told, not queued up.
 */
import { serializeRecord } from '#domain/evidence-text.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import type { EvidenceStore } from '#store/evidence-store.ts'

export interface Committed {
  /** Records that were not there before. */
  added: number
  /** Records that were there already, word for word. */
  known: number
}

export type Commit =
  { committed: Committed; refused?: undefined } | { refused: 'busy' | 'failed'; committed?: undefined }

export interface CommitLimits {
  /** How many deliveries may wait. */
  waiting: number
  /** How many of them are appended at once. */
  together: number
}

interface Waiting {
  records: readonly StoredRecord[]
  settle(commit: Commit): void
}

export class GroupCommit {
  private readonly store: EvidenceStore
  private readonly limits: CommitLimits
  private readonly onFailure: (error: unknown) => void
  private queue: Waiting[] = []
  private writing: Promise<void> | undefined
  private failing = false

  constructor(store: EvidenceStore, limits: CommitLimits, onFailure: (error: unknown) => void) {
    this.store = store
    this.limits = limits
    this.onFailure = onFailure
  }

  /** How many deliveries wait for their write to begin. */
  get waiting(): number {
    return this.queue.length
  }

  /** Whether the last write failed. */
  get isFailing(): boolean {
    return this.failing
  }

  /** Keeps records. Never rejects: where they are not kept, it says so. */
  add(records: readonly StoredRecord[]): Promise<Commit> {
    if (records.length === 0) return Promise.resolve({ committed: { added: 0, known: 0 } })
    if (this.queue.length >= this.limits.waiting) return Promise.resolve({ refused: 'busy' })
    return new Promise((settle) => {
      this.queue.push({ records, settle })
      this.writing ??= this.write()
    })
  }

  /** When everything that was given so far is kept or refused. */
  async idle(): Promise<void> {
    while (this.writing) await this.writing
  }

  private async write(): Promise<void> {
    while (this.queue.length > 0) {
      // A turn of the event loop, in which what has arrived meanwhile joins.
      await new Promise((resolve) => setImmediate(resolve))
      const batch = this.queue.slice(0, this.limits.together)
      this.queue = this.queue.slice(batch.length)
      if (await this.append(batch)) continue
      // One file that cannot be written shall not hold up the others.
      const byProject = Map.groupBy(batch, ({ records }) => records[0]?.project)
      for (const part of byProject.values()) {
        if ((byProject.size > 1 && (await this.append(part))) || part.length === 0) continue
        for (const { settle } of part) settle({ refused: 'failed' })
      }
    }
    // Here, and not when somebody hears of it: until then what comes would wait for nobody.
    this.writing = undefined
  }

  /** Whether the records of a batch are kept; then everybody in it knows. */
  private async append(batch: readonly Waiting[]): Promise<boolean> {
    try {
      const { added } = await this.store.append(batch.flatMap(({ records }) => records))
      this.failing = false
      // The same record may be there twice: the first who brought it added it.
      const fresh = new Set(added.map(serializeRecord))
      for (const { records, settle } of batch) {
        const count = records.filter((record) => fresh.delete(serializeRecord(record))).length
        settle({ committed: { added: count, known: records.length - count } })
      }
      return true
    } catch (error) {
      this.failing = true
      this.onFailure(error)
      return false
    }
  }
}
