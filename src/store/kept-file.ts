/** Texts and bytes that save time when they are there, and whose loss costs nothing else. */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeWhole } from './whole-file.ts'

/** The text, where it is there and can be read. */
export function readKept(file: string): string | undefined {
  return readKeptBytes(file)?.toString('utf8')
}

/** The same as bytes. */
export function readKeptBytes(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** Keeps a content, where that is possible: a full disk or a folder that may not be written to is no reason to fail. */
export function keep(file: string, content: string | Uint8Array): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeWhole(file, content)
  } catch {
    // What cannot be kept is made again.
  }
}
