/** The answer to a question about cells, such as `sqlite riscv64`: the status itself, before all pages. */
import {
  readAmbiguousWord,
  readCellQuestion,
  type ArchitectureVocabulary,
  type ArchitectureWordsFile,
  type AskedArchitecture,
  type AskedProject,
  type CellQuestion,
} from '#query/cell-question.ts'
import { rankOf } from '#query/rank.ts'
import type { MatrixRow } from './matrix-rows.ts'

export interface CellAnswer {
  /** One for each project and architecture that was named; none where no project of ours is meant. */
  lines: HTMLLIElement[]
  /** Addresses of the pages of these projects. */
  pages: readonly string[]
  /** What the question asks about, where it asks whether that works. */
  subject: string | undefined
}

/** The matrix, fetched when a question first names an architecture. */
export class CellAnswers {
  readonly #base: string
  #vocabulary: Promise<ArchitectureVocabulary> | undefined
  #matrix: Promise<{ rows: readonly MatrixRow[]; columns: readonly string[] }> | undefined

  constructor(base: string) {
    this.#base = base
  }

  /** The answer to a question about cells, or undefined where it is none, or the answer cannot be known. */
  async find(text: string): Promise<CellAnswer | undefined> {
    try {
      const vocabulary = await (this.#vocabulary ??= this.#fetchVocabulary())
      const several = readAmbiguousWord(text, vocabulary)
      if (several.length > 0) return this.#meanings(several)
      const question = readCellQuestion(text, vocabulary)
      if (!question) return undefined
      const { rows, columns } = await (this.#matrix ??= this.#fetchMatrix())
      const meant = rowsMeant(rows, question)
      const lines = meant.flatMap((row) =>
        question.architectures.flatMap((asked) => {
          const cell = row.cells[columns.indexOf(asked.id)]
          return cell ? [lineOf(row, asked, statusOf(cell), `${this.#pageOf(row)}#${asked.id}`)] : []
        }),
      )
      return { lines, pages: meant.map((row) => this.#pageOf(row)), subject: question.subject }
    } catch {
      // The pages that were found are an answer too. Next time it is tried again.
      this.#vocabulary = undefined
      this.#matrix = undefined
      return undefined
    }
  }

  #meanings(several: readonly AskedArchitecture[]): CellAnswer {
    const pageOf = ({ id }: AskedArchitecture) => `${this.#base}architectures/${id}/`
    const lines = several.map((asked) => {
      const { id, reading } = asked
      const item = itemOf(`“${reading?.word ?? id}” may mean ${id}`, 'Architecture', pageOf(asked))
      item.append(textOf(`In ${reading?.where ?? ''}.`))
      return item
    })
    return { lines, pages: several.map(pageOf), subject: undefined }
  }

  /** Says that no project of the matrix is called so, and what can be done about it. */
  missing(subject: string): HTMLLIElement {
    const item = itemOf(`“${subject}” is not in the matrix`, 'Matrix', `${this.#base}contribute/`)
    item.append(textOf('Nothing is known about it yet. One Markdown file adds it.'))
    return item
  }

  #pageOf({ id }: MatrixRow): string {
    return `${this.#base}projects/${id}/`
  }

  async #fetchVocabulary(): Promise<ArchitectureVocabulary> {
    const response = await fetch(`${this.#base}search/architectures.json`)
    if (!response.ok) throw new Error(`the words of architectures answer ${response.status}`)
    // Written by the same build as this script.
    const { known, ambiguous } = (await response.json()) as ArchitectureWordsFile
    return { known: new Map(Object.entries(known)), ambiguous: new Map(Object.entries(ambiguous)) }
  }

  async #fetchMatrix(): Promise<{ rows: readonly MatrixRow[]; columns: readonly string[] }> {
    const { fetchMatrix } = await import('./matrix-long.ts')
    return fetchMatrix(`${this.#base}matrix/`)
  }
}

/** The rows of the projects that are meant, each once. */
function rowsMeant(rows: readonly MatrixRow[], { projects }: CellQuestion): MatrixRow[] {
  const [first, ...each] = projects
  const row = first && rowMeant(rows, first)
  const meant = row ? [row] : each.flatMap((project) => rowMeant(rows, project) ?? [])
  return [...new Set(meant)]
}

function rowMeant(rows: readonly MatrixRow[], { names, parts }: AskedProject): MatrixRow | undefined {
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

function lineOf(row: MatrixRow, { id, reading }: AskedArchitecture, status: string, address: string): HTMLLIElement {
  const item = itemOf(`${row.name} on ${id}: ${status}`, 'Status', address)
  if (reading) item.append(textOf(`“${reading.word}” means ${id} in ${reading.where}.`))
  return item
}

function textOf(text: string): HTMLParagraphElement {
  const paragraph = document.createElement('p')
  paragraph.textContent = text
  return paragraph
}

function itemOf(title: string, kind: string, address: string): HTMLLIElement {
  const item = document.createElement('li')
  const link = document.createElement('a')
  link.href = address
  link.textContent = title
  const mark = document.createElement('small')
  mark.className = 'kind'
  mark.textContent = kind
  item.append(link, ' ', mark)
  return item
}
