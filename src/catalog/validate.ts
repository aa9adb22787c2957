/** From parsed YAML to valid data, or to problems that name their place. */
import { expectationOf, ownWordsOf, wordsOfType } from '#domain/expectation.ts'
import type { Place, Problem } from '#domain/problem.ts'
import type { z } from 'zod'
import { nearest } from './nearest.ts'
import { didYouMean, endSentence, meant, oneOf, shorten, unexpected, type Fix } from './problems.ts'
import { asYaml } from './edit.ts'
import { SchemaFinder } from './schema-paths.ts'
import { adviseOnValue } from './value-advice.ts'
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
  const schemas = new SchemaFinder(schema)
  const passedOver = mayHoldProto(source.text) ? protoKeysOf(value, []).filter((path) => isEntry(path, schemas)) : []
  if (result.success && passedOver.length === 0) return { data: result.data, problems: [] }
  const positioned = parsePositionedYaml(source.text)
  const context = { value, source, positioned, schemas }
  const found = [...(result.error?.issues ?? []), ...passedOver.map(badKey)]
  const issues = withoutMisspelt(withoutConsequences(found), context)
  const problems = issues.flatMap((issue) => problemsOf(issue, context))
  return { data: undefined, problems: withoutRepetitions(problems) }
}

/** Where the value of a path stands in the file. */
export function placeOfValue(source: YamlSource, positioned: PositionedYaml, path: readonly PropertyKey[]): Place {
  return placeIn(source, positioned.positionOfValue(path))
}

/** Where a key stands in the file. */
export function placeOfKey(source: YamlSource, positioned: PositionedYaml, path: readonly PropertyKey[]): Place {
  return placeIn(source, positioned.positionOfKey(path))
}

function placeIn(source: YamlSource, { line, column }: { line: number; column: number }): Place {
  return { file: source.file, line: line + source.firstLine - 1, column }
}

type ZodIssue = z.core.$ZodIssue

/** Also where it is written with escapes: nearly no file has the key, and none is searched for it. */
function mayHoldProto(text: string): boolean {
  return text.includes('__proto__') || text.includes('\\')
}

function protoKeysOf(value: YamlValue, path: readonly PropertyKey[]): PropertyKey[][] {
  if (typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, below]) => {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    return key === '__proto__' ? [at] : protoKeysOf(below, at)
  })
}

/** zod passes over such a key in a map whose keys are ids or words; elsewhere it is an unknown key. */
function isEntry(path: readonly PropertyKey[], schemas: SchemaFinder): boolean {
  return schemas.hasEntriesAt(path.slice(0, -1))
}

function badKey(path: PropertyKey[]): ZodIssue {
  return { code: 'invalid_key', origin: 'record', issues: [], path, message: '', input: path.at(-1) }
}

/** What is wrong about a value of another type, or about a map with another key, only follows from that. */
function withoutConsequences(issues: readonly ZodIssue[]): ZodIssue[] {
  const isCause = ({ code }: ZodIssue) => code === 'invalid_type' || code === 'unrecognized_keys'
  const causes = new Set(issues.filter(isCause).map(({ path }) => path.join('\n')))
  return issues.filter((issue) => isCause(issue) || !causes.has(issue.path.join('\n')))
}

/** A key that is missing because another one is nearly called so is there once that one is right. */
function withoutMisspelt(issues: readonly ZodIssue[], { value, schemas }: Context): ZodIssue[] {
  const meant = new Set<string>()
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    const keys = keysOf(issue.path, value, schemas)
    for (const key of issue.keys) {
      const match = nearestKey(key, keys)
      if (match !== undefined) meant.add([...issue.path, match].join('\n'))
    }
  }
  return issues.filter((issue) => {
    const path = isMissingNote(issue) ? [...issue.path.slice(0, -1), 'note'] : issue.path
    return valueAt(value, path) !== undefined || !meant.has(path.join('\n'))
  })
}

/** It is told beside the word that needs the note. */
function isMissingNote(issue: ZodIssue): boolean {
  return issue.code === 'custom' && issue.params?.code === 'missing-note'
}

/** The keys that a map may have: those that it has not, and those that it has. */
interface KnownKeys {
  free: string[]
  taken: string[]
}

function keysOf(path: readonly PropertyKey[], value: YamlValue, schemas: SchemaFinder): KnownKeys {
  const found = valueAt(value, path)
  const present = new Set(isMap(found) ? Object.keys(found) : [])
  const known = schemas.keysAt(path)
  return { free: known.filter((key) => !present.has(key)), taken: known.filter((key) => present.has(key)) }
}

