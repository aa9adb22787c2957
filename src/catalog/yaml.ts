/**
 * Front matter and vocabularies are YAML in which every scalar is text (the failsafe schema):
 * `since: 1.10`, `no` and `12:30` mean what is written. Anchors, aliases and tags are refused,
 * so a small file stays small and nothing is constructed.
 *
 * Two parsers read it. The fast one decides whether a file is well-formed and what it says; the
 * positioned one is only asked where in a file something stands. A fuzz test holds them equal.
 */
import { FAILSAFE_SCHEMA, load, YAMLException, type State } from 'js-yaml'
import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLError,
  type YAMLMap,
} from 'yaml'
import type { Position } from '#domain/problem.ts'
import { nameOfCharacter } from '#domain/text.ts'
import { controlCharacter, halfCharacter } from './control-character.ts'
import { parseSimpleYaml } from './simple-yaml.ts'

export type YamlValue = string | YamlValue[] | { [key: string]: YamlValue }

export interface YamlFault {
  code: 'yaml-syntax' | 'yaml-duplicate-key' | 'yaml-anchor' | 'yaml-tag' | 'yaml-too-deep' | 'yaml-control-character'
  /** What was found, as it was typed; where the syntax is wrong, what the parser says. */
  actual: string
  position: Position
}

export type YamlResult = { ok: true; value: YamlValue } | { ok: false; fault: YamlFault }

export const maximumDepth = 32

/**
 * Where js-yaml reads other than YAML 1.2 says, or a character may be made that no text holds. What
 * a text means that may have one of these, the positioned parser says.
 */
const mayDiffer = new RegExp(
  [
    /(^|[\s,[{])\?(\s|$)|[\]}]\s*:/, // lists and maps as keys, which become text
    /\t/, // tabs before a value
    /^(---|%)/, // `---js`, which begins a document, and directives without one
    /[|>]\d?\+|^ *[|>]/, // blanks at the end of a text that keeps them, and a text that is no value of a key
    /(^|\s)- *($|#)/, // empty items, which swallow their neighbours
    /[[{][^\]}\n]*$/, // brackets and quotes of several lines, however these are indented
    /(^|[\s,[{])'([^'\n]|'')*$/,
    /(^|[\s,[{])"([^"\\\n]|\\.)*\\?$/,
    /[\]}'",[{]#/, // comments without a space before them
    /\ufeff/, // byte order marks
    /\\[0abvfexuU]/, // escapes
  ]
    .map(({ source }) => source)
    .join('|'),
  'm',
)

class Refusal extends Error {
  readonly fault: YamlFault
  constructor(code: YamlFault['code'], actual: string, state: State) {
    super(code)
    this.fault = {
      code,
      actual,
      position: { line: state.line + 1, column: state.position - state.lineStart + 1 },
    }
  }
}

/**
 * Parses YAML to text, lists and maps. Never throws.
 * @param text with `\n` as its only line break
 */
export function parseYaml(text: string): YamlResult {
  const simple = parseSimpleYaml(text)
  return simple === undefined ? parseAnyYaml(text) : { ok: true, value: simple }
}

/** The same without the shortcut. */
export function parseAnyYaml(text: string): YamlResult {
  let depth = 0
  const listener = (event: 'open' | 'close', state: State) => {
    if (event === 'open') {
      depth += 1
      if (depth > maximumDepth) throw new Refusal('yaml-too-deep', `more than ${maximumDepth} levels`, state)
      return
    }
    depth -= 1
    const { anchor, tag } = state as State & { anchor: string | null; tag: string | null }
    if (anchor !== null) throw new Refusal('yaml-anchor', `&${anchor}`, state)
    if (tag !== null && tag !== '?') throw new Refusal('yaml-tag', tag, state)
  }
  try {
    const value: unknown = load(text, { schema: FAILSAFE_SCHEMA, listener })
    if (mayDiffer.test(text)) {
      const positioned = parsePositionedYaml(text)
      return positioned.fault ? { ok: false, fault: positioned.fault } : { ok: true, value: positioned.value ?? '' }
    }
    return { ok: true, value: withoutNulls(value) }
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, fault: error.fault }
    if (!(error instanceof YAMLException)) throw error
    // A second document is reported without a mark, against the declared type.
    const mark = error.mark as YAMLException['mark'] | undefined
    const code = error.reason === 'duplicated mapping key' ? 'yaml-duplicate-key' : 'yaml-syntax'
    const position = { line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 }
    return { ok: false, fault: { code, actual: error.reason, position } }
  }
}

