/**
 * Whether a project fits a question, for the page of the matrix and the command line alike.
 *
 * A question is put to projects, and looks at their cells: at that of the architecture it names, else at those
 * of the columns that are shown. All its conditions on cells have to fit one and the same cell. A minus leaves
 * out what the same condition without it finds: `-is:no` finds the projects that have no such cell among those
 * looked at, as `-category:databases` finds those that are in no such category, and `-go` those without the word.
 */
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
  /** Architectures whose cells are looked at. */
  architectures: readonly string[]
  /** Whether the cells of a project fit. */
  fitsCells: (cellOn: (architecture: string) => CellFacts | undefined) => boolean
  /** Whether a cell of a project that fits is one of those for which it does. */
  fitsCell: (cell: CellFacts) => boolean
  /** Whether its categories fit. */
  fitsCategories: (categories: readonly string[]) => boolean
  /** Whether its names fit, or what else it is found by; they are folded. */
  fitsText: (names: string, text: string) => boolean
}

/** @param columns architectures that are looked at where the question names none */
export function matcherOf(query: Query, columns: readonly string[]): Matcher {
  const architecture = architectureOf(query)
  const architectures = architecture === undefined ? columns : [architecture]
  const ofCells = query.conditions.filter(({ field }) => field !== 'arch' && field !== 'category')
  const wanted = ofCells.filter(({ isNegated }) => !isNegated)
  const unwanted = ofCells.filter(({ isNegated }) => isNegated)
  const ofCategories = query.conditions.filter(({ field }) => field === 'category')
  const fitsCell = (cell: CellFacts) => wanted.every((condition) => fits(cell, condition))
  return {
    architectures,
    fitsCells: (cellOn) => {
      if (ofCells.length === 0) return true
      const cells = architectures.flatMap((id) => cellOn(id) ?? [])
      if (wanted.length > 0 && !cells.some(fitsCell)) return false
      return !cells.some((cell) => unwanted.some((condition) => fits(cell, condition)))
    },
    fitsCell,
    fitsCategories: (categories) =>
      ofCategories.every(({ values, isNegated }) => values.some((value) => categories.includes(value)) !== isNegated),
    fitsText: (names, text) => {
      const occurs = (word: string) => names.includes(word) || text.includes(word)
      return query.words.every(occurs) && !query.excluded.some(occurs)
    },
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
