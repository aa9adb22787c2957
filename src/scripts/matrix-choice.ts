/** Boxes in the rows of the matrix, while a reader marks the projects that are to stand side by side. */
import type { MatrixRow } from './matrix-rows.ts'
import { mostCompared } from './matrix-state.ts'

interface Choosing {
  table: HTMLTableElement
  /** Name of a project, for what is announced. */
  nameOf: (id: string) => string
  /** Draws the rows again, with or without their boxes. */
  redraw: () => void
  compare: (ids: readonly string[]) => void
}

export class ProjectChoice {
  readonly #choosing: Choosing
  readonly #open = document.getElementById('choose')
  readonly #bar = document.getElementById('choosing')
  readonly #cancel = document.getElementById('stop-choosing')
  #marked: Set<string> | undefined

  constructor(choosing: Choosing) {
    this.#choosing = choosing
    this.#open?.addEventListener('click', () => {
      this.begin()
    })
    this.#cancel?.addEventListener('click', () => {
      this.#stop()
    })
    addEventListener('keydown', ({ key, defaultPrevented }) => {
      const isElsewhere = document.activeElement?.closest('dialog, form') != null
      if (key === 'Escape' && this.#marked && !defaultPrevented && !isElsewhere) this.#stop()
    })
    document.getElementById('compare')?.addEventListener('click', () => {
      const marked = [...(this.#marked ?? [])]
      this.#show(undefined)
      choosing.compare(marked)
    })
    choosing.table.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
      // The button that has the focus then is not meant.
      event.preventDefault()
      document.getElementById('compare')?.click()
    })
    choosing.table.addEventListener('change', ({ target }) => {
      if (!(target instanceof HTMLInputElement) || !this.#marked) return
      if (target.checked) this.#marked.add(target.value)
      else this.#marked.delete(target.value)
      // The rows stay as they are, so that the focus stays on the box.
      for (const box of choosing.table.querySelectorAll<HTMLInputElement>('input.choice')) this.#limit(box)
      this.#tell()
    })
  }

  begin(): void {
    this.#show(new Set())
    // The button that was pressed is hidden now. From the first box Tab goes to the next ones, and Enter compares.
    this.#choosing.table.querySelector<HTMLElement>('input.choice')?.focus()
  }

  #stop(): void {
    this.#show(undefined)
    this.#open?.focus()
  }

  /** Gives the row of a project its box, or takes it away. */
  offer(row: HTMLTableRowElement, { id, name }: MatrixRow): void {
    const present = row.querySelector<HTMLInputElement>('input.choice')
    // The keyboard goes from box to box.
    for (const link of row.querySelectorAll('a')) {
      if (this.#marked) link.tabIndex = -1
      else link.removeAttribute('tabindex')
    }
    if (!this.#marked) {
      present?.parentElement?.remove()
      return
    }
    const box = present ?? document.createElement('input')
    box.type = 'checkbox'
    box.className = 'choice'
    box.value = id
    box.ariaLabel = `Compare ${name}`
    box.checked = this.#marked.has(id)
    this.#limit(box)
    if (present) return
    const target = document.createElement('label')
    target.className = 'choosing'
    target.append(box)
    row.cells[0]?.prepend(target)
  }

  #limit(box: HTMLInputElement): void {
    box.disabled = !box.checked && (this.#marked?.size ?? 0) >= mostCompared
  }

  #show(marked: Set<string> | undefined): void {
    this.#marked = marked
    if (this.#bar) this.#bar.hidden = marked === undefined
    if (this.#open) this.#open.hidden = marked !== undefined
    this.#tell()
    this.#choosing.redraw()
  }

  /** How many are marked, and whether they can be compared. */
  #tell(): void {
    const marked = this.#marked
    const compare = document.getElementById('compare')
    if (compare instanceof HTMLButtonElement) compare.disabled = (marked?.size ?? 0) < 2
    const names = document.getElementById('chosen')
    const sentence =
      marked === undefined || marked.size === 0
        ? `Mark 2 to ${mostCompared} projects.`
        : [...marked].map((id) => this.#choosing.nameOf(id)).join(', ')
    if (names && names.textContent !== sentence) names.textContent = sentence
  }
}
