/** The second writer of `restore-site.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { KeptSite, writeTaken } from './kept-site.ts'
import type { WriteOrder } from './restore-site.ts'
import { SharedWork } from './shared-work.ts'

// Sent by `restore-site.ts` alone, as is the message below.
const { folder, packs } = workerData as Pick<KeptSite, 'folder' | 'packs'>
const kept = KeptSite.open(folder)
// Another build may have kept its own since.
const isSame = kept?.packs.join() === packs.join()

parentPort?.once('message', ({ into, counter }: WriteOrder) => {
  parentPort?.postMessage(kept && isSame ? writeTaken(kept, new SharedWork(counter), into) : undefined)
  kept?.close()
})
