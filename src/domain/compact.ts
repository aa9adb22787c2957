/**
 * Compaction: the fewer records that still tell the same. A long stream of passes says nothing that
 * its first, its last and the turns between do not say; whether that is true of a cell is derived,
 * not believed.
 */
import { changesOfCell, deriveCell, type CellContent } from './cell.ts'
import { addDays } from './day.ts'
import { isRetraction, isRun, type Evidence, type StoredRecord } from './evidence.ts'
import { compareRecords } from './evidence-text.ts'
import { windowOfVerdicts } from './streams.ts'
import { freshForDays } from './verdict.ts'

/** Keeps at least one record of a stream in so many days: freshness between them must not break. */
const keptEveryDays = 30

/**
 * The records of a project that suffice: status and changes of every cell are the same with them,
 * today and later. Where they would not be, all records stay.
 */
export function compactProject(catalog: CellContent, project: string, asOf: string): StoredRecord[] {
  const records = catalog.evidence.get(project) ?? []
  const kept = new Set<StoredRecord>(records.filter((record) => isRetraction(record)))
  const runs = records.filter(isRun)
  for (const stream of Map.groupBy(runs, streamOf).values()) {
    const ordered = [...stream].sort(compareRecords)
    let last = ''
    ordered.forEach((record, index) => {
      const day = record.observedAt.slice(0, 10)
      const isDue = last === '' || day >= addDays(last, keptEveryDays)
      if (isDue) last = day
      if (isDue || isWorthKeeping(record, index, ordered)) kept.add(record)
    })
  }
  const compacted = records.filter((record) => kept.has(record))
  const says = (some: readonly StoredRecord[]) => {
    const content = { ...catalog, evidence: new Map([[project, some]]) }
    return [...catalog.architectures.keys()]
      .map((architecture) => tellingOf(content, project, architecture, asOf))
      .join()
  }
  return says(compacted) === says(records) ? compacted : [...records]
}

/** What a reader may be told about a cell: today, later if nothing is learnt, and on the way here. */
function tellingOf(content: CellContent, project: string, architecture: string, asOf: string): string {
  const today = asOf.slice(0, 10)
  const later = [freshForDays, freshForDays * 2].map((days) => `${addDays(today, days)}T00:00:00Z`)
  const statuses = [asOf, ...later].map((clock) => deriveCell(content, project, architecture, clock))
  const changes = changesOfCell(content, project, architecture, asOf)
  return JSON.stringify([
    statuses,
    changes.map(({ on, from, to }) => [on, from.support, from.basis, to.support, to.basis]),
  ])
}

/** What passed, where its neighbours passed too and say no less, can go. */
function isWorthKeeping(record: Evidence, index: number, ordered: readonly Evidence[]): boolean {
  if (index >= ordered.length - windowOfVerdicts - 1 || record.metrics) return true
  const [before, after] = [ordered[index - 1], ordered[index + 1]]
  const plain = (other: Evidence | undefined) =>
    other?.outcome === 'passed' && other.version === record.version && other.run.attempt === 1 && !other.flaky
  return !(plain(before) && plain(record) && plain(after))
}

function streamOf({ source, level, execution, os, libc, architecture }: Evidence): string {
  return JSON.stringify([source, level, execution, os, libc, architecture])
}
