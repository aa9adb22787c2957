/** Makes the files of a search index of the prose of pages, with Pagefind. */
import { close, createIndex, type PagefindIndex } from 'pagefind'
import { lettersOf } from '../src/query/letters.ts'
import type { PageText } from '../src/query/page-texts.ts'
import { compactIndex, dividedWords, packTexts, type IndexFile } from './compact-search-index.ts'
import type { PageProse } from './page-prose.ts'

/** What the index is made of. */
export interface SearchInput {
  language: string
  pages: readonly PageProse[]
}

/** The index of pages that are all known. @throws where Pagefind reports an error */
export async function makeIndex({ language, pages }: SearchInput): Promise<IndexFile[]> {
  const index = new IndexInMaking(language)
  index.add(pages)
  return index.files()
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
  private readonly pages: PageProse[] = []
  private readonly adding: Promise<unknown>[] = []

  constructor(language: string) {
    this.language = language
    this.opened = open()
    // Whoever asks for the files hears of it.
    this.opened.catch(() => undefined)
  }

  /** Pagefind begins with them; what it says of them is heard by who asks for the files. */
  add(pages: readonly PageProse[]): void {
    for (const page of pages) this.pages.push(page)
    const added = this.opened.then((index) => Promise.all(pages.map((page) => addPage(index, page, this.language))))
    added.catch(() => undefined)
    this.adding.push(added)
  }

  /** The files of all pages that were added; after that it takes no more. @throws where Pagefind reports an error */
  async files(): Promise<IndexFile[]> {
    const { language, pages } = this
    const index = await this.opened
    try {
      const [texts] = await Promise.all([
        isDivided(language) ? undefined : packTexts(pages.map(textOfPage)),
        ...this.adding,
      ])
      const { files, errors: fileErrors } = await index.getFiles()
      if (fileErrors.length > 0) throw new Error(`Pagefind cannot make its files: ${fileErrors.join('; ')}`)
      return compactIndex(files, texts ?? (await packTexts(dividedTexts(pages, files))))
    } finally {
      await close()
    }
  }
}

async function open(): Promise<PagefindIndex> {
  const { index, errors } = await createIndex({ includeCharacters: '+#.' })
  if (!index) throw new Error(`Pagefind cannot start: ${errors.join('; ')}`)
  return index
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
