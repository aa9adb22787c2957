/** The thread of `left-behind.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { leftBehind } from './last-build.ts'
import type { LeftBehindPlan } from './left-behind.ts'

// Sent by `left-behind.ts` alone.
const { memory, frame } = workerData as LeftBehindPlan
parentPort?.postMessage(leftBehind(memory, frame))
