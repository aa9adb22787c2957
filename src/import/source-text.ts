/** A file as lines of text that know where they stood: whatever is done to them, a report names the place in the input. */
import { nameOfCharacter } from '#domain/text.ts'
import { controlCharacter } from '#catalog/control-character.ts'
import type { Place } from '#domain/problem.ts'
import { quoted, type Report } from './report.ts'

export interface SourceLine {
  text: string
  /** Its number in the file, from 1. */
  line: number
  /** Where, in `text`, characters were removed before it became this text. */
  removed?: readonly number[]
}

export interface SourceText {
  file: string
  lines: SourceLine[]
}

/** Larger files are refused: a decade of weekly issues is a few megabytes. */
export const maximumInputBytes = 20 * 1024 * 1024

/** More control characters than this part of a file make it one that is no text. */
const maximumShareOfControls = 0.02

/** Reads bytes as lines. Undefined where they are no text, or too many; then the report says so. */
export function readSource(file: string, bytes: Uint8Array, report: Report): SourceText | undefined {
  const start = { file, line: 1, column: 1 }
  if (bytes.length > maximumInputBytes) {
    const expected = `at most ${maximumInputBytes} bytes`
    report.refuse('import-too-large', start, {
      reason: `Unexpected size of ${bytes.length} bytes, expected ${expected}`,
      expected,
      actual: `${bytes.length} bytes`,
      fix: 'divide the file, and import the parts one after the other',
    })
    return undefined
  }
  const text = decode(file, bytes, report)
  const lines = text.split(/\r\n|\r|\n/)
  const controls = text.match(new RegExp(controlCharacter, 'g'))?.length ?? 0
  if (controls > 8 && controls > text.length * maximumShareOfControls) {
    report.refuse('not-utf-8', start, {
      reason: `Unexpected content of ${quoted(file)}, expected text: every ${Math.ceil(text.length / controls)}th character is a control character`,
      expected: 'text in UTF-8',
      actual: `${controls} control characters`,
      fix: 'save the file as text in UTF-8',
    })
    return undefined
  }
  tellLineEnds(file, text, report)
  return { file, lines: lines.map((line, index) => cleanLine(file, line, index + 1, report)) }
}

/** Where a column of a line stood in the file. */
export function placeOf(file: string, { line, removed }: SourceLine, column: number): Place {
  const gone = removed?.filter((at) => at < column).length ?? 0
  return { file, line, column: column + gone }
}

function decode(file: string, bytes: Uint8Array, report: Report): string {
  const [first, second] = bytes
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined
  const told = (encoding: string, line: number, column: number, actual: string) => {
    report.guess(
      'encoding-guessed',
      { file, line, column },
      {
        actual,
        guessed: encoding,
        from: actual,
        reason: `${quoted(actual)} is no UTF-8; read as ${encoding}`,
        expected: 'text in UTF-8',
        fix: 'compare the letters with accents and the quotation marks with the old page',
      },
    )
  }
  if (utf16 !== undefined) {
    told(utf16.toUpperCase(), 1, 1, first === 0xff ? '0xFF 0xFE' : '0xFE 0xFF')
    return new TextDecoder(utf16).decode(bytes)
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (!text.startsWith('\uFEFF')) return text
    report.guess(
      'byte-order-mark',
      { file, line: 1, column: 1 },
      {
        actual: 'U+FEFF',
        reason: 'The byte order mark at the beginning of the file was left out',
        expected: 'a file that begins with its first line',
        fix: 'nothing',
      },
    )
    return text.slice(1)
  } catch {
    return decodeByLine(bytes, told)
  }
}

/** Old files were pasted together: a line that is no UTF-8 does not make its neighbours Windows-1252. */
function decodeByLine(
  bytes: Uint8Array,
  told: (encoding: string, line: number, column: number, actual: string) => void,
): string {
  const strict = new TextDecoder('utf-8', { fatal: true })
  const western = new TextDecoder('windows-1252')
  const parts: string[] = []
  let line = 1
  let isTold = false
  for (let start = 0; start < bytes.length;) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed === -1 ? bytes.length : feed + 1
    const part = bytes.subarray(start, end)
    try {
      parts.push(strict.decode(part))
    } catch {
      const text = western.decode(part)
      if (!isTold) {
        const column = new TextDecoder().decode(part).indexOf('\uFFFD')
        told('Windows-1252', line, column + 1, `0x${(part[column] ?? 0).toString(16).toUpperCase()}`)
      }
      isTold = true
      parts.push(text)
    }
    line += 1
    start = end
  }
  return parts.join('').replace(/^\uFEFF/, '')
}

function tellLineEnds(file: string, text: string, report: Report): void {
  const at = text.indexOf('\r')
  if (at === -1) return
  report.guess(
    'carriage-return',
    { file, line: 1, column: at + 1 },
    {
      actual: 'CR',
      reason: 'The line ends of the file were read as those of Unix',
      expected: 'lines that end in LF',
      fix: 'nothing',
    },
  )
}

function cleanLine(file: string, typed: string, line: number, report: Report): SourceLine {
  const removed: number[] = []
  let text = typed
  for (let found = controlCharacter.exec(text); found; found = controlCharacter.exec(text)) {
    const match = found
    // One look at each stretch of them: a line may hold a million.
    const run = new RegExp(`(?:${controlCharacter.source})+`).exec(text.slice(match.index))?.[0] ?? match[0]
    const column = match.index + removed.length + 1
    report.guess(
      'control-character',
      { file, line, column },
      {
        actual: nameOfCharacter(run),
        reason: `${run.length === 1 ? 'The character' : `${run.length} characters, the first of them`} ${nameOfCharacter(run)} ${run.length === 1 ? 'was' : 'were'} left out`,
        expected: 'text without control characters',
        fix: 'look whether a letter is missing there',
      },
    )
    removed.push(...Array.from({ length: Math.min(run.length, 2001) }, () => match.index))
    text = text.slice(0, match.index) + text.slice(match.index + run.length)
    if (removed.length > 2000) {
      text = text.replace(new RegExp(controlCharacter, 'g'), '')
      break
    }
  }
  text = plainBlanks(text)
  return removed.length === 0 ? { text, line } : { text, line, removed }
}

/** No-break spaces stay between words, where somebody meant them; Markdown does not know them as blanks. */
function plainBlanks(text: string): string {
  if (!text.includes('\u00a0')) return text
  return text
    .replace(/^[ \t\u00a0]+/, (blanks) => blanks.replaceAll('\u00a0', ' '))
    .replace(
      /^(\s*(?:[-*+•·]|#{1,6}|\d{1,9}[.)])[ ]*)(\u00a0+)/,
      (_, mark: string, blanks: string) => mark + ' '.repeat(blanks.length),
    )
    .replace(/[ \t\u00a0]{2,}|\u00a0$/g, (blanks) => blanks.replaceAll('\u00a0', ' '))
}
