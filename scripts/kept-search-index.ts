/**
 * The search index of the last build, and of which pages it is: those that are the same need not be indexed again. It is kept below a
 * digest of everything that decides about an index beside its pages: our own modules and the packages.
 */
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKept } from '../src/store/kept-file.ts'
import type { PageProse } from './page-prose.ts'
import type { MadeIndex } from './make-search-index.ts'
import type { IndexFile } from './pagefind-format.ts'
import { leftFor, removeOldFolders } from './remove-old.ts'

/** Says what is in the folder. */
const listName = 'files.json'

interface List {
  environment: string
  /** What it was made of: pages by the digests of their prose. */
  pages: [digest: string, url: string][]
  /** Addresses of the pages that are in it, in their order. */
  urls: string[]
  /** Digests by paths: a copy that was cut short or touched is none. */
  files: Record<string, string>
}

const modules = [
  ...['index-search.ts', 'make-search-index.ts', 'pagefind-format.ts', 'word-index.ts', 'pack-texts.ts'],
  ...['page-prose.ts', 'cbor.ts'],
]

export class KeptIndex {
  private readonly folder: string
  private readonly environment: string
  private readonly list: List | undefined

  constructor(home: string, language: string) {
    this.folder = join(home, 'node_modules', '.cache', 'works-on-arm', 'search')
    this.environment = digestOf(
      JSON.stringify([
        language,
        digestOfFiles([
          ...modules.map((name) => join(import.meta.dirname, name)),
          join(import.meta.dirname, '..', 'src', 'query'),
          join(home, 'package-lock.json'),
        ]),
        process.version,
        process.platform,
        process.arch,
      ]),
    )
    const list = parseList(readKept(join(this.folder, listName)))
    if (list?.environment === this.environment) this.list = list
  }

  /** Addresses of the pages that the index was made of, by the digests of their prose, in their order. */
  get pages(): ReadonlyMap<string, string> {
    return new Map(this.list?.pages)
  }

  /** Says which index of which pages it is. */
  keyOf(digests: Iterable<string>): string {
    return digestOf(JSON.stringify([this.environment, ...digests]))
  }

  /** All files, where they are there and whole. */
  read(): MadeIndex | undefined {
    if (!this.list) return undefined
    try {
      const files = Object.entries(this.list.files).map(([path, digest]): IndexFile => {
        const content = readFileSync(join(this.folder, path))
        // Half an index is worse than none: it is made again.
        if (digestOf(content) !== digest) throw new Error(`${path} is not what was kept`)
        return { path, content }
      })
      return { files, urls: this.list.urls }
    } catch {
      return undefined
    }
  }

  /** Keeps an index in the place of the last one, where that is possible. */
  keep({ files, urls }: MadeIndex, pages: Iterable<[digest: string, url: string]>): void {
    const next = `${this.folder}-${process.pid}`
    try {
      const listed: List = { environment: this.environment, pages: [...pages], urls, files: {} }
      for (const { path, content } of files) {
        mkdirSync(dirname(join(next, path)), { recursive: true })
        writeFileSync(join(next, path), content)
        listed.files[path] = digestOf(content)
      }
      keep(join(next, listName), JSON.stringify(listed))
      rmSync(this.folder, { recursive: true, force: true })
      renameSync(next, this.folder)
      removeOldFolders(dirname(this.folder), (name) => name.startsWith('search-'), leftFor)
    } catch {
      // What cannot be kept is made again.
      try {
        rmSync(next, { recursive: true, force: true })
      } catch {
        // Where nothing can be kept, nothing was.
      }
    }
  }
}

export function digestOfPage(page: PageProse): string {
  return hash('sha256', JSON.stringify(page), 'base64url')
}

function parseList(text: string | undefined): List | undefined {
  try {
    // Written by `keep` alone.
    return (JSON.parse(text ?? 'null') as List | null) ?? undefined
  } catch {
    return undefined
  }
}

function digestOf(content: string | Uint8Array): string {
  return hash('sha256', content)
}
