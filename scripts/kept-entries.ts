/**
 * What content files became in an earlier build, for files that have no problem by themselves: parsing and validating a file takes ten
 * times as long as reading it. A file is found by a digest of its path and text; the texts themselves are not kept. What files say
 * about each other is looked at in every build.
 */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { EntryReader, FileEntry } from '../src/catalog/file-entry.ts'
import { readFileEntry } from '../src/catalog/file-entry.ts'
import type { Kind } from '../src/catalog/kinds.ts'
import { mentionsOf } from '../src/catalog/mentions.ts'
import type { ContentFile } from '../src/catalog/read.ts'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKeptBytes } from '../src/store/kept-file.ts'

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

interface Kept {
  environment: string
  entries: Map<string, KeptEntry>
}

/** As many entries that are kept for each new one that is not. */
const fewOfAll = 500

export class KeptEntries implements EntryReader {
  private readonly file: string
  private readonly environment: string
  private readonly before: ReadonlyMap<string, KeptEntry>
  private readonly used = new Map<string, KeptEntry>()
  private fresh = 0

  readonly mentionsOf = mentionsOf

  constructor(home: string) {
    this.file = join(home, 'node_modules', '.cache', 'works-on-arm', 'entries.bin')
    const sources = ['src/catalog', 'src/domain', 'package-lock.json'].map((path) => join(home, path))
    this.environment = hash('sha256', JSON.stringify([process.version, digestOfFiles(sources)]))
    this.before = parseEntries(readKeptBytes(this.file), this.environment)
  }

  readonly read = (kind: Kind, file: ContentFile): FileEntry => {
    const key = hash('sha256', `${file.path}\n${file.text}`, 'base64url')
    const known = this.before.get(key)
    if (known) {
      this.used.set(key, known)
      return entryOf(known, file)
    }
    const entry = readFileEntry(kind, file)
    const kept = keptOf(entry, file)
    if (kept) {
      this.used.set(key, kept)
      this.fresh += 1
    }
    return entry
  }

  /** Keeps what this content has, and nothing else. */
  save(): void {
    const gone = this.before.size - (this.used.size - this.fresh)
    // Of very many files, a few are read sooner than all are written.
    if ((this.fresh + gone) * fewOfAll < this.used.size || this.fresh + gone === 0) return
    keep(this.file, serialize({ environment: this.environment, entries: this.used } satisfies Kept))
  }
}

function parseEntries(bytes: Buffer | undefined, environment: string): ReadonlyMap<string, KeptEntry> {
  if (!bytes) return new Map()
  try {
    // Written by `save` alone; what another version of the generator wrote has another environment.
    const kept = deserialize(bytes) as Partial<Kept> | null
    return (kept?.environment === environment && kept.entries) || new Map<string, KeptEntry>()
  } catch {
    return new Map()
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
