/** The search index: Pagefind's, with the site's own order and its own help for mistyped words. */
import { withoutAddress, withoutAskingWords } from '#query/cell-question.ts'
import type { PageMeta } from '#query/page-texts.ts'
import type { SearchWords } from './nearest-word.ts'
import { asItBegins, foundPage } from './search-excerpt.ts'
import { isMatch, isNamed, isSure, withoutQuotes } from './search-match.ts'
import { tellingWords, united, worthOf, type FoundId } from './search-some.ts'
import { SearchTexts } from './search-texts.ts'

/** What of Pagefind's interface is used: https://pagefind.app/docs/api/ */
interface Pagefind {
  options: (options: { bundlePath: string; ranking: { metaWeights: Record<string, number> } }) => Promise<void>
  /** Answers null where a newer question has been asked meanwhile. */
  debouncedSearch: (query: string, options: SearchOptions, milliseconds: number) => Promise<Answer | null>
  search: (query: string, options: SearchOptions) => Promise<Answer>
}

interface SearchOptions {
  filters: Record<string, string>
}

interface Answer {
  /** The best first. */
  results: FoundId[]
}

export interface FoundPage extends FoundText {
  meta: PageMeta
  /** All that is kept of it, as text. */
  content: string
  /** The section below a heading of its own that has the most of what is looked for. */
  section: FoundSection | undefined
}

export interface FoundSection extends FoundText {
  title: string
}

interface FoundText {
  url: string
  /** HTML: text with `<mark>` around what matched. Everything else in it is escaped. */
  excerpt: string
}

export interface Found {
  /** The words that were found: the nearest known ones where the reader's own find nothing. */
  query: string
  pages: FoundPage[]
  count: number
  /** Where no page has all of the words, these are pages that have some of them. */
  hasSome: boolean
}

export interface Question {
  query: string
  /** Empty: every kind. */
  kind: string
  /** How many pages are wanted, at most. */
  limit: number
  /** Milliseconds without a newer question after which this one is asked. */
  pause: number
}

/** Who types so many looks for a message. */
const wordsOfMessage = 5

export class SearchIndex {
  #base: string
  #pagefind: Promise<Pagefind> | undefined
  #words: Promise<SearchWords> | undefined
  readonly #texts: SearchTexts

  constructor(base: string) {
    this.#base = base
    this.#texts = new SearchTexts(`${base}pagefind/fragment/`)
  }

