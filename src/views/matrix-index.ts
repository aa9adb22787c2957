/** The rows of a matrix that is too long for one page, for its script (`#query/matrix-index.ts`). */
import { encodeDates, encodeMatrix, type MatrixDates, type MatrixIndex, type MatrixWords } from '#query/matrix-index.ts'
import type { ViewContext } from './context.ts'
import { viewMatrix, type MatrixView } from './matrix.ts'

/** Up to here the matrix is one page of HTML, and its script fetches nothing. */
const rowsOfShortMatrix = 150
/** Rows on one page of a longer matrix: what the first screen shows. */
const rowsOfFirstScreen = 10

/** How many rows a page of a matrix has. */
export function pageSizeOf(total: number): number {
  return total > rowsOfShortMatrix ? rowsOfFirstScreen : rowsOfShortMatrix
}

export function viewMatrixIndex(context: ViewContext): MatrixIndex {
  const { columns, rows } = viewMatrix(context)
  return encodeMatrix(
    columns.map(({ id }) => id),
    rows.map(({ id, name, categories, cells }) => ({
      id,
      name,
      aliases: projectOf(id, context).aliases,
      categories,
      cells: cells.map(({ support, basis, level, execution, label, basisLabel }) => ({
        support,
        basis,
        level: level || undefined,
        execution: execution || undefined,
        label,
        basisLabel,
      })),
    })),
  )
}

export function viewMatrixDates(context: ViewContext): MatrixDates {
  return encodeDates(
    rowsOf(context).map(({ cells }) => cells.filter(({ basis }) => basis !== 'none').map(({ month }) => month)),
  )
}

export function viewMatrixWords(context: ViewContext): MatrixWords {
  const rows = rowsOf(context)
  return {
    summaries: rows.map(({ summary }) => summary).join('\n'),
    identifiers: rows.map(({ id }) => projectOf(id, context).identifiers.join(' ')).join('\n'),
  }
}

function rowsOf(context: ViewContext): MatrixView['rows'] {
  return viewMatrix(context).rows
}

function projectOf(
  id: string,
  { catalog }: ViewContext,
): { aliases: readonly string[]; identifiers: readonly string[] } {
  return catalog.project.get(id)?.data ?? { aliases: [], identifiers: [] }
}
