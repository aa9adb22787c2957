/** The rows that a reader's question is put to, as the page has them. */
import type { Basis, Execution, Level, Support } from '#query/matches.ts'
import { folded } from '#query/fold.ts'
import type { IndexedCell } from '#query/matrix-index.ts'
import type { SelectableRow } from '#query/select.ts'

export interface MatrixRow extends SelectableRow {
  id: string
  name: string
  summary: string
  cells: readonly IndexedCell[]
  /** The row as the page has it; missing where it has to be drawn. */
  element?: HTMLTableRowElement
}

/** @param columns every architecture, in the order of the cells of a row */
export function readRows(table: HTMLTableElement, columns: readonly string[]): MatrixRow[] {
  return [...table.querySelectorAll<HTMLTableRowElement>('tr[data-project]')].map((element) => {
    const { project = '', names = '', text = '', categories = '' } = element.dataset
    const name = element.querySelector('th a')?.textContent ?? ''
    // Also where a narrow screen does not show it.
    const summary = element.querySelector('th small')?.textContent ?? ''
    const cells = new Map(
      [...element.querySelectorAll<HTMLElement>('td')].map((cell) => [cell.dataset.architecture ?? '', cell]),
    )
    return {
      id: project,
      name,
      summary,
      names: [name, project, ...names.split('\t')].map(folded).join('\n'),
      text: folded(`${summary} ${text}`),
      categories: categories.split(' '),
      cells: columns.map((column) => readCell(cells.get(column))),
      months: columns.map((column) => cells.get(column)?.dataset.month ?? ''),
      element,
    }
  })
}

/** What `MatrixRow.astro` writes. */
function readCell(cell: HTMLElement | undefined): IndexedCell {
  const { support = 'unknown', basis = 'none', level, execution } = cell?.dataset ?? {}
  return {
    support: support as Support,
    basis: basis as Basis,
    level: level as Level | undefined,
    execution: execution as Execution | undefined,
    label: cell?.querySelector('.status')?.firstChild?.textContent?.trim() ?? '',
    basisLabel: cell?.querySelector('small .word')?.textContent.trim() ?? '',
  }
}
