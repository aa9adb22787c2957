/** Files that a build left behind: they may be anything, and lead anywhere. */
import { closeSync, constants, fstatSync, openSync, realpathSync } from 'node:fs'
import { join, sep } from 'node:path'

/**
 * Opens a file below a folder. Links are followed, but not out of the folder; nothing is waited for that
 * is no file. Never throws.
 * @returns what `work` makes of it, or why it cannot be opened
 */
export function withFileBelow<T>(
  folder: string,
  path: string,
  maximumBytes: number,
  work: (file: number, size: number) => T,
): { found: T; why?: undefined } | { found?: undefined; why: string } {
  try {
    const real = realpathSync(join(folder, path))
    if (!real.startsWith(`${realpathSync(folder)}${sep}`)) return { why: 'a link to another place' }
    // A pipe without a writer would keep us waiting.
    const file = openSync(real, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const found = fstatSync(file)
      if (!found.isFile()) return { why: 'no file' }
      if (found.size > maximumBytes) return { why: `a file of more than ${maximumBytes} bytes` }
      return { found: work(file, found.size) }
    } finally {
      closeSync(file)
    }
  } catch {
    return { why: 'not there' }
  }
}
