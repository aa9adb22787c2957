/** Draws rows of the matrix as `MatrixRow.astro` writes them. */
import { groupOfSupport } from '#query/matches.ts'
import type { IndexedCell } from '#query/matrix-index.ts'
import type { MatrixRow } from './matrix-rows.ts'

export interface Drawing {
  /** Every architecture, in the order of the cells of a row. */
  columns: readonly string[]
  /** Those that are drawn, in their order. */
  shown: readonly string[]
  /** Address of the folder of projects. */
  projects: string
}

/** A new row. */
export function drawRow(row: MatrixRow, drawing: Drawing): HTMLTableRowElement {
  const element = document.createElement('tr')
  const head = document.createElement('th')
  head.scope = 'row'
  head.className = 'project'
  head.append(document.createElement('a'), ' ', document.createElement('small'))
  element.append(head)
  for (const architecture of drawing.shown) {
    const cell = document.createElement('td')
    cell.dataset.architecture = architecture
    element.append(cell)
  }
  redrawRow(element, row, drawing)
  return element
}

/** Makes a row that was drawn for the same columns the row of another project. */
export function redrawRow(element: HTMLTableRowElement, row: MatrixRow, { columns, projects }: Drawing): void {
  const address = `${projects}${row.id}/`
  setData(element, { project: row.id })
  element.classList.toggle(
    'unrecorded',
    row.cells.every(({ basis }) => basis === 'none'),
  )
  const [head, ...cells] = element.cells
  const link = head?.querySelector('a')
  const summary = head?.querySelector('small')
  if (link) {
    if (link.getAttribute('href') !== address) link.href = address
    setText(link, row.name)
  }
  if (summary) setText(summary, row.summary)
  for (const cell of cells) {
    const { architecture = '' } = cell.dataset
    const place = columns.indexOf(architecture)
    const status = row.cells[place]
    if (status) drawCell(cell, status, row.months[place] ?? '', `${address}#${architecture}`)
  }
}

/** What stands in the cell is changed, not replaced, where it can be: the focus may be on it. */
function drawCell(cell: HTMLTableCellElement, status: IndexedCell, month: string, address: string): void {
  const { support, basis, label, basisLabel } = status
  const group = groupOfSupport[support]
  setData(cell, { support, basis, group })
  const isKnown = basis !== 'none'
  let shown = cell.firstElementChild as HTMLElement | null
  if (!shown || shown instanceof HTMLAnchorElement !== isKnown) {
    shown = isKnown ? newKnown() : newUnknown()
    cell.replaceChildren(shown)
  }
  setData(shown, { group, basis })
  if (shown instanceof HTMLAnchorElement) {
    if (shown.getAttribute('href') !== address) shown.href = address
    const [word, detail] = shown.childNodes
    const [, how, year] = detail?.childNodes ?? []
    if (word) setText(word, label)
    if (how) setText(how, `${basisLabel} `)
    if (year) setText(year, month.slice(0, 4))
  } else if (shown.firstElementChild) setText(shown.firstElementChild, label)
}

// What is written anew has to be styled and laid out anew, also where it says the same.
function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text
}

function setData(element: HTMLElement, data: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(data)) {
    if (element.dataset[name] !== value) element.dataset[name] = value
  }
}

function newKnown(): HTMLElement {
  const link = element('a', 'status', '')
  const detail = element('small', '', '')
  detail.append(' ', element('span', 'word', ''), document.createTextNode(''))
  link.append(document.createTextNode(''), detail)
  return link
}

function newUnknown(): HTMLElement {
  const status = element('span', 'status', '')
  status.append(element('span', 'word', ''))
  return status
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className: string,
  text: string,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  if (className !== '') made.className = className
  made.textContent = text
  return made
}
