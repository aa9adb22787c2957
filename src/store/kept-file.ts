/** Texts that save time when they are there, and whose loss costs nothing else. */
import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeWhole } from './whole-file.ts'

/** The text, where it is there and can be read. */
export function readKept(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Keeps a text, where that is possible: a full disk or a folder that may not be written to is no reason to fail. */
export function keep(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    writeWhole(file, text)
  } catch {
    // What cannot be kept is made again.
  }
}
