/**
 * Makes the search index of a site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { readFileSync } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import type { SearchRecord } from '../src/views/search-record.ts'
import { digestOfPage, KeptIndex } from './kept-search-index.ts'
import { assembleIndex, IndexInMaking, isDivided, type MadeIndex } from './make-search-index.ts'
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
  private readonly keptPages: ReadonlyMap<string, string>
  private readonly mayKeep: () => boolean
  /** By the digests of what is found of them. */
  private readonly pages = new Map<string, PageProse>()
  private making: IndexInMaking | undefined

  /**
   * @param language of the site
   * @param home     the generator's folder, below which an index is kept for the next build
   * @param mayKeep  asked when the index is made
   */
  constructor(language: string, home: string, mayKeep: () => boolean) {
    this.language = language
    this.mayKeep = mayKeep
    this.kept = new KeptIndex(home, language)
    // Of a language without spaces the words are Pagefind's division, of which an index does not tell.
    this.keptPages = isDivided(language) ? new Map() : this.kept.pages
    // It begins while records are made.
    if (this.keptPages.size === 0) this.index([])
  }

  addRecords(records: readonly SearchRecord[]): void {
    this.add(records.map(proseOfRecord))
  }

  /** Makes what is left of the index, or takes the one of the last build. @throws where Pagefind reports an error */
  async finish(pages: readonly SearchedPage[], update: SiteUpdate): Promise<void> {
    for (let read = 0; read < pages.length; read += pagesBetweenTurns) {
      this.add(readProse(pages.slice(read, read + pagesBetweenTurns)))
      // Pagefind's process waits for what is to be sent to it meanwhile.
      await setImmediate()
    }
    const key = `search ${this.kept.keyOf(this.pages.keys())}`
    const isKept = key === `search ${this.kept.keyOf(this.keptPages.keys())}`
    if (isKept && update.keepAll(this.kept.paths().map(placeOf), key)) return
    // An index of nothing has no language: only Pagefind says what it is.
    const known = this.keptPages.size > 0 && this.pages.size > 0 ? this.kept.read() : undefined
    if (isKept && known) {
      write(known)
      return
    }
    const made = await this.make(known)
    write(made)
    if (this.mayKeep())
      this.kept.keep(
        made,
        Array.from(this.pages, ([digest, { url }]) => [digest, url]),
      )

    function write({ files }: MadeIndex): void {
      for (const { path, content } of files) update.write(placeOf(path), content, key)
    }
  }

  private add(pages: readonly PageProse[]): void {
    const fresh = pages.filter((page) => {
      const digest = digestOfPage(page)
      this.pages.set(digest, page)
      return !this.keptPages.has(digest)
    })
    if (fresh.length > 0) this.index(fresh)
  }

  private index(pages: readonly PageProse[]): void {
    this.making ??= new IndexInMaking(this.language)
    this.making.add(pages)
  }

  private make(known: MadeIndex | undefined): Promise<MadeIndex> {
    const input = { language: this.language, pages: [...this.pages.values()] }
    if (known) {
      const same = new Set([...this.keptPages].filter(([digest]) => this.pages.has(digest)).map(([, url]) => url))
      return assembleIndex(input, this.making, { ...known, isSame: (url) => same.has(url) })
    }
    // What was taken for kept is not there.
    this.index([...this.pages].filter(([digest]) => this.keptPages.has(digest)).map(([, page]) => page))
    return assembleIndex(input, this.making)
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
  return prose ? [prose].flat() : []
}

function proseOfRecord({ url, meta, text }: SearchRecord): PageProse {
  return { url, meta, parts: [{ weight: 1, words: text.split(/\s+/).filter((word) => word !== '') }], sections: [] }
}
