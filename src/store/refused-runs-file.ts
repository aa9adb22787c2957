/** Refused runs in a file beside the evidence, which git and every reader of evidence leave out. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolderIn } from './content-folder.ts'
import { linesOf, mustBeReal, syncFolder, writeLines } from './lines-file.ts'
import { withLock } from './lock.ts'
import {
  refusedIn,
  runKeyOf,
  type RefusedByKey,
  type RefusedRun,
  type RefusedRuns,
  type RunOfRepository,
} from './refused-runs.ts'

/** Named like what no reader of the folder looks at. */
const fileName = '.refused-runs'

/** More runs than can still bring jobs; beyond it the oldest are forgotten. */
const usualMaximum = 20_000

export class RefusedRunsFile implements RefusedRuns {
  private readonly folder: string
  private readonly maximum: number
  /** What was read last, and of which file. */
  private read: { state: string; refused: RefusedByKey } = { state: '', refused: new Map() }

  /** @param folder the `evidence` folder of a content folder */
  constructor(folder: string, maximum = usualMaximum) {
    this.folder = folder
    this.maximum = maximum
  }

  refuseRuns(runs: readonly RefusedRun[]): void {
    if (this.areAllKnown(runs)) return
    makeFolderIn(this.folder)
    mustBeReal(this.folder, 'folder')
    withLock(this.folder, () => {
      const refused = new Map(this.refused())
      for (const run of runs) if (!refused.has(runKeyOf(run))) refused.set(runKeyOf(run), run)
      const newest = [...refused.values()].slice(-this.maximum)
      writeLines(
        this.path,
        newest.map(({ repository, runId, event }) => JSON.stringify([repository, runId, event])),
      )
      syncFolder(this.folder)
    })
  }

  refusedAmong(runs: readonly RunOfRepository[]): RefusedRun[] {
    return refusedIn(this.refused(), runs)
  }

  private get path(): string {
    return join(this.folder, fileName)
  }

  private areAllKnown(runs: readonly RefusedRun[]): boolean {
    const refused = this.refused()
    return runs.every((run) => refused.has(runKeyOf(run)))
  }

  private refused(): ReadonlyMap<string, RefusedRun> {
    const found = statSync(this.path, { bigint: true, throwIfNoEntry: false })
    // Each write is another file.
    const state = found ? `${found.ino} ${found.size} ${found.mtimeNs}` : ''
    if (state !== this.read.state) {
      mustBeReal(this.path, 'file')
      const runs = found ? linesOf(this.path).flatMap((line) => runOf(line) ?? []) : []
      this.read = { state, refused: new Map(runs.map((run) => [runKeyOf(run), run])) }
    }
    return this.read.refused
  }
}

/** A line that is no run is nobody's. */
function runOf(line: string): RefusedRun | undefined {
  try {
    const value: unknown = JSON.parse(line)
    if (!Array.isArray(value)) return undefined
    const [repository, runId, event] = value as unknown[]
    if (typeof repository !== 'string' || typeof runId !== 'string' || typeof event !== 'string') return undefined
    return { repository, runId, event }
  } catch {
    return undefined
  }
}
