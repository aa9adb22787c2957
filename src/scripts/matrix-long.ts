/** What only a long matrix needs: its rows from the index, and drawing those that are on the screen. */
import { folded } from '#query/fold.ts'
import { decodeDates, decodeMatrix, type MatrixDates, type MatrixIndex, type MatrixWords } from '#query/matrix-index.ts'
import type { MatrixRow } from './matrix-rows.ts'

export { drawRow, redrawRow } from './matrix-draw.ts'
export { MatrixWindow } from './matrix-window.ts'

/** @throws where the index cannot be fetched */
export async function fetchRows(folder: string): Promise<MatrixRow[]> {
  return (await fetchMatrix(folder)).rows
}

/**
 * All rows, and the architectures that their cells are about.
 * @throws where the index cannot be fetched
 */
export async function fetchMatrix(folder: string): Promise<{ rows: MatrixRow[]; columns: readonly string[] }> {
  const index = (await fetchJson(`${folder}index.json`)) as MatrixIndex
  const rows = decodeMatrix(index).map(({ id, name, aliases, categories, cells }) => ({
    id,
    name,
    summary: '',
    names: [name, id, ...aliases].map(folded).join('\n'),
    text: '',
    categories,
    cells,
    months: [],
  }))
  return { rows, columns: index.columns }
}

/** Adds when the cells were last observed. */
export async function addDates(rows: readonly MatrixRow[], folder: string): Promise<void> {
  const months = decodeDates((await fetchJson(`${folder}dates.json`)) as MatrixDates, rows)
  rows.forEach((row, place) => {
    row.months = months[place] ?? []
  })
}

/** Adds what the projects are about. */
export async function addWords(rows: readonly MatrixRow[], folder: string): Promise<void> {
  const { summaries, identifiers } = (await fetchJson(`${folder}words.json`)) as MatrixWords
  const summaryLines = summaries.split('\n')
  const identifierLines = identifiers.split('\n')
  rows.forEach((row, place) => {
    row.summary = summaryLines[place] ?? ''
    row.text = folded(`${row.summary} ${identifierLines[place] ?? ''}`)
  })
}

/** What it answers was written by the same build as this script: callers may rely on its form. */
async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answers ${response.status}`)
  return response.json()
}
