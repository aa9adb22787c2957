/**
 * YAML in which every scalar is text and every map knows on which line it begins. An alias leads to
 * what it names and is never copied, so that a bomb of aliases stays as small as it is written;
 * readers look at places of a known depth and walk no tree.
 */
import { FAILSAFE_SCHEMA, load, YAMLException } from 'js-yaml'
import { linesOf } from './document.ts'
import { kindOf, type Findings } from './findings.ts'

export type Yaml = string | null | Yaml[] | { [key: string]: Yaml }
export type YamlMap = Record<string, Yaml>

export interface YamlText {
  value: Yaml
  /** The line on which a map begins: that of the key in front of it. */
  lineOf(map: YamlMap): number
  /** The line of a key of the whole document; 1 where it is not written at the start of a line. */
  lineOfKey(key: string): number
}

export type YamlResult = ({ ok: true } & YamlText) | { ok: false; line: number; column: number; said: string }

/** Parses the first document of a text. Never throws. */
export function parseYaml(text: string): YamlResult {
  const lines = new WeakMap<object, number>()
  const opened: number[] = []
  try {
    const value = load(text, {
      schema: FAILSAFE_SCHEMA,
      listener(event, state) {
        if (event === 'open') {
          opened.push(state.line + 1)
          return
        }
        const line = opened.pop() ?? 1
        // The parser's state is not typed further; what it holds here is what was just read.
        const result: unknown = state.result
        if (state.kind === 'mapping' && typeof result === 'object' && result !== null && !lines.has(result)) {
          lines.set(result, line)
        }
      },
    })
    // Of the failsafe schema, in which there is nothing else.
    return {
      ok: true,
      value: (value ?? null) as Yaml,
      lineOf: (map) => lines.get(map) ?? 1,
      lineOfKey: (key) => lineOfText(text, key),
    }
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    // A second document is reported without a mark, against the declared type.
    const mark = error.mark as YAMLException['mark'] | undefined
    return { ok: false, line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1, said: error.reason }
  }
}

function lineOfText(text: string, key: string): number {
  for (const { line, content } of linesOf(text)) {
    if (content.replaceAll(/["']/g, '').startsWith(`${key}:`)) return line
  }
  return 1
}

/** The whole document as a map; undefined, with a problem, where it is none. */
export function yamlDocument({ value }: YamlText, findings: Findings): YamlMap | undefined {
  if (isYamlMap(value)) return value
  findings.malformed({ at: '', line: 1, expected: 'a map', actual: kindOf(value) })
  return undefined
}

/** The map at a key of a document; empty where there is none, with a problem where something else stands there. */
export function yamlMapAt(document: YamlMap, key: string, yaml: YamlText, findings: Findings): YamlMap {
  const value = valueIn(document, key)
  if (isYamlMap(value)) return value
  if (!isYamlNothing(value))
    findings.malformed({ at: key, line: yaml.lineOfKey(key), expected: 'a map', actual: kindOf(value) })
  return {}
}

/** Without a schema, what is not written is empty text. */
export function isYamlNothing(value: Yaml | undefined): boolean {
  return value === undefined || value === null || value === ''
}

export function isYamlMap(value: Yaml | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How many maps one map takes over, at most: each of them may take over others. */
const maximumMerged = 10

/** A value of a map, or of those that it takes over with `<<`. */
export function valueIn(map: YamlMap, key: string, depth = 2): Yaml | undefined {
  if (Object.hasOwn(map, key)) return map[key]
  if (depth === 0 || !Object.hasOwn(map, '<<')) return undefined
  const merged = map['<<']
  for (const other of Array.isArray(merged) ? merged.slice(0, maximumMerged) : [merged]) {
    const value = isYamlMap(other) ? valueIn(other, key, depth - 1) : undefined
    if (value !== undefined) return value
  }
  return undefined
}

export function yamlTextIn(map: YamlMap, key: string): string | undefined {
  const value = valueIn(map, key)
  return typeof value === 'string' ? value : undefined
}

export function yamlTextsIn(map: YamlMap, key: string): string[] {
  const value = valueIn(map, key)
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}
