/** Puts the keys of maps into the order in which a schema names them, each with its lines and the comments above it. */
import { isDeepStrictEqual } from 'node:util'
import { isPair, isScalar, isSeq, parseDocument, visit, type Pair, type Scalar, type YAMLMap } from 'yaml'
import type { z } from 'zod'
import { withEdits, type TextEdit } from './change.ts'
import { SchemaFinder } from './schema-paths.ts'
import { parseYaml, type YamlValue } from './yaml.ts'

/** More maps than any file has that is meant to be read. */
const maximumMaps = 1000

/** The same YAML with its keys in order; where a map cannot be told apart with certainty, it stays as it is. */
export function keysInOrder(text: string, schema: z.ZodType): string {
  const finder = new SchemaFinder(schema)
  const parsed = parseYaml(text)
  if (!parsed.ok || isInOrder(parsed.value, finder, [])) return text
  let current = text
  // One map at a time: every change moves what stands behind it.
  for (let round = 0; round < maximumMaps; round += 1) {
    const edit = firstMapToOrder(current, finder)
    const next = edit ? withEdits(current, [edit]) : current
    const after = parseYaml(next)
    if (next === current || !after.ok || !isDeepStrictEqual(after.value, parsed.value)) break
    current = next
  }
  return current
}

function isInOrder(value: YamlValue, finder: SchemaFinder, path: PropertyKey[]): boolean {
  if (typeof value === 'string') return true
  if (Array.isArray(value)) return value.every((item, index) => isInOrder(item, finder, [...path, index]))
  const place = placeIn(finder.keysAt(path))
  const keys = Object.keys(value)
  return (
    keys.every((key, index) => index === 0 || place(keys[index - 1] ?? '') <= place(key)) &&
    Object.entries(value).every(([key, one]) => isInOrder(one, finder, [...path, key]))
  )
}

/** Keys that the schema does not know come last, as they came. */
function placeIn(known: readonly string[]): (key: string) => number {
  return (key) => {
    const index = known.indexOf(key)
    return index === -1 ? known.length : index
  }
}

function firstMapToOrder(text: string, finder: SchemaFinder): TextEdit | undefined {
  let found: TextEdit | undefined
  visit(parseDocument(text, { schema: 'failsafe', logLevel: 'silent' }), {
    Map(_, map, around) {
      const known = finder.keysAt(stepsTo(around as readonly unknown[], map))
      if (known.length === 0 || map.items.length < 2) return undefined
      const place = placeIn(known)
      const placeOf = ({ key }: Pair) => place(isScalar(key) ? String(key.value) : '')
      const wanted = [...map.items].sort((a, b) => placeOf(a) - placeOf(b))
      if (wanted.every((pair, index) => pair === map.items[index])) return undefined
      found = map.flow ? orderedFlow(map, wanted, text) : orderedBlock(map, wanted, text)
      return found ? visit.BREAK : undefined
    },
  })
  return found
}

/** Keys and numbers from the root to a node. */
function stepsTo(around: readonly unknown[], node: unknown): PropertyKey[] {
  const path: PropertyKey[] = []
  for (const [index, one] of around.entries()) {
    const next = around[index + 1] ?? node
    if (isPair(one)) path.push(isScalar(one.key) ? String(one.key.value) : '')
    else if (isSeq(one)) path.push(one.items.indexOf(next))
  }
  return path
}

function orderedFlow(map: YAMLMap, wanted: readonly Pair[], text: string): TextEdit | undefined {
  const ranges = new Map(map.items.map((pair) => [pair, rangeOf(pair)]))
  const all = [...ranges.values()]
  const [first, last] = [all[0], all.at(-1)]
  if (!first || !last || all.some((range) => !range) || text.slice(first[0], last[1]).includes('#')) return undefined
  const parts = wanted.map((pair) => {
    const [start, end] = ranges.get(pair) ?? [0, 0]
    return text.slice(start, end)
  })
  return { start: first[0], end: last[1], text: parts.join(', ') }
}

/** Every key with its lines, and the comments right above it. */
function orderedBlock(map: YAMLMap, wanted: readonly Pair[], text: string): TextEdit | undefined {
  const starts = map.items.map((pair) => rangeOf(pair)?.[0])
  const lineStarts = starts.map((start) => (start === undefined ? undefined : text.lastIndexOf('\n', start - 1) + 1))
  const begins: number[] = []
  for (const [index, lineStart] of lineStarts.entries()) {
    if (lineStart === undefined) return undefined
    const start = starts[index] ?? 0
    const isFirst = index === 0
    // The first key of an item stands behind the hyphen of the list.
    begins.push(
      isFirst && text.slice(lineStart, start).includes('-')
        ? start
        : isFirst
          ? lineStart
          : aboveComments(text, lineStart, begins.at(-1) ?? 0),
    )
  }
  const lastRange = rangeOf(map.items.at(-1))
  if (!lastRange) return undefined
  const lineEnd = text.indexOf('\n', Math.max(lastRange[1] - 1, lastRange[0]))
  const end = lineEnd === -1 ? text.length : lineEnd + 1
  const first = begins[0] ?? 0
  const indentation = ' '.repeat((starts[0] ?? 0) - (lineStarts[0] ?? 0))
  const isBehindHyphen = first === starts[0] && first !== lineStarts[0]
  const chunkOf = new Map(
    map.items.map((pair, index) => {
      const chunk = text.slice(begins[index], begins[index + 1] ?? end)
      return [pair, isBehindHyphen && index === 0 ? indentation + chunk : chunk] as const
    }),
  )
  const joined = wanted.map((pair) => withLineEnd(chunkOf.get(pair) ?? '')).join('')
  if (isBehindHyphen && !joined.startsWith(indentation)) return undefined
  return { start: first, end, text: isBehindHyphen ? joined.slice(indentation.length) : joined }
}

function aboveComments(text: string, lineStart: number, floor: number): number {
  let start = lineStart
  for (;;) {
    const before = text.lastIndexOf('\n', start - 2) + 1
    if (start === 0 || before <= floor || !/^\s*#/.test(text.slice(before, start))) return start
    start = before
  }
}

function withLineEnd(chunk: string): string {
  return chunk.endsWith('\n') ? chunk : `${chunk}\n`
}

function rangeOf(pair: Pair | undefined): [number, number] | undefined {
  const key = (pair?.key as Scalar | undefined)?.range
  const value = (pair?.value as Scalar | null | undefined)?.range
  return key ? [key[0], value?.[1] ?? key[1]] : undefined
}
