/** Pages that have some of the words that were typed, where none has all of them. */
import { namesNothing } from '#query/cell-question.ts'
import { isMatch, isNamed } from './search-match.ts'

/** A page as the index tells of it. */
export interface FoundId {
  id: string
  /** How much the page is about the words: more is better, and shorter pages have more. */
  score: number
  /** Numbers of the words that were found, among the different words of the page. */
  words: readonly number[]
}

/** Each word is a question of its own. */
const maximumWords = 8
/** Of so many words one is enough; of more, */
const fewWords = 3
/** so many have to be there. */
const enoughOfMany = 2

/**
 * Words that name something, each once; of very many the longest.
 * @param common words that very many pages have, in lower case
 */
export function tellingWords(query: string, common: ReadonlySet<string>): string[] {
  const words = query
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word.length > 1 && !namesNothing(word) && !common.has(word.toLowerCase()) && !/^\d+$/.test(word))
  const different = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()]
  const longest = [...different].sort((a, b) => b.length - a.length).slice(0, maximumWords)
  return different.filter((word) => longest.includes(word))
}

/** @param answers of each word. @returns what is most about most of the words first, where rare words count for more */
export function united(answers: readonly (readonly FoundId[])[]): FoundId[] {
  const all = new Map<string, { weight: number; words: Set<number> }>()
  for (const answer of answers) {
    const rarity = 1 / (1 + Math.log(Math.max(1, answer.length)))
    const best = Math.max(...answer.map(({ score }) => score))
    for (const { id, score, words } of answer) {
      const page = all.get(id) ?? { weight: 0, words: new Set() }
      page.weight += (rarity * score) / best
      for (const word of words) page.words.add(word)
      all.set(id, page)
    }
  }
  return [...all]
    .sort(([, a], [, b]) => b.weight - a.weight)
    .map(([id, { weight, words }]) => ({ id, score: weight, words: [...words].sort((a, b) => a - b) }))
}

/** How good an answer a page is that has some of the words: 2 where it is called by one, 1 where it has enough of them, else 0. */
export function worthOf(page: Parameters<typeof isMatch>[0], words: readonly string[]): 0 | 1 | 2 {
  if (words.some((word) => isNamed(page, word))) return 2
  const enough = words.length <= fewWords ? 1 : enoughOfMany
  return words.filter((word) => isMatch(page, word)).length >= enough ? 1 : 0
}
