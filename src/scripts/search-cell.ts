/** The answer to a question about cells, such as `sqlite riscv64`: the status itself, before all pages. */
import { readCellQuestion, type CellQuestion } from '#query/cell-question.ts'
import { rankOf } from '#query/rank.ts'
import type { MatrixRow } from './matrix-rows.ts'

export interface CellAnswer {
  /** One for each architecture that was named. */
  lines: HTMLLIElement[]
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
      const row = rowMeant(rows, question)
      if (!row) return undefined
      const page = `${this.#base}projects/${row.id}/`
      const lines = question.architectures.flatMap((architecture) => {
        const cell = row.cells[columns.indexOf(architecture)]
        return cell ? [lineOf(`${row.name} on ${architecture}`, statusOf(cell), `${page}#${architecture}`)] : []
      })
      return lines.length === 0 ? undefined : { lines, page }
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

function rowMeant(rows: readonly MatrixRow[], { names, parts }: CellQuestion): MatrixRow | undefined {
  for (const name of names) {
    const row = nearestRow(rows, name, 1)
    if (row) return row
  }
  for (const part of parts) {
    const row = nearestRow(rows, part, 0)
    if (row) return row
  }
  return undefined
}

/** @param worst rank that is an answer: 0 where a project has to be called so, 1 where its name may begin so */
function nearestRow(rows: readonly MatrixRow[], words: readonly string[], worst: 0 | 1): MatrixRow | undefined {
  let best: { row: MatrixRow; rank: number } | undefined
  for (const row of rows) {
    const rank = rankOf(row.names, words)
    if (rank <= worst && (best === undefined || rank < best.rank)) best = { row, rank }
  }
  return best?.row
}

function statusOf({ basis, basisLabel, support }: MatrixRow['cells'][number]): string {
  return basis === 'none' ? 'nothing recorded' : `${support.replace('-', ' ')}, ${basisLabel}`
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
