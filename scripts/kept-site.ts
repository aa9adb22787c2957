/**
 * The last site in a few large files, for whoever keeps caches and no output, as a CI does: what nothing has changed of is written once more
 * and not made. Files are found by path and key, as those of an output that is still there.
 */
import { hash, randomUUID } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import { keep, readKept } from '../src/store/kept-file.ts'
import { removeOldFolders } from './remove-old.ts'
import type { SharedWork } from './shared-work.ts'
import { SiteUpdate } from './site-update.ts'
import { stampFrom } from './stamps.ts'

/** Sites that no build has asked for so long go, in milliseconds: a week. */
const keptFor = 7 * 24 * 60 * 60 * 1000

/** New contents are shared out to so many threads, each of which writes a file of its own. */
const shares = 2

/** Contents that a site still has stay in the files of the one before, until these are so many, */
const maximumPacks = 16
/** or so much of them is of no use any more. */
const maximumWaste = 0.3

/** What decided about a site. */
export interface SiteFacts {
  /** Digest of the bytes of everything that went in; empty where nobody knows it. */
  inputs: string
  /** Digest of what decides about every file. */
  frame: string
  /** The clock of the build, ISO, UTC. */
  asOf: string
  /** The first instant at which the same content says something else, ISO, UTC. */
  until: string
}

interface KeptFile {
  key: string
  /** Number of what is in it: files with the same one were names of one file. */
  content: number
}

/** Where a content is, in bytes. */
interface Extent {
  /** Number of the file. */
  pack: number
  offset: number
  length: number
  /** CRC-32: it tells what a bad disk has done. */
  sum: number
}

/** The first line of the list of files, as JSON. */
interface Head extends SiteFacts {
  form: number
  /** Names of the files that hold the contents. */
  packs: string[]
  /** How many lines follow that have an extent each; the rest have a file each. */
  extents: number
}

const listName = 'files.txt'

/** Raised where the list says something in another way: caches come from runs of other versions of this code. */
const form = 2

/** Where the site of an output is kept. */
export function keptSiteFolder(home: string, output: string): string {
  return join(sitesFolder(home), hash('sha256', output).slice(0, 16))
}

function sitesFolder(home: string): string {
  return join(home, 'node_modules', '.cache', 'works-on-arm', 'sites')
}

export class KeptSite {
  readonly facts: SiteFacts
  readonly files: ReadonlyMap<string, KeptFile>
  readonly folder: string
  /** Names of the files that hold its contents: a site that is kept later has others. */
  readonly packs: readonly string[]
  private readonly extents: readonly Extent[]
  private readonly handles: number[] = []
  /** Whether whatever was read of it is what was kept. */
  isWhole = true
  /** For one content after another: room of its own for each costs more than reading it. */
  private room = Buffer.alloc(0)

  private constructor(folder: string, { form: _, packs, extents, ...facts }: Head, lines: readonly string[]) {
    this.folder = folder
    this.facts = facts
    this.packs = packs
    this.extents = lines.slice(0, extents).map((line) => {
      const [pack = 0, offset = 0, length = 0, sum = 0] = line.split(' ').map(Number)
      return { pack, offset, length, sum }
    })
    this.files = new Map(
      lines.slice(extents).map((line) => {
        const [path = '', content, key = ''] = line.split('\t')
        return [path, { key, content: Number(content) }]
      }),
    )
  }

  /**
   * @param frame what has to have decided about every file, where that matters
   * @returns undefined where nothing of the kind is kept, or it is not whole
   */
  static open(folder: string, frame?: string): KeptSite | undefined {
    try {
      const list = readKept(join(folder, listName))
      if (list === undefined) return undefined
      const [first = '', ...lines] = list.split('\n')
      // Written by `keepSite` alone, and whole: it ends with its digest.
      const head = JSON.parse(first) as Head
      if (head.form !== form || (frame !== undefined && head.frame !== frame)) return undefined
      const site = new KeptSite(folder, head, lines)
      return site.openPacks() ? site : undefined
    } catch {
      return undefined
    }
  }

  private openPacks(): boolean {
    try {
      for (const name of this.packs) this.handles.push(openSync(join(this.folder, name), 'r'))
      return true
    } catch {
      this.close()
      return false
    }
  }

