/** The rows of the matrix: those of the page, until a question needs all of them. */
import type * as Long from './matrix-long.ts'
import { readRows, type MatrixRow } from './matrix-rows.ts'

/** Up to here all that is known is fetched together; past it, only what a question needs. */
const fewEnoughForAll = 5_000

export class MatrixData {
  readonly total: number
  readonly inPage: readonly MatrixRow[]
  /** What draws the rows on the screen; there as soon as the rows of a long matrix are. */
  long: typeof Long | undefined
  readonly #folder: string
  #rows: Promise<readonly MatrixRow[]> | undefined
  #dates: Promise<void> | undefined
  #words: Promise<void> | undefined

  /** @param columns every architecture, in the order of the cells of a row */
  constructor(table: HTMLTableElement, columns: readonly string[]) {
    this.inPage = readRows(table, columns)
    this.total = Number(table.dataset.total)
    this.#folder = table.dataset.index ?? ''
  }

  /** Whether the page holds every row. */
  get isShort(): boolean {
    return this.total <= this.inPage.length
  }

  /** Whether every row is known, here or from the index. */
  get isWhole(): boolean {
    return this.isShort || this.long !== undefined
  }

  /** Whether what is beyond names and statuses is little enough to be fetched unasked. */
  get isModest(): boolean {
    return this.total <= fewEnoughForAll
  }

  hasDates = false
  hasWords = false

  /** @throws where they cannot be fetched; asked again, it tries again */
  async all(): Promise<readonly MatrixRow[]> {
    if (this.isShort) return this.inPage
    this.#rows ??= this.#fetch()
    try {
      return await this.#rows
    } catch (error) {
      this.#rows = undefined
      throw error
    }
  }

  /** When cells were observed. Without it rows say no year. */
  async dates(): Promise<void> {
    const rows = await this.all()
    if (this.long) await (this.#dates ??= this.long.addDates(rows, this.#folder))
    this.hasDates = true
  }

  /** What projects are about. Without it they are found by their names. */
  async words(): Promise<void> {
    const rows = await this.all()
    if (this.long) await (this.#words ??= this.long.addWords(rows, this.#folder))
    this.hasWords = true
  }

  async #fetch(): Promise<readonly MatrixRow[]> {
    const long = await import('./matrix-long.ts')
    const rows = await long.fetchRows(this.#folder)
    this.long = long
    return rows
  }
}
