import type { Catalog } from '#domain/catalog.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { parseQuery, type Query, type QueryVocabulary } from '#query/query.ts'
import { CannotRun } from './world.ts'

/** What the content calls things, for questions. */
export function vocabularyOf({ architectures, categories }: Catalog): QueryVocabulary {
  const words = new ArchitectureWords(architectures)
  const known = new Map<string, string>()
  for (const word of words.words()) {
    const reading = words.read(word)
    if (reading.kind === 'known') known.set(word, reading.id)
  }
  return { architectures: known, categories: new Set(categories.keys()) }
}

/** @throws where a part of the question means nothing: half an answer would be taken for the whole */
export function readQuery(text: string, catalog: Catalog): Query {
  const query = parseQuery(text, vocabularyOf(catalog))
  if (query.problems.length === 0) return query
  throw new CannotRun(
    query.problems
      .map(
        ({ token, reason, expected }) =>
          `Unexpected condition \`${token}\`: ${reason}. Expected one of ${expected.map((word) => `\`${word}\``).join(', ')}.`,
      )
      .join('\n'),
  )
}
