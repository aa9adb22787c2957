/**
 * A site while it is made: files go into a folder of their own, and into their places when all of them are there. What the last
 * build wrote under the same key stays where it is, so that a small change costs little.
 */
import {
  copyFileSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { KeptSite } from './kept-site.ts'
import { stampOf } from './stamps.ts'

/** Files that the last build made and nobody has touched since: their keys by their paths. */
export interface LeftFiles {
  readonly get: (path: string) => string | undefined
  readonly has: (path: string) => boolean
}

/** What is left of the last build. */
export interface Leftovers {
  files: LeftFiles
  /** Every file that lies there, whoever wrote it; for whoever puts an update into its place. */
  paths: Iterable<string>
}

/** Of what decides about a file; one that is a function is made when somebody asks: a build from nothing has time for it at its end. */
export type FileKey = string | (() => string)

interface SiteFile {
  key: FileKey
  /** The stamp of a new file, which lies in the folder of this build, and not in its place. */
  stamp: string | undefined
}

/** Two files of a site would be at one address, or a file where others need a folder: which of them is written first would be chance. */
export class SitePathTaken extends Error {
  /** It stays where a thread hands an error on, and the class does not. */
  readonly code = sitePathTaken

  constructor(path: string) {
    super(`The site would have two files at /${path}, or a file and a folder.`)
  }
}
const sitePathTaken = 'SITE_PATH_TAKEN'

export function isSitePathTaken(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === sitePathTaken
}

/** A file of a site, as another thread tells of it. */
export type ReportedFile = readonly [path: string, key: string, stamp: string | undefined]

export class SiteUpdate {
  /** Where new files are until they are in their places. */
  readonly folder: string
  private readonly output: string
  private readonly before: Leftovers | undefined
  private readonly kept: KeptSite | undefined
  /** Where each content that was taken from the kept site is now. */
  private readonly placed = new Map<number, string>()
  private readonly files = new Map<string, SiteFile>()
  private readonly folders = new Set<string>()

  /**
   * @param folder empty, on the disk of the output
   * @param before undefined where nothing is left
   * @param kept   takes its place where nothing is left
   */
  constructor(folder: string, output: string, before: Leftovers | undefined, kept?: KeptSite) {
    this.folder = folder
    this.output = output
    this.before = before
    this.kept = kept
  }

  /** Whether everything is made, and nothing of an earlier build used. */
  get isWhole(): boolean {
    return this.before === undefined && this.kept === undefined
  }

  /** The key of every file of the site. */
  keys(): ReadonlyMap<string, string> {
    return new Map(this.report().map(([path, key]) => [path, key]))
  }

  /** The path of every file of the site. */
  paths(): Iterable<string> {
    return this.files.keys()
  }

  /** All files, for an update of the same site in another thread. */
  report(): ReportedFile[] {
    return Array.from(this.files, ([path, { key, stamp }]) => [path, keyOf(key), stamp])
  }

  /** Takes over what another thread has put into the same folder, or left in its place. @throws where the site has a file twice */
  adopt(files: readonly ReportedFile[]): void {
    for (const [path, key, stamp] of files) this.add(path, { key, stamp })
  }

  /** Whether the last build made this file under this key; then it is part of the site. */
  keeps(path: string, key: FileKey): boolean {
    if (this.isWhole) return false
    const known = keyOf(key)
    if (this.keepAll([path], known)) return true
    return known !== '' && this.kept?.files.get(path)?.key === known && this.restores(path)
  }

  /** The same of several files that are left: all of them, or none where the last build did not make one of them, or somebody touched it. */
  keepAll(paths: readonly string[], key: string): boolean {
    if (key === '' || paths.some((path) => this.before?.files.get(path) !== key)) return false
    for (const path of paths) this.add(path, { key, stamp: undefined })
    return true
  }

  /** Writes a file of the kept site once more, whatever decides about it. @returns false where it is not what was kept */
  restores(path: string): boolean {
    const file = this.kept?.files.get(path)
    if (!this.kept || !file) return false
    const { content, key } = file
    const first = this.placed.get(content)
    if (first !== undefined && this.link(first, path, key)) return true
    const bytes = this.kept.read(content)
    if (!bytes) return false
    this.write(path, bytes, key)
    this.placed.set(content, path)
    return true
  }

  /** Writes a file, where it is not there already. @throws where the site has it twice */
  write(path: string, content: string | Uint8Array, key: FileKey = ''): void {
    if (this.files.has(path)) throw new SitePathTaken(path)
    if (this.before?.files.has(path) === true && isContentOf(join(this.output, path), content)) {
      this.add(path, { key, stamp: undefined })
      return
    }
    this.makeFolderOf(path)
    const file = join(this.folder, path)
    orTaken(path, () => {
      writeFileSync(file, content, { flag: 'wx' })
    })
    this.add(path, { key, stamp: stampOf(file) })
  }

  /**
   * Gives a file of the site a second name: of very many badges only a few differ, and a link costs a twentieth of a file.
   * @returns whether it has that name now; where a disk has no links, or no more of one file, it has not
   */
  link(first: string, path: string, key: string): boolean {
    if (this.files.has(path)) throw new SitePathTaken(path)
    this.makeFolderOf(path)
    const file = join(this.folder, path)
    try {
      linkSync(this.placeOf(first), file)
    } catch {
      return false
    }
    // It is the same file.
    this.add(path, { key, stamp: this.files.get(first)?.stamp ?? stampOf(file) })
    return true
  }

  /** Where a file of the site lies now. */
  placeOf(path: string): string {
    const file = this.files.get(path)
    return join(file && file.stamp === undefined ? this.output : this.folder, path)
  }

  /** Stamps of new files, by their paths. */
  stamps(): Map<string, string> {
    const stamps = new Map<string, string>()
    for (const [path, { stamp }] of this.files) if (stamp !== undefined) stamps.set(path, stamp)
    return stamps
  }

  /**
   * Takes away what is no part of the site any more, and puts new files into their places.
   * @returns stamps of new files, by their paths
   * @throws before anything is touched, where a new file is to be where a folder is, or the other way around
   */
  apply(): Map<string, string> {
    const stamps = this.stamps()
    this.checkFolders(stamps.keys())
    // First, since a folder may stand where a file goes, and a file where a folder goes.
    for (const path of this.before?.paths ?? []) if (!this.files.has(path)) this.remove(path)
    const made = new Set<string>()
    for (const path of stamps.keys()) {
      const target = join(this.output, path)
      if (!made.has(dirname(target))) mkdirSync(dirname(target), { recursive: true })
      made.add(dirname(target))
      if (!isMoved(join(this.folder, path), target)) stamps.set(path, stampOf(target))
    }
    return stamps
  }

  /** Files that stay are not in the folder of new ones, where two such would have met. */
  private checkFolders(fresh: Iterable<string>): void {
    const folders = new Set<string>()
    for (const path of this.files.keys())
      for (let folder = dirname(path); folder !== '.' && !folders.has(folder); folder = dirname(folder))
        folders.add(folder)
    for (const path of fresh) {
      if (folders.has(path)) throw new SitePathTaken(path)
      for (let folder = dirname(path); folder !== '.'; folder = dirname(folder))
        if (this.files.has(folder)) throw new SitePathTaken(folder)
    }
  }

  private add(path: string, file: SiteFile): void {
    if (this.files.has(path)) throw new SitePathTaken(path)
    this.files.set(path, file)
  }

  private makeFolderOf(path: string): void {
    const folder = dirname(path)
    if (this.folders.has(folder)) return
    orTaken(path, () => mkdirSync(join(this.folder, folder), { recursive: true }))
    this.folders.add(folder)
  }

  /** With the folders that are empty then. */
  private remove(path: string): void {
    rmSync(join(this.output, path), { force: true })
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      try {
        rmdirSync(join(this.output, folder))
      } catch {
        // Something else is in it.
        return
      }
    }
  }
}

function keyOf(key: FileKey): string {
  return typeof key === 'string' ? key : key()
}

/** Another thread writes into the same folder: what is in the way there is a part of the site as well. */
function orTaken(path: string, write: () => void): void {
  try {
    write()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR' ? new SitePathTaken(path) : error
  }
}

/** @returns false where it was copied, and is another file */
function isMoved(file: string, target: string): boolean {
  try {
    renameSync(file, target)
    return true
  } catch {
    // An empty folder stands there, or the output is another disk than everything beside it.
    rmSync(target, { recursive: true, force: true })
    copyFileSync(file, target)
    return false
  }
}

function isContentOf(file: string, content: string | Uint8Array): boolean {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return statSync(file).size === bytes.length && readFileSync(file).equals(bytes)
}
