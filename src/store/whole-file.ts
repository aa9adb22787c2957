import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface WholeFileOptions {
  /** Where it is written first; a name that begins with a dot is read by nobody. */
  next?: string
  /** Puts it in its place: `renameSync` replaces what is there, `linkSync` refuses to. */
  place?: (from: string, to: string) => void
}

/** Writes a file whole or not at all: whoever is killed meanwhile, or finds the disk full, leaves what was there. */
export function writeWhole(path: string, content: string | Uint8Array, options: WholeFileOptions = {}): void {
  const { next = join(dirname(path), `.${process.pid}.new`), place = renameSync } = options
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  try {
    const file = openSync(next, 'w')
    try {
      // A write may take less than it was given.
      for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    place(next, path)
  } finally {
    // On a full disk the half that was written would take the last of the room.
    rmSync(next, { force: true })
  }
}
