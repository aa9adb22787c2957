import type { LocatedCatalog } from './catalog.ts'
import type { Dictionary } from './dictionary.ts'
import { nearest } from './nearest.ts'
import { ownNamesOf } from './own-names.ts'

/** Looking for words that are near takes a thousand times as long as looking one up. */
const maximumSearches = 1000

/** Knows the words of a dictionary, the names of a catalog, and the words that its list adds. */
export class Speller {
  private readonly dictionary: Dictionary
  /** In small letters: names are written in every case, in ids and at the beginning of sentences. */
  private readonly names: ReadonlySet<string>
  private readonly ownWords: ReadonlySet<string>
  private readonly isKnown = new Map<string, boolean>()
  private readonly nearestTo = new Map<string, string | undefined>()

  constructor(catalog: LocatedCatalog, dictionary: Dictionary) {
    this.dictionary = dictionary
    this.ownWords = catalog.ownWords
    const names = new Set<string>()
    for (const name of ownNamesOf(catalog)) {
      for (const [word] of name.normalize('NFC').matchAll(/[\p{L}\p{M}'’]+/gu)) names.add(plain(word).toLowerCase())
    }
    this.names = names
  }

  knows(typed: string): boolean {
    const known = this.isKnown.get(typed)
    if (known !== undefined) return known
    const word = plain(typed)
    const isKnown =
      stemsOf(word).some((stem) => this.hasName(stem)) ||
      [word, word.replace(/'s$/, ''), withoutAccents(word)].some((form) => this.dictionary.knows(form))
    this.isKnown.set(typed, isKnown)
    return isKnown
  }

  /** The word that was most likely meant. */
  nearest(typed: string): string | undefined {
    if (this.nearestTo.has(typed)) return this.nearestTo.get(typed)
    // A short word is near to many.
    if (typed.length < 3 || this.nearestTo.size >= maximumSearches) return undefined
    const word = plain(typed).replace(/'s$/, '')
    const found = nearest(word, [...this.dictionary.near(word), ...this.ownWords, ...this.names])
    this.nearestTo.set(typed, found)
    return found
  }

  private hasName(word: string): boolean {
    const small = word.toLowerCase()
    if (this.names.has(small) || this.ownWords.has(small) || this.ownWords.has(word)) return true
    // A word with capitals of its own may also stand in capitals alone.
    if (word !== word.toUpperCase()) return false
    this.ownWordsInCapitals ??= new Set([...this.ownWords].map((own) => own.toUpperCase()))
    return this.ownWordsInCapitals.has(word)
  }

  private ownWordsInCapitals: ReadonlySet<string> | undefined
}

function plain(word: string): string {
  return word.normalize('NFC').replaceAll('’', "'")
}

/** The dictionaries have `naive` and no `naïve`. */
function withoutAccents(word: string): string {
  return word.normalize('NFKD').replace(/\p{M}/gu, '')
}

/** A name, and what may be one once the ending of its genitive or its plural is gone. */
function stemsOf(word: string): string[] {
  const stems = [word]
  for (const ending of [/'s?$/i, /s'?$/i, /es'?$/i]) {
    if (word.length > 3 && ending.test(word)) stems.push(word.replace(ending, ''))
  }
  return stems
}
