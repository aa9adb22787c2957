/** A text from a CI system, held to its limits and parsed once. */
import { signsIn } from './json-signs.ts'

/** Bytes of a document that are read; a report of a large test suite has some megabytes. */
export const maximumDocumentBytes = 16 * 1024 * 1024
/** How deep lists and objects may be nested. */
export const maximumDepth = 32

export interface CiDocument {
  text: string
  /** The JSON value that the whole text is; undefined where it is none. */
  json: unknown
  /** The JSON values of the lines, where the text is JSON Lines; a line that is none is undefined. */
  lines: readonly { line: number; json: unknown }[] | undefined
  /** Why the text cannot be looked at. */
  refused: 'too-large' | 'too-deep' | 'empty' | undefined
}

/**
 * Parses a text as far as it can be. Never throws.
 * @param isLines whether it is known that each line is a document of its own
 */
export function parseDocument(input: string, isLines = false): CiDocument {
  const text = input.startsWith('\uFEFF') ? input.slice(1) : input
  const nothing = { text, json: undefined, lines: undefined }
  if (Buffer.byteLength(text) > maximumDocumentBytes) return { ...nothing, text: '', refused: 'too-large' }
  if (text.trim() === '') return { ...nothing, refused: 'empty' }
  const start = text.trimStart()[0]
  const isJson = start === '{' || start === '['
  const isDeep = (isLines || isJson || mayBeLines(text, start)) && isTooDeep(text)
  const json = isDeep || isLines || !isJson ? undefined : parseJson(text)
  if (json !== undefined) return { ...nothing, json, refused: undefined }
  if (isLines || mayBeLines(text, start)) {
    const lines = text
      .split('\n')
      .map((line, index) => ({ line: index + 1, text: line.trim() }))
      .filter((line) => line.text !== '')
      .map((line) => ({ line: line.line, json: parseLine(line.text, isDeep, isLines) }))
    // A document that is broken somewhere has lines too; of JSON Lines, at least every second one is a whole value.
    const whole = lines.filter((line) => line.json !== undefined).length
    const isMostlyWhole = lines.length > 1 && (lines[0]?.json !== undefined || whole * 2 >= lines.length)
    if (isLines || isMostlyWhole) return { ...nothing, lines, refused: undefined }
  }
  return { ...nothing, refused: isDeep && isJson ? 'too-deep' : undefined }
}

/** Whether an object begins at the beginning of a line: a broken line before it is no reason to lose it. */
function mayBeLines(text: string, start = ''): boolean {
  return start !== '[' && start !== '<' && (start === '{' || text.includes('\n{'))
}

function parseLine(text: string, isDeep: boolean, isLines: boolean): unknown {
  if (!isLines && !/^[{[]/.test(text)) return undefined
  return isDeep && isTooDeep(text) ? undefined : parseJson(text)
}

function parseJson(text: string): unknown {
  try {
    // A key `__proto__` becomes an own property here, and every reader picks keys by name.
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** Counts brackets outside of strings, so that nothing recursive sees a text that is too deep. */
function isTooDeep(text: string): boolean {
  let depth = 0
  return signsIn(text, (code) => {
    if (code === 123 || code === 91) depth += 1
    else if (code === 125 || code === 93) depth -= 1
    return depth > maximumDepth
  })
}
