/**
 * Many deliveries, few writes: what waits is appended together, and no delivery is answered before
 * what it brought is kept. How many may wait is bounded: a slow disk is told, not queued up.
 */
import { serializeRecord } from '#domain/evidence-text.ts'
import { isRun, type Retraction, type StoredRecord } from '#domain/evidence.ts'
import type { ReceivingStore } from '#store/evidence-store.ts'
import { runKeyOf, type RefusedRun } from '#store/refused-runs.ts'
import { doubtfulRunOf, retractionOf } from './receive-origins.ts'

export interface Committed {
  /** Records that were not there before. */
  added: number
  /** Records that were there already, word for word. */
  known: number
  /** The runs of records that do not count: anybody can have started them. */
  refused: RefusedRun[]
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
  private readonly store: ReceivingStore
  private readonly limits: CommitLimits
  private readonly onFailure: (error: unknown) => void
  private queue: Waiting[] = []
  private writing: Promise<void> | undefined
  private failing = false
  /** What a store has not taken yet, of records that it should never have had. */
  private readonly owed = new Map<string, Retraction>()

  constructor(store: ReceivingStore, limits: CommitLimits, onFailure: (error: unknown) => void) {
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
    if (records.length === 0) return Promise.resolve({ committed: nothing() })
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
      const all = batch.flatMap(({ records }) => records)
      const before = await this.refusedBy(all)
      const { added } = await this.store.append(all.filter((record) => !refusalOf(record, before)))
      const refused = new Map([...before, ...(await this.takeBack(all, before))])
      this.failing = false
      // The same record may be there twice: the first who brought it added it.
      const fresh = new Set(added.map(serializeRecord))
      for (const { records, settle } of batch) {
        const committed = nothing()
        for (const record of records) {
          const run = refusalOf(record, refused)
          if (run) committed.refused.push(run)
          else if (fresh.delete(serializeRecord(record))) committed.added += 1
          else committed.known += 1
        }
        settle({ committed })
      }
      return true
    } catch (error) {
      this.failing = true
      this.onFailure(error)
      return false
    }
  }

  /**
   * Another receiver may have heard of a run while its jobs were written here. It notes the run before it looks for
   * jobs, and here it is looked at after they are kept: so one of the two takes them back.
   */
  private async takeBack(records: readonly StoredRecord[], before: Refused): Promise<Refused> {
    const kept = records.filter((record) => !refusalOf(record, before))
    const late = await this.refusedBy(kept)
    for (const record of kept) {
      const run = refusalOf(record, late)
      if (!run || !isRun(record)) continue
      const retraction = retractionOf(record, run.event)
      this.owed.set(retraction.id, retraction)
    }
    if (this.owed.size > 0) await this.store.append([...this.owed.values()])
    this.owed.clear()
    return late
  }

  private async refusedBy(records: readonly StoredRecord[]): Promise<Refused> {
    const runs = records.flatMap((record) => doubtfulRunOf(record) ?? [])
    if (runs.length === 0) return new Map()
    return new Map((await this.store.refusedAmong(runs)).map((run) => [runKeyOf(run), run]))
  }
}

type Refused = ReadonlyMap<string, RefusedRun>

function refusalOf(record: StoredRecord, refused: Refused): RefusedRun | undefined {
  if (refused.size === 0) return undefined
  const run = doubtfulRunOf(record)
  return run && refused.get(runKeyOf(run))
}

function nothing(): Committed {
  return { added: 0, known: 0, refused: [] }
}
