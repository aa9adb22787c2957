/** Puts a site that was kept into its place, where a build would make just that one. */
import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { Worker } from 'node:worker_threads'
import { KeptSite, renewKept, writeTaken, type StampedFile } from './kept-site.ts'
import type { LastBuild } from './last-build.ts'
import { replaceSite } from './replace-site.ts'
import { SharedWork } from './shared-work.ts'
import { stampsOfSite } from './stamps.ts'
import { openWorkFolder } from './work-folder.ts'

/**
 * Whatever stands in the place is built upon, and stays.
 * @returns whether the site is in its place now
 * @throws where it cannot be written
 */
export async function restoreSite(
  home: string,
  keptFolder: string,
  output: string,
  lastBuild: LastBuild,
): Promise<boolean> {
  if (existsSync(output) && (await readdir(output)).length > 0) return false
  const kept = KeptSite.open(keptFolder)
  if (!kept) return false
  const writers = new SiteWriters(kept)
  let folder: string | undefined
  try {
    const { facts } = kept
    if (!lastBuild.makes(facts)) return false
    folder = await openWorkFolder(home, output)
    const stamps = await writers.write(folder)
    if (!stamps) return false
    lastBuild.forget()
    const fresh = (await replaceSite(folder, output)) ? stamps : stampsOfSite(output)
    const files = new Map(Array.from(kept.files, ([path, { key }]) => [path, key]))
    lastBuild.remember({ files, fresh, ...facts })
    renewKept(keptFolder)
    return true
  } finally {
    await writers.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
}

/** What the second writer is told, when it is known that there is something to write. It can be cloned. */
export interface WriteOrder {
  /** An empty folder. */
  into: string
  /** Of `SharedWork`: its parts are contents. */
  counter: SharedArrayBuffer
}

/**
 * This thread and another one, which begins at once: to begin takes it a quarter of the time of the work at 1,000 projects, as long as this one
 * takes to see whether there is any.
 */
export class SiteWriters {
  private readonly kept: KeptSite
  private readonly second: Worker
  private readonly part: Promise<StampedFile[] | undefined>

  constructor(kept: KeptSite) {
    this.kept = kept
    const { folder, packs } = kept
    this.second = new Worker(new URL('./restore-site-thread.ts', import.meta.url), { workerData: { folder, packs } })
    this.part = new Promise((resolve, reject) => {
      this.second
        .once('message', resolve)
        .once('error', reject)
        .once('exit', () => {
          reject(new Error('A part of the site was not written.'))
        })
    })
    // Where nothing is written, nobody waits for it.
    this.part.catch(() => undefined)
  }

  /**
   * @param into an empty folder
   * @returns stamps of all files, by their paths; undefined where something is not what was kept
   * @throws where a file cannot be written
   */
  async write(into: string): Promise<Map<string, string> | undefined> {
    const work = new SharedWork()
    this.second.postMessage({ into, counter: work.counter } satisfies WriteOrder)
    const own = writeTaken(this.kept, work, into)
    const others = await this.part
    return own && others && new Map([...own, ...others])
  }

  async close(): Promise<void> {
    await this.second.terminate()
    this.kept.close()
  }
}
