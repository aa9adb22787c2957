/**
 * A store of files, in a thread of its own. Waiting for the disk, and for the lock that another
 * program holds, stops that thread alone: a server goes on answering meanwhile.
 */
import { Worker } from 'node:worker_threads'
import type { StoredRecord } from '#domain/evidence.ts'
import type { Appended, ReceivingStore } from './evidence-store.ts'
import type { RefusedRun, RunOfRepository } from './refused-runs.ts'
import type { StoreAnswer, StoreRequest, ThreadData } from './store-thread.ts'

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

export class ThreadedStore implements ReceivingStore {
  private readonly data: ThreadData
  private readonly waiting = new Map<number, Waiting>()
  private worker: Worker | undefined
  private count = 0

  /**
   * @param folder the `evidence` folder of a content folder
   * @param within that content folder: where it holds no content any more, everything is rejected until it is back
   */
  constructor(folder: string, within?: string) {
    this.data = { folder, within }
  }

  async append(records: readonly StoredRecord[]): Promise<Appended> {
    // The thread answers each question with what that question asks for.
    return (await this.ask({ question: 'append', records })) as Appended
  }

  async read(project?: string): Promise<StoredRecord[]> {
    return (await this.ask({ question: 'read', ...(project === undefined ? {} : { project }) })) as StoredRecord[]
  }

  async refuseRuns(runs: readonly RefusedRun[]): Promise<void> {
    await this.ask({ question: 'refuse-runs', runs })
  }

  async refusedAmong(runs: readonly RunOfRepository[]): Promise<RefusedRun[]> {
    return (await this.ask({ question: 'refused-among', runs })) as RefusedRun[]
  }

  /** Shows that the folder can be written, by writing to it. Rejects where it cannot. */
  async probe(): Promise<void> {
    await this.ask({ question: 'probe' })
  }

  /** Ends the thread. What it is still asked for is rejected. */
  async close(): Promise<void> {
    const { worker } = this
    this.worker = undefined
    await worker?.terminate()
  }

  private async ask(request: StoreRequest): Promise<unknown> {
    this.worker ??= this.start()
    const { worker } = this
    const id = this.count
    this.count += 1
    return await new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject })
      worker.postMessage({ id, request })
    })
  }

  private start(): Worker {
    const worker = new Worker(new URL('store-thread.ts', import.meta.url), { workerData: this.data })
    worker.unref()
    worker.on('message', ({ id, value, error }: StoreAnswer) => {
      const asked = this.waiting.get(id)
      this.waiting.delete(id)
      if (error === undefined) asked?.resolve(value)
      else asked?.reject(new Error(error))
    })
    // A thread that has ended answers nobody; the next question starts another one.
    const fail = (error: Error) => {
      if (this.worker === worker) this.worker = undefined
      for (const asked of this.waiting.values()) asked.reject(error)
      this.waiting.clear()
    }
    worker.on('error', fail)
    worker.on('exit', () => {
      fail(new Error('the thread of the store has ended'))
    })
    return worker
  }
}
