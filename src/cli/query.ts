import { nearest } from '#catalog/nearest.ts'
import type { Catalog } from '#domain/catalog.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { parseQuery, type Query, type QueryProblem, type QueryVocabulary } from '#query/query.ts'
import { CannotRun } from './world.ts'

/** What the content calls things, for questions. */
export function vocabularyOf({ architectures, categories }: Catalog): QueryVocabulary {
  const words = new ArchitectureWords(architectures)
  const known = new Map<string, string>()
  for (const word of words.words()) {
    const reading = words.read(word)
    if (reading.kind === 'known') known.set(word, reading.id)
  }
  return { architectures: known, ambiguous: words.ambiguousWords(), categories: new Set(categories.keys()) }
}

/** @throws where a part of the question means nothing: half an answer would be taken for the whole */
export function readQuery(text: string, catalog: Catalog): Query {
  const query = parseQuery(text, vocabularyOf(catalog))
  if (query.problems.length === 0) return query
  throw new CannotRun(query.problems.map(sentencesOf).join('\n'))
}

/**
 * Arguments in which a question that begins with a minus stays the value of its option: to `parseArgs`
 * it would be an option of its own.
 */
export function joinQuery(args: readonly string[]): string[] {
  const at = args.indexOf('--query')
  const question = args[at + 1]
  if (at === -1 || question === undefined || !/^-[^-]/.test(question)) return [...args]
  return [...args.slice(0, at), `--query=${question}`, ...args.slice(at + 2)]
}

function sentencesOf({ token, reason, strange, expected }: QueryProblem): string {
  const near = strange === undefined ? undefined : nearest(strange, expected)
  return [
    `Unexpected condition \`${token}\`: ${reason}.`,
    ...(near === undefined ? [] : [`Did you mean \`${near}\`?`]),
    ...(expected.length === 0 ? [] : [`Expected one of ${expected.map((word) => `\`${word}\``).join(', ')}.`]),
  ].join(' ')
}
