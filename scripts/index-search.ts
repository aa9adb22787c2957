/**
 * Makes the search index of a site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { readFileSync } from 'node:fs'
import type { SearchSource } from '../src/site/search-source.ts'
import type { SearchRecord } from '../src/views/search-record.ts'
import type { IndexFile } from './compact-search-index.ts'
import { KeptIndex } from './kept-search-index.ts'
import { IndexInMaking, type SearchInput } from './make-search-index.ts'
import { proseOf, type PageProse } from './page-prose.ts'
import type { SiteUpdate } from './site-update.ts'

/** A page whose prose is found: its path in the site, and the file where it lies now. */
export interface SearchedPage {
  path: string
  file: string
}

/**
 * The index of a site while the site is made: its records are known before the first page is. Where nothing of them is kept from the
 * last build, Pagefind, a process of its own, begins at once.
 */
export class SearchIndexing {
  private readonly source: SearchSource
  private readonly kept: KeptIndex
  private readonly mayKeep: () => boolean
  private begun: IndexInMaking | undefined

  /**
   * @param home    the generator's folder, below which an index is kept for the next build
   * @param mayKeep asked when the index is made
   */
  constructor(source: SearchSource, home: string, mayKeep: () => boolean) {
    this.source = source
    this.mayKeep = mayKeep
    this.kept = new KeptIndex(home, source)
    if (!this.kept.isOfRecords()) this.begun = this.begin()
  }

  /** Makes what is left of the index, or takes the one of the last build. @throws where Pagefind reports an error */
  async finish(pages: readonly SearchedPage[], update: SiteUpdate): Promise<void> {
    const prose = readProse(pages)
    const key = `search ${this.kept.keyWith(prose)}`
    const paths = this.kept.paths()?.map(placeOf)
    if (paths && update.keepAll(paths, key)) return
    const known = this.kept.read()
    const files = known ?? (await this.make(prose))
    for (const { path, content } of files) update.write(placeOf(path), content, key)
    if (!known && this.mayKeep()) this.kept.keep(files)
  }

  private begin(): IndexInMaking {
    const index = new IndexInMaking(this.source.language)
    index.add(this.source.records.map(proseOfRecord))
    return index
  }

  private make(prose: readonly PageProse[]): Promise<IndexFile[]> {
    const index = this.begun ?? this.begin()
    index.add(prose)
    return index.files()
  }
}

function placeOf(path: string): string {
  return `pagefind/${path}`
}

/**
 * All that an index is made of.
 * @param paths  every file of the site
 * @param fileOf where one of them lies
 */
export function readSearchInput(
  { language, records }: SearchSource,
  paths: Iterable<string>,
  fileOf: (path: string) => string,
): SearchInput {
  return { language, pages: [...records.map(proseOfRecord), ...readProse(searchedPages(paths, fileOf))] }
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
