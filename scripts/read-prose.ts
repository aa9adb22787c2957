/**
 * Reads what the search finds of the pages of a site. Projects come from the catalog: of ten thousand pages none is read. What a page
 * was found as is kept by a digest of the page: of very many issues a build changes few.
 */
import { hash } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { KeptMap } from './kept-map.ts'
import { isFound, proseOf, type PageProse } from './page-prose.ts'

export class ProseReader {
  private readonly kept: KeptMap<PageProse>

  /** @param home the generator's folder, below which is kept what was read */
  constructor(home: string) {
    const reading = ['page-prose.ts', 'read-prose.ts'].map((name) => join(import.meta.dirname, name))
    this.kept = new KeptMap(home, 'prose.bin', [process.version, digestOfFiles(reading)])
  }

  /**
   * @param paths  of all files of a site, in any order
   * @param fileOf where each of them lies now
   */
  read(paths: Iterable<string>, fileOf: (path: string) => string): PageProse[] {
    return [...paths]
      .filter(isRead)
      .sort()
      .flatMap((path) => this.readPage(path, fileOf(path)))
  }

  save(): void {
    this.kept.save({ isAll: true })
  }

  /** Nothing, where the page does not say what it is found as. */
  private readPage(path: string, file: string): readonly PageProse[] {
    const page = readFoundPage(file)
    if (!page) return []
    const url = `/${path.replace(/(^|\/)index\.html$/, '$1')}`
    const key = hash('sha256', Buffer.concat([Buffer.from(`${url}\n`), page]), 'base64url')
    const known = this.kept.get(key)
    if (known) return [known]
    const prose = proseOf(page.toString(), url)
    if (!prose) return []
    this.kept.set(key, prose)
    return [prose]
  }
}

/** A mail says what a page says, and a project is in the catalog. */
function isRead(path: string): boolean {
  return path.endsWith('.html') && !/^(?:mail|projects)\//.test(path)
}

/** Head and header of a page are a few kilobytes. */
const bytesOfBeginning = 16 * 1024

/** Most pages are lists, and large: how they begin says that nothing of them is found. */
function readFoundPage(file: string): Buffer | undefined {
  const handle = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(bytesOfBeginning)
    const beginning = bytes.toString('latin1', 0, readSync(handle, bytes, 0, bytesOfBeginning, 0))
    return isFound(beginning) === false ? undefined : readFileSync(handle)
  } finally {
    closeSync(handle)
  }
}
