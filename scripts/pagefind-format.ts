/**
 * Pagefind's files, as version 1.5 writes and reads them: gzip around a mark and CBOR.
 *
 * Of a language `pagefind.<name>.pf_meta` holds `[version, [[page, words], …], [[first word, last word, index file], …],
 * [[filter, file], …], sorts, fields]`; an index file `[[[word, [[page, places, places in fields], …], [[variant, pages], …]], …]]`; a
 * filter's `[filter, [[value, [page, …]], …]]`. A page in a list of a word is the difference to the page before it. Places are differences
 * too, each list of them after a negative number: their weight, or of a field its number, counted from -1.
 */
import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import { parseCbor, serializeCbor, type Item } from './cbor.ts'
import type { IndexedPage, Posting, Word, WordIndex } from './word-index.ts'

export interface IndexFile {
  path: string
  content: Uint8Array
}

/** What the index and its files are called by in `pagefind-entry.json`. */
export interface Entry {
  languages: Record<string, { hash: string; wasm: string | null; page_count: number }>
}

export const entryPath = 'pagefind-entry.json'

/** Of compression. */
const level = 6

/** How much stands in an index file: pages of words, and words. A reader gets one for each word that is asked for. */
const sizeOfFile = 9_000

const mark = 'pagefind_dcd'

/**
 * @param urlOf  the page whose file has this name, and this number in the list of pages
 * @returns undefined where the files are an index of no page
 * @throws where a file is missing or not in the format above, or where pages are of several languages
 */
export function parseWordIndex(
  files: readonly IndexFile[],
  urlOf: (page: string, number: number) => string,
): WordIndex | undefined {
  const found = new Map(files.map(({ path, content }) => [path, content]))
  const parse = (path: string): readonly Item[] => {
    const content = found.get(path)
    if (content === undefined) throw new Error(`Pagefind names ${path} and does not make it.`)
    return listOf(parseFile(content))
  }
  const [metaPath, another] = files.map(({ path }) => path).filter((path) => path.endsWith('.pf_meta'))
  if (metaPath === undefined) return undefined
  if (another !== undefined) throw new Error('Pagefind took the pages of the site for pages of several languages.')
  const [version, pages, chunks, filters, sorts, fields, ...rest] = parse(metaPath)
  if (rest.length > 0 || listOf(sorts).length > 0) throw new Error(otherFormat)
  const words = new Map<string, Word>()
  for (const [, , file] of listsOf(chunks)) {
    const [ofFile] = parse(`index/${textFrom(file)}.pf_index`)
    for (const [word, postings, variants] of listsOf(ofFile))
      words.set(textFrom(word), {
        postings: postingsFrom(postings),
        variants: new Map(listsOf(variants).map(([variant, pages]) => [textFrom(variant), postingsFrom(pages)])),
      })
  }
  return {
    version: textFrom(version),
    fields: listOf(fields).map(textFrom),
    pages: listsOf(pages).map(([page, words], number): IndexedPage => ({
      url: urlOf(textFrom(page), number),
      words: numberFrom(words),
    })),
    words,
    filters: new Map(
      listsOf(filters).map(([filter, file]) => {
        const [, values] = parse(`filter/${textFrom(file)}.pf_filter`)
        return [
          textFrom(filter),
          new Map(listsOf(values).map(([value, pages]) => [textFrom(value), listOf(pages).map(numberFrom)])),
        ]
      }),
    ),
  }
}

/** The same of Pagefind's own files, which have one for each page. */
export function parseOwnIndex(files: readonly IndexFile[]): WordIndex | undefined {
  const fragments = files.filter(isFragment).map(({ path, content }) => [path, parseFragment(content).url] as const)
  const urls = new Map(fragments)
  return parseWordIndex(files, (page) => urls.get(`fragment/${page}.pf_fragment`) ?? '')
}

export function isFragment({ path }: IndexFile): boolean {
  return path.endsWith('.pf_fragment')
}

/** Of Pagefind's own files the programs that search. Its interfaces are not used: the site has one in its own look. */
export function programsOf(files: readonly IndexFile[]): IndexFile[] {
  // It has the stems of a language that Pagefind does not know.
  const isUnknown = Object.values(parseEntry(files).languages).some(({ wasm }) => wasm === null)
  return files.filter(
    ({ path }) =>
      !/\.(pf_\w+|json)$/.test(path) &&
      !/^pagefind-(ui|modular-ui|component-ui|highlight)\./.test(path) &&
      (isUnknown || path !== 'wasm.unknown.pagefind'),
  )
}

/**
 * The files of an index, the same to the byte for the same index.
 * @param pageOf  the name of a page's file, by the address of the page
 */
