/**
 * Makes the files of a search index of the prose of pages, with Pagefind: smaller than its own, fewer, and the same to the byte in each
 * build. Pages that an index has already are taken from it.
 */
import { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { close, createIndex, type PagefindIndex } from 'pagefind'
import { lettersOf } from '../src/query/letters.ts'
import type { PageText } from '../src/query/page-texts.ts'
import { dividedWords, packTexts, type PackedTexts } from './pack-texts.ts'
import type { PageProse } from './page-prose.ts'
import {
  entryPath,
  parseEntry,
  parseFragment,
  parseWordIndex,
  serializeWordIndex,
  type IndexFile,
} from './pagefind-format.ts'
import { emptyIndex, mergeIndexes, type PartOfIndex, type WordIndex } from './word-index.ts'

/** An index of this site's own. */
export interface MadeIndex {
  files: IndexFile[]
  /** Addresses of its pages, in their order: all but those in which Pagefind finds no word. */
  urls: string[]
}

/** What one call added. */
interface Part {
  texts: PackedTexts
  /** Pagefind's own, of pages that were not known. */
  files: readonly IndexFile[]
  index: WordIndex | undefined
}

/**
 * An index to which pages are added as they come to be known; what can be done with them is done at once.
 *
 * Pagefind gets each word of a page once, which is all that the index keeps; the texts themselves are kept beside it. Its `writeFiles()`
 * answers before the files are on disk, so they are taken from it and written by us.
 */
export class IndexInMaking {
  private readonly language: string
  private readonly known: MadeIndex | undefined
  private readonly knownFiles: ReadonlyMap<string, Uint8Array>
  private readonly pages: PageProse[] = []
  /** Addresses of pages that are taken from the known index. */
  private readonly same = new Set<string>()
  private readonly parts: (() => Promise<Part>)[] = []
  private pagefind: Pagefind | undefined

  /** @param known an index that may have some of the pages */
  constructor(language: string, known?: MadeIndex) {
    this.language = language
    this.known = known
    this.knownFiles = new Map(known?.files.map(({ path, content }) => [path, content]))
    // It takes a moment to be there.
    if (!known) this.pagefind = new Pagefind(language)
  }

  /**
   * What is wrong with them is heard by who asks for the index.
   * @param isKnown whether the known index has the page as it is
   */
  add(pages: readonly PageProse[], isKnown: (page: PageProse) => boolean = () => false): void {
    const fresh: PageProse[] = []
    for (const page of pages) {
      this.pages.push(page)
      if (isKnown(page)) this.same.add(page.url)
      else fresh.push(page)
    }
    const make = () => this.makePart(pages, fresh)
    if (fresh.length === 0) {
      // It may be that nobody asks for the index.
      this.parts.push(make)
      return
    }
    const part = make()
    part.catch(() => undefined)
    this.parts.push(() => part)
  }

  /** The index of all pages; after that it takes no more. @throws where Pagefind reports an error */
  async finish(): Promise<MadeIndex> {
    try {
      const parts = await Promise.all(this.parts.map((part) => part()))
      const index = this.join(parts)
      if (index) return index
      // Nothing is in it, and only Pagefind says what that is.
      this.pagefind ??= new Pagefind(this.language)
      return this.assemble(emptyIndex, parts, await this.pagefind.filesOf([]))
    } finally {
      await this.pagefind?.end()
    }
  }

  private async makePart(pages: readonly PageProse[], fresh: readonly PageProse[]): Promise<Part> {
    const { language, knownFiles } = this
    if (fresh.length > 0) this.pagefind ??= new Pagefind(language)
    const [packed, files = []] = await Promise.all([
      isDivided(language) ? undefined : packTexts(pages.map(textOfPage), knownFiles),
      fresh.length > 0 ? this.pagefind?.filesOf(fresh) : undefined,
    ])
    const texts = packed ?? (await packTexts(dividedTexts(pages, files), knownFiles))
    const urls = new Map(
      files
        .filter(({ path }) => path.endsWith('.pf_fragment'))
        .map(({ path, content }) => [path, parseFragment(content).url]),
    )
    return { texts, files, index: parseWordIndex(files, (page) => urls.get(`fragment/${page}.pf_fragment`) ?? '') }
  }

  /** Nothing where no page has a word. */
  private join(parts: readonly Part[]): MadeIndex | undefined {
    const { known } = this
    const indexes: PartOfIndex[] = parts.flatMap(({ index }) => (index ? { index, takes: () => true } : []))
    const before = known && parseWordIndex(known.files, (_, number) => known.urls[number] ?? '')
    if (before) indexes.push({ index: before, takes: (url) => this.same.has(url) })
    const fields = [...new Set(this.pages.flatMap(({ meta }) => Object.keys(meta)))].sort()
    const urls = this.pages.map(({ url }) => url)
    const index = mergeIndexes(indexes, urls, fields)
    if (index.pages.length === 0) return undefined
    const ofPagefind = parts.find(({ index }) => index)?.files ?? known?.files ?? []
    return this.assemble(index, parts, ofPagefind)
  }

  /** @param ofPagefind  has its programs and its entry */
  private assemble(index: WordIndex, parts: readonly Part[], ofPagefind: readonly IndexFile[]): MadeIndex {
    const files = [...ofPagefind.filter(isProgram), ...parts.flatMap(({ texts }) => texts.files)]
    const places = new Map(parts.flatMap(({ texts }) => [...texts.places]))
    const entry = parseEntry(ofPagefind)
    // None where there are no pages.
    const [language] = Object.values(entry.languages)
    if (language) {
      const { hash, files: ofIndex } = serializeWordIndex(index, (url) => places.get(url) ?? '', this.knownFiles)
      files.push(...ofIndex)
      Object.assign(language, { hash, page_count: index.pages.length })
    }
    files.push({ path: entryPath, content: Buffer.from(JSON.stringify(entry)) })
    // It has the stems of a language that Pagefind does not know.
    const needsUnknown = language?.wasm === null
    return {
      files: files
        .filter(({ path }) => needsUnknown || path !== 'wasm.unknown.pagefind')
        .sort((a, b) => (a.path < b.path ? -1 : 1)),
      urls: index.pages.map(({ url }) => url),
    }
  }
}

/** Pagefind's own interfaces are not used: the site has one in its own look. */
const unused = /^pagefind-(ui|modular-ui|component-ui|highlight)\./

function isProgram({ path }: IndexFile): boolean {
  return !/\.(pf_\w+|json)$/.test(path) && !unused.test(path)
}

/** Pagefind's program. */
class Pagefind {
  /** In small letters, as Pagefind writes that of a page of HTML, and looks for that of the page on which somebody searches. */
  private readonly language: string
  /** Its process ends with its last index, and an index is begun to have it there before there are pages. */
  private first: Promise<PagefindIndex> | undefined
  /** Rejects where Pagefind ends; nothing else tells of it to who waits for an answer. */
  private readonly ended: Promise<never>

  constructor(language: string) {
    this.language = language.toLowerCase()
    const { promise: ended, reject } = Promise.withResolvers<never>()
    this.ended = ended
    this.first = watchingPrograms(open, (code) => {
      reject(new Error(`Pagefind ended before its index was made: ${code}`))
    })
    // Whoever asks for files hears of it.
    for (const promise of [this.ended, this.first]) promise.catch(() => undefined)
  }

  /** Its own files of an index of these pages. @throws where Pagefind reports an error */
  filesOf(pages: readonly PageProse[]): Promise<IndexFile[]> {
    const opened = this.first ?? open()
    this.first = undefined
    return Promise.race([this.make(opened, pages), this.ended])
  }

  async end(): Promise<void> {
    await close()
  }

  private async make(opened: Promise<PagefindIndex>, pages: readonly PageProse[]): Promise<IndexFile[]> {
    const index = await opened
    await Promise.all(pages.map((page) => addPage(index, page, this.language)))
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
