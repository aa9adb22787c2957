/** What an index of the search says of words. Indexes of different pages become one: so what is indexed once need not be indexed again. */

export interface WordIndex {
  /** Of Pagefind. */
  version: string
  /** Names of what is told of pages (`title`), in the order in which words name them. */
  fields: readonly string[]
  /** A page's place in this list is its number. */
  pages: readonly IndexedPage[]
  words: ReadonlyMap<string, Word>
  /** Numbers of pages, by a filter and its values. */
  filters: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>
}

export interface IndexedPage {
  url: string
  /** How many words it has. */
  words: number
}

export interface Word {
  postings: readonly Posting[]
  /** The same for each of its spellings with accents. */
  variants: ReadonlyMap<string, readonly Posting[]>
}

/** Where a page has a word. */
export interface Posting {
  page: number
  /** After each weight, which is negative, the differences between the places in the text that have it. */
  places: readonly number[]
  /** The same of fields: -1 for the first one. */
  fields: readonly number[]
}

export const emptyIndex: WordIndex = { version: '', fields: [], pages: [], words: new Map(), filters: new Map() }

/** An index, and which of its pages are taken. */
export interface PartOfIndex {
  index: WordIndex
  takes: (url: string) => boolean
}

/** How many places of a word are kept, of each weight on each page: as many as an excerpt and a rank need. */
const placesOfWord = 1

/**
 * One index of the pages of several.
 * @param urls    of pages in their order; those that no index has are left out
 * @param fields  all that is told of pages
 */
export function mergeIndexes(
  parts: readonly PartOfIndex[],
  urls: readonly string[],
  fields: readonly string[],
): WordIndex {
  const taken = new Map(
    parts.flatMap(({ index, takes }) => index.pages.filter(({ url }) => takes(url)).map((page) => [page.url, page])),
  )
  const pages = urls.flatMap((url) => taken.get(url) ?? [])
  const numbers = new Map(pages.map(({ url }, number) => [url, number]))
  const words = new Map<string, { postings: Posting[]; variants: Map<string, Posting[]> }>()
  const filters = new Map<string, Map<string, number[]>>()
  for (const { index, takes } of parts) {
    const numberOf = index.pages.map(({ url }) => (takes(url) ? numbers.get(url) : undefined))
    const fieldOf = index.fields.map((name) => -1 - fields.indexOf(name))
    const isOther = index.fields.some((name, place) => name !== fields[place])
    const add = (to: Posting[], postings: readonly Posting[]) => {
      for (const { page, places, fields } of postings) {
        const number = numberOf[page]
        if (number === undefined) continue
        to.push({ page: number, places: fewOf(places), fields: isOther ? renamed(fields, fieldOf) : fields })
      }
    }
    for (const [word, { postings, variants }] of index.words) {
      let found = words.get(word)
      if (!found) words.set(word, (found = { postings: [], variants: new Map() }))
      add(found.postings, postings)
      for (const [variant, ofVariant] of variants) add(listIn(found.variants, variant), ofVariant)
    }
    for (const [filter, values] of index.filters) {
      let found = filters.get(filter)
      if (!found) filters.set(filter, (found = new Map()))
      for (const [value, ofValue] of values) {
        const list = listIn(found, value)
        for (const page of ofValue) {
          const number = numberOf[page]
          if (number !== undefined) list.push(number)
        }
      }
    }
  }
  return {
    version: parts[0]?.index.version ?? '',
    fields,
    pages,
    words: inOrder(words),
    filters: new Map([...filters].map(([filter, values]) => [filter, withoutEmpty(values)])),
  }
}

/** Without words that no page has any more. */
function inOrder(
  words: ReadonlyMap<string, { postings: Posting[]; variants: Map<string, Posting[]> }>,
): Map<string, Word> {
  const found = new Map<string, Word>()
  for (const [word, { postings, variants }] of words) {
    postings.sort(byPage)
    for (const ofVariant of variants.values()) ofVariant.sort(byPage)
    const shown = withoutEmpty(variants)
    if (postings.length > 0 || shown.size > 0) found.set(word, { postings, variants: shown })
  }
  return found
}

function byPage(a: Posting, b: Posting): number {
  return a.page - b.page
}

function withoutEmpty<T>(lists: ReadonlyMap<string, T[]>): Map<string, T[]> {
  return new Map([...lists].filter(([, list]) => list.length > 0))
}

function listIn<T>(lists: Map<string, T[]>, name: string): T[] {
  let list = lists.get(name)
  if (!list) lists.set(name, (list = []))
  return list
}

function fewOf(places: readonly number[]): readonly number[] {
  if (places.length <= 1 + placesOfWord) return places
  let sinceWeight = 0
  return places.filter((place) => {
    sinceWeight = place < 0 ? 0 : sinceWeight + 1
    return sinceWeight <= placesOfWord
  })
}

function renamed(places: readonly number[], fieldOf: readonly number[]): number[] {
  return places.map((place) => {
    if (place >= 0) return place
    const field = fieldOf[-1 - place]
    if (field === undefined || field >= 0) throw new Error('The index has a field that no page has.')
    return field
  })
}