  /** The paths of each content: its names, by its number. */
  names(): string[][] {
    const names = this.extents.map((): string[] => [])
    for (const [path, { content }] of this.files) names[content]?.push(path)
    return names
  }

  /** @returns bytes that are there until the next content is read; undefined where it is not what was kept */
  read(content: number): Buffer | undefined {
    const extent = this.extents[content]
    const pack = extent && this.handles[extent.pack]
    if (extent && pack !== undefined) {
      if (this.room.length < extent.length) this.room = Buffer.allocUnsafeSlow(2 * extent.length)
      const bytes = this.room.subarray(0, extent.length)
      const isThere = readSync(pack, bytes, 0, extent.length, extent.offset) === extent.length
      if (isThere && crc32(bytes) === extent.sum) return bytes
    }
    this.isWhole = false
    return undefined
  }

  /** Where the content of a file is, if it is the one that is made under this key. */
  extentOf(path: string, key: string): Extent | undefined {
    const file = this.files.get(path)
    return file && key !== '' && file.key === key ? this.extents[file.content] : undefined
  }

  /** Bytes of all files that hold contents, whether anybody has a use for them or not. */
  get bytes(): number {
    return this.packs.reduce((sum, name) => sum + statSync(join(this.folder, name)).size, 0)
  }

  close(): void {
    for (const handle of this.handles.splice(0)) closeSync(handle)
  }
}

/** A file, and what tells it from what it was. */
export type StampedFile = readonly [path: string, stamp: string]

/** One thread's part of keeping a site. It can be cloned, and so can what it makes. */
export interface KeepTask {
  /** Where the contents go, one after another. */
  file: string
  /** Its number. */
  pack: number
  site: string
  /** Of each content, one of its files. */
  firsts: readonly StampedFile[]
}

/** A content is written within a tenth of a millisecond. */
const contentsAtOnce = 16

/** @returns stamps of the files of each content that it took; undefined where one is not what was kept */
export function writeTaken(kept: KeptSite, work: SharedWork, into: string): StampedFile[] | undefined {
  const update = new SiteUpdate(into, into, undefined, kept)
  const names = kept.names()
  for (let first = work.take(contentsAtOnce); first < names.length; first = work.take(contentsAtOnce))
    for (const path of names.slice(first, first + contentsAtOnce).flat()) if (!update.restores(path)) return undefined
  return [...update.stamps()]
}

/** A site in its place. */
export interface StandingSite {
  facts: SiteFacts
  /** Where it stands. */
  site: string
  /** The key of every file, by its path. */
  files: ReadonlyMap<string, string>
  /** @returns what the build that wrote a file saw of it; undefined where it saw nothing */
  stampOf: (path: string) => string | undefined
  /** The site that was kept before, if this one was made upon it. Where it is not whole, nothing of it stays. */
  before?: KeptSite | undefined
}

/** Keeps a site, where that is possible: a full disk is no reason to fail. Files that somebody has touched are left out. */
export async function keepSite(home: string, folder: string, standing: StandingSite): Promise<void> {
  try {
    mkdirSync(folder, { recursive: true })
    await writePacks(folder, standing)
  } catch {
    // Half of it would take the room that others need.
    removeWherePossible(folder)
    return
  }
  renewKept(folder)
  removeOldFolders(sitesFolder(home), () => true, keptFor)
}

/** Says that somebody has used it. */
export function renewKept(folder: string): void {
  const now = new Date()
  try {
    utimesSync(folder, now, now)
  } catch {
    // It may be read, and not be written to.
  }
}

function removeWherePossible(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {
    // Where nothing can be written, nothing can be removed.
  }
}

