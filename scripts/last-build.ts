/**
 * What the last build left, and whether another one has anything to do: nothing that goes into it has changed since, and nobody has
 * touched what it wrote. Everything is told by size, times and number of the files, so that any doubt means a build.
 */
import { hash } from 'node:crypto'
import { existsSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKept } from '../src/store/kept-file.ts'
import type { SiteFacts } from './kept-site.ts'
import { stampsOf, stampsOfSite } from './stamps.ts'

export interface BuildInputs {
  /** Files and folders of the content. */
  content: readonly string[]
  /** Files and folders of the generator. */
  code: readonly string[]
  /** Settings that decide about it, without its clock. */
  settings: Readonly<Record<string, string | undefined>>
  /** ISO, UTC. */
  asOf: string
  /** Whether somebody set the clock: then it has to be the same. Else it only has to be before the next moment of the content. */
  isClockSet: boolean
}

/** Written by `remember` alone. */
interface Kept {
  inputs: string
  asOf: string
  until: string
  outputs: string
}

/** What a build wrote. */
export interface BuiltSite {
  /** Keys of files by their path in the site; a file without a key has an empty one. */
  files: ReadonlyMap<string, string>
  /** Stamps of those that are new, as this build left them: another one may have written there since. */
  fresh: ReadonlyMap<string, string>
  /** Stamps of those that it left in their places. */
  stayed?: ReadonlyMap<string, string> | undefined
  /** Digest of what decides about every file: the program, and the settings. */
  frame: string
  /** The first instant at which the same content says something else, ISO, UTC. */
  until: string
  /** The clock of the build that made it, where that is another one than this. */
  asOf?: string
}

/** Files and folders, and what told them from others when a build began. */
export interface InputMark {
  paths: readonly string[]
  stamps: string
}

/** Whether nobody has changed them since. Where somebody has, nobody knows which of them made what. */
export function isAsMarked({ paths, stamps }: InputMark): boolean {
  return stamps === stampsOf(paths).digest
}

/** Where the memory of a build is, and the folder that it wrote. */
export interface BuildMemory {
  listFile: string
  output: string
}

/** What lies in the folder of a site. All of it can be cloned. */
export interface LeftBehind {
  /** Files that nobody has touched since the last build: their keys by their paths. */
  files: ReadonlyMap<string, string>
  /** Stamps of every file, whoever wrote it. */
  stamps: ReadonlyMap<string, string>
}

/** @returns undefined where nothing is left of the last build, another frame made it, or nobody knows */
export function leftBehind({ listFile, output }: BuildMemory, frame: string): LeftBehind | undefined {
  const lines = readKept(listFile)?.split('\n')
  if (lines?.[0] !== frame) return undefined
  const stamps = stampsOfSite(output)
  const files = new Map<string, string>()
  for (const line of lines.slice(1)) {
    const [path = '', stamp, key = ''] = line.split('\t')
    if (stamp !== undefined && stamps.get(path) === stamp) files.set(path, key)
  }
  return files.size === 0 ? undefined : { files, stamps }
}

/** Clocks of file systems tick a few times in a hundredth of a second. */
const tick = 100

/** Files that were changed when a build looked, so that another change may hide in the same tick. */
interface RecentFiles {
  paths: readonly string[]
  /** Digest of what they said; undefined where nobody knows. */
  bytes: string | undefined
  /** From when on a change has another time, in milliseconds. */
  until: number
}

function bytesOf(paths: readonly string[]): string | undefined {
  try {
    return digestOfFiles(paths)
  } catch {
    // A file went meanwhile.
    return undefined
  }
}

export class LastBuild {
  private readonly file: string
  readonly memory: BuildMemory
  private readonly content: InputMark
  private readonly settings: BuildInputs['settings']
  /** Digest of the stamps of everything that goes in. */
  private readonly inputs: string
  private readonly recent: RecentFiles | undefined
  private readonly asOf: string
  private readonly isClockSet: boolean
  readonly code: InputMark

