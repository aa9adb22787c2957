/**
 * Pagefind's files as this site keeps them: smaller, fewer, and the same to the byte in each build.
 *
 * - Of a word, an index file names the first few places on each page: as many as an excerpt and a rank need.
 * - Texts stand together, several in a file, as `src/query/page-texts.ts` packs them; `src/scripts/search-texts.ts` reads them. A
 *   page's number in Pagefind's list of pages says where: `<file>.<number in it>`.
 * - The values of a filter have one order; Pagefind's is that of a hash map, another one in each run.
 * - What no browser asks for is left out.
 *
 * Pagefind's own files are gzip around a mark and CBOR. Of a language `pagefind.<name>.pf_meta` holds
 * `[version, [[page, words], …], [[first word, last word, index file], …], [[filter, file], …], sorts, fields]`; an index file
 * `[[[word, [[page, places, …], …], …], …]]`; a filter's `[filter, [[value, [page, …]], …]]`. Places are differences, each list of
 * them after a negative number that is its weight.
 */
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import { packPages, type PageText } from '../src/query/page-texts.ts'
import { parseCbor, serializeCbor, type Item } from './cbor.ts'

export interface IndexFile {
  path: string
  content: Uint8Array
}

/** How many places of a word are kept, of each weight on each page. */
const placesOfWord = 1
/** Letters of texts in one file: a reader who is shown a page gets its neighbours too. */
const lettersOfFile = 32_000

/** Of compression. */
const level = 6

const mark = 'pagefind_dcd'
/** Pagefind's own interfaces are not used: the site has one in its own look. */
const unused = /^pagefind-(ui|modular-ui|component-ui|highlight)\./

/**
 * @param texts  of pages as they are shown
 * @throws where a file is not in the format above
 */
export function compactIndex(files: readonly IndexFile[], texts: PackedTexts): IndexFile[] {
  const found = new Map(files.map(({ path, content }) => [path, content]))
  const contentOf = (path: string): Uint8Array => {
    const content = found.get(path)
    if (content === undefined) throw new Error(`Pagefind names ${path} and does not make it.`)
    return content
  }
  const made = [...texts.files]
  const renamed = new Map<string, string>()
  for (const { path, content } of files) {
    const [, name] = /^pagefind\.(.*)\.pf_meta$/.exec(path) ?? []
    if (name === undefined) continue
    const [version, pages, chunks, filters, ...rest] = listOf(parseFile(content))
    const move = (folder: string, kind: string, item: Item | undefined, change: (content: Item) => Item): string => {
      const file = serializeFile(change(parseFile(contentOf(`${folder}/${textFrom(item)}.${kind}`))))
      const newName = `${folder}_${digestOf(file)}`
      made.push({ path: `${folder}/${newName}.${kind}`, content: gzipSync(file, { level }) })
      return newName
    }
    const meta = serializeFile([
      textFrom(version),
      listsOf(pages).map(([page, ...others]) => [
        placeOf(parseFragment(contentOf(`fragment/${textFrom(page)}.pf_fragment`)).url, texts),
        ...others,
      ]),
      listsOf(chunks).map(([first = '', last = '', chunk]) => [
        first,
        last,
        move('index', 'pf_index', chunk, withFewPlaces),
      ]),
      listsOf(filters).map(([filter = '', file]) => [filter, move('filter', 'pf_filter', file, inOrder)]),
      ...rest,
    ])
    renamed.set(name, digestOf(meta))
    made.push({ path: `pagefind.${digestOf(meta)}.pf_meta`, content: gzipSync(meta, { level }) })
  }
  const entry = entryOf(contentOf('pagefind-entry.json'))
  const languages = Object.entries(entry.languages).map(([language, index]) => [
    language,
    { ...index, hash: renamed.get(index.hash) },
  ])
  made.push({
    path: 'pagefind-entry.json',
    content: Buffer.from(JSON.stringify({ ...entry, languages: Object.fromEntries(languages) })),
  })
  // Stems of a language that Pagefind does not know.
  const needsUnknown = Object.values(entry.languages).some(({ wasm }) => wasm === null)
  const kept = files.filter(
    ({ path }) =>
      !/\.(pf_\w+|json)$/.test(path) && !unused.test(path) && (needsUnknown || path !== 'wasm.unknown.pagefind'),
  )
  return [...kept, ...made].sort((a, b) => (a.path < b.path ? -1 : 1))
}