/** An empty value is empty text, in every place. */
function withoutNulls(value: unknown): YamlValue {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) value[index] = withoutNulls(value[index])
    return value as YamlValue[]
  }
  if (typeof value === 'object') {
    const map = value as Record<string, unknown>
    for (const key of Object.keys(map)) {
      if (typeof map[key] === 'string') continue
      // Defined, not assigned: the key may be `__proto__`.
      Object.defineProperty(map, key, {
        value: withoutNulls(map[key]),
        enumerable: true,
        configurable: true,
        writable: true,
      })
    }
    return map as Record<string, YamlValue>
  }
  return String(value)
}

/** YAML text whose values know where they stand. */
export interface PositionedYaml {
  /** What the text says, or undefined where it is not well-formed. */
  value: YamlValue | undefined
  fault: YamlFault | undefined
  /** Where the value of a path stands; of a missing value, where its nearest parent stands. */
  positionOfValue(path: readonly PropertyKey[]): Position
  /** Where the key at the end of a path stands. */
  positionOfKey(path: readonly PropertyKey[]): Position
}

/** Parses YAML text and keeps every position. Ten times slower than `parseYaml`; never throws. */
export function parsePositionedYaml(text: string): PositionedYaml {
  try {
    return parseWithPositions(text)
  } catch (error) {
    // Both the parser and what walks its tree use recursion: what is too deep exhausts them.
    if (!(error instanceof RangeError)) throw error
    const position = { line: 1, column: 1 }
    const fault: YamlFault = { code: 'yaml-too-deep', actual: `more than ${maximumDepth} levels`, position }
    return { value: undefined, fault, positionOfValue: () => position, positionOfKey: () => position }
  }
}

function parseWithPositions(text: string): PositionedYaml {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    // Its own check compares every key with every other; `faultOf` finds them in one pass.
    uniqueKeys: false,
    // Lower levels hide that there is a second document.
    logLevel: 'error',
    stringKeys: true,
  })
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(Math.max(offset, 0), text.length))
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const fault = faultOf(document, text, position)
  const nodes = new NodeFinder(document)
  return {
    value: fault ? undefined : withoutNulls(document.toJS()),
    fault,
    positionOfValue: (path) => position(nodes.offsetOfValue(path)),
    positionOfKey: (path) => position(nodes.offsetOfKey(path)),
  }
}

type Locate = (offset: number) => Position

