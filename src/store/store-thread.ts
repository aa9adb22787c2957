/** The thread of a `ThreadedStore`: answers one question after the other. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, threadId, workerData } from 'node:worker_threads'
import type { StoredRecord } from '#domain/evidence.ts'
import { JsonLinesStore } from './jsonl-store.ts'

export type StoreRequest =
  | { question: 'append'; records: readonly StoredRecord[] }
  | { question: 'read'; project?: string }
  | { question: 'probe' }

export interface StoreAnswer {
  id: number
  value?: unknown
  /** Why there is no value. */
  error?: string
}

// `ThreadedStore` starts this file, with these data.
const { folder } = workerData as { folder: string }
const store = new JsonLinesStore(folder)

parentPort?.on('message', ({ id, request }: { id: number; request: StoreRequest }) => {
  parentPort?.postMessage(answer(id, request))
})

function answer(id: number, request: StoreRequest): StoreAnswer {
  try {
    return { id, value: valueOf(request) }
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) }
  }
}

function valueOf(request: StoreRequest): unknown {
  switch (request.question) {
    case 'append':
      return store.append(request.records)
    case 'read':
      return store.read(request.project)
    case 'probe':
      writeSomething()
      return undefined
    default:
      return request satisfies never
  }
}

/** Named like what a killed writer leaves, so that the next writer would remove it. */
function writeSomething(): void {
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `.probe-${process.pid}-${threadId}.new`)
  const file = openSync(path, 'w')
  try {
    writeSync(file, Buffer.alloc(4096, ' '))
    fsyncSync(file)
  } finally {
    closeSync(file)
    rmSync(path, { force: true })
  }
}
