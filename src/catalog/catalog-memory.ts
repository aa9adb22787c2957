/**
 * A catalog that is loaded again and again, as the development server does: a file that has not changed is neither read nor validated
 * again. Only what a file alone decides is remembered, by its stamp and its text. What files say about each other is looked at each
 * time, so that nothing has to be known about what depends on what. A test holds every catalog to one that was loaded from nothing.
 */
import { join } from 'node:path'
import type { Problem } from '#domain/problem.ts'
import { buildCatalog, type LoadedCatalog } from './catalog.ts'
import { changedAt, stampOf, tick } from './clean-files.ts'
import { readEvidence, readEvidenceFile, type EvidenceFile } from './evidence.ts'
import { readFileEntry, type FileEntry } from './file-entry.ts'
import { mentionsOf, type Mention } from './mentions.ts'
import { readArchitectures, readContent, readContentFile, type ContentFile } from './read.ts'

interface ReadFile {
  file: ContentFile | undefined
  problems: Problem[]
}

interface KnownEntry {
  text: string
  entry: FileEntry
}

export class CatalogMemory {
  private readonly folder: string
  private readonly fallbackFolder: string
  private readonly files = new Remembered<ReadFile>()
  private readonly evidence = new Remembered<EvidenceFile>()
  private entries = new Map<string, KnownEntry>()
  private readonly mentions = new WeakMap<object, readonly Mention[]>()

  /** As `loadCatalog` takes them. */
  constructor(folder: string, fallbackFolder: string) {
    this.folder = folder
    this.fallbackFolder = fallbackFolder
  }

  /**
   * What `loadCatalog` loads. Catalogs share entries that are the same; nobody may change one.
   * @param now milliseconds
   * @throws where a folder cannot be read
   */
  load(now: number): LoadedCatalog {
    const read = readContent(this.folder, undefined, (folder, path, problems) => {
      const known = this.files.get(join(folder, path), now, () => {
        const problems: Problem[] = []
        return { file: readContentFile(folder, path, problems), problems }
      })
      problems.push(...known.problems)
      return known.file
    })
    const evidence = readEvidence(this.folder, (folder, path) =>
      this.evidence.get(join(folder, path), now, () => readEvidenceFile(folder, path)),
    )
    const entries = new Map<string, KnownEntry>()
    const loaded = buildCatalog(read, readArchitectures(this.fallbackFolder), evidence, {
      read: (kind, file) => {
        const before = this.entries.get(file.path)
        const known = before?.text === file.text ? before : { text: file.text, entry: readFileEntry(kind, file) }
        entries.set(file.path, known)
        return known.entry
      },
      mentionsOf: (entry, fields) => {
        let known = this.mentions.get(entry)
        if (!known) this.mentions.set(entry, (known = mentionsOf(entry, fields)))
        return known
      },
    })
    this.entries = entries
    this.files.forgetOthers()
    this.evidence.forgetOthers()
    return loaded
  }
}

interface Made<T> {
  stamp: string
  /** Whether it had not just changed when it was read: who changes a file twice in a moment may leave it the same times. */
  isSettled: boolean
  value: T
}

/** What was made from files, while they stay as they are. */
class Remembered<T> {
  private before = new Map<string, Made<T>>()
  private current = new Map<string, Made<T>>()

  get(path: string, now: number, make: () => T): T {
    const stamp = stampOf(path)
    const known = this.before.get(path)
    const made =
      known?.isSettled && known.stamp === stamp
        ? known
        : { stamp, isSettled: changedAt(stamp) < now - tick, value: make() }
    this.current.set(path, made)
    return made.value
  }

  /** Forgets files that nobody has asked about since the last time. */
  forgetOthers(): void {
    this.before = this.current
    this.current = new Map()
  }
}
