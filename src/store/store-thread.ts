/** The thread of a `ThreadedStore`: answers one question after the other. */
import { closeSync, fsyncSync, openSync, readdirSync, rmSync, statfsSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort, threadId, workerData } from 'node:worker_threads'
import type { StoredRecord } from '#domain/evidence.ts'
import { holdsContent, makeFolderIn } from './content-folder.ts'
import { JsonLinesStore } from './jsonl-store.ts'
import type { RefusedRun, RunOfRepository } from './refused-runs.ts'

export type StoreRequest =
  | { question: 'append'; records: readonly StoredRecord[] }
  | { question: 'read'; project?: string }
  | { question: 'refuse-runs'; runs: readonly RefusedRun[] }
  | { question: 'refused-among'; runs: readonly RunOfRepository[] }
  | { question: 'probe' }

export interface StoreAnswer {
  id: number
  value?: unknown
  /** Why there is no value. */
  error?: string
}

export interface ThreadData {
  folder: string
  /** The content folder around it, where nothing is asked of it without content. */
  within: string | undefined
}

// `ThreadedStore` starts this file, with these data.
const { folder, within } = workerData as ThreadData
const store = new JsonLinesStore(folder)

parentPort?.on('message', ({ id, request }: { id: number; request: StoreRequest }) => {
  parentPort?.postMessage(answer(id, request))
})

function answer(id: number, request: StoreRequest): StoreAnswer {
  try {
    if (within !== undefined && !holdsContent(within)) {
      throw new Error(`${within} holds no content: it is gone, or its disk is not mounted.`)
    }
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
    case 'refuse-runs':
      store.refuseRuns(request.runs)
      return undefined
    case 'refused-among':
      return store.refusedAmong(request.runs)
    case 'probe':
      writeSomething()
      return undefined
    default:
      return request satisfies never
  }
}

/** Named like what a killed writer leaves, so that the next writer would remove it. */
function writeSomething(): void {
  makeFolderIn(folder)
  const { bavail, bsize } = statfsSync(folder)
  // A file is written anew beside the old one.
  const wanted = largestFile() + roomBytes
  if (bavail * bsize < wanted) throw new Error(`There is no room for ${wanted} bytes in ${folder}.`)
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

/** What a batch of records may add to a file. */
const roomBytes = 1024 * 1024

function largestFile(): number {
  const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  return Math.max(0, ...names.map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0))
}
