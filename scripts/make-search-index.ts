/**
 * Makes the files of a search index of the prose of pages, with Pagefind: smaller than its own, fewer, and the same to the byte in each
 * build. Pages that an index has already are taken from it.
 */
import { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { close, createIndex, type PagefindIndex } from 'pagefind'
import { lettersOf } from '../src/query/letters.ts'
import type { PageText } from '../src/query/page-texts.ts'
import { dividedWords, packTexts } from './pack-texts.ts'
import type { PageProse } from './page-prose.ts'
import {
  entryPath,
  parseEntry,
  parseFragment,
  parseWordIndex,
  serializeWordIndex,
  type IndexFile,
} from './pagefind-format.ts'
import { mergeIndexes, type Part } from './word-index.ts'

/** What the index is made of. */
export interface SearchInput {
  language: string
  pages: readonly PageProse[]
}

/** An index of this site's own, and which of its pages are still the same. */
export interface KnownIndex {
  files: readonly IndexFile[]
  urls: readonly string[]
  isSame: (url: string) => boolean
}

export interface MadeIndex {
  files: IndexFile[]
  /** Addresses of its pages, in their order: all but those in which Pagefind finds no word. */
  urls: string[]
}

/** The index of pages that are all known. @throws where Pagefind reports an error */
export async function makeIndex(input: SearchInput): Promise<MadeIndex> {
  const index = new IndexInMaking(input.language)
  index.add(input.pages)
  return assembleIndex(input, index)
}

/**
 * @param making  has those pages that the known index has not; undefined where that has all of them
 * @throws where Pagefind reports an error
 */
export async function assembleIndex(
  { language, pages }: SearchInput,
  making: IndexInMaking | undefined,
  known?: KnownIndex,
): Promise<MadeIndex> {
  const knownFiles = new Map(known?.files.map(({ path, content }) => [path, content]))
  const [packed, made = []] = await Promise.all([
    isDivided(language) ? undefined : packTexts(pages.map(textOfPage), knownFiles),
    making?.files(),
  ])
  const texts = packed ?? (await packTexts(dividedTexts(pages, made), knownFiles))
  const parts: Part[] = []
  const index = known && parseWordIndex(known.files, (_, number) => known.urls[number] ?? '')
  if (index && known) parts.push({ index, takes: known.isSame })
  const urls = new Map(
    made
      .filter(({ path }) => path.endsWith('.pf_fragment'))
      .map(({ path, content }) => [path, parseFragment(content).url]),
  )
  const fresh = parseWordIndex(made, (page) => urls.get(`fragment/${page}.pf_fragment`) ?? '')
  if (fresh) parts.push({ index: fresh, takes: () => true })
  // Where Pagefind finds no word it says nothing of the language.
  const source = known && !fresh ? known.files : made
  const programs = source.filter(isProgram)
  const entry = parseEntry(source)
  const files = [...programs, ...texts.files]
  const languages = Object.entries(entry.languages)
  const fields = [...new Set(pages.flatMap(({ meta }) => Object.keys(meta)))].sort()
  const merged = mergeIndexes(
    parts,
    pages.map(({ url }) => url),
    fields,
  )
  // Of nothing there is another entry, and no program of a language.
  if (known && merged.pages.length === 0) return makeIndex({ language, pages })
  for (const [, ofLanguage] of languages) {
    const { hash, files: ofIndex } = serializeWordIndex(merged, (url) => texts.places.get(url) ?? '', knownFiles)
    files.push(...ofIndex)
    Object.assign(ofLanguage, { hash, page_count: merged.pages.length })
  }
  // Stems of a language that Pagefind does not know.
  const needsUnknown = languages.some(([, { wasm }]) => wasm === null)
  files.push({ path: entryPath, content: Buffer.from(JSON.stringify(entry)) })
  return {
    files: files
      .filter(({ path }) => needsUnknown || path !== 'wasm.unknown.pagefind')
      .sort((a, b) => (a.path < b.path ? -1 : 1)),
    urls: merged.pages.map(({ url }) => url),
  }
}

/** Pagefind's own interfaces are not used: the site has one in its own look. */
const unused = /^pagefind-(ui|modular-ui|component-ui|highlight)\./

function isProgram({ path }: IndexFile): boolean {
  return !/\.(pf_\w+|json)$/.test(path) && !unused.test(path)
}

/**
 * An index to which pages are added as they come to be known.
 *
 * Pagefind gets each word of a page once, which is all that the index keeps; the texts themselves are kept beside it. Its `writeFiles()`
 * answers before the files are on disk, so they are taken from it and written by us.
 */
export class IndexInMaking {
  private readonly language: string
  private readonly opened: Promise<PagefindIndex>
  /** Rejects where Pagefind ends; nothing else tells of it to who waits for an answer. */
  private readonly ended: Promise<never>
  private readonly adding: Promise<unknown>[] = []

  constructor(language: string) {
    this.language = language
    const { promise: ended, reject } = Promise.withResolvers<never>()
    this.ended = ended
    this.opened = watchingPrograms(open, (code) => {
      reject(new Error(`Pagefind ended before its index was made: ${code}`))
    })
    // Whoever asks for the files hears of it.
    for (const promise of [this.ended, this.opened]) promise.catch(() => undefined)
  }

  /** Pagefind begins with them; what it says of them is heard by who asks for the files. */
  add(pages: readonly PageProse[]): void {
    const added = this.opened.then((index) => Promise.all(pages.map((page) => addPage(index, page, this.language))))
    added.catch(() => undefined)
    this.adding.push(added)
  }

  /** Pagefind's own files of all pages that were added; after that it takes no more. @throws where Pagefind reports an error */
  async files(): Promise<IndexFile[]> {
    try {
      return await Promise.race([this.make(), this.ended])
    } finally {
      await close()
    }
  }

  private async make(): Promise<IndexFile[]> {
    const index = await this.opened
    await Promise.all(this.adding)
    const { files, errors } = await index.getFiles()
    if (errors.length > 0) throw new Error(`Pagefind cannot make its files: ${errors.join('; ')}`)
    return files
  }
}

/** Pagefind does not say which program it begins, but Node does. @param onEnd gets the code or the signal with which one has ended */
function watchingPrograms<T>(begin: () => T, onEnd: (code: string | number) => void): T {
  const watch = (message: unknown) => {
    // The channel tells `{ process }` of each program that begins.
    const { process } = message as { process?: unknown }
    if (process instanceof ChildProcess)
      process.once('exit', (code, signal) => {
        onEnd(code ?? signal ?? '')
      })
  }
  subscribe('child_process', watch)
  try {
    return begin()
  } finally {
    unsubscribe('child_process', watch)
  }
}

async function open(): Promise<PagefindIndex> {
  const { index, errors } = await createIndex({ includeCharacters: '+#.' })
  if (!index) throw new Error(`Pagefind cannot start: ${errors.join('; ')}`)
  return index
}

/** Languages without spaces between words: Pagefind finds the words, so it gets the whole text, and its division is what counts. */
export function isDivided(language: string): boolean {
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
