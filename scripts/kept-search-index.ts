/**
 * The search index of the last build, for one whose records and pages are the same to the byte. It is found by a digest of all that
 * Pagefind was given, and of everything else that decides about the index: our own modules and the packages.
 */
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import type { IndexFile } from './compact-search-index.ts'
import type { SearchInput } from './make-search-index.ts'

/** Says what is in the folder, with the digest of each file: a copy that was cut short or touched is none. */
const listName = 'files.json'

type Listed = Record<string, string>

export class KeptIndex {
  private readonly folder: string
  /** Digest of all that decides about the index. */
  readonly key: string

  constructor(home: string, input: SearchInput) {
    this.folder = join(home, 'node_modules', '.cache', 'works-on-arm', 'search')
    this.key = hash(
      'sha256',
      JSON.stringify([
        input,
        digestOfFiles([
          ...['make-search-index.ts', 'compact-search-index.ts', 'page-prose.ts', 'cbor.ts'].map((name) =>
            join(import.meta.dirname, name),
          ),
          join(import.meta.dirname, '..', 'src', 'query'),
          join(home, 'package-lock.json'),
        ]),
        process.version,
        process.platform,
        process.arch,
      ]),
    )
  }

  /** The files of the kept index, where it is the one for this input. */
  paths(): string[] | undefined {
    try {
      const listed = this.listed()
      return listed && Object.keys(listed)
    } catch {
      return undefined
    }
  }

  /** The kept index, where it is the one for this input and whole. */
  read(): IndexFile[] | undefined {
    try {
      const listed = this.listed()
      return (
        listed &&
        Object.entries(listed).map(([path, digest]) => {
          const content = readFileSync(join(this.folder, path))
          // Half an index is worse than none: it is made again.
          if (digestOf(content) !== digest) throw new Error(`${path} is not what was kept`)
          return { path, content }
        })
      )
    } catch {
      return undefined
    }
  }

  /** Keeps an index in the place of the last one, where that is possible. */
  keep(files: readonly IndexFile[]): void {
    const next = `${this.folder}-${process.pid}`
    try {
      const listed: Listed = {}
      for (const { path, content } of files) {
        mkdirSync(dirname(join(next, path)), { recursive: true })
        writeFileSync(join(next, path), content)
        listed[path] = digestOf(content)
      }
      writeFileSync(join(next, listName), JSON.stringify({ key: this.key, files: listed }))
      rmSync(this.folder, { recursive: true, force: true })
      renameSync(next, this.folder)
    } catch {
      // What cannot be kept is made again.
      try {
        rmSync(next, { recursive: true, force: true })
      } catch {
        // Where nothing can be kept, nothing was.
      }
    }
  }

  private listed(): Listed | undefined {
    const file = join(this.folder, listName)
    if (!existsSync(file)) return undefined
    // Written by `keep` alone.
    const list = JSON.parse(readFileSync(file, 'utf8')) as { key?: string; files?: Listed } | null
    return list?.key === this.key ? list.files : undefined
  }
}

function digestOf(content: Uint8Array): string {
  return hash('sha256', content)
}
