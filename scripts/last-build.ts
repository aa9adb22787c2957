/**
 * What the last build left, and whether another one has anything to do: nothing that goes into it has changed since, and nobody has
 * touched what it wrote. Everything is told by size, times and number of the files, so that any doubt means a build.
 */
import { hash } from 'node:crypto'
import { existsSync, lstatSync, realpathSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKept } from '../src/store/kept-file.ts'
import type { SiteFacts } from './kept-site.ts'
import type { LeftFiles } from './site-update.ts'
import { stampOf, stampsOf, stampsOfSite } from './stamps.ts'

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

/** Files that a build wrote, or left where they were. */
export interface BuiltFiles {
  /** Keys of files by their path in the site; a file without a key has an empty one. */
  files: ReadonlyMap<string, string>
  /** Stamps of those that are new, as this build left them: another one may have written there since. */
  fresh: ReadonlyMap<string, string>
  /** Stamps of those that it left in their places. */
  stayed?: ReadonlyMap<string, string> | undefined
  /** Digest of what decides about every file: the program, and the settings. */
  frame: string
}

/** What a build made. */
export interface BuiltSite extends BuiltFiles {
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

/** What lies in the folder of a site. */
export interface LeftBehind {
  files: LeftFiles
  /** Stamps of every file, whoever wrote it. */
  stamps: ReadonlyMap<string, string>
}

/** Looks at everything. @returns undefined where nothing is left of the last build, another frame made it, or nobody knows */
export function leftBehind({ listFile, output }: BuildMemory, frame: string): LeftBehind | undefined {
  const listed = readList(listFile, frame)
  if (!listed) return undefined
  const stamps = stampsOfSite(output)
  const files = filesLeft(listed, (path) => stamps.get(path))
  return files && { files, stamps }
}

/** `files` of `leftBehind`, for whoever asks for a few of very many: looks at those that it is asked for. */
export function leftFiles({ listFile, output }: BuildMemory, frame: string): LeftFiles | undefined {
  const listed = readList(listFile, frame)
  if (!listed || !existsSync(output)) return undefined
  const folders = new Map<string, boolean>([['.', true]])
  // A link to a folder is none of ours: whoever looks at everything does not follow it.
  const isOurFolder = (folder: string): boolean => {
    let isOurs = folders.get(folder)
    if (isOurs === undefined) {
      isOurs = isOurFolder(dirname(folder)) && lstatSync(join(output, folder), quietly)?.isDirectory() === true
      folders.set(folder, isOurs)
    }
    return isOurs
  }
  return filesLeft(listed, (path) => (isOurFolder(dirname(path)) ? stampOf(join(output, path)) : undefined))
}

const quietly = { throwIfNoEntry: false } as const

/**
 * @param listed  what `readList` gives
 * @param stampOf the stamp that a file has now
 * @returns undefined where none of them is left
 */
function filesLeft(
  listed: ReadonlyMap<string, string>,
  stampOf: (path: string) => string | undefined,
): LeftFiles | undefined {
  const get = (path: string) => {
    const said = listed.get(path)
    if (said === undefined) return undefined
    const stamp = stampOf(path)
    return stamp && said.startsWith(`${stamp}\t`) ? said.slice(stamp.length + 1) : undefined
  }
  const files: LeftFiles = { get, has: (path) => get(path) !== undefined }
  return listed.keys().some(files.has) ? files : undefined
}

/** Stamp and key of every file, `<stamp>\t<key>`, by its path: there are very many, and few of them are asked for. */
function readList(listFile: string, frame: string): ReadonlyMap<string, string> | undefined {
  const list = readKept(listFile)
  if (list !== frame && list?.startsWith(`${frame}\n`) !== true) return undefined
  const listed = new Map<string, string>()
  for (let begin = frame.length + 1, end; begin < list.length; begin = end + 1) {
    end = list.indexOf('\n', begin)
    if (end === -1) end = list.length
    const middle = list.indexOf('\t', begin)
    listed.set(list.slice(begin, middle), list.slice(middle + 1, end))
  }
  return listed
}

/** Remembers them for the next build. @returns a digest of what lies in the folder of the site now */
export function rememberFiles({ listFile }: BuildMemory, { files, fresh, stayed, frame }: BuiltFiles): string {
  const stamps = new Map<string, string>()
  let list = frame
  for (const [path, key] of files) {
    const stamp = fresh.get(path) ?? stayed?.get(path) ?? ''
    stamps.set(path, stamp)
    list += `\n${path}\t${stamp}\t${key}`
  }
  keep(listFile, list)
  return digestOf(stamps)
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

  remember({ until, asOf, ...files }: BuiltSite): void {
    if (isAsMarked(this.code)) this.rememberSite({ outputs: rememberFiles(this.memory, files), until, asOf })
  }

  /** The rest of `remember`, where somebody has remembered the files. */
  rememberSite({
    outputs,
    until,
    asOf = this.asOf,
  }: {
    outputs: string
    until: string
    asOf?: string | undefined
  }): void {
    const inputs = this.isSettled() ? this.inputs : ''
    keep(this.file, JSON.stringify({ inputs, asOf, until, outputs } satisfies Kept))
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
