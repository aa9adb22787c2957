/**
 * The rows of a matrix that is too long for one page, as compact data that a script draws from.
 * Cells repeat, and so do whole rows of them, so each is written once and pointed at.
 */
import type { CellView, MatrixView } from './matrix.ts'

/** Rows on one page of the matrix, as HTML. */
export const rowsOnPage = 150

export interface MatrixIndex {
  columns: string[]
  categories: string[]
  /** Distinct cells: support, basis, group, label, the basis in words, year. */
  cells: [string, string, string, string, string, string][]
  /** Distinct rows of cells: for each column a place in `cells`. */
  patterns: number[][]
  /** Id, name, summary, keywords, places in `categories`, place in `patterns`. */
  projects: [string, string, string, string, number[], number][]
}

export function viewMatrixIndex({ columns, rows }: MatrixView): MatrixIndex {
  const categories = new Places<string>((category) => category)
  const cells = new Places<CellView>(({ support, basis, label, year }) => [support, basis, label, year].join('\t'))
  const patterns = new Places<number[]>((pattern) => pattern.join(','))
  const projects = rows.map((row): MatrixIndex['projects'][number] => [
    row.id,
    row.name,
    row.summary,
    row.keywords,
    row.categories.map((category) => categories.placeOf(category)),
    patterns.placeOf(row.cells.map((cell) => cells.placeOf(cell))),
  ])
  return {
    columns: columns.map(({ id }) => id),
    categories: categories.values,
    cells: cells.values.map(({ support, basis, group, label, basisLabel, year }) => [
      support,
      basis,
      group,
      label,
      basisLabel,
      year,
    ]),
    patterns: patterns.values,
    projects,
  }
}

/** Values in the order in which they first came, each once. */
class Places<T> {
  readonly values: T[] = []
  private readonly placeByKey = new Map<string, number>()
  private readonly keyOf: (value: T) => string

  constructor(keyOf: (value: T) => string) {
    this.keyOf = keyOf
  }

  placeOf(value: T): number {
    const key = this.keyOf(value)
    const known = this.placeByKey.get(key)
    if (known !== undefined) return known
    this.placeByKey.set(key, this.values.length)
    return this.values.push(value) - 1
  }
}
