/**
 * What content files became in an earlier build, for files that have no problem by themselves: parsing and validating a file takes ten
 * times as long as reading it. A file is found by a digest of its path and text; the texts themselves are not kept. What files say
 * about each other is looked at in every build.
 */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import process from 'node:process'
import { readFileEntry, type EntryReader, type FileEntry } from '../src/catalog/file-entry.ts'
import type { Kind } from '../src/catalog/kinds.ts'
import { mentionsOf } from '../src/catalog/mentions.ts'
import type { ContentFile } from '../src/catalog/read.ts'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { KeptMap } from './kept-map.ts'

type Became = Exclude<NonNullable<FileEntry['became']>, { as: 'unfinished' }>

/** An entry without its texts, which are parts of the text of the file. */
interface KeptEntry {
  as: Became['as']
  id: string
  data: Became['entry']['data']
  bodyAt: number
  bodyLine: number
  yamlAt: number
  yamlLength: number
  firstLine: number
}

export class KeptEntries implements EntryReader {
  private readonly kept: KeptMap<KeptEntry>

  readonly mentionsOf = mentionsOf

  constructor(home: string) {
    const sources = ['src/catalog', 'src/domain', 'package-lock.json'].map((path) => join(home, path))
    this.kept = new KeptMap(home, 'entries.bin', [process.version, digestOfFiles(sources)])
  }

  readonly read = (kind: Kind, file: ContentFile): FileEntry => {
    const key = hash('sha256', `${file.path}\n${file.text}`, 'base64url')
    const known = this.kept.get(key)
    if (known) return entryOf(known, file)
    const entry = readFileEntry(kind, file)
    const made = keptOf(entry, file)
    if (made) this.kept.set(key, made)
    return entry
  }

  /** Keeps what this content has, and nothing else. */
  save(): void {
    this.kept.save({ isAll: true, isSparingly: true })
  }
}

/** Undefined where a file has problems, or its parts are no parts of its text. */
function keptOf({ id, became, problems }: FileEntry, { text }: ContentFile): KeptEntry | undefined {
  if (id === undefined || !became || became.as === 'unfinished' || problems.length > 0) return undefined
  const { data, body, bodyLine, source } = became.entry
  const [bodyAt, yamlAt] = [text.length - body.length, text.indexOf(source.text)]
  if (yamlAt === -1 || text.slice(bodyAt) !== body) return undefined
  return {
    as: became.as,
    id,
    data,
    bodyAt,
    bodyLine,
    yamlAt,
    yamlLength: source.text.length,
    firstLine: source.firstLine,
  }
}

function entryOf(kept: KeptEntry, { path, text }: ContentFile): FileEntry {
  const { as, id, data, bodyAt, bodyLine, yamlAt, yamlLength, firstLine } = kept
  const source = { file: path, text: text.slice(yamlAt, yamlAt + yamlLength), firstLine }
  const entry = { id, file: path, body: text.slice(bodyAt), bodyLine, source, data }
  // `as` and data were kept together.
  return { id, became: { as, entry } as Became, problems: [] }
}
