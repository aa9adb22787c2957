/**
 * Texts and bytes that save time when they are there, and whose loss costs nothing else. Each file ends with a digest of the rest: what
 * a bad disk or a hand has touched is not read.
 */
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeWhole } from './whole-file.ts'

/** The text, where it is there and whole. */
export function readKept(file: string): string | undefined {
  return readKeptBytes(file)?.toString('utf8')
}

/** The same as bytes. */
export function readKeptBytes(file: string): Buffer | undefined {
  try {
    const bytes = readFileSync(file)
    const content = bytes.subarray(0, -digestLength)
    return bytes.toString('latin1', content.length) === digestOf(content) ? content : undefined
  } catch {
    return undefined
  }
}

/**
 * Keeps a content, where that is possible: a full disk or a folder that may not be written to is no reason to fail.
 * @returns whether it is kept
 */
export function keep(file: string, content: string | Uint8Array): boolean {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    writeWhole(file, Buffer.concat([bytes, Buffer.from(digestOf(bytes))]))
    return true
  } catch {
    // What cannot be kept is made again.
    return false
  }
}

const digestLength = 64

function digestOf(content: Uint8Array): string {
  return hash('sha256', content)
}
