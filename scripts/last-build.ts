/**
 * Whether a build would write what already stands there: nothing that goes into it has changed since the last one, and nobody
 * has touched what that one wrote. Everything is told by size, times and number of the files, so that any doubt means a build.
 */
import { hash } from 'node:crypto'
import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { keep, readKept } from '../src/store/kept-file.ts'

interface Kept {
  inputs: string
  outputs: string
}

export interface BuildInputs {
  /** Files and folders that a build reads. */
  paths: readonly string[]
  /** Settings that decide about it. */
  settings: Readonly<Record<string, string | undefined>>
}

/** Clocks of file systems tick a few times in a hundredth of a second. */
const tick = 100

export class LastBuild {
  private readonly file: string
  private readonly output: string
  private readonly inputs: string | undefined

  /** Looks at the inputs at once: what changes while a build reads them is a change for the next one. */
  constructor(home: string, output: string, { paths, settings }: BuildInputs) {
    this.file = join(
      home,
      'node_modules',
      '.cache',
      'works-on-arm',
      `build-${hash('sha256', output).slice(0, 16)}.json`,
    )
    this.output = output
    const now = Date.now()
    const seen = stampsOf(paths)
    // Who writes at this very moment may write again without another time.
    this.inputs =
      seen.newest > now - tick ? undefined : hash('sha256', JSON.stringify([settings, process.version, seen.stamps]))
  }

  isStillThere(): boolean {
    const text = readKept(this.file)
    if (this.inputs === undefined || text === undefined) return false
    try {
      // Written by `remember` alone.
      const kept = JSON.parse(text) as Partial<Kept> | null
      return kept?.inputs === this.inputs && kept.outputs === this.outputs()
    } catch {
      return false
    }
  }

  remember(): void {
    if (this.inputs === undefined) return
    const kept: Kept = { inputs: this.inputs, outputs: this.outputs() }
    keep(this.file, JSON.stringify(kept))
  }

  private outputs(): string {
    return hash('sha256', JSON.stringify(stampsOf([this.output]).stamps))
  }
}

function stampsOf(paths: readonly string[]): { stamps: string[]; newest: number } {
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
