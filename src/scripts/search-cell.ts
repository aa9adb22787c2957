/** The answer to a question about cells, such as `sqlite riscv64`: the status itself, before all pages. */
import {
  readAmbiguousWord,
  readListQuestion,
  readCellQuestion,
  type ArchitectureVocabulary,
  type ArchitectureWordsFile,
  type AskedArchitecture,
  type AskedProject,
  type CellQuestion,
  type ListQuestion,
} from '#query/cell-question.ts'
import { rankOf } from '#query/rank.ts'
import type { MatrixRow } from './matrix-rows.ts'

export interface CellAnswer {
  /** One for each project and architecture that was named; none where no project of ours is meant. */
  lines: HTMLLIElement[]
  /** Addresses of the pages of these projects. */
  pages: readonly string[]
  /** What the question names and the matrix has not, as it was typed. */
  missing: readonly string[]
  /** Whether that names software: else the question may be about something else. */
  isSureOfMissing: boolean
}

/** More would be no answer before all others. */
const maximumLines = 12
/** More words are no name. */
const maximumWordsOfName = 3
/** So many words may each be a project. */
const maximumWordsOfList = 8

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
      const list = readListQuestion(text, vocabulary)
      if (list) return this.#list(list)
      const question = readCellQuestion(text, vocabulary)
      if (!question) return undefined
      const { rows, columns } = await (this.#matrix ??= this.#fetchMatrix())
      const known = meant(rows, question)
      const { found, missing } = known.found.length > 0 ? known : await withoutMistakes(rows, known.missing)
      const lines = found.flatMap(({ row, part, whole, mistyped }) =>
        question.architectures.flatMap((asked, place) => {
          const cell = row.cells[columns.indexOf(asked.id)]
          if (!cell) return []
          const line = lineOf(row, asked, statusOf(cell), `${this.#pageOf(row)}#${asked.id}`)
          if (part !== undefined && place === 0)
            line.append(textOf(`Only “${part}” of “${whole}” is a project of the matrix.`))
          if (mistyped !== undefined && place === 0) line.append(textOf(`Nothing is called “${mistyped}” here.`))
          return [line]
        }),
      )
      return {
        lines: lines.slice(0, maximumLines),
        pages: found.map(({ row }) => this.#pageOf(row)),
        missing: missing.filter((name) => name.split(' ').length <= maximumWordsOfName),
        isSureOfMissing: question.isWhether || found.length > 0,
      }
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
    return { lines, pages: several.map(pageOf), missing: [], isSureOfMissing: false }
  }

  #list({ architecture, support }: ListQuestion): CellAnswer {
    const address = `${this.#base}matrix/?${new URLSearchParams({ arch: architecture, support }).toString()}`
    const title = support === 'works' ? `What works on ${architecture}` : `What does not work on ${architecture}`
    return { lines: [itemOf(title, 'Matrix', address)], pages: [], missing: [], isSureOfMissing: false }
  }

  /** Says that no project of the matrix is called so, and what can be done about it. */
  missing(name: string): HTMLLIElement {
    const item = itemOf(`“${name}” is not in the matrix`, 'Matrix', `${this.#base}contribute/`)
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

interface Meant {
  row: MatrixRow
  /** Where only a part of what was typed is what the project is called: that part, and all of it. */
  part?: string
  whole?: string
  /** What was typed, where only one letter of it is another one, or two have changed places. */
  mistyped?: string
}

/** Of shorter words too many are near. */
const shortestMistyped = 6

/** @param typed what means no project */
async function withoutMistakes(
  rows: readonly MatrixRow[],
  typed: readonly string[],
): Promise<ReturnType<typeof meant>> {
  const { nearestWord } = await import('./nearest-word.ts')
  const names = new Map(rows.flatMap((row) => row.names.split('\n').map((name) => [name, row])))
  const found: Meant[] = []
  const missing: string[] = []
  for (const name of typed) {
    const near = name.length < shortestMistyped ? undefined : nearestWord(name, [...names.keys()], 1)
    const row = names.get(near ?? '')
    if (row) found.push({ row, mistyped: name })
    else missing.push(name)
  }
  return { found, missing }
}

/** The projects that are meant, each once, and what means none. */
function meant(rows: readonly MatrixRow[], { projects }: CellQuestion): { found: Meant[]; missing: string[] } {
  const [first, ...each] = projects
  const whole = first && wholeMeant(rows, first)
  if (whole) return { found: [{ row: whole }], missing: [] }
  const list = first && each.length === 0 ? listMeant(rows, first.words) : []
  if (list.length > 0) return { found: list.map((row) => ({ row })), missing: [] }
  const found = new Map<MatrixRow, Meant>()
  const missing: string[] = []
  for (const project of each.length > 0 ? each : projects) {
    const one = projectMeant(rows, project)
    if (!one) missing.push(project.typed)
    else if (!found.has(one.row)) found.set(one.row, one)
  }
  return { found: [...found.values()], missing }
}

function wholeMeant(rows: readonly MatrixRow[], { names }: AskedProject): MatrixRow | undefined {
  for (const name of names) {
    const row = nearestRow(rows, name, 1)
    if (row) return row
  }
  return undefined
}

function projectMeant(rows: readonly MatrixRow[], project: AskedProject): Meant | undefined {
  const whole = wholeMeant(rows, project)
  if (whole) return { row: whole }
  for (const words of project.parts) {
    const row = nearestRow(rows, words, 0)
    if (row) return { row, part: words.join(' '), whole: project.typed }
  }
  return undefined
}

/** Projects whose names stand one after another, with nothing else among them: `jq xz zlib`. */
function listMeant(rows: readonly MatrixRow[], words: readonly string[]): MatrixRow[] {
  if (words.length > maximumWordsOfList) return []
  const list: MatrixRow[] = []
  for (let from = 0; from < words.length;) {
    let to = words.length
    let row: MatrixRow | undefined
    for (; to > from && !row; to -= 1) row = nearestRow(rows, words.slice(from, to), 0)
    if (!row) return []
    list.push(row)
    from = to + 1
  }
  return list
}

/** @param worst rank that is an answer: 0 where a project has to be called so, 1 where its name may begin so */
function nearestRow(rows: readonly MatrixRow[], words: readonly string[], worst: 0 | 1): MatrixRow | undefined {
  let best: { row: MatrixRow; rank: number } | undefined
  for (const row of rows) {
    const rank = rankOf(row.names, words)
    // One word is no name that only begins so: of `apache` there are many.
    if (rank === 1 && words.length === 1 && `\n${row.names}`.includes(`\n${words[0] ?? ''} `)) continue
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
