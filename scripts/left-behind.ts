/** What the last build left, looked for by a thread of its own while the content is read: a large site has very many files. */
import { Worker } from 'node:worker_threads'
import type { BuildMemory, LeftBehind } from './last-build.ts'

/** What the thread needs. */
export interface LeftBehindPlan {
  memory: BuildMemory
  frame: string
}

/** As `leftBehind` of `last-build.ts`. */
export function findLeftBehind(memory: BuildMemory, frame: string): Promise<LeftBehind | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<LeftBehind | undefined>()
  new Worker(new URL('./left-behind-thread.ts', import.meta.url), {
    workerData: { memory, frame } satisfies LeftBehindPlan,
  })
    .once('message', resolve)
    .once('error', reject)
  // Whoever awaits it hears of its failure; the content may have errors of its own before that.
  promise.catch(() => undefined)
  return promise
}
