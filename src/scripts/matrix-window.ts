/**
 * A table of which only the rows on the screen exist: a few rows are drawn anew for other projects while
 * the page scrolls, between two that keep the room of all the others. Assistive technology hears of all of
 * them (`aria-rowcount`, `aria-rowindex`).
 */

/** Draws the row of a place, in an element that was drawn for another one, or in a new one. */
export type DrawRow = (place: number, reused: HTMLTableRowElement | undefined) => HTMLTableRowElement

/** Rows above and below the screen, so that scrolling and the Tab key find them drawn. */
const rowsBeyond = 6

export class MatrixWindow {
  readonly #table: HTMLTableElement
  readonly #draw: DrawRow
  readonly #above = spacer()
  readonly #below = spacer()
  #drawn = new Map<number, HTMLTableRowElement>()
  #places: readonly number[] = []
  #rowHeight = 33
  #frame = 0
  #isOpen = false

  constructor(table: HTMLTableElement, draw: DrawRow) {
    this.#table = table
    this.#draw = draw
    const later = () => {
      if (this.#isOpen) this.#frame ||= requestAnimationFrame(() => this.#drawScreen())
    }
    addEventListener('scroll', later, { passive: true })
    addEventListener('resize', () => {
      this.#measure()
      later()
    })
  }

  /**
   * Shows these rows, in this order.
   * @param isOther whether their columns are others than those of the rows that are drawn
   */
  show(places: readonly number[], isOther: boolean): void {
    const body = this.#body
    // Asked before anything is written: after it, the browser would have to lay the page out for the answer.
    const top = this.#isOpen && !isOther ? this.#top : undefined
    this.#places = places
    if (isOther || !this.#isOpen) {
      this.#isOpen = true
      this.#drawn.clear()
      this.#table.classList.add('windowed')
      body.replaceChildren(this.#above, this.#below)
      const heads = [...(this.#table.tHead?.rows[0]?.cells ?? [])]
      const width = heads.filter(({ hidden }) => !hidden).length
      for (const { cells } of [this.#above, this.#below]) cells[0]?.setAttribute('colspan', String(width))
      this.#drawScreen()
      this.#measure()
    }
    this.#table.setAttribute('aria-rowcount', String(places.length + 1))
    this.#redrawAll()
    this.#drawScreen(top)
  }

  /** Leaves the table to rows that are all there. */
  close(): void {
    this.#isOpen = false
    this.#drawn.clear()
    this.#table.classList.remove('windowed')
    this.#table.removeAttribute('aria-rowcount')
  }

  get #body(): HTMLTableSectionElement {
    return this.#table.tBodies[0] ?? this.#table.createTBody()
  }

  /** Every row is as high as the first: the style sheet sees to it. */
  #measure(): void {
    const [row] = this.#drawn.values()
    if (row && row.offsetHeight > 0) this.#rowHeight = row.offsetHeight
  }

  /** Other rows in the same places. */
  #redrawAll(): void {
    const kept = [...this.#drawn.entries()].filter(([at]) => at < this.#places.length)
    for (const [at, row] of this.#drawn) if (at >= this.#places.length) row.remove()
    this.#drawn = new Map(kept)
    for (const [at, row] of this.#drawn) this.#drawAt(at, row)
  }

  /** Where the first of all rows is, or would be, below the upper edge of the screen. */
  get #top(): number {
    return this.#above.getBoundingClientRect().top
  }

  #drawScreen(top = this.#top): void {
    this.#frame = 0
    const seen = Math.ceil(innerHeight / this.#rowHeight)
    const first = Math.max(0, Math.min(Math.floor(-top / this.#rowHeight), this.#places.length - seen) - rowsBeyond)
    const last = Math.max(first + rowsBeyond, Math.ceil((innerHeight - top) / this.#rowHeight))
    const end = Math.min(this.#places.length, last + rowsBeyond)
    const free = [...this.#drawn].filter(([at]) => at < first || at >= end)
    for (const [at] of free) this.#drawn.delete(at)
    let next = this.#below as Element
    for (let at = end - 1; at >= first; at -= 1) {
      let row = this.#drawn.get(at)
      if (!row) {
        const reused = free.pop()?.[1]
        // The focus does not follow a row to another project.
        if (reused?.contains(document.activeElement)) this.#table.parentElement?.focus({ preventScroll: true })
        row = this.#drawAt(at, reused)
        this.#drawn.set(at, row)
        next.before(row)
      }
      next = row
    }
    for (const [, row] of free) row.remove()
    setHeight(this.#above, first * this.#rowHeight)
    setHeight(this.#below, (this.#places.length - end) * this.#rowHeight)
  }

  #drawAt(at: number, reused: HTMLTableRowElement | undefined): HTMLTableRowElement {
    const row = this.#draw(this.#places[at] ?? 0, reused)
    row.setAttribute('aria-rowindex', String(at + 2))
    return row
  }
}

function spacer(): HTMLTableRowElement {
  const row = document.createElement('tr')
  row.className = 'spacer'
  row.ariaHidden = 'true'
  row.append(document.createElement('td'))
  return row
}

function setHeight(row: HTMLTableRowElement, pixels: number): void {
  row.style.height = `${Math.max(0, pixels)}px`
}