async function writePacks(folder: string, standing: StandingSite): Promise<void> {
  const { facts, site, files } = standing
  const before = standing.before?.isWhole ? standing.before : undefined
  const { extents, fresh, named, packs: packsBefore } = planOf({ ...standing, before })
  const packs = eachShare((share) => `${randomUUID()}.${share}`)
  const parts = await inThreads(
    packs.map((name, share): KeepTask => {
      const firsts = fresh.filter((_, n) => n % shares === share).map(({ first }) => first)
      return { file: join(folder, name), pack: packsBefore.length + share, site, firsts }
    }),
  )
  fresh.forEach(({ content }, n) => {
    extents[content] = parts[n % shares]?.[Math.floor(n / shares)]
  })
  const whole = named.filter(([, { content }]) => extents[content])
  const head: Head = { form, ...facts, packs: [...packsBefore, ...packs], extents: extents.length }
  // Where something is missing, it is not the site that the inputs make.
  if (whole.length < files.size) head.inputs = ''
  const lines = [
    JSON.stringify(head),
    ...extents.map((extent) => (extent ? `${extent.pack} ${extent.offset} ${extent.length} ${extent.sum}` : '')),
    ...whole.map(([path, { key, content }]) => `${path}\t${content}\t${key}`),
  ]
  if (!keep(join(folder, listName), lines.join('\n'))) throw new Error('There is no room for the list of files.')
  for (const name of readdirSync(folder))
    if (name !== listName && !head.packs.includes(name)) rmSync(join(folder, name), { force: true })
}

interface KeepPlan {
  /** Of each content that lies in a pack already. */
  extents: (Extent | undefined)[]
  /** The others: the number of each, and one of its files. */
  fresh: { content: number; first: StampedFile }[]
  named: [path: string, file: KeptFile][]
  /** Names of packs that stay. */
  packs: readonly string[]
}

function planOf(standing: StandingSite): KeepPlan {
  const { files, stampOf, before } = standing
  const plan: KeepPlan = { extents: [], fresh: [], named: [], packs: before?.packs ?? [] }
  const numbers = new Map<string, number>()
  let used = 0
  for (const [path, key] of files) {
    const stamp = stampOf(path)
    if (stamp === undefined) continue
    let content = numbers.get(stamp)
    if (content === undefined) {
      numbers.set(stamp, (content = plan.extents.length))
      const extent = before?.extentOf(path, key)
      plan.extents.push(extent)
      if (extent) used += extent.length
      else plan.fresh.push({ content, first: [path, stamp] })
    }
    plan.named.push([path, { key, content }])
  }
  const isKeptOn =
    !before || (before.packs.length + shares <= maximumPacks && used >= (1 - maximumWaste) * before.bytes)
  return isKeptOn ? plan : planOf({ ...standing, before: undefined })
}

/** @returns undefined in the place of a content that somebody has touched. @throws where the pack cannot be written */
export function keepShare({ file, pack, site, firsts }: KeepTask): (Extent | undefined)[] {
  const handle = openSync(file, 'wx')
  try {
    let offset = 0
    return firsts.map(([path, stamp]) => {
      const bytes = readUntouched(join(site, path), stamp)
      if (!bytes) return undefined
      for (let written = 0; written < bytes.length;) written += writeSync(handle, bytes, written)
      const extent = { pack, offset, length: bytes.length, sum: crc32(bytes) }
      offset += bytes.length
      return extent
    })
  } finally {
    closeSync(handle)
  }
}

/** @returns undefined where it is not the file that bears the stamp */
function readUntouched(file: string, stamp: string): Buffer | undefined {
  let handle: number | undefined
  try {
    handle = openSync(file, 'r')
    const bytes = readFileSync(handle)
    return stampFrom(fstatSync(handle)) === stamp ? bytes : undefined
  } catch {
    return undefined
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}

function eachShare<Of>(make: (share: number) => Of): Of[] {
  return Array.from({ length: shares }, (_, share) => make(share))
}

/**
 * The first task in this thread, each other one in a thread of its own.
 * @throws what one of them throws, when all of them have ended
 */
async function inThreads(tasks: readonly KeepTask[]): Promise<(Extent | undefined)[][]> {
  const ended = await Promise.allSettled([
    ...tasks.slice(1).map(
      (task) =>
        new Promise<(Extent | undefined)[]>((resolve, reject) => {
          new Worker(new URL('./kept-site-thread.ts', import.meta.url), { workerData: task })
            .once('message', resolve)
            .once('error', reject)
            .once('exit', () => {
              reject(new Error('A part of the site was not kept.'))
            })
        }),
    ),
    ...tasks.slice(0, 1).map(async (task) => Promise.resolve(keepShare(task))),
  ])
  const made = ended.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
  // Others were begun first.
  return [...made.slice(-1), ...made.slice(0, -1)]
}
