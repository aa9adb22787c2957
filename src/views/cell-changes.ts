/** The changes of a cell, which the feeds and the API both tell. */
import type { Catalog } from '#domain/catalog.ts'
import { changesOfCell as deriveChanges, unexplainedChangesOfCell as deriveUnexplained } from '#domain/cell.ts'
import type { Change, ChangeOf } from '#domain/changes.ts'
import type { UnexplainedStatus } from '#domain/derive.ts'

interface Known {
  asOf: string
  /** By the id of the project, then by that of the architecture. */
  changes: Map<string, Map<string, readonly Change[]>>
}

/** Derived once, until `forgetChanges`. */
export function changesOfCell(
  project: string,
  architecture: string,
  { catalog, asOf }: { catalog: Catalog; asOf: string },
): readonly Change[] {
  let known = changesOfBuild.get(catalog)
  if (known?.asOf !== asOf) changesOfBuild.set(catalog, (known = { asOf, changes: new Map() }))
  let ofProject = known.changes.get(project)
  if (!ofProject) known.changes.set(project, (ofProject = new Map()))
  let changes = ofProject.get(architecture)
  if (!changes) ofProject.set(architecture, (changes = deriveChanges(catalog, project, architecture, asOf)))
  return changes
}

/** `changesOfCell`, without the reasons of each status: derived anew, where nobody has asked for them. */
export function unexplainedChangesOfCell(
  project: string,
  architecture: string,
  { catalog, asOf }: { catalog: Catalog; asOf: string },
): readonly ChangeOf<UnexplainedStatus>[] {
  const known = changesOfBuild.get(catalog)
  const explained = known?.asOf === asOf ? known.changes.get(project)?.get(architecture) : undefined
  return explained ?? deriveUnexplained(catalog, project, architecture, asOf)
}

/** Lets go of what is known of a project, for whoever has made something of it that is kept instead. */
export function forgetChanges(project: string, { catalog }: { catalog: Catalog }): void {
  changesOfBuild.get(catalog)?.changes.delete(project)
}

const changesOfBuild = new WeakMap<Catalog, Known>()
