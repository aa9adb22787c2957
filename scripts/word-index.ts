/** What an index of the search says of words, and how it is made of pages whose words have known forms (`word-forms.ts`). */
import type { WeightedWords } from './pagefind.ts'
import type { WordForm } from './word-forms.ts'

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

/** A page as the index sees it. */
export interface PageWords {
  url: string
  parts: readonly WeightedWords[]
  /** Names and the like: their words find the page without having a place in the text. */
  meta: Readonly<Record<string, string>>
  filters: Readonly<Record<string, string>>
}

interface WordInMaking {
  postings: Posting[]
  variants: Map<string, Posting[]>
}

/**
 * An index of pages in their order, without those in which no word is found.
 *
 * A word has one place on a page for each weight that it has there: as many as an excerpt and a rank need.
 * @param fields   all that is told of pages
 * @param formsOf  what a word of a text is found as
 */
export function indexPages(
  version: string,
  fields: readonly string[],
  pages: Iterable<PageWords>,
  formsOf: (word: string, weight: number) => readonly WordForm[],
): WordIndex {
  const listed: IndexedPage[] = []
  const words = new Map<string, WordInMaking>()
  const filters = new Map<string, Map<string, number[]>>()
  for (const { url, parts, meta, filters: values } of pages) {
    const page = listed.length
    const found = findWords(parts, formsOf)
    if (found.size === 0) continue
    listed.push({ url, words: parts.reduce((sum, { words }) => sum + words.length, 0) })
    findInFields(found, fields, meta, formsOf)
    for (const {
      form: { word, variant },
      places,
      fields,
    } of found.values()) {
      let inMaking = words.get(word)
      if (!inMaking) words.set(word, (inMaking = { postings: [], variants: new Map() }))
      const list = variant === undefined ? inMaking.postings : listIn(inMaking.variants, variant)
      list.push({ page, places: places.length > 2 ? heaviestLast(places) : places, fields })
    }
    for (const [filter, value] of Object.entries(values)) {
      let ofFilter = filters.get(filter)
      if (!ofFilter) filters.set(filter, (ofFilter = new Map()))
      listIn(ofFilter, value).push(page)
    }
  }
  return { version, fields, pages: listed, words, filters }
}

/** Of one page. */
interface FoundWord {
  form: WordForm
  /** After each weight the first place that has it. */
  places: number[]
  fields: number[]
}

/** By word and variant. */
type FoundWords = Map<string, FoundWord>

function findWords(
  parts: readonly WeightedWords[],
  formsOf: (word: string, weight: number) => readonly WordForm[],
): FoundWords {
  const found: FoundWords = new Map()
  let place = 0
  for (const { weight, words } of parts)
    for (const word of words) {
      for (const form of formsOf(word, weight)) {
        const { places } = foundIn(found, form)
        if (!places.includes(form.weight)) places.push(form.weight, place)
      }
      place += 1
    }
  return found
}

function findInFields(
  found: FoundWords,
  names: readonly string[],
  meta: PageWords['meta'],
  formsOf: (word: string, weight: number) => readonly WordForm[],
): void {
  for (const [number, name] of names.entries()) {
    const field = -1 - number
    const before = new Map<FoundWord, number>()
    wordsOfField(meta[name]).forEach((word, place) => {
      for (const form of formsOf(word, 1)) {
        const one = foundIn(found, form)
        const last = before.get(one)
        if (last === undefined) one.fields.push(field)
        one.fields.push(place - (last ?? 0))
        before.set(one, place)
      }
    })
  }
}

/** The words of what is told of a page. */
export function wordsOfField(value = ''): string[] {
  return value.split(/\s+/).filter((word) => word !== '')
}

function foundIn(found: FoundWords, form: WordForm): FoundWord {
  // No word has a space in it.
  const key = form.variant === undefined ? form.word : `${form.word} ${form.variant}`
  let one = found.get(key)
  if (!one) found.set(key, (one = { form, places: [], fields: [] }))
  return one
}

/** @param places  pairs of a weight and a place */
function heaviestLast(places: readonly number[]): number[] {
  const pairs: [weight: number, place: number][] = []
  for (let index = 0; index < places.length; index += 2) pairs.push([places[index] ?? 0, places[index + 1] ?? 0])
  return pairs.sort(([a], [b]) => b - a).flat()
}

function listIn<T>(lists: Map<string, T[]>, name: string): T[] {
  let list = lists.get(name)
  if (!list) lists.set(name, (list = []))
  return list
}

/** Calls with each weight and place of a list in an index. */
export function eachPlace(places: readonly number[], call: (weight: number, place: number) => void): void {
  let [weight, place] = [0, 0]
  for (const one of places) {
    if (one < 0) [weight, place] = [one, 0]
    else call(weight, (place += one))
  }
}

/**
 * An index that Pagefind has made, as `indexPages` makes one: its pages in another order, its fields in another one, and of each word
 * one place for each weight.
 */
export function arrangeIndex(index: WordIndex, urls: readonly string[], fields: readonly string[]): WordIndex {
  const of = new Map(index.pages.map((page) => [page.url, page]))
  const pages = urls.flatMap((url) => of.get(url) ?? [])
  const numbers = new Map(pages.map(({ url }, number) => [url, number]))
  const numberOf = index.pages.map(({ url }) => numbers.get(url) ?? -1)
  const fieldOf = index.fields.map((name) => -1 - fields.indexOf(name))
  const arrange = (postings: readonly Posting[]) =>
    postings
      .map(({ page, places, fields }): Posting => {
        return { page: numberOf[page] ?? -1, places: firstPlaces(places), fields: renamed(fields, fieldOf) }
      })
      .sort((a, b) => a.page - b.page)
  return {
    version: index.version,
    fields,
    pages,
    words: new Map(
      Array.from(index.words, ([word, { postings, variants }]) => [
        word,
        {
          postings: arrange(postings),
          variants: new Map(Array.from(variants, ([variant, ofVariant]) => [variant, arrange(ofVariant)])),
        },
      ]),
    ),
    filters: new Map(
      Array.from(index.filters, ([filter, values]) => [
        filter,
        new Map(Array.from(values, ([value, pages]) => [value, pages.map((page) => numberOf[page] ?? -1)])),
      ]),
    ),
  }
}

function firstPlaces(places: readonly number[]): number[] {
  const first: number[] = []
  eachPlace(places, (weight, place) => {
    if (!first.includes(weight)) first.push(weight, place)
  })
  return first
}

function renamed(places: readonly number[], fieldOf: readonly number[]): number[] {
  return places.map((place) => {
    if (place >= 0) return place
    const field = fieldOf[-1 - place]
    if (field === undefined || field >= 0) throw new Error('The index has a field that no page has.')
    return field
  })
}