/** Of two that are equally near, the one that is still free. */
function nearestKey(key: string, { free, taken }: KnownKeys): string | undefined {
  return nearest(key, [...free, ...taken])
}

/** A key that is there already cannot be written a second time: what was meant for it goes. */
function keyFix(key: string, keys: KnownKeys): Fix {
  const match = nearestKey(key, keys)
  if (match !== undefined && keys.free.includes(match)) return meant(match)
  const typed = `\`${shorten(key)}\``
  const text =
    match === undefined ? `remove ${typed}` : `did you mean \`${match}\`, which is there already? Remove ${typed}`
  return { text, change: { kind: 'remove' } }
}

/** Of problems with one code in one place the first says enough. */
function withoutRepetitions(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ code, place, actual, reason }) => {
    const missing = code === 'missing-key' ? reason : ''
    const key = [code, place.line, place.column, actual, missing].join('\n')
    return !seen.has(key) && seen.add(key)
  })
}

interface Context {
  value: YamlValue
  source: YamlSource
  positioned: PositionedYaml
  schemas: SchemaFinder
}

function problemsOf(issue: ZodIssue, { value, source, positioned, schemas }: Context): Problem[] {
  const { path } = issue
  const found = valueAt(value, path)
  const place = placeOfValue(source, positioned, path)
  const thing = path.length > 0 ? thingOf(path) : source.file.endsWith('.md') ? 'front matter' : 'whole file'
  const report = (code: string, expected: string, fix: string | Fix) =>
    unexpectedValue(code, place, thing, found, expected, fix)

  if (issue.code === 'unrecognized_keys') {
    const known = schemas.keysAt(path)
    const keys = keysOf(path, value, schemas)
    return issue.keys.map((key) => {
      const keyPlace = placeOfKey(source, positioned, [...path, key])
      const expected = known.length > 0 ? oneOf(known) : 'no key here'
      return unexpected('unknown-key', keyPlace, 'key', key, expected, keyFix(key, keys))
    })
  }
  if (issue.code === 'invalid_key') {
    const key = String(path.at(-1))
    const expected = 'an id: lower-case letters, digits and hyphens, at most 64 of them'
    const keyPlace = placeOfKey(source, positioned, path)
    return [unexpected('bad-id', keyPlace, 'key', key, expected, adviseOnValue('bad-id', key, expected))]
  }
  if (isMissingNote(issue)) {
    const word = String(path.at(-1))
    const fix = 'add `note: …` that says what is missing or needed'
    return [
      {
        ...report('missing-note', issue.message, fix),
        reason: `Missing key \`note\` beside ${word} \`${textOf(found)}\`, expected ${endSentence(issue.message)}`,
      },
    ]
  }
  if (found === undefined) return [missingKey(issue, place, schemas)]
  if (issue.code === 'invalid_value') {
    const words = issue.values.map(String)
    // The schema may know better than the alphabet what somebody meant.
    const advice = ownWordsOf(issue)
    const typed = textOf(found).toLowerCase()
    // By its letters `github` is nearer to `gitlab` than to `github-actions`.
    const begun = typed === '' ? undefined : words.find((word) => word.startsWith(`${typed}-`))
    const near = begun === undefined ? didYouMean(textOf(found), words, 'write one of these words') : meant(begun)
    const fix: string | Fix = advice ?? near
    return [report('unknown-word', oneOf(words), fix)]
  }
  if (issue.code === 'invalid_type') {
    return [report('wrong-type', wordsOfType(issue.expected), typeFix(issue.expected, path, found, schemas))]
  }
  const code = codeOf(issue)
  const expected = expectationOf(issue)
  if (textOf(found).trim() !== '' || typeof found !== 'string') {
    return [report(code, expected, adviseOnValue(code, found, expected, path))]
  }
  const last = path.at(-1)
  const canGo = typeof last === 'number' || schemas.isOptionalAt(path)
  if (!canGo) return [report(code, expected, `write ${expected}`)]
  return [report(code, expected, { text: `write ${expected}, or remove the line`, change: { kind: 'remove' } })]
}

