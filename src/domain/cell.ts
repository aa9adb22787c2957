/** One cell of the matrix: everything that is recorded about a project on an architecture. */
import type { Catalog } from './catalog.ts'
import { changesOf, unexplainedChangesOf, type Change, type ChangeOf } from './changes.ts'
import type { Claim } from './claim.ts'
import {
  derive,
  deriveWithAccount,
  type Derivation,
  type Status,
  type Surroundings,
  type UnexplainedStatus,
} from './derive.ts'
import { isRetraction, type StoredRecord } from './evidence.ts'

export interface Cell {
  evidence: readonly StoredRecord[]
  claims: readonly Claim[]
  surroundings: Surroundings
}

/** What a cell is collected from. */
export type CellContent = Pick<Catalog, 'project' | 'architectures' | 'evidence'>

/** Collects what is recorded. Retractions count for every cell of their project. */
export function cellOf(catalog: CellContent, project: string, architecture: string): Cell {
  const data = catalog.project.get(project)?.data
  const records = catalog.evidence.get(project) ?? nothing
  const on = (id: string) => records.filter((record) => isRetraction(record) || record.architecture === id)
  const evidence = records.length > 0 ? on(architecture) : nothing
  const surroundings: Surroundings = data ? { releases: data.releases } : {}
  if (evidence.length > 0) {
    const control = [...catalog.architectures].find(([, { control }]) => control)?.[0]
    if (control !== undefined && control !== architecture) surroundings.control = on(control)
  }
  return {
    evidence,
    claims: data?.claims.filter((claim) => claim.architectures.includes(architecture)) ?? [],
    surroundings,
  }
}

const nothing: readonly StoredRecord[] = []

export function deriveCell(catalog: CellContent, project: string, architecture: string, asOf: string): Status {
  const { evidence, claims, surroundings } = cellOf(catalog, project, architecture)
  return derive(evidence, claims, asOf, surroundings)
}

export function explainCell(catalog: CellContent, project: string, architecture: string, asOf: string): Derivation {
  const { evidence, claims, surroundings } = cellOf(catalog, project, architecture)
  return deriveWithAccount(evidence, claims, asOf, surroundings)
}

export function changesOfCell(catalog: CellContent, project: string, architecture: string, asOf: string): Change[] {
  const { evidence, claims, surroundings } = cellOf(catalog, project, architecture)
  return changesOf(evidence, claims, asOf, surroundings)
}

/** `changesOfCell`, without the reasons of each status. */
export function unexplainedChangesOfCell(
  catalog: CellContent,
  project: string,
  architecture: string,
  asOf: string,
): ChangeOf<UnexplainedStatus>[] {
  const { evidence, claims, surroundings } = cellOf(catalog, project, architecture)
  return unexplainedChangesOf(evidence, claims, asOf, surroundings)
}
