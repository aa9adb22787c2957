/**
 * JSON whose objects know on which line they begin. A key `__proto__` becomes a key like any other;
 * readers pick keys by their own names, and list those of a map with `Object.entries`.
 */
import { printParseErrorCode, visit, type JSONVisitor } from 'jsonc-parser'
import { maximumDepth } from './document.ts'

const lineKey = Symbol('line')
const keyLinesKey = Symbol('lines of keys')

export type Json = string | number | boolean | null | Json[] | JsonObject
export interface JsonObject {
  [key: string]: Json
  [lineKey]: number
  /** Of the whole document alone. */
  [keyLinesKey]?: Map<string, number>
}

export type JsonResult =
  | { ok: true; value: Json }
  | { ok: false; fault: 'too-deep'; line: number }
  | { ok: false; fault: 'syntax'; line: number; column: number; said: string }

/**
 * What no reader looks at, of whatever format: most of an SBOM. It is passed over, which keeps large
 * files in memory.
 */
const unread = new Set([
  'licenses',
  'hashes',
  'checksums',
  'externalReferences',
  'properties',
  'evidence',
  'relationships',
  'hasExtractedLicensingInfos',
  'annotations',
  'funding',
  'engines',
])

/** Parses a whole text. Never throws. */
export function parseJson(text: string): JsonResult {
  const deepLine = lineThatIsTooDeep(text)
  if (deepLine !== undefined) return { ok: false, fault: 'too-deep', line: deepLine }
  const builder = new Builder()
  try {
    const visitor: JSONVisitor = {
      onObjectBegin: (_offset, _length, line) => {
        return builder.open({ [lineKey]: line + 1 })
      },
      onArrayBegin: () => builder.open([]),
      onObjectEnd: () => {
        builder.close()
      },
      onArrayEnd: () => {
        builder.close()
      },
      onObjectProperty: (property, _offset, _length, line) => {
        builder.enter(property, line + 1)
      },
      // The parser's word for any literal; JSON has no others than these.
      onLiteralValue: (value: string | number | boolean | null) => {
        builder.put(value)
      },
      onError: (error, _offset, _length, line, character) => {
        throw new SyntaxFault(printParseErrorCode(error), line + 1, character + 1)
      },
    }
    visit(text, visitor, { disallowComments: true })
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error
    return { ok: false, fault: 'syntax', line: error.line, column: error.column, said: wordsOf(error.message) }
  }
  // The parser is silent about what is wrong inside of a part that is passed over.
  if (builder.isOpen) {
    const lines = text.split('\n')
    return {
      ok: false,
      fault: 'syntax',
      line: lines.length,
      column: (lines.at(-1)?.length ?? 0) + 1,
      said: 'it is cut off',
    }
  }
  if (builder.root === undefined) return { ok: false, fault: 'syntax', line: 1, column: 1, said: 'it is empty' }
  return { ok: true, value: builder.root }
}

/** The line on which an object begins. */
export function lineOf(object: JsonObject): number {
  return object[lineKey]
}

/** The line of a key of the whole document; that of the document where it has no such key. */
export function lineOfKey(document: JsonObject, key: string): number {
  return document[keyLinesKey]?.get(key) ?? document[lineKey]
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textIn(object: JsonObject, key: string): string | undefined {
  const value = object[key]
  return typeof value === 'string' ? value : undefined
}

/** The objects of a list; anything else in it is passed over. */
export function objectsIn(object: JsonObject | undefined, key: string): JsonObject[] {
  const value = object?.[key]
  return Array.isArray(value) ? value.filter(isObject) : []
}

export function objectIn(object: JsonObject | undefined, key: string): JsonObject | undefined {
  const value = object?.[key]
  return isObject(value) ? value : undefined
}

/** The texts of a list, or the one that stands in its place. */
export function textsIn(object: JsonObject, key: string): string[] {
  const value = object[key]
  if (typeof value === 'string') return [value]
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

class SyntaxFault extends Error {
  readonly line: number
  readonly column: number
  constructor(message: string, line: number, column: number) {
    super(message)
    this.line = line
    this.column = column
  }
}

class Builder {
  root: Json | undefined
  private key = ''
  private readonly keyLines = new Map<string, number>()
  private readonly parents: (JsonObject | Json[])[] = []
  private parent: JsonObject | Json[] | undefined

  /** Whether the parser is inside of something at the end, as it is where the text was cut off. */
  get isOpen(): boolean {
    return this.parent !== undefined
  }

  /** @returns whether to look at what is in it */
  open(container: JsonObject | Json[]): boolean {
    const isRead = !unread.has(this.key)
    this.put(container)
    if (this.parent) this.parents.push(this.parent)
    this.parent = container
    this.key = ''
    return isRead
  }

  close(): void {
    this.parent = this.parents.pop()
    this.key = ''
  }

  /** What is put next stands at this key. */
  enter(key: string, line: number): void {
    this.key = key
    if (this.parent === this.root) this.keyLines.set(key, line)
  }

  put(value: Json): void {
    if (this.parent === undefined) {
      this.root ??= value
      if (isObject(value)) value[keyLinesKey] = this.keyLines
    } else if (Array.isArray(this.parent)) this.parent.push(value)
    else if (this.key !== '__proto__') this.parent[this.key] = value
    else Object.defineProperty(this.parent, this.key, { value, enumerable: true, configurable: true, writable: true })
  }
}

/** Counts brackets outside of strings, so that nothing recursive sees a text that is too deep. */
function lineThatIsTooDeep(text: string): number | undefined {
  let depth = 0
  let inString = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text.charCodeAt(index)
    if (inString) {
      if (character === 92) index += 1
      else if (character === 34 || character === 10) inString = false
    } else if (character === 34) inString = true
    else if (character === 123 || character === 91) {
      depth += 1
      if (depth > maximumDepth) return text.slice(0, index).split('\n').length
    } else if (character === 125 || character === 93) depth -= 1
  }
  return undefined
}

/** `CommaExpected` as words. */
function wordsOf(code: string): string {
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
}
