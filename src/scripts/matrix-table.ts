/** The table of the matrix: shows rows and columns as a state wants them. */
import type { ProjectChoice } from './matrix-choice.ts'
import type { MatrixData } from './matrix-data.ts'
import type { MatrixRow } from './matrix-rows.ts'
import type { MatrixWindow } from './matrix-window.ts'

export interface Shown {
  rows: readonly MatrixRow[]
  /** Places of the rows that are shown, in their order. */
  places: readonly number[]
  /** Every architecture, in the order of its columns: those that are shown, and the others. */
  order: readonly string[]
  columns: readonly string[]
  /** Number of the page, where the reader goes by pages. */
  page: number | undefined
}

export class MatrixTable {
  readonly element: HTMLTableElement
  /** Heads of all columns, in their first order. */
  readonly heads: readonly HTMLElement[]
  /** Every architecture, in the order of the cells of a row. */
  readonly architectures: readonly string[]
  /** Boxes in the rows, while a reader marks projects. */
  choice: ProjectChoice | undefined
  readonly #projects: string
  #data: MatrixData | undefined
  #window: MatrixWindow | undefined
  #shown: Shown = { rows: [], places: [], order: [], columns: [], page: undefined }

  /** @param projects address of the folder of projects */
  constructor(element: HTMLTableElement, projects: string) {
    this.element = element
    this.heads = [...element.querySelectorAll<HTMLElement>('th[data-column]')]
    this.architectures = this.heads.map(({ dataset }) => dataset.column ?? '')
    this.#projects = projects
  }

  show(shown: Shown, data: MatrixData, pageSize: number): void {
    const hasOtherColumns = shown.columns.join() !== this.#shown.columns.join()
    const hasOtherOrder = shown.order.join() !== this.#shown.order.join()
    this.#shown = shown
    this.#data = data
    if (hasOtherColumns || hasOtherOrder) this.#showHead()
    if (data.isShort) this.#body.replaceChildren(...shown.places.flatMap((place) => this.#ownRow(place)))
    else if (!data.isWhole) for (const { element } of shown.rows) this.#arrange(element)
    else if (shown.page === undefined) {
      this.#window ??=
        data.long && new data.long.MatrixWindow(this.element, (place, reused) => this.#draw(place, reused))
      this.#window?.show(shown.places, hasOtherColumns)
    } else {
      this.#window?.close()
      const from = (shown.page - 1) * pageSize
      const drawn = shown.places.slice(from, from + pageSize).map((place) => this.#draw(place, undefined))
      this.#body.replaceChildren(...drawn)
    }
  }

  get #body(): HTMLTableSectionElement {
    return this.element.tBodies[0] ?? this.element.createTBody()
  }

  #showHead(): void {
    const { order, columns } = this.#shown
    this.element.parentElement?.classList.toggle('many', columns.length > 7)
    this.element.parentElement?.classList.toggle('crowded', columns.length > 10)
    for (const id of order) {
      const head = this.heads.find(({ dataset }) => dataset.column === id)
      if (!head) continue
      head.hidden = !columns.includes(id)
      this.element.tHead?.rows[0]?.append(head)
    }
  }

  /** A row that the page has. */
  #ownRow(place: number): HTMLTableRowElement[] {
    const row = this.#shown.rows[place]
    if (!row?.element) return []
    this.#arrange(row.element)
    this.choice?.offer(row.element, row)
    return [row.element]
  }

  /** The columns of a row in their order, the others hidden. */
  #arrange(row: HTMLTableRowElement | undefined): void {
    if (!row) return
    const cells = new Map([...row.querySelectorAll<HTMLElement>('td')].map((cell) => [cell.dataset.architecture, cell]))
    for (const [id, cell] of cells) cell.hidden = !this.#shown.columns.includes(id ?? '')
    for (const id of this.#shown.columns) {
      const cell = cells.get(id)
      if (cell) row.append(cell)
    }
  }

  /** A row that is drawn, in the element of another one where there is one. */
  #draw(place: number, reused: HTMLTableRowElement | undefined): HTMLTableRowElement {
    const row = this.#shown.rows[place]
    const long = this.#data?.long
    if (!row || !long) return reused ?? document.createElement('tr')
    const drawing = { columns: this.architectures, shown: this.#shown.columns, projects: this.#projects }
    const drawn = reused ?? long.drawRow(row, drawing)
    if (reused) long.redrawRow(drawn, row, drawing)
    this.choice?.offer(drawn, row)
    return drawn
  }
}
