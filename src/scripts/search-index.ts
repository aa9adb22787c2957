/** The search index: Pagefind's, with the site's own order and its own help for mistyped words. */
import { withoutAskingWords } from '#query/cell-question.ts'
import type { PageMeta } from '#query/page-texts.ts'
import type { SearchWords } from './nearest-word.ts'
import { asItBegins, foundPage } from './search-excerpt.ts'
import { isMatch, isNamed, isSure, withoutQuotes } from './search-match.ts'
import { SearchTexts } from './search-texts.ts'

/** What of Pagefind's interface is used: https://pagefind.app/docs/api/ */
interface Pagefind {
  options: (options: { bundlePath: string; ranking: { metaWeights: Record<string, number> } }) => Promise<void>
  debouncedSearch: (
    query: string,
    options: { filters: Record<string, string> },
    milliseconds: number,
  ) => Promise<{ results: { id: string; words: number[] }[] } | null>
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
    const found = await this.#ask(question)
    if (found === undefined || found.pages.some((page) => isSure(page, withoutAskingWords(question.query))))
      return found
    // `run` is near the name of a project, and asks for none.
    const query = await this.#correct(withoutAskingWords(question.query))
    const corrected = query === undefined ? found : await this.#ask({ ...question, query, pause: 0 })
    return corrected === undefined || corrected.pages.length > 0 ? corrected : found
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
    const query = withoutAskingWords(withoutQuotes(asked))
    const answer = await pagefind.debouncedSearch(query, { filters: kind === '' ? {} : { kind } }, pause)
    if (answer === null) return undefined
    const best = await Promise.all(
      answer.results
        .slice(0, limit)
        .map(async ({ id, words }) => foundPage(await this.#texts.textOf(id), words, this.#base)),
    )
    const pages = best
      .filter((page) => isMatch(page, query))
      // What is called exactly that comes first, and says what it is; the rest keep their order.
      .map((page) => ({ page, isNamed: isNamed(page, query) }))
      .sort((a, b) => Number(b.isNamed) - Number(a.isNamed))
      .map(({ page, isNamed }) => (isNamed ? asItBegins(page) : page))
    return { query: asked, pages, count: pages.length < best.length ? pages.length : answer.results.length }
  }

  /** The nearest words among the names that the site knows. */
  async #correct(query: string): Promise<string | undefined> {
    this.#words ??= fetch(`${this.#base}search/words.json`).then(async (response) =>
      response.ok ? response.json() : { names: [], architectures: {} },
    )
    const { nearestQuery } = await import('./nearest-word.ts')
    return nearestQuery(query, await this.#words)
  }
}
