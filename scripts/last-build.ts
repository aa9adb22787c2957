/**
 * What the last build left, and whether another one has anything to do: nothing that goes into it has changed since, and nobody has
 * touched what it wrote. Everything is told by size, times and number of the files, so that any doubt means a build.
 */
import { hash } from 'node:crypto'
import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keep, readKept } from '../src/store/kept-file.ts'
import type { Leftovers } from './site-update.ts'

export interface BuildInputs {
  /** Files and folders that a build reads. */
  paths: readonly string[]
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
  /** Paths of those that are new; undefined where all are, or nobody knows. */
  fresh?: ReadonlySet<string>
  /** Digest of what decides about every file: the program, and the settings. */
  frame: string
  /** The first instant at which the same content says something else, ISO, UTC. */
  until: string
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
  private stamps: Map<string, string> | undefined

  /** Looks at the inputs at once: what changes while a build reads them is a change for the next one. */
  constructor(home: string, output: string, { paths, settings, asOf, isClockSet }: BuildInputs) {
    const name = `build-${hash('sha256', output).slice(0, 16)}`
    const folder = join(home, 'node_modules', '.cache', 'works-on-arm')
    this.file = join(folder, `${name}.json`)
    this.listFile = join(folder, `${name}.txt`)
    this.output = output
    this.asOf = asOf
    this.isClockSet = isClockSet
    const now = Date.now()
    const seen = stampsOfInputs(paths)
    // Who writes at this very moment may write again without another time.
    this.inputs =
      seen.newest > now - tick ? undefined : hash('sha256', JSON.stringify([settings, process.version, seen.stamps]))
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
    for (const file of [this.file, this.listFile]) rmSync(file, { force: true })
  }

  remember({ files, fresh, frame, until }: BuiltSite): void {
    const before = fresh && this.stamps
    this.stamps = before ? this.stampsOf(files.keys(), before, fresh) : undefined
    const stamps = this.stampsOfOutput()
    const lines = [...stamps].map(([path, stamp]) => `${path}\t${stamp}\t${files.get(path) ?? ''}`)
    keep(this.listFile, [frame, ...lines].join('\n'))
    const { asOf, inputs = '' } = this
    keep(this.file, JSON.stringify({ inputs, asOf, until, outputs: digestOf(stamps) } satisfies Kept))
  }

  /** Of files that stayed, what was seen of them before. */
  private stampsOf(
    paths: Iterable<string>,
    before: ReadonlyMap<string, string>,
    fresh: ReadonlySet<string>,
  ): Map<string, string> {
    return new Map(
      [...paths].map((path) => [path, (!fresh.has(path) && before.get(path)) || stampOf(join(this.output, path))]),
    )
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

/** Without the time of change of the node: a second name for a file changes it, and a site has many. */
function stampOf(path: string): string {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found ? `${found.size} ${found.mtimeMs} ${found.ino}` : ''
}

function stampsOfSite(site: string): Map<string, string> {
  const stamps = new Map<string, string>()
  const look = (folder: string, inside: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      const name = `${inside}${entry.name}`
      if (entry.isDirectory()) {
        look(path, `${name}/`)
      } else {
        stamps.set(name, stampOf(path))
      }
    }
  }
  if (existsSync(site)) look(site, '')
  return stamps
}

function stampsOfInputs(paths: readonly string[]): { stamps: string[]; newest: number } {
  const stamps: string[] = []
  let newest = 0
  const look = (path: string) => {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (!found) {
      stamps.push(`${path} missing`)
      return
    }
    const { size, mtimeMs, ctimeMs, ino } = found
    newest = Math.max(newest, mtimeMs, ctimeMs)
    if (found.isDirectory()) {
      stamps.push(`${path}/`)
      for (const name of readdirSync(path).sort()) look(join(path, name))
    } else stamps.push(`${path} ${size} ${mtimeMs} ${ctimeMs} ${ino}`)
  }
  for (const path of paths) look(path)
  return { stamps, newest }
}