  /** Fetches the index where that has not been done. Rejects where it cannot be had; the next call tries again. */
  load(): Promise<Pagefind> {
    this.#pagefind ??= this.#fetchIndex().catch((error: unknown) => {
      this.#pagefind = undefined
      throw error
    })
    return this.#pagefind
  }

  /** Answers undefined where a newer question has been asked meanwhile. Rejects where the index cannot be had. */
  async find(question: Question): Promise<Found | undefined> {
    const words = lookedFor(question.query)
    const found = await this.#ask(question)
    if (found === undefined) return undefined
    const sure = found.pages.filter((page) => isSure(page, words))
    // `docker-compose` is called Docker Compose.
    const apart = words.replace(/(?<=[\p{L}\p{N}])[-_/:@](?=[\p{L}\p{N}])/gu, ' ')
    const again = apart === words ? undefined : await this.#ask({ ...question, query: apart, pause: 0 })
    const isBetter = again?.pages.some((page) => isNamed(page, apart) || (sure.length === 0 && isSure(page, apart)))
    if (again && isBetter === true) return { ...again, query: question.query }
    // A whole message is in what describes the messages of this site, and meant is another one.
    if (sure.some((page) => !isAboutSite(page)) || (sure.length > 0 && words.split(/\s+/).length < wordsOfMessage))
      return found
    // `run` is near the name of a project, and asks for none.
    const query = sure.length > 0 ? undefined : await this.#correct(words)
    const corrected = query === undefined ? undefined : await this.#ask({ ...question, query, pause: 0 })
    if (corrected && corrected.pages.length > 0) return corrected
    if (found.pages.some((page) => !isAboutSite(page))) return found
    return (await this.#askForSome(question)) ?? found
  }

  async #fetchIndex(): Promise<Pagefind> {
    const bundlePath = `${this.#base}pagefind/`
    const pagefind = (await import(/* @vite-ignore */ `${bundlePath}pagefind.js`)) as Pagefind
    await pagefind.options({
      bundlePath,
      ranking: { metaWeights: { title: 5, names: 4, identifiers: 0.5, kind: 0 } },
    })
    return pagefind
  }

  async #ask({ query: asked, kind, limit, pause }: Question): Promise<Found | undefined> {
    const pagefind = await this.load()
    const query = lookedFor(asked)
    const answer = await pagefind.debouncedSearch(query, optionsOf(kind), pause)
    if (answer === null) return undefined
    const best = await this.#pagesOf(answer.results.slice(0, limit))
    const pages = best
      .filter((page) => isMatch(page, query))
      // What is called exactly that comes first, and says what it is; the rest keep their order.
      .map((page) => ({ page, isNamed: isNamed(page, query) }))
      .sort((a, b) => Number(b.isNamed) - Number(a.isNamed))
      .map(({ page, isNamed }) => (isNamed ? asItBegins(page) : page))
    const count = pages.length < best.length ? pages.length : answer.results.length
    return { query: asked, pages, count, hasSome: false }
  }

  /**
   * Pages that have some of the words, the most telling first: what is typed may be a whole message, or two questions. Names of architectures are on
   * nearly all pages. Answers undefined where no other words are left than those that were looked for, or nothing has them.
   */
  async #askForSome({ query, kind, limit }: Question): Promise<Found | undefined> {
    const { architectures } = await this.#knownWords()
    const words = tellingWords(
      lookedFor(query),
      new Set([...Object.keys(architectures), ...Object.values(architectures)]),
    )
    const isNew = words.length > 1 || words[0] !== lookedFor(query)
    if (words.length === 0 || !isNew) return undefined
    const pagefind = await this.load()
    const answers = await Promise.all(words.map(async (word) => pagefind.search(word, optionsOf(kind))))
    const best = await this.#pagesOf(united(answers.map(({ results }) => results)).slice(0, 2 * limit))
    const pages = best
      .map((page) => ({ page, worth: worthOf(page, words, query) }))
      .filter(({ page, worth }) => worth > (isAboutSite(page) ? 1 : 0))
      .sort((a, b) => b.worth - a.worth)
      .slice(0, limit)
      .map(({ page }) => page)
    return pages.length === 0 ? undefined : { query, pages, count: pages.length, hasSome: true }
  }

  async #pagesOf(found: readonly FoundId[]): Promise<FoundPage[]> {
    return Promise.all(found.map(async ({ id, words }) => foundPage(await this.#texts.textOf(id), words, this.#base)))
  }

  /** The nearest words among the names that the site knows. */
  async #correct(query: string): Promise<string | undefined> {
    const { nearestQuery } = await import('./nearest-word.ts')
    return nearestQuery(query, await this.#knownWords())
  }

  #knownWords(): Promise<SearchWords> {
    return (this.#words ??= fetch(`${this.#base}search/words.json`).then(async (response) =>
      response.ok ? (response.json() as Promise<SearchWords>) : { names: [], architectures: {} },
    ))
  }
}

function optionsOf(kind: string): SearchOptions {
  return { filters: kind === '' ? {} : { kind } }
}

/** What of that which was typed can be found. */
function lookedFor(typed: string): string {
  return withoutAskingWords(withoutAddress(withoutQuotes(typed)))
}

/** Such pages speak of everything, and answer nothing about software (`kinds` of `views/search.ts`). */
export function isAboutSite({ meta }: FoundPage): boolean {
  return meta.kind === 'About the site'
}
