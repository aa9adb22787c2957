/** The threads of `kept-site.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { doShare, type ShareTask } from './kept-site.ts'

// Sent by `kept-site.ts` alone.
parentPort?.postMessage(doShare(workerData as ShareTask))
