/**
 * Makes the search index of a built site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { close, createIndex, type PagefindIndex } from 'pagefind'
import { context, language } from '../src/site/data.ts'
import { viewSearchRecords, type SearchRecord } from '../src/views/search-record.ts'
import { compactIndex, fullStop, type IndexFile } from './compact-search-index.ts'
import { KeptIndex } from './kept-search-index.ts'

/**
 * What no excerpt shows, beside what a page marks with `data-pagefind-ignore`. A title is found all
 * the same: Pagefind keeps it as metadata.
 */
const frame = [
  ...['h1', 'nav', 'button', 'caption', 'thead', '[role=status]'],
  ...['.crumbs', '.kicker', '.byline', '.age', '.permalink', '.topic', '.source', '.made-from', '.correct-this'],
  // The status of a cell: the matrix has it.
  '[data-architecture]',
  // What stands below an issue: the way to others.
  'article > footer',
  'aside',
]

/** Answers come one by one; so many questions are on the way at once. */
const atOnce = 64

/** What Pagefind is given. */
export interface SearchInput {
  language: string
  records: readonly SearchRecord[]
  pages: readonly { sourcePath: string; content: string }[]
}

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
  const input: SearchInput = { language, records: viewSearchRecords(context), pages: await pagesOf(site) }
  const kept = new KeptIndex(home, input)
  if (!kept.copyTo(target)) {
    const files = await filesOf(input)
    await writeFiles(files, target)
    kept.keep(files)
  }
  return input.records.length + input.pages.length
}

/** Pagefind's `writeFiles()` answers before the files are on disk, so they are taken from it and written by us. */
async function filesOf({ language, records, pages }: SearchInput): Promise<IndexFile[]> {
  const { index, errors } = await createIndex({ includeCharacters: '+#.', excludeSelectors: frame })
  if (!index) throw new Error(`Pagefind cannot start: ${errors.join('; ')}`)
  try {
    const additions = [
      ...pages.map((page) => () => addPage(index, page)),
      ...records.map((record) => () => addRecord(index, record, language)),
    ]
    // The order in which they arrive is theirs here.
    for (let next = 0; next < additions.length; next += atOnce)
      await Promise.all(additions.slice(next, next + atOnce).map((add) => add()))
    const { files, errors: fileErrors } = await index.getFiles()
    if (fileErrors.length > 0) throw new Error(`Pagefind cannot make its files: ${fileErrors.join('; ')}`)
    return compactIndex(files)
  } finally {
    await close()
  }
}

async function addPage(index: PagefindIndex, page: SearchInput['pages'][number]): Promise<void> {
  const { errors } = await index.addHTMLFile(page)
  if (errors.length > 0) throw new Error(`Pagefind cannot index ${page.sourcePath}: ${errors.join('; ')}`)
}

async function addRecord(index: PagefindIndex, { url, meta, text }: SearchRecord, language: string): Promise<void> {
  const content = withoutFullStops(text)
  const { errors } = await index.addCustomRecord({
    ...{ url, content, language, meta: { ...meta } },
    filters: { kind: [meta.kind] },
  })
  if (errors.length > 0) throw new Error(`Pagefind cannot index ${url}: ${errors.join('; ')}`)
}

async function writeFiles(files: readonly IndexFile[], target: string): Promise<void> {
  for (const folder of new Set(files.map(({ path }) => dirname(join(target, path))))) await mkdir(folder, { recursive: true })
  for (const { path, content } of files) await writeFile(join(target, path), content)
}

/** Pages that say what they are found as, ready for Pagefind; always in one order, so that the index is the same in two builds. */
async function pagesOf(site: string): Promise<SearchInput['pages']> {
  const pages = []
  for (const path of (await htmlFilesOf(site)).sort()) {
    const html = await readFile(join(site, path), 'utf8')
    if (!html.includes('data-pagefind-body')) continue
    pages.push({ sourcePath: path, content: withSeams(withoutIgnored(mainOf(html))) })
  }
  return pages
}

/** A mail says what a page says, and a project is in the catalog. */
const notRead = new Set(['mail', 'projects', '_astro', 'pagefind'])

async function htmlFilesOf(site: string): Promise<string[]> {
  const paths: string[] = []
  for (const top of await readdir(site, { withFileTypes: true })) {
    if (top.isFile()) paths.push(top.name)
    if (!top.isDirectory() || notRead.has(top.name)) continue
    const entries = await readdir(join(site, top.name), { recursive: true, withFileTypes: true })
    // An old address such as `/2017/issue.html` is a folder.
    for (const entry of entries) if (entry.isFile()) paths.push(relative(site, join(entry.parentPath, entry.name)))
  }
  return paths.map((path) => path.replaceAll('\\', '/')).filter((path) => path.endsWith('.html'))
}

/** What Pagefind reads of a page, with its language: half of the bytes, and half of the time. */
function mainOf(html: string): string {
  const [opening] = /<html[^>]*>/.exec(html) ?? ['<html>']
  return `${opening}<body>${html.slice(html.indexOf('<main'), html.lastIndexOf('</main>'))}</main></body></html>`
}

/**
 * Elements that Pagefind would leave out: what is not sent is not read. None of these elements holds another one of its name.
 */
function withoutIgnored(html: string): string {
  return html.replace(/<(p|td|th|tr|h2|ul|aside)\b[^>]*\bdata-pagefind-ignore\b[^>]*>[\s\S]*?<\/\1>/g, '')
}

/**
 * Pages have no white space between elements: without it the words of two cells would become one,
 * and without a mark a heading and the sentence below it.
 */
function withSeams(html: string): string {
  return html
    .replace(/(?<=[\p{L}\p{N})])(?=\s*(?:<a class="permalink[^>]*>[^<]*<\/a>)?\s*<\/h[2-6]>)/gu, ':')
    .replace(/(?<=[\p{L}\p{N})])(?=<\/(?:p|li)>)/gu, ' ·')
    .replace(/<\/(?:dt|dd|th|td|li|h[1-6]|p|div|pre)>|<small/g, ' $&')
    .replace(/>[^<]*/g, withoutFullStops)
}

/** A full stop belongs to a word in `node.js`; at the end of a sentence it would make another word of it. */
function withoutFullStops(text: string): string {
  return text.replace(/\.(?=[\s<"'”’)\]]|$)/g, fullStop)
}
