/** The registrations of a running receiver: read anew when the content changes, kept when it is broken. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildCatalog, type LocatedCatalog } from '#catalog/catalog.ts'
import { readArchitectures, readContent } from '#catalog/read.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Problem } from '#domain/problem.ts'
import type { Log } from '#hooks/receive-log.ts'
import type { KnownRegistrations } from '#hooks/receive-server.ts'
import { holdsContent } from '#store/content-folder.ts'
import { shorten } from '#catalog/problems.ts'

/** How long the files are not looked at again. */
const trustMilliseconds = 2000

export class LiveRegistrations {
  private readonly folder: string
  private readonly standard: string
  private readonly log: Log
  private readonly clock: () => number
  private current: KnownRegistrations = {
    registrations: new Map(),
    words: new ArchitectureWords(new Map()),
    projectOf: no,
  }
  private seen = ''
  private isGone = false
  private lookedAt = Number.NEGATIVE_INFINITY
  /** Settings of the site, as they were when the content was first read. */
  readonly site: LocatedCatalog['site']

  /**
   * @param folder   the content
   * @param standard the content whose `architectures.yml` serves where the content has none
   * @param clock    milliseconds since 1970
   */
  constructor(folder: string, standard: string, log: Log, clock: () => number) {
    this.folder = folder
    this.standard = standard
    this.log = log
    this.clock = clock
    const { catalog, broken } = this.read()
    this.site = catalog.site
    this.current = registrationsOf(catalog)
    this.isThere()
    if (broken) this.tellBroken('content-broken', broken)
  }

  /** The registrations of now. A change of the files is seen within two seconds. */
  now(): KnownRegistrations {
    const now = this.clock()
    if (Math.abs(now - this.lookedAt) >= trustMilliseconds) {
      this.lookedAt = now
      if (this.isThere() && fingerprintOf(this.folder) !== this.seen) this.reload()
    }
    return this.isGone ? { ...this.current, isGone: true } : this.current
  }

  /** Reads the content anew, changed or not. What is gone registers nothing, and takes nothing back. */
  reload(): void {
    if (!this.isThere()) {
      this.log({ level: 'error', event: 'registrations-kept', reason: missing(this.folder) })
      return
    }
    try {
      const { catalog, broken } = this.read()
      if (broken) {
        this.tellBroken('registrations-kept', broken)
        return
      }
      this.current = registrationsOf(catalog)
      this.log({ level: 'info', event: 'registrations-read', registrations: this.current.registrations.size })
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.log({ level: 'error', event: 'registrations-kept', reason })
    }
  }

  private isThere(): boolean {
    const isGone = !holdsContent(this.folder)
    if (isGone && !this.isGone) this.log({ level: 'error', event: 'content-missing', reason: missing(this.folder) })
    if (!isGone && this.isGone) this.log({ level: 'info', event: 'content-back' })
    this.isGone = isGone
    return !isGone
  }

  private read(): { catalog: LocatedCatalog; broken: Problem | undefined } {
    // Taken before the files are read: what changes meanwhile is seen the next time.
    this.seen = fingerprintOf(this.folder)
    // Without the evidence, which may be large and decides nothing here.
    const { catalog, problems } = buildCatalog(readContent(this.folder), readArchitectures(this.standard))
    return { catalog, broken: problems.find(({ severity, place }) => severity === 'error' && decides(place.file)) }
  }

  private tellBroken(event: string, { code, place, reason }: Problem): void {
    const shown = `${shorten(place.file, 200)}:${place.line}:${place.column}`
    this.log({ level: 'error', event, code, place: shown, reason, registrations: this.current.registrations.size })
  }
}

function missing(folder: string): string {
  return `${folder} holds no content: it is gone, or its disk is not mounted`
}

function registrationsOf(catalog: LocatedCatalog): KnownRegistrations {
  return {
    registrations: new Map([...catalog.source].map(([id, { data }]) => [id, data])),
    words: new ArchitectureWords(catalog.architectures),
    projectOf: (id) => {
      const today = catalog.moved.get(id)?.data.movedTo ?? id
      return catalog.project.has(today) ? today : undefined
    },
  }
}

const no = () => undefined

/** Whether a file has a part in what counts. */
function decides(file: string): boolean {
  return /^(?:sources\/|projects\/|architectures\.yml$)/.test(file)
}

/**
 * Changes when a registration does, or when a project comes or goes. Projects are looked at by their
 * folder alone: there may be ten thousand of them, and git replaces a file that it changes.
 */
function fingerprintOf(folder: string): string {
  const sources = join(folder, 'sources')
  const files = namesIn(sources).map((name) => join(sources, name))
  return [sources, join(folder, 'projects'), join(folder, 'architectures.yml'), ...files].map(stateOf).join('\n')
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    return []
  }
}

function stateOf(path: string): string {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found ? `${path} ${found.ino} ${found.size} ${found.mtimeNs}` : ''
}
