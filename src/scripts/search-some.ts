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

/** Words of messages that say nothing of what is wrong. */
const wordsOfMessages = new Set([
  'no',
  'not',
  'such',
  'file',
  'directory',
  'error',
  'errors',
  'fatal',
  'failed',
  'cannot',
  'found',
  'line',
  'this',
  'that',
])

/** Each word is a question of its own. */
const maximumWords = 8
/** Of so many words one is enough; of more, */
const fewWords = 3
/** so many have to be there. */
const enoughOfMany = 2
/** More are a message, in which names are not what is looked for. */
const manyWords = 4

/**
 * Words that name something, each once; of very many the longest.
 * @param common words that very many pages have, in lower case
 */
export function tellingWords(query: string, common: ReadonlySet<string>): string[] {
  const words = query
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter(
      (word) =>
        word.length > 1 &&
        !namesNothing(word) &&
        !wordsOfMessages.has(word.toLowerCase()) &&
        !common.has(word.toLowerCase()) &&
        !/^\d+$/.test(word),
    )
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

/**
 * How good an answer a page is that has some of the words: 0 where it has too few of them; more where it is called by one of a few, and for each
 * two that stand beside each other there as they were typed.
 */
export function worthOf(page: Parameters<typeof isMatch>[0], words: readonly string[], query: string): number {
  const isCalledSo = words.length <= manyWords && words.some((word) => isNamed(page, word))
  const enough = words.length <= fewWords ? 1 : enoughOfMany
  if (!isCalledSo && words.filter((word) => isMatch(page, word)).length < enough) return 0
  return 1 + Number(isCalledSo) + pairsIn(page.content, query)
}

/** How many pairs of neighbouring words two texts have in common. */
function pairsIn(content: string, query: string): number {
  const text = ` ${withoutSigns(content)} `
  const words = withoutSigns(query).split(' ')
  const pairs = new Set(words.slice(1).map((word, at) => ` ${words[at] ?? ''} ${word} `))
  return [...pairs].filter((pair) => text.includes(pair)).length
}

function withoutSigns(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
