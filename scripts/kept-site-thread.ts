/** The threads of `kept-site.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { keepShare, type KeepTask } from './kept-site.ts'

// Sent by `kept-site.ts` alone.
parentPort?.postMessage(keepShare(workerData as KeepTask))
