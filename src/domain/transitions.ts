/** What new records do to the matrix. */
import { deriveCell, type CellContent } from './cell.ts'
import type { Evidence, StoredRecord } from './evidence.ts'
import { compareText } from './problem.ts'
import type { Basis, Support } from './status-words.ts'

/** One cell before and after. */
export interface Transition {
  project: string
  architecture: string
  from: { support: Support; basis: Basis }
  to: { support: Support; basis: Basis }
}

/** The cells that become others: of a project's control column, all of them may. */
export function transitionsOf(catalog: CellContent, fresh: readonly Evidence[], clock: string): Transition[] {
  const added = Map.groupBy(fresh, ({ project }) => project)
  const evidence = new Map<string, readonly StoredRecord[]>()
  for (const [project, records] of added) evidence.set(project, [...(catalog.evidence.get(project) ?? []), ...records])
  const after = { ...catalog, evidence }
  const control = [...catalog.architectures].find(([, { control }]) => control)?.[0]
  const transitions: Transition[] = []
  for (const project of [...added.keys()].sort(compareText)) {
    const touched = new Set(added.get(project)?.map(({ architecture }) => architecture))
    for (const architecture of catalog.architectures.keys()) {
      if (!touched.has(architecture) && (control === undefined || !touched.has(control))) continue
      const from = deriveCell(catalog, project, architecture, clock)
      const to = deriveCell(after, project, architecture, clock)
      if (from.support === to.support && from.basis === to.basis) continue
      transitions.push({
        project,
        architecture,
        from: { support: from.support, basis: from.basis },
        to: { support: to.support, basis: to.basis },
      })
    }
  }
  return transitions
}
