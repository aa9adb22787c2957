/**
 * Makes the search index of a site: its prose, not the grid (docs/architecture.md). Projects come as records from the catalog
 * (`src/views/search-record.ts`); of ten thousand pages none is read.
 */
import { join } from 'node:path'
import process from 'node:process'
import { lettersOf } from '../src/query/letters.ts'
import type { SearchRecord } from '../src/views/search-record.ts'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { KeptMap } from './kept-map.ts'
import { IndexInMaking } from './make-search-index.ts'
import type { PageProse } from './page-prose.ts'
import type { SiteUpdate } from './site-update.ts'
import type { KeptForms } from './word-forms.ts'

/** The index of a site while the site is made: its records are known before the first page is. */
export class SearchIndexing {
  private readonly kept: KeptForms
  private readonly mayKeep: () => boolean
  private readonly making: IndexInMaking

  /**
   * @param language of the site
   * @param home     the generator's folder, below which is kept what Pagefind has told
   * @param mayKeep  asked when the index is made
   */
  constructor(language: string, home: string, mayKeep: () => boolean) {
    this.mayKeep = mayKeep
    this.kept = openKeptForms(language, home)
    this.making = new IndexInMaking(language, this.kept)
  }

  addRecords(records: readonly SearchRecord[]): void {
    this.making.add(records.map(proseOfRecord))
  }

  /** Makes what is left of the index. @throws where Pagefind reports an error */
  async finish(pages: readonly PageProse[], update: SiteUpdate): Promise<void> {
    this.making.add(pages)
    for (const { path, content } of await this.making.finish()) update.write(placeOf(path), content)
    if (!this.mayKeep()) return
    for (const map of [this.kept.forms, this.kept.frame]) map.save({ isAll: true })
  }
}

/** What Pagefind tells depends on nothing but its version, the language, and the modules that ask. */
function openKeptForms(language: string, home: string): KeptForms {
  const asking = [
    'make-search-index.ts',
    'pagefind-format.ts',
    'pagefind.ts',
    'word-forms.ts',
    'word-index.ts',
    'cbor.ts',
  ]
  const environment = [
    language,
    digestOfFiles([...asking.map((name) => join(import.meta.dirname, name)), join(home, 'package-lock.json')]),
    ...[process.version, process.platform, process.arch],
  ]
  return {
    forms: new KeptMap(home, 'search-words.bin', environment),
    frame: new KeptMap(home, 'search-programs.bin', environment),
  }
}

function placeOf(path: string): string {
  return `pagefind/${path}`
}

/** What has no word is found by its name. */
function proseOfRecord({ url, meta, text }: SearchRecord): PageProse {
  const words = wordsOf(text)
  const isWordless = words.every((word) => lettersOf(word) === '')
  return { url, meta, parts: [{ weight: 1, words: isWordless ? wordsOf(meta.title ?? '') : words }], sections: [] }
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}
