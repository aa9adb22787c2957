/** Words of the content that no dictionary has, that are no name of the catalog, and that its own list does not know. */
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import type { LocatedCatalog } from './catalog.ts'
import { offsetAt } from './change.ts'
import type { Dictionary } from './dictionary.ts'
import { kindNames, kinds } from './kinds.ts'
import { positionsIn } from './line-positions.ts'
import { lineNestedTooDeep } from './nesting.ts'
import { ownWordsFile } from './own-words.ts'
import { unexpected } from './problems.ts'
import { fieldPathsOf, visitField, type FieldPath } from './schema-paths.ts'
import { Speller } from './speller.ts'
import type { YamlSource } from './validate.ts'
import { wordsOfLine, wordsOfMarkdown, type FoundWord } from './words.ts'
import { parsePositionedYaml, type PositionedYaml } from './yaml.ts'

/** @returns warnings in reading order */
export function checkSpelling(catalog: LocatedCatalog, dictionary: Dictionary): Problem[] {
  const speller = new Speller(catalog, dictionary)
  const problems: Problem[] = []
  for (const kind of kindNames) {
    const fields = fieldPathsOf(kinds[kind].schema)
    for (const { file, data, body, bodyLine, source } of catalog[kind].values()) {
      problems.push(...checkFields(data, fields, source, speller))
      const unknown = wordsOfMarkdown(body).filter(({ word }) => !speller.knows(word))
      problems.push(...problemsOf(unknown, body, { file, firstLine: bodyLine }, speller))
    }
  }
  for (const { data, source, schema } of catalog.vocabularies) {
    problems.push(...checkFields(data, fieldPathsOf(schema), source, speller))
  }
  return inReadingOrder(problems)
}

function checkFields(data: unknown, fields: readonly FieldPath[], source: YamlSource, speller: Speller): Problem[] {
  const unknown: FoundWord[] = []
  let positioned: PositionedYaml | undefined
  for (const { path, meaning } of fields) {
    const isMarkdown = 'markdown' in meaning
    if (!isMarkdown && !('phrase' in meaning)) continue
    visitField(data, path, (text, at) => {
      if (isMarkdown && lineNestedTooDeep(text) !== undefined) return
      const words = isMarkdown ? wordsOfMarkdown(text) : wordsOfLine(text)
      if (words.every(({ word }) => speller.knows(word))) return
      positioned ??= parsePositionedYaml(source.text)
      const start = offsetAt(source.text, positioned.positionOfValue(at))
      unknown.push(...wordsInYaml(words, text, source.text, start).filter(({ word }) => !speller.knows(word)))
    })
  }
  return problemsOf(unknown, source.text, source, speller)
}

/** The words of a value where its YAML has them: folded or in quotes, they stand there in the same order. */
function wordsInYaml(words: readonly FoundWord[], value: string, yaml: string, start: number): FoundWord[] {
  // Escapes and the indentation of lines make it longer; it ends somewhere there.
  const near = yaml.slice(start, start + 6 * value.length + 200)
  let at = 0
  return words.map(({ word }) => {
    const found = indexOfWord(near, word, at)
    if (found === -1) return { word, offset: start }
    at = found + word.length
    return { word, offset: start + found }
  })
}

function indexOfWord(text: string, word: string, from: number): number {
  for (let at = text.indexOf(word, from); at !== -1; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text.charAt(at - 1)) && !isLetter(text.charAt(at + word.length))) return at
  }
  return -1
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character)
}

function problemsOf(
  words: readonly FoundWord[],
  text: string,
  { file, firstLine }: Pick<YamlSource, 'file' | 'firstLine'>,
  speller: Speller,
): Problem[] {
  if (words.length === 0) return []
  const positionOf = positionsIn(text)
  return words.map(({ word, offset }): Problem => {
    const { line, column } = positionOf(offset)
    const near = speller.nearest(word)
    const addition = `where it is right, add it to \`${ownWordsFile}\``
    return {
      ...unexpected(
        'unknown-spelling',
        { file, line: line + firstLine - 1, column },
        'word',
        word,
        'a word of English, or a name that the catalog knows',
        near === undefined ? addition : `did you mean \`${near}\`? ${capitalize(addition)}`,
      ),
      severity: 'warning',
    }
  })
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
