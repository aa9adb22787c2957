/**
 * The rows of a matrix that is too long for one page, as compact data: written by a build, read by
 * the script of the page. Three files, each fetched when it is first needed: what every row is (names
 * and statuses), when its cells were last observed, and what the projects are about. Their rows are in
 * one order. Nothing is written that can be made from something else.
 */
import type { CellFacts } from './matches.ts'

/** A cell as the index tells it: the facts, and the words that a reader sees. */
export interface IndexedCell extends CellFacts {
  /** The group as a word, or another one where that would say something else. */
  label: string
  /** The basis in words; empty where nothing is known. */
  basisLabel: string
}

export interface IndexedRow {
  id: string
  name: string
  aliases: readonly string[]
  categories: readonly string[]
  /** One a column. */
  cells: readonly IndexedCell[]
}

export interface MatrixIndex {
  columns: readonly string[]
  categories: readonly string[]
  /** Distinct cells: support, basis, level, execution, label, the basis in words. */
  cells: readonly (readonly [string, string, string, string, string, string])[]
  /** Distinct rows of cells, one after the other: for each column a place in `cells`, in `cellDigits` characters. */
  patterns: string
  cellDigits: number
  /** Distinct lists of categories, as places in `categories`. */
  combinations: readonly (readonly number[])[]
  /** A line for each project. */
  names: string
  /** Its id, where that is not its name in lower case with hyphens. */
  ids: string
  /** Its other names, with tabs between them. */
  aliases: string
  /** Its row of cells: `!` is the next one of `patterns`, else its place there in three characters. */
  statuses: string
  /** Its place in `combinations`, in `combinationDigits` characters. */
  categoriesOf: string
  combinationDigits: number
}

const isNext = '!'
/** Characters that JSON writes as they are: from `#` on, without the backslash. */
const firstCode = 35
const backslash = 92
const base = 90

export function encodeMatrix(columns: readonly string[], rows: readonly IndexedRow[]): MatrixIndex {
  const categories = new Places<string>((category) => category)
  const cells = new Places<IndexedCell>(({ support, basis, level, execution }) =>
    [support, basis, level, execution].join(),
  )
  const combinations = new Places<readonly number[]>((places) => places.join())
  const patterns = new Places<readonly number[]>((places) => places.join())
  const placed = rows.map((row) => {
    const known = patterns.values.length
    const place = patterns.placeOf(row.cells.map((cell) => cells.placeOf(cell)))
    return {
      status: place === known ? isNext : digitsOf(place, 3),
      combination: combinations.placeOf(row.categories.map((category) => categories.placeOf(category))),
    }
  })
  const cellDigits = digitsFor(cells.values.length)
  const combinationDigits = digitsFor(combinations.values.length)
  return {
    columns,
    categories: categories.values,
    cells: cells.values.map(({ support, basis, level = '', execution = '', label, basisLabel }) => [
      support,
      basis,
      level,
      execution,
      label,
      basisLabel,
    ]),
    patterns: patterns.values.map((places) => places.map((place) => digitsOf(place, cellDigits)).join('')).join(''),
    cellDigits,
    combinations: combinations.values,
    names: rows.map(({ name }) => name).join('\n'),
    ids: rows.map(({ id, name }) => (id === idFromName(name) ? '' : id)).join('\n'),
    aliases: rows.map(({ aliases }) => aliases.join('\t')).join('\n'),
    statuses: placed.map(({ status }) => status).join(''),
    categoriesOf: placed.map(({ combination }) => digitsOf(combination, combinationDigits)).join(''),
    combinationDigits,
  }
}