function missingKey(issue: ZodIssue, place: Place, schemas: SchemaFinder): Problem {
  const key = String(issue.path.at(-1))
  const expected = expectationOf(issue)
  const meaning = schemas.descriptionAt(issue.path)
  const example = /`([^`]+)`/.exec(meaning ?? '')?.[1]
  const sign =
    example !== undefined && schemas.isValidAt(issue.path, example)
      ? asYaml(example)
      : issue.code === 'invalid_type'
        ? (typeSigns[issue.expected] ?? '…')
        : '…'
  return {
    code: 'missing-key',
    severity: 'error',
    place,
    reason: `Missing key \`${key}\`${meaning === undefined ? '' : ` (${uncapitalize(meaning)})`}, expected ${endSentence(expected)}`,
    expected,
    actual: '',
    fix: `add \`${key}: ${sign}\``,
    change: { kind: 'add', key, yaml: sign },
  }
}

/** Lists and maps are named, not shown. */
function unexpectedValue(
  code: string,
  place: Place,
  thing: string,
  found: YamlValue | undefined,
  expected: string,
  fix: string | Fix,
): Problem {
  if (typeof found !== 'object') return unexpected(code, place, thing, found ?? '', expected, fix)
  const isEmpty = Object.keys(found).length === 0
  const kind = `${isEmpty ? 'empty ' : ''}${Array.isArray(found) ? 'list' : 'map'}`
  return {
    ...unexpected(code, place, thing, '', expected, fix),
    reason: `Unexpected ${kind} as ${thing}, expected ${endSentence(expected)}`,
    actual: `${isEmpty ? 'an' : 'a'} ${kind}`,
  }
}

const typeSigns: Record<string, string> = { array: '[…]', object: '{…}', record: '{…}' }

function typeFix(
  expected: string,
  path: readonly PropertyKey[],
  found: YamlValue,
  schemas: SchemaFinder,
): string | Fix {
  if (path.length === 0) return 'write keys and values, with a space after each colon: `key: value`'
  const isItem = typeof path.at(-1) === 'number'
  const removal: Pick<Fix, 'change'> = isItem || schemas.isOptionalAt(path) ? { change: { kind: 'remove' } } : {}
  if (expected === 'string') {
    return { text: 'write one value, in quotes where it holds a colon and a space', change: { kind: 'quote' } }
  }
  const sign = expected === 'array' ? '[…]' : '{…}'
  // A name is most of what an entry of a vocabulary says.
  if (typeof found === 'string' && found.trim() !== '' && schemas.keysAt(path).includes('name')) {
    const yaml = `{name: ${asYaml(found)}}`
    return { text: `write \`${shorten(yaml)}\``, change: { kind: 'write-yaml', yaml } }
  }
  if (found === '') return { text: `write \`${sign}\`, or remove the line`, ...removal }
  if (expected === 'array' && typeof found === 'string') {
    return { text: `write \`[${shorten(found)}]\``, change: { kind: 'write-yaml', yaml: `[${asYaml(found)}]` } }
  }
  if (expected === 'array' && typeof found === 'object') {
    const text = 'make it an item of a list: `- ` before its first key, the others in the same column as that'
    return { text, change: { kind: 'wrap' } }
  }
  return {
    text: `write ${wordsOfType(expected)}: \`${sign}\`${removal.change ? ', or remove it' : ''}`,
    ...removal,
  }
}

function codeOf(issue: ZodIssue): string {
  if (issue.code === 'custom' && typeof issue.params?.code === 'string') return issue.params.code
  if (issue.code === 'too_big') return 'too-long'
  if (issue.code === 'too_small') return 'too-short'
  if (issue.code === 'invalid_union') return 'bad-link'
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'bad-link'
  return 'bad-format'
}

/** What a reader calls the value: the last key of its path, in the singular inside a list. */
function thingOf(path: readonly PropertyKey[]): string {
  const last = path.at(-1)
  if (typeof last === 'string') return shorten(last)
  const list = path.findLast((step) => typeof step === 'string')
  return list === undefined ? 'value' : shorten(singular(list))
}

function singular(word: string): string {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (word.endsWith('iases')) return word.slice(0, -2)
  return word.endsWith('s') ? word.slice(0, -1) : word
}

function uncapitalize(text: string): string {
  return /^[A-Z][a-z ]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
}

function textOf(value: YamlValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function isMap(value: YamlValue | undefined): value is Record<string, YamlValue> {
  return typeof value === 'object' && !Array.isArray(value)
}

function valueAt(value: YamlValue, path: readonly PropertyKey[]): YamlValue | undefined {
  let current: YamlValue | undefined = value
  for (const step of path) {
    if (typeof current !== 'object' || !Object.hasOwn(current, step)) return undefined
    current = (current as Record<PropertyKey, YamlValue>)[step]
  }
  return current
}
