/** Which projects a question finds, and in which order. */
import { groupOfSupport } from '#domain/status-vocabulary.ts'
import { matcherOf, type CellFacts } from './matches.ts'
import { architectureOf, type Query } from './query.ts'
import { rankOf } from './rank.ts'

export const sortWords = ['name', 'freshness', 'support'] as const
/** By name; by when something was last observed; by how many architectures it works on. */
export type Sort = (typeof sortWords)[number]

/** A project as questions see it. */
export interface SelectableRow {
  /** Its name, its id and its other names, folded, a line for each. */
  names: string
  /** What else it is found by, folded; empty until that is known. */
  text: string
  categories: readonly string[]
  /** One a column. Rows whose cells are the same may share one list of them. */
  cells: readonly CellFacts[]
  /** When they were last observed, one a column: `2026-11`, or empty; none until that is known. */
  months: readonly string[]
}

export interface Question {
  query: Query
  /** Every column, in the order of the cells of a row. */
  columns: readonly string[]
  /** Those that are looked at where the question names none. */
  shown: readonly string[]
  sort: Sort
}

/** The places of the rows that fit, best first; among equals in the order in which they come. */
export function selectRows(rows: readonly SelectableRow[], { query, columns, shown, sort }: Question): number[] {
  const matcher = matcherOf(query, shown)
  const placeOf = new Map(columns.map((id, place) => [id, place]))
  // Thousands of rows share a few lists of cells: each is asked once.
  const known = new Map<readonly CellFacts[], boolean>()
  const fitsCells = (cells: readonly CellFacts[]): boolean => {
    let fits = known.get(cells)
    if (fits === undefined) {
      fits = matcher.fitsCells((id) => cells[placeOf.get(id) ?? -1])
      known.set(cells, fits)
    }
    return fits
  }
  const found: number[] = []
  rows.forEach(({ names, text, categories, cells }, place) => {
    if (matcher.fitsText(names, text) && matcher.fitsCategories(categories) && fitsCells(cells)) {
      found.push(place)
    }
  })
  const architecture = architectureOf(query)
  const column = architecture === undefined ? undefined : placeOf.get(architecture)
  switch (sort) {
    case 'name':
      return query.words.length === 0 ? found : byKey(found, (place) => rankOf(rows[place]?.names ?? '', query.words))
    case 'freshness':
      return byKey(found, (place) => -monthOf(rows[place], column))
    case 'support':
      return byKey(found, (place) => -supportOf(rows[place]))
  }
}

/** Sorts by a number, the lowest first, each computed once. Sorting is stable. */
function byKey(places: readonly number[], keyOf: (place: number) => number): number[] {
  return places
    .map((place) => ({ place, key: keyOf(place) }))
    .sort((a, b) => a.key - b.key)
    .map(({ place }) => place)
}

/** The newest month of a row, or of one of its cells, as a number; 0 where none is known. */
function monthOf(row: SelectableRow | undefined, column: number | undefined): number {
  const months = row?.months ?? []
  const asked = column === undefined ? months : [months[column] ?? '']
  return Math.max(0, ...asked.map((month) => Number(month.replace('-', ''))))
}

/** On how many architectures it works, then on how many it runs at all. */
function supportOf(row: SelectableRow | undefined): number {
  const groups = (row?.cells ?? []).map(({ support }) => groupOfSupport[support])
  const works = groups.filter((group) => group === 'works').length
  return works * 100 + groups.filter((group) => group === 'limited').length
}
