/** The form above the matrix: what it offers, what stands in it. */
import { sortWords } from '#query/select.ts'
import { controlNames, type MatrixOffer, type MatrixState } from './matrix-state.ts'

export class MatrixForm {
  readonly element: HTMLFormElement
  readonly field: HTMLInputElement | null
  readonly offer: MatrixOffer
  /** Columns that are shown before a reader chooses. */
  readonly defaultColumns: readonly string[]
  readonly #boxes: readonly HTMLInputElement[]

  /** @param heads of all columns, in their order */
  constructor(element: HTMLFormElement, heads: readonly HTMLElement[]) {
    this.element = element
    this.field = element.querySelector('input[name="q"]')
    this.#boxes = [...element.querySelectorAll<HTMLInputElement>('input[name="columns"]')]
    const columns = element.querySelector<HTMLDetailsElement>('details.columns')
    columns?.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || !columns.open) return
      event.preventDefault()
      columns.open = false
      columns.querySelector('summary')?.focus()
    })
    this.defaultColumns = this.#boxes.filter((box) => box.defaultChecked).map(({ value }) => value)
    this.offer = {
      vocabulary: {
        architectures: new Map(
          heads.flatMap(({ dataset: { column = '', aliases } }) =>
            [column, ...(aliases?.split(' ') ?? [])].map((word) => [word.toLowerCase(), column] as const),
          ),
        ),
        ambiguous: ambiguousWords(document.querySelector<HTMLElement>('[data-ambiguous]')?.dataset.ambiguous),
        categories: new Set(this.#optionsOf('category').filter((id) => id !== '')),
      },
      columns: heads.map(({ dataset }) => dataset.column ?? ''),
      has: (control, word) => word === '' || this.#optionsOf(control).includes(word),
    }
  }

  /** Everything that a reader chooses with, but the field. */
  get choices(): readonly HTMLElement[] {
    return [...this.element.querySelectorAll('select'), ...this.#boxes]
  }

  /** What stands in it, beside what a state has that the form does not show. */
  read(state: MatrixState): MatrixState {
    const values = new FormData(this.element)
    const text = (name: string) => {
      const value = values.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    // A column that is only shown because it is asked about is not chosen.
    const chosen = state.columns ?? this.defaultColumns
    const columns = this.#boxes
      .filter(({ checked, value }) => checked && (value !== state.arch || chosen.includes(value)))
      .map(({ value }) => value)
    return {
      ...state,
      text: text('q'),
      arch: text('arch'),
      support: text('support'),
      basis: text('basis'),
      category: text('category'),
      sort: sortWords.find((word) => word === text('sort')) ?? 'name',
      columns: columns.length === 0 || columns.join() === this.defaultColumns.join() ? undefined : columns,
      page: undefined,
    }
  }

  write(state: MatrixState): void {
    const values = [
      ['q', state.text],
      ['sort', state.sort],
      ...controlNames.map((name) => [name, state[name]] as const),
    ] as const
    for (const [name, value] of values) {
      const control = this.element.elements.namedItem(name)
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = value
    }
  }

  /** Says which columns are there, and how many conditions a narrow screen has folded away. */
  showState(columns: readonly string[], conditions: number): void {
    for (const box of this.#boxes) box.checked = columns.includes(box.value)
    const summary = this.element.querySelector('.choices > summary')
    if (summary) summary.textContent = conditions === 0 ? 'Filters' : `Filters (${conditions})`
  }

  /** Says which column comes first where the question names no architecture. */
  showOwn(own: string | undefined): void {
    const any = this.element.querySelector('#arch > option[value=""]')
    if (any) any.textContent = own === undefined ? 'any' : `any, ${own} first`
  }

  #optionsOf(name: string): string[] {
    const control = this.element.elements.namedItem(name)
    return control instanceof HTMLSelectElement ? [...control.options].map(({ value }) => value) : []
  }
}

/** @param text a word and the architectures that it may mean, in each line */
function ambiguousWords(text = ''): MatrixOffer['vocabulary']['ambiguous'] {
  return new Map(
    text.split('\n').map((line) => {
      const [word = '', ...ids] = line.split('\t')
      return [word, ids.map((id) => ({ id }))] as const
    }),
  )
}