function faultOf(document: Document.Parsed, text: string, position: Locate): YamlFault | undefined {
  const error = document.errors.find(({ code }) => code !== 'RESOURCE_EXHAUSTION') ?? document.errors[0]
  if (error) {
    const offset = startOfOpenQuote(document, error) ?? error.pos[0]
    return { code: 'yaml-syntax', actual: error.message, position: position(offset) }
  }
  let fault: YamlFault | undefined
  const found = (code: YamlFault['code'], actual: string, offset: number) => {
    fault = { code, actual, position: position(offset) }
    return visit.BREAK
  }
  visit(document, {
    Alias: (_, node) => found('yaml-anchor', `*${node.source}`, node.range?.[0] ?? 0),
    Node(_, node, ancestors) {
      const start = node.range?.[0] ?? 0
      if ('anchor' in node && node.anchor !== undefined) {
        const { typed, offset } = propertyBefore(text, start, `&${String(node.anchor)}`)
        return found('yaml-anchor', typed, offset)
      }
      if (node.tag !== undefined) {
        const { typed, offset } = propertyBefore(text, start, '!')
        return found('yaml-tag', typed, offset)
      }
      if (isScalar(node) && node.type === 'QUOTE_DOUBLE' && typeof node.value === 'string') {
        const character = controlCharacter.exec(node.value)?.[0] ?? halfCharacter.exec(node.value)?.[0]
        if (character !== undefined) return found('yaml-control-character', nameOfCharacter(character), start)
      }
      const twice = isMap(node) ? keyThatIsThereTwice(node) : undefined
      if (twice) return found('yaml-duplicate-key', twice.key, twice.offset)
      const depth = ancestors.filter((ancestor) => isMap(ancestor) || isSeq(ancestor)).length
      return depth >= maximumDepth ? found('yaml-too-deep', `more than ${maximumDepth} levels`, start) : undefined
    },
  })
  return fault
}

/** A quote that is never closed is found out at the end of the text, but stands elsewhere. */
function startOfOpenQuote(document: Document.Parsed, { code, pos }: YAMLError): number | undefined {
  if (code !== 'MISSING_CHAR') return undefined
  let start: number | undefined
  visit(document, {
    Scalar(_, node) {
      if (node.type?.startsWith('QUOTE') && node.range && node.range[1] >= pos[0]) start = node.range[0]
    },
  })
  return start
}

function keyThatIsThereTwice(map: YAMLMap): { key: string; offset: number } | undefined {
  const keys = new Set<string>()
  for (const { key } of map.items) {
    if (!isScalar(key)) continue
    const word = String(key.value ?? '')
    if (keys.has(word)) return { key: word, offset: key.range?.[0] ?? 0 }
    keys.add(word)
  }
  return undefined
}

/** The anchor or tag that stands before a value, as it was typed. */
function propertyBefore(text: string, start: number, beginning: string): { typed: string; offset: number } {
  let offset = Math.max(text.lastIndexOf(beginning, start), 0)
  while (offset > 0 && /[^\s,[{]/.test(text.charAt(offset - 1))) offset -= 1
  return { typed: /^[^\s,\]}]*/.exec(text.slice(offset))?.[0] ?? beginning, offset }
}

/** Finds the nodes of paths. The keys of a map are listed once, so that many problems in a large map stay cheap. */
class NodeFinder {
  private readonly document: Document.Parsed
  private readonly pairs = new Map<YAMLMap, Map<string, Pair>>()

  constructor(document: Document.Parsed) {
    this.document = document
  }

  offsetOfValue(path: readonly PropertyKey[]): number {
    let current: unknown = this.document.contents
    let offset = offsetOf(current) ?? 0
    for (const step of path) {
      if (isMap(current)) current = this.pairsOf(current).get(String(step))?.value
      else if (isSeq(current)) current = current.items[Number(step)]
      else break
      offset = offsetOf(current) ?? offset
    }
    return offset
  }

  offsetOfKey(path: readonly PropertyKey[]): number {
    let parent: unknown = this.document.contents
    for (const step of path.slice(0, -1)) {
      if (isMap(parent)) parent = this.pairsOf(parent).get(String(step))?.value
      else if (isSeq(parent)) parent = parent.items[Number(step)]
    }
    const pair = isMap(parent) ? this.pairsOf(parent).get(String(path.at(-1))) : undefined
    return offsetOf(pair?.key) ?? this.offsetOfValue(path)
  }

  private pairsOf(map: YAMLMap): Map<string, Pair> {
    let pairs = this.pairs.get(map)
    if (!pairs) {
      pairs = new Map(map.items.map((pair) => [isScalar(pair.key) ? String(pair.key.value ?? '') : '', pair]))
      this.pairs.set(map, pairs)
    }
    return pairs
  }
}

function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? (node as Node).range?.[0] : undefined
}
