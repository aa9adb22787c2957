/**
 * Makes the search index of a site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { readFileSync } from 'node:fs'
import type { SearchRecord } from '../src/views/search-record.ts'
import { KeptIndex } from './kept-search-index.ts'
import { makeIndex, type SearchInput } from './make-search-index.ts'
import { proseOf, type PageProse } from './page-prose.ts'
import type { SiteUpdate } from './site-update.ts'

/** What is known without any page. */
export interface SearchSource {
  language: string
  records: readonly SearchRecord[]
}

/**
 * @param home    the generator's folder, below which an index is kept for the next build
 * @param mayKeep asked when the index is made
 * @throws where Pagefind reports an error
 */
export async function indexSearch(
  update: SiteUpdate,
  source: SearchSource,
  home: string,
  mayKeep: () => boolean,
): Promise<void> {
  const input = readSearchInput(source, update.keys().keys(), (path) => update.placeOf(path))
  const kept = new KeptIndex(home, input)
  const key = `search ${kept.key}`
  const paths = kept.paths()?.map(placeOf)
  if (paths && update.keepAll(paths, key)) return
  const known = kept.read()
  const files = known ?? (await makeIndex(input))
  for (const { path, content } of files) update.write(placeOf(path), content, key)
  if (!known && mayKeep()) kept.keep(files)
}

function placeOf(path: string): string {
  return `pagefind/${path}`
}

/**
 * @param paths  every file of the site
 * @param fileOf where one of them lies
 */
export function readSearchInput(
  { language, records }: SearchSource,
  paths: Iterable<string>,
  fileOf: (path: string) => string,
): SearchInput {
  const pages = [...paths].filter(isRead).sort()
  return { language, pages: [...pages.flatMap((path) => readPage(path, fileOf(path))), ...records.map(proseOfRecord)] }
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
