/** The answer to a question about one cell, such as `sqlite riscv64`: the status itself, before all pages. */
import { readCellQuestion, type CellQuestion } from '#query/cell-question.ts'
import { rankOf } from '#query/rank.ts'
import type { MatrixRow } from './matrix-rows.ts'

export interface CellAnswer {
  line: HTMLLIElement
  /** Address of the page of the project. */
  page: string
}

/** The matrix, fetched when a question first names an architecture. */
export class CellAnswers {
  readonly #base: string
  #architectures: Promise<Map<string, string>> | undefined
  #matrix: Promise<{ rows: readonly MatrixRow[]; columns: readonly string[] }> | undefined

  constructor(base: string) {
    this.#base = base
  }

  /** The answer to a question about a cell, or undefined where it means none, or that cannot be known. */
  async find(text: string): Promise<CellAnswer | undefined> {
    if (!/\S\s+\S/.test(text)) return undefined
    try {
      const question = readCellQuestion(text, await (this.#architectures ??= this.#fetchArchitectures()))
      if (!question) return undefined
      const { rows, columns } = await (this.#matrix ??= this.#fetchMatrix())
      const { architecture } = question
      const row = rowMeant(rows, question)
      const cell = row?.cells[columns.indexOf(architecture)]
      if (!row || !cell) return undefined
      const status =
        cell.basis === 'none' ? 'nothing recorded' : `${cell.support.replace('-', ' ')}, ${cell.basisLabel}`
      const page = `${this.#base}projects/${row.id}/`
      return { line: lineOf(`${row.name} on ${architecture}`, status, `${page}#${architecture}`), page }
    } catch {
      // The pages that were found are an answer too. Next time it is tried again.
      this.#architectures = undefined
      this.#matrix = undefined
      return undefined
    }
  }

  async #fetchArchitectures(): Promise<Map<string, string>> {
    const response = await fetch(`${this.#base}search/architectures.json`)
    if (!response.ok) throw new Error(`the words of architectures answer ${response.status}`)
    // Written by the same build as this script.
    return new Map(Object.entries((await response.json()) as Record<string, string>))
  }

  async #fetchMatrix(): Promise<{ rows: readonly MatrixRow[]; columns: readonly string[] }> {
    const { fetchMatrix } = await import('./matrix-long.ts')
    return fetchMatrix(`${this.#base}matrix/`)
  }
}

function rowMeant(rows: readonly MatrixRow[], { names }: CellQuestion): MatrixRow | undefined {
  for (const name of names) {
    const row = nearestRow(rows, name)
    if (row) return row
  }
  return undefined
}

/** The project that is called so, or begins so; no other would be an answer. */
function nearestRow(rows: readonly MatrixRow[], words: readonly string[]): MatrixRow | undefined {
  let best: { row: MatrixRow; rank: number } | undefined
  for (const row of rows) {
    const rank = rankOf(row.names, words)
    if (rank <= 1 && (best === undefined || rank < best.rank)) best = { row, rank }
  }
  return best?.row
}

function lineOf(title: string, status: string, address: string): HTMLLIElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = address
  link.textContent = `${title}: ${status}`
  const kind = document.createElement('small')
  kind.className = 'kind'
  kind.textContent = 'Status'
  item.append(link, ' ', kind)
  return item
}