export function serializeWordIndex(
  { version, fields, pages, words, filters }: WordIndex,
  pageOf: (url: string) => string,
): { hash: string; files: IndexFile[] } {
  const files: IndexFile[] = []
  const write = (folder: string, kind: string, item: Item): string => {
    const file = packFile(serializeFile(item), (digest) => `${folder}/${folder}_${digest}.${kind}`)
    files.push(file)
    return nameOf(file.path)
  }
  const chunks = [...divideWords(words)].map((ofFile): Item => {
    const file = write('index', 'pf_index', [
      ofFile.map(([word, { postings, variants }]): Item => [
        word,
        itemsOf(postings),
        [...variants].sort(compareKeys).map(([variant, pages]): Item => [variant, itemsOf(pages)]),
      ]),
    ])
    return [ofFile[0]?.[0] ?? '', ofFile.at(-1)?.[0] ?? '', file]
  })
  const filterFiles = [...filters].sort(compareKeys).map(([filter, values]): Item => {
    // Pagefind's order is that of a hash map, another one in each run.
    const inOrder = [...values]
      .sort(compareKeys)
      .map(([value, pages]): Item => [value, [...pages].sort((a, b) => a - b)])
    return [filter, write('filter', 'pf_filter', [filter, inOrder])]
  })
  const ofPages = pages.map(({ url, words }): Item => [pageOf(url), words])
  const meta = serializeFile([version, ofPages, chunks, filterFiles, [], [...fields]])
  files.push(packFile(meta, (digest) => `pagefind.${digest}.pf_meta`))
  return { hash: digestOf(meta), files }
}

/** A file that is named by its content. */
export function packFile(content: Buffer, pathOf: (digest: string) => string): IndexFile {
  return { path: pathOf(digestOf(content)), content: gzipSync(content, { level }) }
}

/** `fragment/texts_1.pf_fragment` is called `texts_1`. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, path.lastIndexOf('.'))
}

/** What Pagefind writes of a page, as much of it as is read here. */
export interface Fragment {
  url: string
  content: string
}

export function parseFragment(content: Uint8Array): Fragment {
  const text = gunzipSync(content).toString()
  if (!text.startsWith(mark)) throw new Error(otherFormat)
  // Pagefind's own format, whose version is pinned.
  return JSON.parse(text.slice(mark.length)) as Fragment
}

export function parseEntry(files: readonly IndexFile[]): Entry {
  const content = files.find(({ path }) => path === entryPath)?.content ?? new Uint8Array()
  const entry: unknown = JSON.parse(Buffer.from(content).toString())
  if (typeof entry !== 'object' || entry === null || !('languages' in entry)) throw new Error(otherFormat)
  // What Pagefind 1.5 writes; its version is pinned.
  return entry as Entry
}

/** Words in the order in which they are searched, in lists for a file each. */
function* divideWords(words: ReadonlyMap<string, Word>): Generator<[string, Word][]> {
  let ofFile: [string, Word][] = []
  let size = 0
  for (const entry of [...words].sort(compareKeys)) {
    ofFile.push(entry)
    const [, { postings, variants }] = entry
    size += 1 + postings.length
    for (const ofVariant of variants.values()) size += 1 + ofVariant.length
    if (size < sizeOfFile) continue
    yield ofFile
    ofFile = []
    size = 0
  }
  if (ofFile.length > 0) yield ofFile
}

function postingsFrom(items: Item | undefined): Posting[] {
  let page = 0
  return listsOf(items).map(([difference, places, fields]) => {
    page += numberFrom(difference)
    return { page, places: listOf(places).map(numberFrom), fields: listOf(fields).map(numberFrom) }
  })
}

function itemsOf(postings: readonly Posting[]): Item[] {
  let before = 0
  return postings.map(({ page, places, fields }) => {
    const difference = page - before
    before = page
    return [difference, places, fields]
  })
}

/** By the bytes of the words, as Pagefind compares them. */
function compareKeys([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

const otherFormat = 'Pagefind writes its files in another format than scripts/pagefind-format.ts reads.'

function parseFile(content: Uint8Array): Item {
  const bytes = gunzipSync(content)
  if (bytes.toString('latin1', 0, mark.length) !== mark) throw new Error(otherFormat)
  return parseCbor(bytes.subarray(mark.length))
}

function serializeFile(item: Item): Buffer {
  return Buffer.concat([Buffer.from(mark), serializeCbor(item)])
}

function listOf(item: Item | undefined): readonly Item[] {
  if (typeof item !== 'object') throw new Error(otherFormat)
  return item
}

function listsOf(item: Item | undefined): (readonly Item[])[] {
  return listOf(item).map(listOf)
}

function textFrom(item: Item | undefined): string {
  if (typeof item !== 'string') throw new Error(otherFormat)
  return item
}

function numberFrom(item: Item | undefined): number {
  if (typeof item !== 'number') throw new Error(otherFormat)
  return item
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 10)
}
