/** The vocabularies: the words that a site has for architectures, categories, people and sections. */
import type { Problem } from '#domain/problem.ts'
import type { Architecture, Category, Person, Site } from '#domain/vocabulary.ts'
import type { z } from 'zod'
import { architectureProblems } from './architecture-problems.ts'
import { vocabularyKinds } from './kinds.ts'
import type { ContentFile, ReadContent } from './read.ts'
import { unexpected } from './problems.ts'
import { validate, type YamlSource } from './validate.ts'
import { parseYamlSource } from './yaml-advice.ts'
import type { YamlValue } from './yaml.ts'

export interface Vocabulary<T> {
  /** What it says, where all of it is valid. */
  data: T | undefined
  /** Every id in it, also of what has problems. Undefined where the file is there but cannot be read: nobody can judge references then. */
  ids: ReadonlySet<string> | undefined
  source: YamlSource | undefined
}

export interface Vocabularies {
  site: Vocabulary<Site>
  architectures: Vocabulary<Record<string, Architecture>>
  /** Undefined where the site has none, so that every category is one. */
  categories: Vocabulary<Record<string, Category>> | undefined
  people: Vocabulary<Record<string, Person>>
}

/** A vocabulary that is valid, and what its data is like. */
export interface LocatedVocabulary {
  data: unknown
  source: YamlSource
  schema: z.ZodType
}

export function locatedVocabularies(read: Vocabularies): LocatedVocabulary[] {
  const located: { vocabulary: Vocabulary<unknown> | undefined; schema: z.ZodType }[] = [
    { vocabulary: read.site, schema: vocabularyKinds.site },
    { vocabulary: read.architectures, schema: vocabularyKinds.architectures },
    { vocabulary: read.categories, schema: vocabularyKinds.categories },
    { vocabulary: read.people, schema: vocabularyKinds.people },
  ]
  return located.flatMap(({ vocabulary, schema }) =>
    vocabulary?.data !== undefined && vocabulary.source !== undefined
      ? [{ data: vocabulary.data, source: vocabulary.source, schema }]
      : [],
  )
}

export function readVocabularies(
  read: ReadContent,
  standardArchitectures: ContentFile | undefined,
  problems: Problem[],
): Vocabularies {
  const isThere = (path: string) =>
    read.files.some((file) => file.path === path) || read.problems.some(({ place }) => place.file === path)
  const vocabulary = <T>(path: string, schema: z.ZodType<T>, idsIn: (value: YamlValue) => YamlValue | undefined) => {
    if (!isThere(path)) return { data: undefined, ids: new Set<string>(), source: undefined }
    return readVocabulary(
      read.files.find((file) => file.path === path),
      schema,
      idsIn,
      problems,
    )
  }
  if (!isThere('site.yml')) problems.push(siteMissing)
  const architectures = isThere('architectures.yml')
    ? notEmpty(vocabulary('architectures.yml', vocabularyKinds.architectures, itself), problems)
    : readVocabulary(standardArchitectures, vocabularyKinds.architectures, itself, problems)
  if (architectures.data && architectures.source) {
    problems.push(...architectureProblems(architectures.data, architectures.source))
  }

  return {
    site: vocabulary('site.yml', vocabularyKinds.site, (value) => (isMap(value) ? (value.sections ?? {}) : undefined)),
    architectures,
    categories: isThere('categories.yml')
      ? vocabulary('categories.yml', vocabularyKinds.categories, itself)
      : undefined,
    people: vocabulary('people.yml', vocabularyKinds.people, itself),
  }
}

/** A site without a column has nothing to say; what refers to one is not to blame. */
function notEmpty<T>(found: Vocabulary<T>, problems: Problem[]): Vocabulary<T> {
  if (found.ids?.size !== 0 || !found.source) return found
  problems.push(
    unexpected(
      'too-short',
      { file: found.source.file, line: 1, column: 1 },
      'list of architectures',
      '',
      'at least one architecture',
      'write the architectures of the site, or remove the file: then the usual ones count',
    ),
  )
  return { ...found, ids: undefined }
}

function readVocabulary<T>(
  file: ContentFile | undefined,
  schema: z.ZodType<T>,
  idsIn: (value: YamlValue) => YamlValue | undefined,
  problems: Problem[],
): Vocabulary<T> {
  if (!file) return { data: undefined, ids: undefined, source: undefined }
  const source: YamlSource = { file: file.path, text: file.text, firstLine: 1 }
  const parsed = parseYamlSource(source, problems)
  if (parsed === undefined) return { data: undefined, ids: undefined, source }
  const value = parsed === '' ? {} : parsed
  const result = validate(schema, value, source)
  problems.push(...result.problems)
  const map = idsIn(value)
  return { data: result.data, ids: isMap(map) ? new Set(Object.keys(map)) : undefined, source }
}

function itself(value: YamlValue): YamlValue {
  return value
}

function isMap(value: YamlValue | undefined): value is Record<string, YamlValue> {
  return typeof value === 'object' && !Array.isArray(value)
}

const siteMissing: Problem = {
  code: 'site-missing',
  severity: 'warning',
  place: { file: 'site.yml', line: 1, column: 1 },
  reason: 'Missing file `site.yml`, so the site has no title of its own.',
  expected: 'a file `site.yml` with at least a `title`',
  actual: '',
  fix: 'add `site.yml` with `title: …`',
}
