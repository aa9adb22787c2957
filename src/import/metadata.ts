/** The front matter of an old issue as keys and values, whatever it was written in. Nothing in it ever runs. */
import { withoutUnseen } from '#domain/text.ts'
import { parsePositionedYaml, type YamlValue } from '#catalog/yaml.ts'
import type { Place } from '#domain/problem.ts'
import { parse as parseToml, TomlError, TomlDate } from 'smol-toml'
import { quoted, type Report } from './report.ts'
import { placeOf, type SourceLine } from './source-text.ts'
import type { OldDocument } from './split.ts'

export interface MetadataValue {
  /** The key as it was typed. */
  name: string
  value: YamlValue
  place: Place
}

/** Values by their keys in small letters, without `-` and `_`: `pub_date` is `pubdate`. */
export type Metadata = ReadonlyMap<string, MetadataValue>

/** No front matter is as long. */
const maximumCharacters = 64 * 1024

export function readMetadata(document: OldDocument, report: Report): Metadata {
  const { metadata: lines, kind, file } = document
  const text = lines.map((line) => line.text).join('\n')
  if (text.trim() === '' || kind === undefined) return new Map()
  if (text.length <= maximumCharacters) {
    const read =
      kind === 'toml' ? fromToml(text, file, lines) : kind === 'yaml' ? fromYaml(text, file, lines) : undefined
    if (read) return read
  }
  const repaired = fromLines(lines, file)
  if (kind !== 'plain') {
    report.guess('front-matter-repaired', placeOf(file, lines[0] ?? { text: '', line: 1 }, 1), {
      actual: text.split('\n', 1)[0] ?? '',
      guessed: [...repaired.values()].map(({ name }) => name).join(', '),
      reason: `This front matter is no well-formed ${kind === 'toml' ? 'TOML' : 'YAML'}; it was read line by line`,
      expected: 'well-formed front matter',
      fix: 'compare what became of each key',
    })
  }
  return repaired
}

/** A value as one line of text; lists are joined by commas. */
export function textOfValue(value: YamlValue): string {
  if (typeof value === 'string') return withoutUnseen(value).replace(/\s+/g, ' ').trim()
  if (Array.isArray(value)) return value.map(textOfValue).join(', ')
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${textOfValue(inner)}`)
    .join(', ')
}

/** A value as a list of texts, as old blogs write one: a list, or words with commas between them. */
export function listOfValue(value: YamlValue): string[] {
  const list = Array.isArray(value)
    ? value.map(textOfValue)
    : textOfValue(value)
        .replace(/^\[|\]$/g, '')
        .split(',')
  return list.map((text) => text.trim().replace(/^["']|["']$/g, '')).filter((text) => text !== '')
}

function keyOf(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '')
}

function fromYaml(text: string, file: string, lines: readonly SourceLine[]): Metadata | undefined {
  const parsed = parsePositionedYaml(text)
  const { value } = parsed
  if (value === undefined || typeof value !== 'object' || Array.isArray(value)) return undefined
  const values = new Map<string, MetadataValue>()
  for (const [name, inner] of Object.entries(value)) {
    const { line, column } = parsed.positionOfKey([name])
    const at = lines[line - 1] ?? lines[0]
    if (at === undefined || values.has(keyOf(name))) return undefined
    values.set(keyOf(name), { name, value: inner, place: placeOf(file, at, column) })
  }
  return values
}

function fromToml(text: string, file: string, lines: readonly SourceLine[]): Metadata | undefined {
  try {
    const values = new Map<string, MetadataValue>()
    for (const [name, value] of Object.entries(parseToml(text, { maxDepth: 20, unsafeKeyBehaviour: 'drop' }))) {
      const at = lines.findIndex((line) =>
        line.text
          .trimStart()
          .replace(/^["'[]+/, '')
          .startsWith(name),
      )
      const line = lines[Math.max(at, 0)]
      if (line === undefined || values.has(keyOf(name))) return undefined
      const column = line.text.indexOf(name) + 1
      values.set(keyOf(name), { name, value: plainValue(value), place: placeOf(file, line, Math.max(column, 1)) })
    }
    return values
  } catch (error) {
    if (error instanceof TomlError || error instanceof RangeError) return undefined
    throw error
  }
}

function plainValue(value: unknown): YamlValue {
  if (value instanceof TomlDate) {
    // `2017-04-28T12:00:00.000-04:00`: nobody writes an issue to the millisecond.
    return value.toISOString().replace(/\.0+(?=Z|[+-]|$)/, '')
  }
  if (Array.isArray(value)) return value.map(plainValue)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainValue(inner)]))
  }
  return String(value)
}

/** `key: value` or `key = value` a line, `- item` lines and indented lines that go on. */
function fromLines(lines: readonly SourceLine[], file: string): Metadata {
  const values = new Map<string, MetadataValue>()
  let last: MetadataValue | undefined
  for (const line of lines) {
    const [, name = '', typed = ''] = /^["']?([A-Za-z_][\w .-]{0,60}?)["']?\s*[:=](?:\s+(.*))?$/.exec(line.text) ?? []
    if (name !== '') {
      const known = values.get(keyOf(name))
      last = { name, value: unquoted(typed), place: placeOf(file, line, 1) }
      // Of two values of one key both are kept: the second one goes on where the first one ended.
      if (known) known.value = `${textOfValue(known.value)} ${unquoted(typed)}`
      else values.set(keyOf(name), last)
      if (known) last = known
      continue
    }
    const more = line.text.trim()
    if (last === undefined || more === '' || more.startsWith('#')) continue
    const item = /^-\s+(.*)$/.exec(more)?.[1]
    if (item === undefined)
      last.value = textOfValue(last.value) === '' ? more : `${textOfValue(last.value)} ${unquoted(more)}`
    else
      last.value = [
        ...(Array.isArray(last.value) ? last.value : [last.value].filter((value) => value !== '')),
        unquoted(item),
      ]
  }
  return values
}

function unquoted(text: string): string {
  const trimmed = text.trim()
  const [, inner] = /^"((?:[^"\\]|\\.)*)"$/.exec(trimmed) ?? /^'([^']*)'$/.exec(trimmed) ?? []
  return inner ?? trimmed
}

/** How a value is told in a report. */
export function tellValue({ name, value }: MetadataValue): string {
  return quoted(`${name}: ${textOfValue(value)}`)
}