interface Entry {
  languages: Record<string, { hash: string; wasm: string | null }>
}

function entryOf(content: Uint8Array): Entry {
  const entry: unknown = JSON.parse(Buffer.from(content).toString())
  if (typeof entry !== 'object' || entry === null || !('languages' in entry)) throw new Error(otherFormat)
  // What Pagefind 1.5 writes; its version is pinned.
  return entry as Entry
}

export interface PackedTexts {
  files: IndexFile[]
  /** Of a page, by its address: `<file>.<number in it>`. */
  places: ReadonlyMap<string, string>
}

/** Texts of pages, in files of several. Pauses after each file: Pagefind's process waits for what is to be sent to it meanwhile. */
export async function packTexts(texts: readonly PageText[]): Promise<PackedTexts> {
  const files: IndexFile[] = []
  const places = new Map<string, string>()
  let group: PageText[] = []
  let letters = 0
  const close = () => {
    const packed = Buffer.from(packPages(group))
    const name = `texts_${digestOf(packed)}`
    files.push({ path: `fragment/${name}.pf_fragment`, content: gzipSync(packed, { level }) })
    group.forEach(({ url }, index) => places.set(url, `${name}.${index}`))
    group = []
    letters = 0
  }
  for (const text of texts) {
    group.push(text)
    letters += text.words.reduce((sum, word) => sum + word.length + 1, JSON.stringify(text.meta).length)
    if (letters < lettersOfFile) continue
    close()
    await setImmediate()
  }
  if (group.length > 0) close()
  return { files, places }
}

function placeOf(url: string, { places }: PackedTexts): string {
  const place = places.get(url)
  if (place === undefined) throw new Error(`There is no text of ${url}, which Pagefind has.`)
  return place
}

/** What Pagefind writes of a page, as much of it as is read here. */
interface Fragment {
  url: string
  content: string
}

function parseFragment(content: Uint8Array): Fragment {
  const text = gunzipSync(content).toString()
  if (!text.startsWith(mark)) throw new Error(otherFormat)
  // Pagefind's own format, whose version is pinned.
  return JSON.parse(text.slice(mark.length)) as Fragment
}

/** Words as Pagefind divides them, by the address of the page: for languages without spaces between words. */
export function dividedWords(files: readonly IndexFile[]): Map<string, string[]> {
  const fragments = files
    .filter(({ path }) => path.endsWith('.pf_fragment'))
    .map(({ content }) => parseFragment(content))
  return new Map(fragments.map(({ url, content }) => [url, content.split(/[\s\u200b]+/).filter((word) => word !== '')]))
}

function withFewPlaces(content: Item): Item {
  const [words, ...rest] = listOf(content)
  return [
    listsOf(words).map(([word = '', pages, ...others]) => [
      word,
      listsOf(pages).map(([page = 0, places, ...fields]) => [page, fewPlaces(listOf(places)), ...fields]),
      ...others,
    ]),
    ...rest,
  ]
}

function fewPlaces(places: readonly Item[]): Item[] {
  let sinceWeight = 0
  return places.filter((place) => {
    sinceWeight = Number(place) < 0 ? 0 : sinceWeight + 1
    return sinceWeight <= placesOfWord
  })
}

function inOrder(content: Item): Item {
  const [filter = '', values] = listOf(content)
  return [filter, listsOf(values).sort(([a], [b]) => (textFrom(a) < textFrom(b) ? -1 : 1))]
}

const otherFormat = 'Pagefind writes its files in another format than scripts/compact-search-index.ts reads.'

function parseFile(content: Uint8Array): Item {
  const bytes = gunzipSync(content)
  if (bytes.toString('latin1', 0, mark.length) !== mark) throw new Error(otherFormat)
  return parseCbor(bytes.subarray(mark.length))
}

function serializeFile(item: Item): Buffer {
  return Buffer.concat([Buffer.from(mark), serializeCbor(item)])
}

function listOf(item: Item | undefined): Item[] {
  if (!Array.isArray(item)) throw new Error(otherFormat)
  return item
}

function listsOf(item: Item | undefined): Item[][] {
  return listOf(item).map(listOf)
}

function textFrom(item: Item | undefined): string {
  if (typeof item !== 'string') throw new Error(otherFormat)
  return item
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 10)
}
