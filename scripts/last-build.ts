/**
 * What the last build left, and whether another one has anything to do: nothing that goes into it has changed since, and nobody has
 * touched what it wrote. Everything is told by size, times and number of the files, so that any doubt means a build.
 */
import { hash } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { keep, readKept } from '../src/store/kept-file.ts'
import type { Leftovers } from './site-update.ts'
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
  /** Digest of what decides about every file: the program, and the settings. */
  frame: string
  /** The first instant at which the same content says something else, ISO, UTC. */
  until: string
}

/** The code of the generator, and what told it from other code when a build began. */
export interface CodeMark {
  paths: readonly string[]
  stamps: string
}

/** Whether nobody has changed the code since. Where somebody has, nobody knows which of it made what. */
export function isCodeOf({ paths, stamps }: CodeMark): boolean {
  return stamps === stampsOf(paths).digest
}

/** Clocks of file systems tick a few times in a hundredth of a second. */
const tick = 100

export class LastBuild {
  private readonly file: string
  private readonly listFile: string
  private readonly output: string
  private readonly inputs: string | undefined
  private readonly asOf: string
  private readonly isClockSet: boolean
  readonly code: CodeMark
  private stamps: Map<string, string> | undefined

  /** Looks at the inputs at once: what changes while a build reads them is a change for the next one. */
  constructor(home: string, output: string, { content, code, settings, asOf, isClockSet }: BuildInputs) {
    const name = `build-${hash('sha256', output).slice(0, 16)}`
    const folder = join(home, 'node_modules', '.cache', 'works-on-arm')
    this.file = join(folder, `${name}.json`)
    this.listFile = join(folder, `${name}.txt`)
    this.output = output
    this.asOf = asOf
    this.isClockSet = isClockSet
    const now = Date.now()
    const [text, program] = [stampsOf(content), stampsOf(code)]
    this.code = { paths: code, stamps: program.digest }
    // Who writes at this very moment may write again without another time.
    this.inputs =
      Math.max(text.newest, program.newest) > now - tick
        ? undefined
        : hash('sha256', JSON.stringify([settings, process.version, text.digest, program.digest]))
  }

  isStillThere(): boolean {
    const kept = this.read()
    if (!kept || this.inputs === undefined || kept.inputs !== this.inputs) return false
    const isSameTime = kept.asOf === this.asOf || (!this.isClockSet && kept.asOf < this.asOf && this.asOf < kept.until)
    return isSameTime && kept.outputs === digestOf(this.stampsOfOutput())
  }

  /**
   * What is left of it.
   * @returns undefined where that is nothing, another frame made it, or nobody knows
   */
  leftovers(frame: string): Leftovers | undefined {
    const lines = readKept(this.listFile)?.split('\n')
    if (lines?.[0] !== frame) return undefined
    const stamps = this.stampsOfOutput()
    const files = new Map<string, string>()
    for (const line of lines.slice(1)) {
      const [path = '', stamp, key = ''] = line.split('\t')
      if (stamp !== undefined && stamps.get(path) === stamp) files.set(path, key)
    }
    return files.size === 0 ? undefined : { files, paths: stamps.keys() }
  }

  /** Until a build has ended, nobody shall build upon what it leaves half done. */
  forget(): void {
    for (const file of [this.file, this.listFile]) rmSync(file, { recursive: true, force: true })
  }

  remember({ files, fresh, frame, until }: BuiltSite): void {
    if (!isCodeOf(this.code)) return
    const stamps = new Map([...files.keys()].map((path) => [path, fresh.get(path) ?? this.stamps?.get(path) ?? '']))
    this.stamps = stamps
    const lines = [...stamps].map(([path, stamp]) => `${path}\t${stamp}\t${files.get(path) ?? ''}`)
    keep(this.listFile, [frame, ...lines].join('\n'))
    const { asOf, inputs = '' } = this
    keep(this.file, JSON.stringify({ inputs, asOf, until, outputs: digestOf(stamps) } satisfies Kept))
  }

  private read(): Kept | undefined {
    try {
      // Written by `remember`; whatever else stands there equals nothing that is asked for.
      return (JSON.parse(readKept(this.file) ?? 'null') as Kept | null) ?? undefined
    } catch {
      return undefined
    }
  }

  private stampsOfOutput(): Map<string, string> {
    return (this.stamps ??= stampsOfSite(this.output))
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
