/**
 * The search index of the last build, for one whose records and pages are the same to the byte. It is found by a digest of all that
 * Pagefind was given, and of everything else that decides about the index: our own modules and the packages.
 */
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { SearchSource } from '../src/site/search-source.ts'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKept } from '../src/store/kept-file.ts'
import type { IndexFile } from './compact-search-index.ts'
import type { PageProse } from './page-prose.ts'

/** Says what is in the folder, with the digest of each file: a copy that was cut short or touched is none. */
const listName = 'files.json'

type Listed = Record<string, string>

interface List {
  /** Of all that decides about the index, and of all of that but pages. */
  key: string | undefined
  records: string
  files?: Listed
}

export class KeptIndex {
  private readonly folder: string
  /** Digest of all that decides about the index but pages. */
  private readonly recordsKey: string
  private key: string | undefined

  constructor(home: string, source: SearchSource) {
    this.folder = join(home, 'node_modules', '.cache', 'works-on-arm', 'search')
    this.recordsKey = digestOf(
      JSON.stringify([
        source,
        digestOfFiles([
          ...['index-search.ts', 'make-search-index.ts', 'compact-search-index.ts', 'page-prose.ts', 'cbor.ts'].map(
            (name) => join(import.meta.dirname, name),
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

  /** Whether the kept index has these records; the pages may be others. */
  isOfRecords(): boolean {
    return this.list()?.records === this.recordsKey
  }

  /** Digest of all that decides about the index, which is asked for from then on. */
  keyWith(prose: readonly PageProse[]): string {
    return (this.key = digestOf(JSON.stringify([this.recordsKey, prose])))
  }

  /** The files of the kept index, where it is the one for this input. */
  paths(): string[] | undefined {
    const listed = this.listed()
    return listed && Object.keys(listed)
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
      keep(
        join(next, listName),
        JSON.stringify({ key: this.key, records: this.recordsKey, files: listed } satisfies List),
      )
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
    const list = this.list()
    return this.key !== undefined && list?.key === this.key ? list.files : undefined
  }

  private list(): List | undefined {
    const text = readKept(join(this.folder, listName))
    try {
      // Written by `keep` alone.
      return (JSON.parse(text ?? 'null') as List | null) ?? undefined
    } catch {
      return undefined
    }
  }
}

function digestOf(content: string | Uint8Array): string {
  return hash('sha256', content)
}
