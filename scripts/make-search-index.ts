/**
 * Makes the files of a search index of the prose of pages in the format of Pagefind: smaller than its own, fewer, and the same to the byte in
 * each build. Pagefind says what words are found as, and gives its programs.
 */
import { lettersOf } from '../src/query/letters.ts'
import type { PageText } from '../src/query/page-texts.ts'
import { dividedWords, packTexts, type PackedTexts } from './pack-texts.ts'
import type { PageProse } from './page-prose.ts'
import { Pagefind, type WeightedWords } from './pagefind.ts'
import { entryPath, parseOwnIndex, serializeWordIndex, type IndexFile } from './pagefind-format.ts'
import { WordForms, type KeptForms } from './word-forms.ts'
import { arrangeIndex, indexPages, wordsOfField, type PageWords, type WordIndex } from './word-index.ts'

/** An index to which pages are added as they come to be known; what can be done with them is done at once. */
export class IndexInMaking {
  private readonly language: string
  private readonly pagefind: Pagefind
  private readonly forms: WordForms
  private readonly pages: PageProse[] = []
  private readonly words: PageWords[] = []
  private readonly texts: Promise<PackedTexts>[] = []
  private readonly learnt: Promise<void>[] = []

  constructor(language: string, kept: KeptForms) {
    this.language = language
    this.pagefind = new Pagefind(language)
    this.forms = new WordForms(this.pagefind, kept)
  }

  /** What is wrong with them is heard by who asks for the index. */
  add(pages: readonly PageProse[]): void {
    this.pages.push(...pages)
    if (isDivided(this.language)) return
    const words = pages.map(wordsOfPage)
    this.words.push(...words)
    const learnt = this.forms.learn(words.flatMap(askedOf))
    const texts = packTexts(pages.map(textOfPage))
    for (const promise of [learnt, texts]) promise.catch(() => undefined)
    this.learnt.push(learnt)
    this.texts.push(texts)
  }

  /** The files of an index of all pages but those in which Pagefind finds no word; after that it takes no more. @throws where Pagefind reports an error */
  async finish(): Promise<IndexFile[]> {
    try {
      // They bring what Pagefind tells of itself.
      await Promise.all(this.learnt)
      const { version, entry, programs } = await this.forms.frame()
      const { index, texts } = isDivided(this.language) ? await this.divide(version) : await this.indexWords(version)
      const places = new Map(texts.flatMap(({ places }) => [...places]))
      const { hash, files } = serializeWordIndex(index, (url) => places.get(url) ?? '')
      const languages = Object.entries(entry.languages).map(([name, language]) => [
        name,
        { ...language, hash, page_count: index.pages.length },
      ])
      // Without pages it has no language.
      const ownEntry = { ...entry, languages: index.pages.length > 0 ? Object.fromEntries(languages) : {} }
      return [
        ...programs,
        ...texts.flatMap(({ files }) => files),
        ...(index.pages.length > 0 ? files : []),
        { path: entryPath, content: Buffer.from(JSON.stringify(ownEntry)) },
      ].sort((a, b) => (a.path < b.path ? -1 : 1))
    } finally {
      await this.pagefind.end()
    }
  }

  private async indexWords(version: string): Promise<{ index: WordIndex; texts: PackedTexts[] }> {
    const index = indexPages(version, this.fields(), this.words, (word, weight) => this.forms.of(word, weight))
    return { index, texts: await Promise.all(this.texts) }
  }

  /** Pagefind divides the texts. Sections of them are not told: where they begin is counted in other words. */
  private async divide(version: string): Promise<{ index: WordIndex; texts: PackedTexts[] }> {
    const files = await this.pagefind.filesOf(
      this.pages.map(({ url, meta, parts }) => ({ url, meta, parts: parts.map(withoutFullStops) })),
    )
    const words = dividedWords(files)
    const texts = this.pages.map((page) => ({ ...textOfPage(page), words: words.get(page.url) ?? [], sections: [] }))
    const index = parseOwnIndex(files) ?? indexPages(version, [], [], () => [])
    const urls = this.pages.map(({ url }) => url)
    return { index: arrangeIndex(index, urls, this.fields()), texts: [await packTexts(texts)] }
  }

  private fields(): string[] {
    return [...new Set(this.pages.flatMap(({ meta }) => Object.keys(meta)))].sort()
  }
}

/** Languages without spaces between words: Pagefind finds the words, so it gets the whole text, and its division is what counts. */
export function isDivided(language: string): boolean {
  return /^(?:zh|ja|th)\b/i.test(language)
}

function textOfPage({ url, meta, parts, sections }: PageProse): PageText {
  return { url, meta, words: parts.flatMap(({ words }) => words), sections }
}

/** What of a page is found: each word once, as Pagefind is asked for it. */
export function wordsOfPage({ url, meta, parts }: PageProse): PageWords {
  return {
    url,
    parts: withoutRepetitions(parts).map(withoutFullStops),
    meta: { ...meta },
    filters: { kind: meta.kind ?? '' },
  }
}

/** All words that are asked for on account of a page. */
function askedOf({ parts, meta }: PageWords): WeightedWords[] {
  return [...parts, { weight: 1, words: Object.values(meta).flatMap(wordsOfField) }]
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

function withoutFullStops({ weight, words }: WeightedWords): WeightedWords {
  return { weight, words: words.map(withoutFullStop) }
}

/** A full stop belongs to a word in `node.js`; at the end of a sentence it would make another word of it. */
function withoutFullStop(word: string): string {
  return word.replace(/\.(?=[^\p{L}\p{N}+#]*$)/gu, '')
}