/** The rows of an index. Rows whose cells are the same share one list of them. */
export function decodeMatrix(index: MatrixIndex): IndexedRow[] {
  if (index.statuses === '') return []
  // Written by the same build as the code that reads it.
  const cells = index.cells.map(([support, basis, level, execution, label, basisLabel]) => ({
    support,
    basis,
    ...(level === '' ? {} : { level }),
    ...(execution === '' ? {} : { execution }),
    label,
    basisLabel,
  })) as IndexedCell[]
  const unknown: IndexedCell = { support: 'unknown', basis: 'none', label: '', basisLabel: '' }
  const patterns: IndexedCell[][] = []
  for (let at = 0; at < index.patterns.length;) {
    patterns.push(
      index.columns.map(() => {
        const cell = cells[numberAt(index.patterns, at, index.cellDigits)] ?? unknown
        at += index.cellDigits
        return cell
      }),
    )
  }
  const combinations = index.combinations.map((places) => places.map((place) => index.categories[place] ?? ''))
  const names = index.names.split('\n')
  const ids = index.ids.split('\n')
  const aliases = index.aliases.split('\n')
  let nextPattern = 0
  let at = 0
  return names.map((name, row) => {
    let pattern: number
    if (index.statuses[at] === isNext) {
      pattern = nextPattern
      nextPattern += 1
      at += 1
    } else {
      pattern = numberAt(index.statuses, at, 3)
      at += 3
    }
    const alias = aliases[row] ?? ''
    return {
      id: ids[row] || idFromName(name),
      name,
      aliases: alias === '' ? [] : alias.split('\t'),
      categories:
        combinations[numberAt(index.categoriesOf, row * index.combinationDigits, index.combinationDigits)] ?? [],
      cells: patterns[pattern] ?? index.columns.map(() => unknown),
    }
  })
}

/** When the cells of a matrix were last observed. */
export interface MatrixDates {
  /**
   * For each cell of which something is known, row by row: months since January 1970 in two characters, or two
   * times the first character where nobody says when.
   */
  months: string
}

/** @param monthsByRow for each row the months of its known cells, in the order of the columns: `2026-11` or empty */
export function encodeDates(monthsByRow: readonly (readonly string[])[]): MatrixDates {
  return { months: monthsByRow.flatMap((months) => months.map((month) => digitsOf(monthNumber(month), 2))).join('') }
}

/** The months of a matrix' cells, as they were before: `2026-11`, or empty. */
export function decodeDates({ months }: MatrixDates, rows: readonly Pick<IndexedRow, 'cells'>[]): string[][] {
  let at = 0
  return rows.map(({ cells }) =>
    cells.map(({ basis }) => {
      if (basis === 'none') return ''
      const number = numberAt(months, at, 2)
      at += 2
      return number === 0 ? '' : monthOf(number)
    }),
  )
}

/** What the projects of a matrix are about. */
export interface MatrixWords {
  /** A line for each project. */
  summaries: string
  /** Its package URLs, with spaces between them. */
  identifiers: string
}

/** The id that most projects have: their name in lower case, with a hyphen for all that no id may hold. */
function idFromName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** Months since December 1969; 0 where no month is known. */
function monthNumber(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return month === '' ? 0 : Math.max(0, (year - 1970) * 12 + number)
}

function monthOf(number: number): string {
  return `${1970 + Math.floor((number - 1) / 12)}-${String(((number - 1) % 12) + 1).padStart(2, '0')}`
}

function digitsFor(count: number): number {
  return count <= base ? 1 : count <= base * base ? 2 : 3
}

/** A number in characters, the lowest digit first. */
function digitsOf(number: number, digits: number): string {
  let text = ''
  let rest = number
  for (let digit = 0; digit < digits; digit += 1) {
    const code = firstCode + (rest % base)
    text += String.fromCharCode(code < backslash ? code : code + 1)
    rest = Math.floor(rest / base)
  }
  return text
}

function numberAt(text: string, at: number, digits: number): number {
  let number = 0
  for (let digit = digits - 1; digit >= 0; digit -= 1) {
    const code = text.charCodeAt(at + digit)
    number = number * base + (code > backslash ? code - 1 : code) - firstCode
  }
  return number
}

/** Values in the order in which they first came, each once. */
class Places<T> {
  readonly values: T[] = []
  private readonly placeByKey = new Map<string, number>()
  private readonly keyOf: (value: T) => string

  constructor(keyOf: (value: T) => string) {
    this.keyOf = keyOf
  }

  placeOf(value: T): number {
    const key = this.keyOf(value)
    const known = this.placeByKey.get(key)
    if (known !== undefined) return known
    this.placeByKey.set(key, this.values.length)
    return this.values.push(value) - 1
  }
}
