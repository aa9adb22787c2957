/**
 * Bytes of CI results as text: UTF-8 or, where they begin by saying so, UTF-16. JSON that is neither would be kept with
 * other characters than its sender wrote.
 */
import { isUtf8 } from 'node:buffer'

export interface ResultText {
  /** Without the lines of JSON Lines that are not UTF-8; empty where a whole document of JSON is not. */
  text: string
  /** Lines that are not in their encoding, from 1; of a whole document the first one. */
  strangeLines: number[]
}

const newline = 0x0a

/** @param isLines whether it is known that each line is a document of its own */
export function resultText(bytes: Buffer, isLines = false): ResultText {
  const wide = utf16Of(bytes)
  if (wide) return wide
  const text = bytes.toString('utf8')
  // Of other formats nothing is kept but numbers and times.
  if (isUtf8(bytes) || !/^\uFEFF?\s*[{[]/.test(text)) return { text, strangeLines: [] }
  const lines: string[] = []
  const strangeLines: number[] = []
  for (let from = 0, number = 1; from <= bytes.length; number += 1) {
    const end = bytes.indexOf(newline, from)
    const line = bytes.subarray(from, end === -1 ? bytes.length : end)
    if (!isUtf8(line)) strangeLines.push(number)
    lines.push(isUtf8(line) ? line.toString('utf8') : '')
    from += line.length + 1
  }
  return isLines || isJsonLine(bytes)
    ? { text: lines.join('\n'), strangeLines }
    : { text: '', strangeLines: strangeLines.slice(0, 1) }
}

/** PowerShell writes what it redirects into a file so. Undefined where nothing says that it is UTF-16. */
function utf16Of(bytes: Buffer): ResultText | undefined {
  const mark = bytes.subarray(0, 2).toString('hex')
  if (mark !== 'fffe' && mark !== 'feff') return undefined
  try {
    const decoder = new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be', { fatal: true })
    return { text: decoder.decode(bytes), strangeLines: [] }
  } catch {
    return { text: '', strangeLines: [1] }
  }
}

/** Whether the first line is a whole value: then each line is a document of its own. */
export function isJsonLine(block: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(block.subarray(0, block.indexOf(newline)).toString('utf8'))
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
