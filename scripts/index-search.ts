/**
 * Makes the search index of a built site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { context, language } from '../src/site/data.ts'
import { viewSearchRecords, type SearchRecord } from '../src/views/search-record.ts'
import type { IndexFile } from './compact-search-index.ts'
import { KeptIndex } from './kept-search-index.ts'
import { makeIndex, type SearchInput } from './make-search-index.ts'
import { proseOf, type PageProse } from './page-prose.ts'

export interface SearchOptions {
  /** Where the index goes: `pagefind` in the site, unless something else is said. */
  target?: string
  /** The folder of the generator, below which an index is kept for the next build. */
  home?: string
}

/**
 * @returns how many pages can be found
 * @throws where Pagefind reports an error
 */
export async function indexSearch(
  site: string,
  { target = join(site, 'pagefind'), home = process.cwd() }: SearchOptions = {},
): Promise<number> {
  const input: SearchInput = { language, pages: [...readPages(site), ...viewSearchRecords(context).map(proseOfRecord)] }
  const kept = new KeptIndex(home, input)
  if (!kept.copyTo(target)) {
    const files = await makeIndex(input)
    writeFiles(files, target)
    kept.keep(files)
  }
  return input.pages.length
}

function proseOfRecord({ url, meta, text }: SearchRecord): PageProse {
  return { url, meta, parts: [{ weight: 1, words: text.split(/\s+/).filter((word) => word !== '') }], sections: [] }
}

function writeFiles(files: readonly IndexFile[], target: string): void {
  for (const folder of new Set(files.map(({ path }) => dirname(join(target, path)))))
    mkdirSync(folder, { recursive: true })
  for (const { path, content } of files) writeFileSync(join(target, path), content)
}

/** Pages that say what they are found as; always in one order, so that the index is the same in two builds. */
function readPages(site: string): PageProse[] {
  return [...htmlFilesOf(site)].sort().flatMap((path) => {
    const bytes = readFileSync(join(site, path))
    // Most pages are lists, and large: they are not decoded for that.
    if (!bytes.includes('data-pagefind-body')) return []
    return proseOf(bytes.toString(), `/${path.replace(/(^|\/)index\.html$/, '$1')}`) ?? []
  })
}

/** A mail says what a page says, a project is in the catalog, and below badges and data there is a folder for each of them. */
const notRead = /^(?:mail|projects|social|_astro|pagefind|badges\/[^/.]+|api\/[^/.]+)$/

/** Files that the build wrote beside pages are told by their names: there are some twenty of them for each project. */
function* htmlFilesOf(site: string, folder = ''): Generator<string> {
  for (const name of readdirSync(join(site, folder))) {
    const path = folder === '' ? name : `${folder}/${name}`
    if (/\.(?!html$)\w+$/.test(name) || notRead.test(path)) continue
    // An old address such as `/2017/issue.html` is a folder.
    if (statSync(join(site, path)).isDirectory()) yield* htmlFilesOf(site, path)
    else if (name.endsWith('.html')) yield path
  }
}
