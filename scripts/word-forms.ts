/**
 * What Pagefind finds a word as: its stem, each part of one that has several (`x86-64`), its spelling with accents. The words around it have
 * no part in that, so each different word is asked for once, and remembered; where pages have it is for us to say (`word-index.ts`).
 */
import type { KeptMap } from './kept-map.ts'
import { countOfWords, type Pagefind, type WeightedWords } from './pagefind.ts'
import { parseEntry, parseOwnIndex, programsOf, type Entry, type IndexFile } from './pagefind-format.ts'
import { eachPlace, type Posting } from './word-index.ts'

export interface WordForm {
  /** Under which the index lists it. */
  word: string
  /** Its spelling, where accents tell that from it. */
  variant?: string
  /** As the index has it: negative, and less of a part than of a whole. */
  weight: number
}

/** What an index has besides words and pages. */
export interface IndexFrame {
  /** Of Pagefind. */
  version: string
  /** Names the language; it tells of an index that Pagefind has made. */
  entry: Entry
  programs: readonly IndexFile[]
}

/** What is kept from one build to the next. */
export interface KeptForms {
  /** Of words with their weights. */
  forms: KeptMap<readonly WordForm[]>
  frame: KeptMap<IndexFrame>
}

const frameKey = 'frame'

export class WordForms {
  private readonly pagefind: Pagefind
  private readonly kept: KeptForms

  constructor(pagefind: Pagefind, kept: KeptForms) {
    this.pagefind = pagefind
    this.kept = kept
  }

  /** @throws where Pagefind reports an error */
  async frame(): Promise<IndexFrame> {
    // Some word: an index of nothing has no language.
    return this.kept.frame.get(frameKey) ?? (await this.ask([{ weight: 1, words: ['a'] }]))
  }

  /** Asks Pagefind for words of which nobody has asked. @throws where it reports an error */
  async learn(parts: Iterable<WeightedWords>): Promise<void> {
    const unknown = new Map<number, Set<string>>()
    for (const { weight, words } of parts) {
      let ofWeight = unknown.get(weight)
      if (!ofWeight) unknown.set(weight, (ofWeight = new Set()))
      for (const word of words) if (!this.kept.forms.get(keyOf(word, weight))) ofWeight.add(word)
    }
    const groups = [...unknown].flatMap(([weight, words]) => {
      const { true: odd = [], false: others = [] } = Object.groupBy(words, (word) => `${isOdd(word)}`)
      return [others, ...odd.map((word) => [word])].map((group) => ({ weight, words: group }))
    })
    const asked = groups.filter(({ words }) => words.length > 0)
    if (asked.length > 0) await this.ask(asked)
  }

  /** @returns nothing where Pagefind finds no word in it. @throws where nobody has asked for it */
  of(word: string, weight: number): readonly WordForm[] {
    const forms = this.kept.forms.get(keyOf(word, weight))
    if (!forms) throw new Error(`Nobody has asked what \`${word}\` is found as.`)
    return forms
  }

  /** @param groups  each is a page for Pagefind, on which a word is told by its place */
  private async ask(groups: readonly WeightedWords[]): Promise<IndexFrame> {
    const files = await this.pagefind.filesOf(
      groups.map((group, number) => ({ url: `${number}`, meta: {}, parts: [group] })),
    )
    const index = parseOwnIndex(files)
    const counts = new Map(index?.pages.map(({ url, words }) => [Number(url), words]))
    const found = groups.map(({ words }) => words.map((): WordForm[] => []))
    const add = (word: string, variant: string | undefined, postings: readonly Posting[]) => {
      for (const { page, places } of postings) {
        const ofGroup = found[Number(index?.pages[page]?.url)]
        eachPlace(places, (weight, place) => {
          // What a word alone is found as is its own, wherever it is found.
          const forms = ofGroup?.length === 1 ? ofGroup[0] : ofGroup?.[place]
          forms?.push({ word, weight, ...(variant !== undefined && { variant }) })
        })
      }
    }
    for (const [word, { postings, variants }] of index?.words ?? []) {
      add(word, undefined, postings)
      for (const [variant, ofVariant] of variants) add(word, variant, ofVariant)
    }
    const torn: WeightedWords[] = []
    for (const [number, { weight, words }] of groups.entries()) {
      const count = counts.get(number)
      // Pagefind has divided a word where we have not, so that nobody knows what is whose.
      if (words.length > 1 && count !== undefined && count !== countOfWords([{ weight, words }]))
        torn.push(...words.map((word) => ({ weight, words: [word] })))
      else words.forEach((word, place) => this.kept.forms.set(keyOf(word, weight), found[number]?.[place] ?? []))
    }
    const frame = { version: index?.version ?? '', entry: parseEntry(files), programs: programsOf(files) }
    this.kept.frame.set(frameKey, frame)
    return torn.length > 0 ? this.ask(torn) : frame
  }
}

function keyOf(word: string, weight: number): string {
  return `${weight} ${word}`
}

/**
 * What may change other words on its page, and is asked for alone. Pagefind tells weights and sections by words like
 * `___PAGEFIND_WEIGHT___`, divides a word at some characters that no one sees, and takes others for nothing.
 */
function isOdd(word: string): boolean {
  return /PAGEFIND_|\p{C}/u.test(word)
}
