/** The rows that a filter works on: read from the page, or drawn from the index of a long matrix. */

export interface CellData {
  support: string
  basis: string
  group: string
}

export interface MatrixRow {
  /** What a search looks through, folded. */
  text: string
  categories: readonly string[]
  cells: ReadonlyMap<string, CellData>
  /** The row in the table; made when it is first shown. */
  element: () => HTMLTableRowElement
}

/** Text without case and diacritics, as people type it. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim()
    .replace(/\s+/g, ' ')
}

export function readRows(table: HTMLTableElement): MatrixRow[] {
  return [...table.querySelectorAll<HTMLTableRowElement>('tr[data-project]')].map((row) => ({
    text: folded([...textsOf(row.cells[0]), row.dataset.words ?? ''].join(' ')),
    categories: (row.dataset.categories ?? '').split(' '),
    cells: new Map(
      [...row.querySelectorAll<HTMLElement>('td')].map(({ dataset }) => [
        dataset.architecture ?? '',
        { support: dataset.support ?? '', basis: dataset.basis ?? '', group: dataset.group ?? '' },
      ]),
    ),
    element: () => row,
  }))
}

/** The name and the summary, also where a narrow screen does not show the summary. */
function textsOf(head: HTMLElement | undefined): string[] {
  return [...(head?.children ?? [])].map(({ textContent }) => textContent)
}

/** The format that `src/views/matrix-index.ts` writes. */
interface MatrixIndex {
  columns: string[]
  categories: string[]
  cells: [support: string, basis: string, group: string, label: string, basisLabel: string, year: string][]
  patterns: number[][]
  projects: [string, string, string, string, number[], number][]
}

const nothingKnown = ['unknown', 'none', 'not-known', '', '', ''] as const

/** @throws where the index cannot be fetched */
export async function fetchRows(address: string, projects: string): Promise<MatrixRow[]> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`the index answers ${response.status}`)
  // Written by the same build as this script.
  const index = (await response.json()) as MatrixIndex
  const patterns = index.patterns.map(
    (pattern) =>
      new Map(
        index.columns.map((column, place) => {
          const [support, basis, group, label, basisLabel, year] = index.cells[pattern[place] ?? 0] ?? nothingKnown
          return [column, { support, basis, group, label, basisLabel, year }]
        }),
      ),
  )
  return index.projects.map(([id, name, summary, keywords, categories, pattern]): MatrixRow => {
    const cells = patterns[pattern] ?? new Map<string, DrawnCell>()
    let drawn: HTMLTableRowElement | undefined
    return {
      text: folded(`${name} ${summary} ${keywords}`),
      categories: categories.map((place) => index.categories[place] ?? ''),
      cells,
      element: () => (drawn ??= drawRow(id, name, summary, cells, `${projects}${id}/`)),
    }
  })
}

interface DrawnCell extends CellData {
  label: string
  basisLabel: string
  year: string
}

/** The same row that `MatrixRow.astro` writes. */
function drawRow(
  id: string,
  name: string,
  summary: string,
  cells: ReadonlyMap<string, DrawnCell>,
  address: string,
): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.dataset.project = id
  if (![...cells.values()].some(({ basis }) => basis !== 'none')) row.className = 'unrecorded'
  const head = document.createElement('th')
  head.scope = 'row'
  head.className = 'project'
  const link = element('a', '', name)
  link.href = address
  head.append(link, ' ', element('small', '', summary))
  row.append(head)
  for (const [architecture, cell] of cells) {
    const data = document.createElement('td')
    Object.assign(data.dataset, { architecture, support: cell.support, basis: cell.basis, group: cell.group })
    data.append(cell.basis === 'none' ? unknownStatus(cell) : knownStatus(cell, `${address}#${architecture}`))
    row.append(data)
  }
  return row
}

function unknownStatus({ group, basis, label }: DrawnCell): HTMLElement {
  const status = element('span', 'status', '')
  Object.assign(status.dataset, { group, basis })
  status.append(element('span', 'word', label))
  return status
}

function knownStatus({ group, basis, label, basisLabel, year }: DrawnCell, address: string): HTMLElement {
  const status = element('a', 'status', label)
  status.href = address
  Object.assign(status.dataset, { group, basis })
  const detail = element('small', '', ' ')
  detail.append(element('span', 'word', `${basisLabel} `), year)
  status.append(detail)
  return status
}

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.textContent = text
  return made
}
