/**
 * The cells that a check would help most: those of which two sources contradict each other, those of
 * which what is known is too old, and those at which nobody has looked although others ask for them.
 */
import type { Entry } from '#domain/catalog.ts'
import { firstDayOf } from '#domain/day.ts'
import type { Status } from '#domain/derive.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import { wholeMonthsBetween } from './age.ts'
import type { ViewContext } from './context.ts'
import { interestByProject, sumOf } from './interest.ts'
import { sortedProjects, statusOf, viewColumns, type ColumnView } from './matrix.ts'

export const checkReasons = ['disputed', 'stale', 'unseen'] as const
/** Why a cell needs a check. */
export type CheckReason = (typeof checkReasons)[number]

export interface CellToVerify {
  project: Entry<Project>
  column: ColumnView
  status: Status
  reason: CheckReason
  /** The first day that the newest source can mean; empty where there is none. */
  seen: string
  /** How many pages name the project. */
  interest: number
  /** What a check is worth: interest × age. */
  weight: number
}

/**
 * Every cell that needs a check: columns that are shown first before the others, then by what a check
 * is worth; of equals the one that has waited longest. Several pages ask for it, so each build makes it once.
 */
export function cellsToVerify(context: ViewContext): readonly CellToVerify[] {
  let cells = cellsOfBuild.get(context)
  if (!cells) cellsOfBuild.set(context, (cells = findCells(context)))
  return cells
}

const cellsOfBuild = new WeakMap<ViewContext, readonly CellToVerify[]>()

/** The same by architecture: a hundred thousand cells are not gone through for each page. */
export function cellsToVerifyOn(architecture: string, context: ViewContext): readonly CellToVerify[] {
  let cells = cellsByArchitecture.get(context)
  if (!cells) {
    cells = Map.groupBy(cellsToVerify(context), ({ column }) => column.id)
    cellsByArchitecture.set(context, cells)
  }
  return cells.get(architecture) ?? []
}

const cellsByArchitecture = new WeakMap<ViewContext, ReadonlyMap<string, readonly CellToVerify[]>>()

/** The same of some projects. */
export function cellsToVerifyOf(projects: ReadonlySet<string>, context: ViewContext): readonly CellToVerify[] {
  let cells = cellsByProject.get(context)
  if (!cells) {
    const ranked = cellsToVerify(context).map((cell, rank) => ({ cell, rank }))
    cells = Map.groupBy(ranked, ({ cell }) => cell.project.id)
    cellsByProject.set(context, cells)
  }
  const found = [...projects].flatMap((project) => cells.get(project) ?? [])
  return found.sort((a, b) => a.rank - b.rank).map(({ cell }) => cell)
}

const cellsByProject = new WeakMap<ViewContext, ReadonlyMap<string, readonly { cell: CellToVerify; rank: number }[]>>()

function findCells(context: ViewContext): CellToVerify[] {
  const columns = viewColumns(context)
  const interests = interestByProject(context)
  const today = context.asOf.slice(0, 10)
  const cells = sortedProjects(context).flatMap((project) => {
    const interest = sumOf(interests.get(project.id))
    return columns.flatMap((column): CellToVerify[] => {
      const status = statusOf(project, column.id, context)
      const reason = reasonToCheck(status, interest)
      if (reason === undefined) return []
      const months = status.staleOn === undefined ? 0 : Math.max(0, wholeMonthsBetween(status.staleOn, today))
      const seen = daySeen(status)
      return [{ project, column, status, reason, seen, interest, weight: (1 + interest) * (1 + months) }]
    })
  })
  // Sorting is stable: what is equal stays in the order of names and columns.
  return cells.sort(
    (a, b) => Number(b.column.isShown) - Number(a.column.isShown) || b.weight - a.weight || compareText(a.seen, b.seen),
  )
}

function reasonToCheck({ basis }: Status, interest: number): CheckReason | undefined {
  if (basis === 'disputed' || basis === 'stale') return basis
  return basis === 'none' && interest > 0 ? 'unseen' : undefined
}

function daySeen({ observedAt = '' }: Status): string {
  return observedAt === '' ? '' : firstDayOf(observedAt.slice(0, 10))
}
