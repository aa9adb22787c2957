/**
 * Which projects were found without a problem, so that a check need not read them again.
 *
 * The problems of a project's file depend on its text, and on what it may refer to: the names of all files, the words of
 * the vocabularies, the headings of issues. While none of that has changed, a file that has not changed has no problem
 * either. Files that others depend on (renamed projects, old addresses) and files with problems are read each time.
 */
import { createHash, hash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Problem } from '#domain/problem.ts'
import type { ContentFile } from './read.ts'

/** A file as the file system and its bytes tell it from every other. */
interface KnownFile {
  /** Size, times of change in milliseconds, and number of the file: who writes it changes one of these. */
  stamp: string
  digest: string
}

interface Memory {
  environment: string
  /** When the files were looked at, in milliseconds: who changed one at that very moment may not have changed its times. */
  lookedAt: number
  clean: Record<string, KnownFile>
}

/** Clocks of file systems tick a few times in a hundredth of a second. */
export const tick = 100

/** Keeps a text from one run to the next; whoever loses it only loses time. */
export interface Keeper {
  load: () => string | undefined
  save: (text: string) => void
  /** When this run began, in milliseconds. */
  now: number
}

export class CleanFiles {
  private readonly folder: string
  private readonly keeper: Keeper
  private readonly memory: Memory | undefined
  private readonly stamps = new Map<string, KnownFile>()

  /** @param folder content folder */
  constructor(folder: string, keeper: Keeper) {
    this.folder = folder
    this.keeper = keeper
    this.memory = parseMemory(keeper.load())
  }

  /** Whether a file is what it was when it had no problem. What it depends on is another question. */
  isKnown(path: string): boolean {
    const known = this.memory && Object.hasOwn(this.memory.clean, path) ? this.memory.clean[path] : undefined
    if (!known || !this.memory) return false
    const full = join(this.folder, path)
    const stamp = stampOf(full)
    const isSettled = changedAt(stamp) < this.memory.lookedAt - tick
    if ((stamp !== known.stamp || !isSettled) && digestOf(readFileSync(full)) !== known.digest) return false
    this.stamps.set(path, { stamp, digest: known.digest })
    return true
  }

  /** Whether what was remembered was found among these names, words and files; where it was not, nothing is known any more. */
  fits(environment: string): boolean {
    if (this.memory?.environment === environment) return true
    this.stamps.clear()
    return false
  }

  /** Remembers what is clean: what was known and stays so, and files that were read and have no problem. */
  remember(environment: string, files: readonly ContentFile[], problems: readonly Problem[]): void {
    const withProblems = new Set(problems.map(({ place }) => place.file))
    const clean: Record<string, KnownFile> = Object.fromEntries(this.stamps)
    for (const { path, text } of files) {
      if (withProblems.has(path)) continue
      // The text of a file without problems is all that is in it.
      clean[path] = { stamp: stampOf(join(this.folder, path)), digest: digestOf(Buffer.from(text)) }
    }
    if (this.fits(environment) && isSame(clean, this.memory?.clean ?? {})) return
    const memory: Memory = { environment, lookedAt: this.keeper.now, clean }
    this.keeper.save(JSON.stringify(memory))
  }
}

function isSame(a: Record<string, KnownFile>, b: Record<string, KnownFile>): boolean {
  const paths = Object.keys(a)
  return paths.length === Object.keys(b).length && paths.every((path) => a[path]?.stamp === b[path]?.stamp)
}

function parseMemory(text: string | undefined): Memory | undefined {
  if (text === undefined) return undefined
  try {
    // Written by `remember` alone; what else stands there is not taken for it.
    const memory = JSON.parse(text) as Partial<Memory> | null
    const isWhole =
      typeof memory?.environment === 'string' &&
      typeof memory.lookedAt === 'number' &&
      typeof memory.clean === 'object' &&
      (memory.clean as object | null) !== null
    return isWhole ? (memory as Memory) : undefined
  } catch {
    return undefined
  }
}

/** Size, times of change and number of a file. */
export function stampOf(path: string): string {
  const { size, mtimeMs, ctimeMs, ino } = lstatSync(path)
  return `${Math.max(mtimeMs, ctimeMs)} ${mtimeMs} ${size} ${ino}`
}

/** Milliseconds. */
export function changedAt(stamp: string): number {
  return Number(stamp.split(' ', 1)[0])
}

function digestOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'base64url').slice(0, 22)
}

/** A digest of the texts of some files, and of other things that count. */
export function digestOfAll(files: readonly ContentFile[], others: readonly string[]): string {
  const digest = createHash('sha256')
  for (const other of others) digest.update(`${other}\n`)
  for (const { path, text } of files) digest.update(`${path} ${text.length}\n`).update(text)
  return digest.digest('base64url')
}

/** A digest of the files of the generator: what it was yesterday found other problems. */
export function digestOfSources(paths: readonly string[]): string {
  const digest = createHash('sha256')
  for (const path of paths) {
    if (!existsSync(path)) continue
    const names = lstatSync(path).isDirectory() ? readdirSync(path).sort() : ['']
    for (const name of names) digest.update(`${name} ${stampOf(join(path, name))}\n`)
  }
  return digest.digest('base64url')
}
