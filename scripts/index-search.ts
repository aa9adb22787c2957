/**
 * Makes the search index of a site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { lettersOf } from '../src/query/letters.ts'
import type { SearchRecord } from '../src/views/search-record.ts'
import { digestOfPage, KeptIndex } from './kept-search-index.ts'
import { IndexInMaking, isDivided, type MadeIndex } from './make-search-index.ts'
import { proseOf, type PageProse } from './page-prose.ts'
import type { SiteUpdate } from './site-update.ts'

/** A page whose prose is found: its path in the site, and the file where it lies now. */
export interface SearchedPage {
  path: string
  file: string
}

const pagesBetweenTurns = 20

/**
 * The index of a site while the site is made: its records are known before the first page is. What the kept index has not, Pagefind, a
 * process of its own, begins with at once.
 */
export class SearchIndexing {
  private readonly language: string
  private readonly kept: KeptIndex
  /** The kept index, where it is whole, and of which pages it is: addresses by the digests of what is found of them. */
  private readonly known: MadeIndex | undefined
  private readonly knownPages: ReadonlyMap<string, string>
  private readonly mayKeep: () => boolean
  /** The same of this index. */
  private readonly pages = new Map<string, string>()
  private making: IndexInMaking | undefined
  private readonly waiting: (readonly PageProse[])[] = []

  /**
   * @param language of the site
   * @param home     the generator's folder, below which an index is kept for the next build
   * @param mayKeep  asked when the index is made
   */
  constructor(language: string, home: string, mayKeep: () => boolean) {
    this.language = language
    this.mayKeep = mayKeep
    this.kept = new KeptIndex(home, language)
    this.known = this.kept.read()
    this.knownPages = this.known ? this.kept.pages : new Map()
    // Pagefind's process takes a moment to be there.
    if (!this.known) this.begin()
  }

  addRecords(records: readonly SearchRecord[]): void {
    this.add(records.map(proseOfRecord))
  }

  /** Makes what is left of the index, or takes the one of the last build. @throws where Pagefind reports an error */
  async finish(pages: readonly SearchedPage[], update: SiteUpdate): Promise<void> {
    const prose: PageProse[] = []
    for (let read = 0; read < pages.length; read += pagesBetweenTurns) {
      prose.push(...readProse(pages.slice(read, read + pagesBetweenTurns)))
      // Pagefind's process waits for what is to be sent to it meanwhile.
      await setImmediate()
    }
    this.add(prose)
    const key = this.kept.keyOf(this.pages.keys())
    const known = key === this.kept.keyOf(this.knownPages.keys()) ? this.known : undefined
    const keyOfFiles = `search ${key}`
    const isThere =
      known &&
      update.keepAll(
        known.files.map(({ path }) => placeOf(path)),
        keyOfFiles,
      )
    if (isThere) return
    const made = known ?? (await this.make())
    for (const { path, content } of made.files) update.write(placeOf(path), content, keyOfFiles)
    if (!known && this.mayKeep()) this.kept.keep(made, this.pages)
  }

  private add(pages: readonly PageProse[]): void {
    const digests = new Map(pages.map((page) => [page, digestOfPage(page)]))
    for (const [{ url }, digest] of digests) this.pages.set(digest, url)
    if (!this.known) this.begin().add(pages)
    else if (isDivided(this.language)) this.waiting.push(pages)
    else this.begin().add(pages, (page) => this.knownPages.has(digests.get(page) ?? ''))
  }

  private begin(): IndexInMaking {
    // Of a language without spaces the words are Pagefind's division, of which an index does not tell: it is taken whole or not at all.
    return (this.making ??= new IndexInMaking(this.language, isDivided(this.language) ? undefined : this.known))
  }

  private make(): Promise<MadeIndex> {
    const making = this.begin()
    for (const pages of this.waiting) making.add(pages)
    return making.finish()
  }
}

function placeOf(path: string): string {
  return `pagefind/${path}`
}

/** Of all files of a site those that are read. */
export function searchedPages(paths: Iterable<string>, fileOf: (path: string) => string): SearchedPage[] {
  return Array.from(paths)
    .filter(isRead)
    .sort()
    .map((path) => ({ path, file: fileOf(path) }))
}

function readProse(pages: readonly SearchedPage[]): PageProse[] {
  return pages.flatMap(({ path, file }) => readPage(path, file))
}

/** A mail says what a page says, and a project is in the catalog. */
function isRead(path: string): boolean {
  return path.endsWith('.html') && !/^(?:mail|projects)\//.test(path)
}

/** Nothing, where the page does not say what it is found as. */
function readPage(path: string, file: string): readonly PageProse[] {
  const bytes = readFileSync(file)
  // Most pages are lists, and large: they are not decoded for that.
  if (!bytes.includes('data-pagefind-body')) return []
  const prose = proseOf(bytes.toString(), `/${path.replace(/(^|\/)index\.html$/, '$1')}`)
  return prose ? [prose] : []
}

/** What has no word is found by its name. */
function proseOfRecord({ url, meta, text }: SearchRecord): PageProse {
  const words = wordsOf(text)
  const isWordless = words.every((word) => lettersOf(word) === '')
  return { url, meta, parts: [{ weight: 1, words: isWordless ? wordsOf(meta.title ?? '') : words }], sections: [] }
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