  /** Looks at the inputs at once: what changes while a build reads them is a change for the next one. */
  constructor(home: string, output: string, { content, code, settings, asOf, isClockSet }: BuildInputs) {
    const name = `build-${hash('sha256', output).slice(0, 16)}`
    const folder = join(home, 'node_modules', '.cache', 'works-on-arm')
    this.file = join(folder, `${name}.json`)
    this.memory = { listFile: join(folder, `${name}.txt`), output }
    this.settings = settings
    this.asOf = asOf
    this.isClockSet = isClockSet
    const since = Date.now() - tick
    const [text, program] = [stampsOf(content, since), stampsOf(code)]
    this.content = { paths: content, stamps: text.digest }
    this.code = { paths: code, stamps: program.digest }
    this.inputs = hash('sha256', JSON.stringify([settings, process.version, text.digest, program.digest]))
    // Who writes at this very moment may write again without another time.
    const newest = Math.max(text.newest, program.newest)
    if (newest > since) {
      // Of code nobody knows whether this process has loaded it as it was before.
      const bytes = program.newest > since ? undefined : bytesOf(text.recent)
      this.recent = { paths: text.recent, bytes, until: newest + tick }
    }
  }

  /** Whether what this build has read is known by its stamps: files that were changed when it looked have said the same since. */
  private isSettled(): boolean {
    if (!this.recent) return true
    const { paths, bytes, until } = this.recent
    return bytes !== undefined && Date.now() > until && bytes === bytesOf(paths)
  }

  isStillThere(): boolean {
    const kept = this.read()
    if (!kept || this.recent || kept.inputs !== this.inputs) return false
    return this.isTimeOf(kept) && kept.outputs === digestOf(stampsOfSite(this.memory.output))
  }

  /** Whether this build would make a site that is kept. */
  makes({ inputs, ...clock }: Pick<SiteFacts, 'inputs' | 'asOf' | 'until'>): boolean {
    return inputs !== '' && this.isTimeOf(clock) && inputs === this.digestOfBytes()
  }

  /** Of everything that goes in, wherever and whenever it was written; empty where nobody knows what a build has read. */
  digestOfBytes(): string {
    if (!this.isSettled()) return ''
    try {
      const bytes = [this.content, this.code].map(({ paths }) =>
        digestOfFiles(paths.map((path) => (existsSync(path) ? realpathSync(path) : path))),
      )
      // Only then it is known that those bytes are what the build has read.
      if (!isAsMarked(this.content) || !isAsMarked(this.code)) return ''
      return hash('sha256', JSON.stringify([this.settings, process.version, process.arch, ...bytes]))
    } catch {
      // A link leads to a folder, or to nothing.
      return ''
    }
  }

  /** Until a build has ended, nobody shall build upon what it leaves half done. */
  forget(): void {
    for (const file of [this.file, this.memory.listFile]) rmSync(file, { recursive: true, force: true })
  }

  remember({ files, fresh, stayed, frame, until, asOf = this.asOf }: BuiltSite): void {
    if (!isAsMarked(this.code)) return
    const stamps = new Map<string, string>()
    let list = frame
    for (const [path, key] of files) {
      const stamp = fresh.get(path) ?? stayed?.get(path) ?? ''
      stamps.set(path, stamp)
      list += `\n${path}\t${stamp}\t${key}`
    }
    keep(this.memory.listFile, list)
    const inputs = this.isSettled() ? this.inputs : ''
    keep(this.file, JSON.stringify({ inputs, asOf, until, outputs: digestOf(stamps) } satisfies Kept))
  }

  private isTimeOf({ asOf, until }: Pick<Kept, 'asOf' | 'until'>): boolean {
    return asOf === this.asOf || (!this.isClockSet && asOf < this.asOf && this.asOf < until)
  }

  private read(): Kept | undefined {
    try {
      // Written by `remember`; whatever else stands there equals nothing that is asked for.
      return (JSON.parse(readKept(this.file) ?? 'null') as Kept | null) ?? undefined
    } catch {
      return undefined
    }
  }
}

function digestOf(stamps: ReadonlyMap<string, string>): string {
  // Sorted: folders list their files in any order.
  return hash(
    'sha256',
    Array.from(stamps, ([path, stamp]) => `${path}\t${stamp}\n`)
      .sort()
      .join(''),
  )
}
