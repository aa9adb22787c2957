/**
 * The file of words that are right on this site though no dictionary has them: one a line, `#` begins a comment. A word in small
 * letters may be written in any case; one with capitals is written like that, or in capitals alone.
 */
import type { Problem } from '#domain/problem.ts'
import { shorten, unexpected } from './problems.ts'
import type { ContentFile } from './read.ts'
import { maximumWordLetters } from './words.ts'

export const ownWordsFile = 'words.txt'
const maximumOwnWords = 20_000

const ownWord = /^\p{Script=Latin}[\p{Script=Latin}\p{M}]*(?:['’][\p{Script=Latin}\p{M}]+)*$/u

export function readOwnWords(file: ContentFile | undefined, problems: Problem[]): ReadonlySet<string> {
  const words = new Set<string>()
  for (const [index, line] of (file?.text ?? '').split('\n').entries()) {
    const text = line.replace(/#.*/, '')
    const word = text.trim().normalize('NFC')
    if (word === '') continue
    const place = { file: ownWordsFile, line: index + 1, column: text.length - text.trimStart().length + 1 }
    if (words.size >= maximumOwnWords) {
      const expected = `at most ${maximumOwnWords} words`
      problems.push(unexpected('bad-words-line', place, 'line', word, expected, 'remove words that nobody writes'))
      break
    }
    if (ownWord.test(word) && word.length <= maximumWordLetters) words.add(word.replaceAll('’', "'"))
    else {
      const parts = word.split(/[^\p{L}\p{M}'’]+/u).filter(isWordAlone)
      problems.push(
        unexpected(
          'bad-words-line',
          place,
          'line',
          word,
          `one word of at most ${maximumWordLetters} letters, without hyphens, digits and spaces`,
          parts.length > 0
            ? `write each word in a line of its own: ${parts.map((part) => `\`${shorten(part)}\``).join(', ')}`
            : 'remove the line: nothing in it is ever looked up',
        ),
      )
    }
  }
  return words
}

function isWordAlone(part: string): boolean {
  return ownWord.test(part) && part.length > 1 && part.length <= maximumWordLetters
}
