/** Reads what the search finds of the pages of a site. Projects come from the catalog: of ten thousand pages none is read. */
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { isFound, proseOf, type PageProse } from './page-prose.ts'

/**
 * @param paths  of files of a site, in any order
 * @param fileOf where each of them lies now
 */
export function readProse(paths: Iterable<string>, fileOf: (path: string) => string): PageProse[] {
  return [...paths]
    .filter(isRead)
    .sort()
    .flatMap((path) => readPage(path, fileOf(path)))
}

/** A mail says what a page says, and a project is in the catalog. */
function isRead(path: string): boolean {
  return path.endsWith('.html') && !/^(?:mail|projects)\//.test(path)
}

/** Head and header of a page are a few kilobytes. */
const bytesOfBeginning = 16 * 1024

/** Nothing, where the page does not say what it is found as. */
function readPage(path: string, file: string): readonly PageProse[] {
  const handle = openSync(file, 'r')
  try {
    // Most pages are lists, and large: how they begin says that nothing of them is found.
    const bytes = Buffer.alloc(bytesOfBeginning)
    const beginning = bytes.toString('latin1', 0, readSync(handle, bytes, 0, bytesOfBeginning, 0))
    if (isFound(beginning) === false) return []
    const prose = proseOf(readFileSync(handle, 'utf8'), `/${path.replace(/(^|\/)index\.html$/, '$1')}`)
    return prose ? [prose] : []
  } finally {
    closeSync(handle)
  }
}
