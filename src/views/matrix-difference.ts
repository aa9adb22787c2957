/** What two matrices differ in: that of one day and that of a later one. What came and went in between is no difference. */
import { deriveCell } from '#domain/cell.ts'
import type { Catalog } from '#domain/catalog.ts'
import { directionOf, type Direction } from '#domain/changes.ts'
import type { Status } from '#domain/derive.ts'
import { viewColumns, sortedProjects } from './matrix.ts'

export interface CellDifference {
  project: string
  architecture: string
  from: Status
  to: Status
  direction: Direction
}

export interface MatrixDifference {
  /** Projects of which nothing was known on any architecture. */
  newProjects: string[]
  /** Every cell whose support or basis is another one: projects by name, architectures in the order of columns. */
  cells: CellDifference[]
}

/**
 * @param since  ISO instant of the earlier matrix
 * @param asOf   ISO instant of the later one
 */
export function differenceOfMatrices(catalog: Catalog, since: string, asOf: string): MatrixDifference {
  const columns = viewColumns({ catalog, addressOf: (path) => path })
  const newProjects: string[] = []
  const cells: CellDifference[] = []
  for (const { id: project } of sortedProjects({ catalog })) {
    let wasKnown = false
    let isKnown = false
    for (const { id: architecture } of columns) {
      const from = deriveCell(catalog, project, architecture, since)
      const to = deriveCell(catalog, project, architecture, asOf)
      wasKnown ||= from.basis !== 'none'
      isKnown ||= to.basis !== 'none'
      if (from.support === to.support && from.basis === to.basis) continue
      cells.push({ project, architecture, from, to, direction: directionOf(from, to) })
    }
    if (isKnown && !wasKnown) newProjects.push(project)
  }
  return { newProjects, cells }
}
