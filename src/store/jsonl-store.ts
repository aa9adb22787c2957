/**
 * Evidence as JSON Lines, a file a project, in the content folder. Each file is the sorted set of its
 * lines, so that the same records give the same bytes whatever their order, and git merges them.
 *
 * A file is replaced as a whole: a killed writer leaves the old one or the new one. What a writer
 * has acknowledged is on the disk.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { idPattern } from '#domain/identifier.ts'
import type { StoredRecord } from '#domain/evidence.ts'
import { compareRecords, parseRecord, serializeRecord } from '#domain/evidence-text.ts'
import { compareText } from '#domain/problem.ts'
import { makeFolderIn } from './content-folder.ts'
import type { Appended, OpenedStore, ReceivingStore } from './evidence-store.ts'
import { linesOf, mustBeReal, syncFolder, writeLines } from './lines-file.ts'
import { withLock } from './lock.ts'
import { RefusedRunsFile } from './refused-runs-file.ts'
import type { RefusedRun, RunOfRepository } from './refused-runs.ts'

export class JsonLinesStore implements OpenedStore, ReceivingStore {
  private readonly folder: string
  private readonly refusedRuns: RefusedRunsFile

  /** @param folder the `evidence` folder of a content folder; it is made when it is needed, and the content folder never */
  constructor(folder: string) {
    this.folder = folder
    this.refusedRuns = new RefusedRunsFile(folder)
  }

  append(records: readonly StoredRecord[]): Appended {
    const appended: Appended = { added: [], duplicates: 0 }
    if (records.length === 0) return appended
    makeFolderIn(this.folder)
    mustBeReal(this.folder, 'folder')
    withLock(this.folder, () => {
      this.removeLeftovers()
      for (const [project, ofProject] of Map.groupBy(records, (record) => record.project)) {
        this.appendToProject(project, ofProject, appended)
      }
      syncFolder(this.folder)
    })
    return appended
  }

  read(project?: string): StoredRecord[] {
    const files = project === undefined ? this.files() : [`${project}.jsonl`]
    return files.flatMap((file) => linesOf(join(this.folder, file)).flatMap((line) => parseRecord(line).record ?? []))
  }

  /**
   * Leaves records out, wherever they stand: for `compact` alone, which has shown that the others tell
   * the same. What was added meanwhile stays, and so does a line that is no record.
   * @returns how many lines went
   */
  remove(records: readonly StoredRecord[]): number {
    if (records.length === 0) return 0
    const gone = new Set(records.map(serializeRecord))
    mustBeReal(this.folder, 'folder')
    return withLock(this.folder, () => {
      let removed = 0
      for (const path of filesBelow(this.folder)) {
        const lines = linesOf(path)
        const kept = lines.filter((line) => {
          const { record } = parseRecord(line)
          return record === undefined || !gone.has(serializeRecord(record))
        })
        if (kept.length === lines.length) continue
        writeLines(path, kept)
        syncFolder(dirname(path))
        removed += lines.length - kept.length
      }
      return removed
    })
  }

  refuseRuns(runs: readonly RefusedRun[]): void {
    this.refusedRuns.refuseRuns(runs)
  }

  refusedAmong(runs: readonly RunOfRepository[]): RefusedRun[] {
    return this.refusedRuns.refusedAmong(runs)
  }

  close(): void {
    // A file is open only while it is read or written.
  }

  private appendToProject(project: string, records: readonly StoredRecord[], appended: Appended): void {
    const path = this.pathOf(project)
    const present = linesOf(path)
    const known = new Map<string, StoredRecord>()
    // A line that is no record is somebody's mistake to be found by `check`, not ours to drop.
    const strange: string[] = []
    for (const line of present) {
      const { record } = parseRecord(line)
      if (record) known.set(serializeRecord(record), record)
      else strange.push(line)
    }
    let added = 0
    for (const record of records) {
      const text = serializeRecord(record)
      if (known.has(text)) appended.duplicates += 1
      else {
        known.set(text, record)
        appended.added.push(record)
        added += 1
      }
    }
    if (added > 0) writeLines(path, [...sortedTexts([...known.values()]), ...strange.sort(compareText)])
  }

  private files(): string[] {
    if (!existsSync(this.folder)) return []
    return readdirSync(this.folder)
      .filter((name) => name.endsWith('.jsonl') && !name.startsWith('.'))
      .sort(compareText)
  }

  /** What a killed writer was writing. Nobody else writes while we hold the lock. */
  private removeLeftovers(): void {
    for (const name of readdirSync(this.folder)) {
      if (name.startsWith('.') && name.endsWith('.new')) rmSync(join(this.folder, name), { force: true })
    }
  }

  private pathOf(project: string): string {
    if (!idPattern.test(project)) throw new Error(`no project can be called ${JSON.stringify(project)}`)
    const path = join(this.folder, `${project}.jsonl`)
    mustBeReal(path, 'file')
    return path
  }
}

/** Every file of records, real ones in real folders alone. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return filesBelow(path)
      return entry.isFile() && entry.name.endsWith('.jsonl') ? [path] : []
    })
}

function sortedTexts(records: readonly StoredRecord[]): string[] {
  const texts = records.map((record) => ({ record, text: serializeRecord(record) }))
  return texts.sort((a, b) => compareRecords(a.record, b.record) || compareText(a.text, b.text)).map(({ text }) => text)
}
