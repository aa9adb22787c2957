/** A file of lines, which is replaced as a whole: whoever writes it and is killed leaves the old one or the new one. */
import { closeSync, existsSync, fsyncSync, lstatSync, openSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { writeWhole } from './whole-file.ts'

/** The lines of a file that are not empty; none where there is no file. */
export function linesOf(path: string): string[] {
  if (!existsSync(path)) return []
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

/** Writes a file beside the old one, and puts it in its place. It is on the disk when the folder is synced too. */
export function writeLines(path: string, lines: readonly string[]): void {
  writeWhole(path, `${lines.join('\n')}\n`, { next: join(dirname(path), `.${basename(path)}.new`) })
}

/** A rename is only on the disk when its folder is. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** A link would let content from strangers choose what is read and written. */
export function mustBeReal(path: string, kind: 'file' | 'folder'): void {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (!found || (kind === 'file' ? found.isFile() : found.isDirectory())) return
  throw new Error(`${path} is not a ${kind}: evidence is never read or written through links.`)
}
