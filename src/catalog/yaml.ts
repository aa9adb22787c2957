/**
 * Front matter and vocabularies are YAML in which every scalar is text (the failsafe schema):
 * `since: 1.10`, `no` and `12:30` mean what is written. Anchors, aliases and tags are refused,
 * so a small file stays small and nothing is constructed.
 *
 * Two parsers read it. The fast one decides whether a file is well-formed and what it says; the
 * positioned one is only asked where in a file something stands. A fuzz test holds them equal.
 */
import { FAILSAFE_SCHEMA, load, YAMLException, type State } from 'js-yaml'
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document } from 'yaml'

export type YamlValue = string | YamlValue[] | { [key: string]: YamlValue }

/** A position in a text, counted from 1. */
export interface Position {
  line: number
  column: number
}

export interface YamlFault {
  code: 'yaml-syntax' | 'yaml-duplicate-key' | 'yaml-anchor' | 'yaml-tag' | 'yaml-too-deep'
  reason: string
  position: Position
}

export type YamlResult = { ok: true; value: YamlValue } | { ok: false; fault: YamlFault }

const maximumDepth = 32

/**
 * Where js-yaml accepts more than YAML 1.2 does: lists and maps as keys, which it turns into text,
 * and tabs before a value. Text that may have them is judged by the positioned parser too.
 */
const mayBeLenient = /\?(\s|$)|[\]}]\s*:|\t/

class Refusal extends Error {
  readonly code: YamlFault['code']
  readonly position: Position
  constructor(code: YamlFault['code'], message: string, position: Position) {
    super(message)
    this.code = code
    this.position = position
  }
}

/**
 * Parses YAML to text, lists and maps. Never throws.
 * @param text with `\n` as its only line break
 */
export function parseYaml(text: string): YamlResult {
  let depth = 0
  const listener = (event: 'open' | 'close', state: State) => {
    if (event === 'open') {
      depth += 1
      if (depth > maximumDepth) {
        throw new Refusal('yaml-too-deep', `more than ${maximumDepth} levels`, positionOf(state))
      }
      return
    }
    depth -= 1
    const { anchor, tag } = state as State & { anchor: string | null; tag: string | null }
    if (anchor !== null) throw new Refusal('yaml-anchor', `the anchor \`&${anchor}\``, positionOf(state))
    if (tag !== null && tag !== '?') throw new Refusal('yaml-tag', `the tag \`${tag}\``, positionOf(state))
  }
  try {
    const value: unknown = load(text, { schema: FAILSAFE_SCHEMA, listener })
    if (mayBeLenient.test(text)) {
      const { fault } = parsePositionedYaml(text)
      if (fault) return { ok: false, fault }
    }
    return { ok: true, value: withoutNulls(value) }
  } catch (error) {
    if (error instanceof Refusal) {
      return { ok: false, fault: { code: error.code, reason: error.message, position: error.position } }
    }
    if (error instanceof YAMLException) {
      const duplicate = error.reason === 'duplicated mapping key'
      // A second document is reported without a mark, against the declared type.
      const mark = error.mark as YAMLException['mark'] | undefined
      return {
        ok: false,
        fault: {
          code: duplicate ? 'yaml-duplicate-key' : 'yaml-syntax',
          reason: error.reason,
          position: { line: (mark?.line ?? 0) + 1, column: (mark?.column ?? 0) + 1 },
        },
      }
    }
    throw error
  }
}

function positionOf(state: State): Position {
  return { line: state.line + 1, column: state.position - state.lineStart + 1 }
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
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: 'silent',
    stringKeys: true,
  })
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(Math.min(Math.max(offset, 0), text.length))
    return { line: Math.max(line, 1), column: Math.max(col, 1) }
  }
  const fault = faultOf(document, position)
  return {
    value: fault ? undefined : withoutNulls(document.toJS()),
    fault,
    positionOfValue: (path) => position(offsetOfValue(document, path)),
    positionOfKey: (path) => position(offsetOfKey(document, path)),
  }
}

function faultOf(document: Document.Parsed, position: (offset: number) => Position): YamlFault | undefined {
  const [error] = document.errors
  if (error) {
    return {
      code: error.code === 'DUPLICATE_KEY' ? 'yaml-duplicate-key' : 'yaml-syntax',
      reason: error.message,
      position: position(error.pos[0]),
    }
  }
  let fault: YamlFault | undefined
  visit(document, {
    Alias(_, node) {
      fault = { code: 'yaml-anchor', reason: `the alias \`*${node.source}\``, position: position(node.range?.[0] ?? 0) }
      return visit.BREAK
    },
    Node(_, node, ancestors) {
      const at = position(node.range?.[0] ?? 0)
      if ('anchor' in node && node.anchor !== undefined) {
        fault = { code: 'yaml-anchor', reason: `the anchor \`&${String(node.anchor)}\``, position: at }
      } else if (node.tag !== undefined) {
        fault = { code: 'yaml-tag', reason: `the tag \`${node.tag}\``, position: at }
      } else if (ancestors.filter((ancestor) => isMap(ancestor) || isSeq(ancestor)).length >= maximumDepth) {
        fault = { code: 'yaml-too-deep', reason: `more than ${maximumDepth} levels`, position: at }
      }
      return fault ? visit.BREAK : undefined
    },
  })
  return fault
}

function offsetOfValue(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

function offsetOfKey(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const parent: unknown = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  if (isMap(parent)) {
    const wanted = String(path.at(-1))
    for (const pair of parent.items) {
      if (isScalar(pair.key) && String(pair.key.value) === wanted && pair.key.range) return pair.key.range[0]
    }
  }
  return offsetOfValue(document, path)
}
