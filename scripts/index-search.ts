/**
 * Makes the search index of a built site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { close, createIndex, type PagefindIndex } from 'pagefind'
import { context, language } from '../src/site/data.ts'
import { viewSearchRecords, type SearchRecord } from '../src/views/search-record.ts'
import { lettersOf } from '../src/query/letters.ts'
import type { PageText } from '../src/query/page-texts.ts'
import { compactIndex, dividedWords, packTexts, type IndexFile } from './compact-search-index.ts'
import { KeptIndex } from './kept-search-index.ts'
import { proseOf, type PageProse } from './page-prose.ts'

/** Answers come one by one; so many questions are on the way at once. */
const atOnce = 64

/** What the index is made of. */
export interface SearchInput {
  language: string
  pages: readonly PageProse[]
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

/**
 * Pagefind gets each word of a page once, which is all that the index keeps; the texts themselves are kept beside it. Its `writeFiles()`
 * answers before the files are on disk, so they are taken from it and written by us.
 */
export async function makeIndex({ language, pages }: SearchInput): Promise<IndexFile[]> {
  const { index, errors } = await createIndex({ includeCharacters: '+#.' })
  if (!index) throw new Error(`Pagefind cannot start: ${errors.join('; ')}`)
  try {
    for (let next = 0; next < pages.length; next += atOnce)
      await Promise.all(pages.slice(next, next + atOnce).map((page) => addPage(index, page, language)))
    const making = index.getFiles()
    // Meanwhile Pagefind writes.
    const texts = isDivided(language) ? undefined : packTexts(pages.map(textOfPage))
    const { files, errors: fileErrors } = await making
    if (fileErrors.length > 0) throw new Error(`Pagefind cannot make its files: ${fileErrors.join('; ')}`)
    return compactIndex(files, texts ?? packTexts(dividedTexts(pages, files)))
  } finally {
    await close()
  }
}

/** Languages without spaces between words: Pagefind finds the words, so it gets the whole text, and its division is what counts. */
function isDivided(language: string): boolean {
  return /^(?:zh|ja|th)\b/i.test(language)
}

function textOfPage({ url, meta, parts, sections }: PageProse): PageText {
  return { url, meta, words: parts.flatMap(({ words }) => words), sections }
}

async function addPage(index: PagefindIndex, page: PageProse, language: string): Promise<void> {
  const { url, meta } = page
  const parts = isDivided(language) ? page.parts : withoutRepetitions(page.parts)
  const { errors } = parts.every(({ weight }) => weight === 1)
    ? await index.addCustomRecord({
        ...{ url, language, meta: { ...meta } },
        content: parts.map(({ words }) => words.map(withoutFullStop).join(' ')).join(' '),
        filters: { kind: [meta.kind ?? ''] },
      })
    : await index.addHTMLFile({ url, content: htmlOf({ ...page, parts }, language) })
  if (errors.length > 0) throw new Error(`Pagefind cannot index ${url}: ${errors.join('; ')}`)
}

/** Sections of such a text are not told: where they begin is counted in other words. */
function dividedTexts(pages: readonly PageProse[], files: readonly IndexFile[]): PageText[] {
  const words = dividedWords(files)
  return pages.map((page) => ({ ...textOfPage(page), words: words.get(page.url) ?? [], sections: [] }))
}

/** As `differentWords` counts them, with what each weighs where it stands first. */
function withoutRepetitions(parts: PageProse['parts']): PageProse['parts'] {
  const seen = new Set<string>()
  return parts.map(({ weight, words }) => ({
    weight,
    words: words.filter((word) => {
      const letters = lettersOf(word)
      if (letters === '' || seen.has(letters)) return false
      seen.add(letters)
      return true
    }),
  }))
}

/** A page of nothing but words: the elements are inline, since Pagefind ends the last word of a block with a full stop. */
function htmlOf({ meta, parts }: PageProse, language: string): string {
  const attributes = Object.entries({ ...meta }).map(
    ([name, value]) => `<span hidden data-pagefind-meta="${name}[data-value]" data-value="${escaped(value)}"></span>`,
  )
  const texts = parts.map(
    ({ weight, words }) =>
      `<span data-pagefind-weight="${weight}">${escaped(words.map(withoutFullStop).join(' '))}</span> `,
  )
  const kind = `<span hidden data-pagefind-filter="kind[data-value]" data-value="${escaped(meta.kind ?? '')}"></span>`
  return `<!doctype html><html lang="${escaped(language)}"><body><main data-pagefind-body>${attributes.join('')}${kind}${texts.join('')}·</main></body></html>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** A full stop belongs to a word in `node.js`; at the end of a sentence it would make another word of it. */
function withoutFullStop(word: string): string {
  return word.replace(/\.(?=[^\p{L}\p{N}+#]*$)/gu, '')
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

/** A mail says what a page says, and a project is in the catalog. */
const notRead = new Set(['mail', 'projects', 'social', '_astro', 'pagefind'])

/** Files that the build wrote beside pages are told by their names: there are some twenty of them for each project. */
function* htmlFilesOf(site: string, folder = ''): Generator<string> {
  for (const name of readdirSync(join(site, folder))) {
    if (/\.(?!html$)\w+$/.test(name) || (folder === '' && notRead.has(name))) continue
    const path = folder === '' ? name : `${folder}/${name}`
    // An old address such as `/2017/issue.html` is a folder.
    if (statSync(join(site, path)).isDirectory()) yield* htmlFilesOf(site, path)
    else if (name.endsWith('.html')) yield path
  }
}
