/** From parsed YAML to valid data, or to problems that name their place. */
import type { Place, Problem } from '#domain/problem.ts'
import type { z } from 'zod'
import { didYouMean, oneOf, shorten, unexpected } from './problems.ts'
import { parsePositionedYaml, type PositionedYaml, type YamlValue } from './yaml.ts'

/** YAML text in a file, and the line on which it starts. */
export interface YamlSource {
  file: string
  text: string
  firstLine: number
}

export type Validated<T> = { data: T; problems: [] } | { data: undefined; problems: Problem[] }

export function validate<T>(schema: z.ZodType<T>, value: YamlValue, source: YamlSource): Validated<T> {
  const result = schema.safeParse(value)
  if (result.success) return { data: result.data, problems: [] }
  const positioned = parsePositionedYaml(source.text)
  return {
    data: undefined,
    problems: result.error.issues.flatMap((issue) => problemsOf(issue, value, schema, source, positioned)),
  }
}

/** Where the value of a path stands in the file. */
export function placeOfValue(source: YamlSource, positioned: PositionedYaml, path: readonly PropertyKey[]): Place {
  return placeIn(source, positioned.positionOfValue(path))
}

function placeIn(source: YamlSource, { line, column }: { line: number; column: number }): Place {
  return { file: source.file, line: line + source.firstLine - 1, column }
}

type ZodIssue = z.core.$ZodIssue

function problemsOf(
  issue: ZodIssue,
  value: YamlValue,
  schema: z.ZodType,
  source: YamlSource,
  positioned: PositionedYaml,
): Problem[] {
  const { path } = issue
  const found = valueAt(value, path)
  const place = () => placeOfValue(source, positioned, path)
  const thing = thingOf(path)
  const actual = typeof found === 'string' ? found : describeValue(found)

  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schema, path)
    const present = typeof found === 'object' && !Array.isArray(found) ? Object.keys(found) : []
    return issue.keys.map((key) =>
      unexpected(
        'unknown-key',
        placeIn(source, positioned.positionOfKey([...path, key])),
        'key',
        key,
        known.length > 0 ? oneOf(known) : 'no key here',
        didYouMean(
          key,
          known.filter((candidate) => !present.includes(candidate)),
          `remove \`${shorten(key)}\``,
        ),
      ),
    )
  }
  if (found === undefined) {
    const expected = expectationOf(issue)
    const key = String(path.at(-1) ?? 'value')
    return [
      {
        code: 'missing-key',
        severity: 'error',
        place: place(),
        reason: `Missing key \`${key}\`, expected ${endSentence(expected)}`,
        expected,
        actual: '',
        fix: `add \`${key}: …\``,
      },
    ]
  }
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String)
    return [
      unexpected(
        'unknown-word',
        place(),
        thing,
        actual,
        oneOf(words),
        didYouMean(actual, words, 'write one of these words'),
      ),
    ]
  }
  if (issue.code === 'invalid_type') {
    const wanted = typeWords[issue.expected] ?? issue.expected
    return [unexpected('wrong-type', place(), thing, actual, wanted, wrongTypeFix(issue.expected, actual))]
  }
  const code = codeOf(issue)
  return [unexpected(code, place(), thing, actual, expectationOf(issue), fixOf(code))]
}

const typeWords: Record<string, string> = {
  string: 'text',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
}

function wrongTypeFix(expected: string, actual: string): string {
  if (expected === 'array' && actual !== '' && !actual.startsWith('a ')) return `write \`[${shorten(actual)}]\``
  if (expected === 'string') return 'write one value, in quotes where it has a colon'
  return `write ${typeWords[expected] ?? expected}`
}

function codeOf(issue: ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code
  if (issue.code === 'too_big') return 'too-long'
  if (issue.code === 'too_small') return 'too-short'
  if (issue.code === 'invalid_union') return 'bad-link'
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'bad-link'
  if (issue.code === 'invalid_key') return 'bad-id'
  return 'bad-format'
}

const fixes: Record<string, string> = {
  'date-not-real': 'write the day on which the linked source said it',
  'too-long': 'shorten it; what is longer belongs into the text below the front matter',
  'too-short': 'write a value, or remove the key',
  'bad-link': 'write the full address, beginning with `https://`',
  'bad-id': 'use lower-case letters, digits and hyphens',
  'missing-note': 'add `note: …` that says what is missing or needed',
  'end-before-start': 'correct one of the two days',
}

function fixOf(code: string): string {
  return fixes[code] ?? 'write it in the expected form'
}

/** What would have been right: the schema's own words, which are noun phrases. */
function expectationOf(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return oneOf(issue.values.map(String))
    case 'invalid_type':
      return typeWords[issue.expected] ?? issue.expected
    case 'invalid_key':
      return 'an id: lower-case letters, digits and hyphens'
    case 'too_big':
      return issue.message.startsWith('Too') ? `at most ${String(issue.maximum)} of them` : issue.message
    case 'too_small':
      return issue.message.startsWith('Too') ? `at least ${String(issue.minimum)} of them` : issue.message
    default:
      return issue.message
  }
}

/** What a reader calls the value: the last key of its path, in the singular inside a list. */
function thingOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1)
  if (typeof last === 'string') return spaced(last)
  const list = path.findLast((step) => typeof step === 'string')
  return list === undefined ? 'value' : spaced(singular(list))
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.endsWith('s') ? word.slice(0, -1) : word
}

function spaced(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function describeValue(value: YamlValue | undefined): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  return value === undefined ? '' : typeof value === 'object' ? 'a map' : value
}

function valueAt(value: YamlValue, path: readonly PropertyKey[]): YamlValue | undefined {
  let current: YamlValue | undefined = value
  for (const step of path) {
    if (typeof current !== 'object' || !Object.hasOwn(current, step)) return undefined
    current = (current as Record<PropertyKey, YamlValue>)[step]
  }
  return current
}

interface Definition {
  shape?: Record<string, z.ZodType>
  element?: z.ZodType
  valueType?: z.ZodType
  innerType?: z.ZodType
}

/** The keys that the schema knows at a path. */
function keysOf(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: z.ZodType | undefined = schema
  const definitionOf = (type: z.ZodType): Definition => {
    // zod's definitions are a public, documented tree; its TypeScript type is a union of every kind.
    const definition = type._zod.def as unknown as Definition
    return definition.innerType ? definitionOf(definition.innerType) : definition
  }
  for (const step of path) {
    if (!current) return []
    const definition = definitionOf(current)
    current = typeof step === 'number' ? definition.element : (definition.shape?.[String(step)] ?? definition.valueType)
  }
  return current ? Object.keys(definitionOf(current).shape ?? {}) : []
}

function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
