/** Whether a project fits a question. */
import {
  groupOfSupport,
  levelWords,
  type Basis,
  type Execution,
  type Level,
  type Support,
} from '#domain/status-vocabulary.ts'
import { architectureOf, type Condition, type Query } from './query.ts'

// The browser's scripts know this room, and its words by it.
export { groupOfSupport } from '#domain/status-vocabulary.ts'
export type { Basis, Execution, Level, Support } from '#domain/status-vocabulary.ts'

/** What a question can ask of one cell. */
export interface CellFacts {
  support: Support
  basis: Basis
  level?: Level | undefined
  execution?: Execution | undefined
}

/** A question made ready to be put to many projects. */
export interface Matcher {
  /** Whether a project's cells fit: the one asked about, else any of the columns that are looked at. */
  fitsCells: (cellOn: (architecture: string) => CellFacts | undefined) => boolean
  /** Whether its categories fit. */
  fitsCategories: (categories: readonly string[]) => boolean
  /** Whether its name and other words fit; they are folded. */
  fitsText: (text: string) => boolean
}

/** @param columns architectures that are looked at where the question names none */
export function matcherOf(query: Query, columns: readonly string[]): Matcher {
  const architecture = architectureOf(query)
  const asked = architecture === undefined ? columns : [architecture]
  const ofCells = query.conditions.filter(({ field }) => field !== 'arch' && field !== 'category')
  const wanted = ofCells.filter(({ isNegated }) => !isNegated)
  const unwanted = ofCells.filter(({ isNegated }) => isNegated)
  const ofCategories = query.conditions.filter(({ field }) => field === 'category')
  return {
    fitsCells: (cellOn) => {
      if (ofCells.length === 0) return true
      const cells = asked.flatMap((id) => cellOn(id) ?? [])
      // All that is wanted is wanted of one cell; what is unwanted is unwanted in each of them.
      if (wanted.length > 0 && !cells.some((cell) => wanted.every((condition) => fits(cell, condition)))) return false
      return !cells.some((cell) => unwanted.some((condition) => fits(cell, condition)))
    },
    fitsCategories: (categories) =>
      ofCategories.every(({ values, isNegated }) => values.some((value) => categories.includes(value)) !== isNegated),
    fitsText: (text) => query.words.every((word) => text.includes(word)),
  }
}

function fits(cell: CellFacts, { field, operator, values }: Condition): boolean {
  switch (field) {
    case 'is':
      return values.some(
        (value) => cell.support === value || groupOfSupport[cell.support] === value || cell.basis === value,
      )
    case 'basis':
      return values.includes(cell.basis)
    case 'level':
      return fitsLevel(cell.level, operator, values)
    case 'execution':
      return cell.execution !== undefined && values.includes(cell.execution)
    case 'stale':
      return cell.basis !== 'none' && (cell.basis === 'stale') === values.includes('yes')
    case 'arch':
    case 'category':
      return true
  }
}

function fitsLevel(level: Level | undefined, operator: Condition['operator'], values: readonly string[]): boolean {
  if (level === undefined) return false
  if (operator === ':') return values.includes(level)
  const found = levelWords.indexOf(level)
  const wanted = levelWords.findIndex((word) => word === values[0])
  switch (operator) {
    case '>=':
      return found >= wanted
    case '<=':
      return found <= wanted
    case '>':
      return found > wanted
    case '<':
      return found < wanted
  }
}
