/**
 * The catalog: all valid content, read once, used by the site and the command line alike, so
 * that `check` and `build` cannot disagree. Everything that is wrong is reported at once; a
 * problem in one file never hides another file.
 */
import type { Catalog, Entry } from '#domain/catalog.ts'
import type { Event } from '#domain/event.ts'
import type { Hardware } from '#domain/hardware.ts'
import { linkLedgerFile } from '#domain/link-ledger.ts'
import { idsLockFile } from '#domain/published.ts'
import type { Issue, Item } from '#domain/issue.ts'
import type { Note } from '#domain/note.ts'
import { compareText, inReadingOrder, type Problem } from '#domain/problem.ts'
import type { MovedProject, Project } from '#domain/project.ts'
import type { Recipe } from '#domain/recipe.ts'
import type { Source } from '#domain/source.ts'
import { Site, type Category } from '#domain/vocabulary.ts'
import { ArchitectureWords } from '#domain/architecture-words.ts'
import { kindNames, kindOf, kinds, type Kind } from './kinds.ts'
import { contentFileOf, readArchitectures, readContent, type ContentFile, type ReadContent } from './read.ts'
import { checkOwnPath } from './own-pages.ts'
import type { Context } from './reference-context.ts'
import { checkReferences, type UnfinishedEntry } from './references.ts'
import { visitField } from './schema-paths.ts'
import type { YamlSource } from './validate.ts'
import { readFreshly, type EntryReader, type FileEntry } from './file-entry.ts'
import { evidenceByProject, noEvidence, readEvidence, type ReadEvidence } from './evidence.ts'
import { checkItems } from './items.ts'
import { deadLinksIn, readLedger } from './ledger.ts'
import { checkPublished } from './published.ts'
import { checkRegistrations } from './registrations.ts'
import { ownWordsFile, readOwnWords } from './own-words.ts'
import { locatedVocabularies, readVocabularies, type LocatedVocabulary } from './vocabularies.ts'

/** A content file that is valid, and where its parts stand. */
export interface LocatedEntry<T> extends Entry<T> {
  /** Line of the file on which the body begins. */
  bodyLine: number
  source: YamlSource
}

export interface DataOfKind {
  project: Project
  source: Source
  issue: Issue
  item: Item
  recipe: Recipe
  note: Note
  event: Event
  hardware: Hardware
}

type EntriesOfKind = { [K in Kind]: Map<string, LocatedEntry<DataOfKind[K]>> }

/** The catalog while it is read: every entry still knows its places. */
export interface LocatedCatalog extends Omit<Catalog, Kind | 'moved' | 'categories'>, EntriesOfKind {
  categories: Map<string, Category>
  moved: Map<string, LocatedEntry<MovedProject>>
  /** The vocabularies of the folder itself that are valid. */
  vocabularies: readonly LocatedVocabulary[]
  /** Words that are right here though no dictionary has them. */
  ownWords: ReadonlySet<string>
}

export interface LoadedCatalog {
  catalog: LocatedCatalog
  /** In reading order; files are named from the content folder. */
  problems: Problem[]
}

/**
 * Reads and validates a content folder.
 * @param folder            folder to read
 * @param fallbackFolder    folder whose `architectures.yml` serves where the content has none
 * @param entries           what reads one file: afresh, or out of its memory
 * @throws where a folder cannot be read
 */
export function loadCatalog(folder: string, fallbackFolder?: string, entries?: EntryReader): LoadedCatalog {
  return buildCatalog(
    readContent(folder),
    fallbackFolder === undefined ? undefined : readArchitectures(fallbackFolder),
    readEvidence(folder),
    entries,
  )
}

/**
 * The same with one file as it would be: changed, or added. Nothing is written.
 * @param path path inside the content folder
 * @throws where a folder cannot be read
 */
export function loadCatalogWith(path: string, text: string, folder: string, fallbackFolder: string): LoadedCatalog {
  const read = readContent(folder)
  const problems = read.problems.filter(({ place }) => place.file !== path)
  const changed = contentFileOf(path, Buffer.from(text), problems)
  const files = [...read.files.filter((file) => file.path !== path), ...(changed ? [changed] : [])]
  return buildCatalog(
    { files: files.sort((a, b) => compareText(a.path, b.path)), problems },
    readArchitectures(fallbackFolder),
    readEvidence(folder),
  )
}

/**
 * Builds the catalog from files that were read. Never throws.
 * @param entries what reads one file: afresh, or out of its memory
 */
export function buildCatalog(
  read: ReadContent,
  standardArchitectures?: ContentFile,
  evidence: ReadEvidence = noEvidence(),
  entries: EntryReader = readFreshly,
): LoadedCatalog {
  const problems = [...read.problems]
  const vocabularies = readVocabularies(read, standardArchitectures, problems)
  const { site, architectures, categories, people } = vocabularies
  const siteData = site.data ?? Site.parse({ title: 'Untitled' })
  const catalog: LocatedCatalog = {
    site: siteData,
    architectures: new Map(Object.entries(architectures.data ?? {})),
    categories: new Map(Object.entries(categories?.data ?? {})),
    people: new Map(Object.entries(people.data ?? {})),
    sections: new Map(Object.entries(siteData.sections)),
    moved: new Map(),
    vocabularies: locatedVocabularies(vocabularies).filter(({ source }) =>
      read.files.some(({ path }) => path === source.file),
    ),
    ownWords: readOwnWords(
      read.files.find(({ path }) => path === ownWordsFile),
      problems,
    ),
    project: new Map(),
    source: new Map(),
    issue: new Map(),
    item: new Map(),
    recipe: new Map(),
    note: new Map(),
    event: new Map(),
    hardware: new Map(),
    evidence: new Map(),
    logs: evidence.logs,
    deadLinks: deadLinksIn(
      readLedger(
        read.files.find(({ path }) => path === linkLedgerFile),
        problems,
      ),
    ),
  }

  // A file that exists but has problems is still something to refer to.
  const idsByKind = new Map<Kind, Set<string>>(kindNames.map((kind) => [kind, new Set()]))
  const unfinished: UnfinishedEntry[] = []
  for (const file of read.files) {
    const kind = kindOf(file.path)
    if (!kind) continue
    const found = entries.read(kind, file)
    problems.push(...found.problems)
    if (found.id !== undefined) idsByKind.get(kind)?.add(found.id)
    const left = addEntry(kind, found, catalog)
    if (left) unfinished.push(left)
  }
  addKnown(read, idsByKind)
  const categoryIds = categories ? categories.ids : openCategories(catalog, unfinished)

  const context: Context = {
    catalog,
    words: new ArchitectureWords(catalog.architectures),
    idsOf: (kind) => {
      switch (kind) {
        case 'person':
          return people.ids
        case 'category':
          return categoryIds
        case 'section':
          return site.ids
        case 'architecture':
          // Their aliases are only known where the whole file is valid.
          return architectures.data && architectures.ids
        default:
          return idsByKind.get(kind)
      }
    },
    oldAddresses: new Set(),
    problems,
  }
  checkReferences({ ...context, siteSource: site.data && site.source, unfinished, mentionsOf: entries.mentionsOf })
  const projectIds = idsByKind.get('project')
  catalog.evidence = evidenceByProject(evidence, {
    isProject: (id) => projectIds?.has(id) === true,
    movedTo: (id) => catalog.moved.get(id)?.data.movedTo,
    architectures: architectures.ids && [...architectures.ids],
    checkOwnPath: (path, place) => {
      checkOwnPath(path, place, context)
    },
  })
  problems.push(...evidence.problems)
  checkRegistrations(catalog, problems)
  checkItems(catalog, problems)
  const lock = read.files.find(({ path }) => path === idsLockFile)
  checkPublished(lock, { catalog, hasFile: (kind, id) => idsByKind.get(kind)?.has(id) === true }, problems)
  return { catalog, problems: inReadingOrder(problems) }
}

/** Files that were not read are there to be referred to, in the order in which they would have been read. */
function addKnown({ known = [] }: ReadContent, idsByKind: Map<Kind, Set<string>>): void {
  for (const [kind, paths] of Map.groupBy(known, kindOf)) {
    if (!kind) continue
    const { folder, extension } = kinds[kind]
    const names = paths.map((path) => path.slice(folder.length + 1))
    const all = [...[...(idsByKind.get(kind) ?? [])].map((id) => `${id}${extension}`), ...names].sort(compareText)
    idsByKind.set(kind, new Set(all.map((name) => name.slice(0, -extension.length))))
  }
}

/** A site without `categories.yml` has the categories that its projects name. */
function openCategories(catalog: LocatedCatalog, unfinished: readonly UnfinishedEntry[]): ReadonlySet<string> {
  for (const { data } of catalog.project.values()) {
    for (const id of data.categories) {
      if (!catalog.categories.has(id)) catalog.categories.set(id, { name: id })
    }
  }
  const ids = new Set(catalog.categories.keys())
  for (const { entry } of unfinished) visitField(entry.data, ['categories', '*'], (id) => void ids.add(id))
  return ids
}

/** @returns what is not valid, so that the rest of it can be checked too */
function addEntry(kind: Kind, { id, became }: FileEntry, catalog: LocatedCatalog): UnfinishedEntry | undefined {
  if (id === undefined || became === undefined) return undefined
  switch (became.as) {
    case 'entry':
      // The schema of a kind yields the data of that kind: the two tables are keyed alike.
      ;(catalog[kind] as Map<string, LocatedEntry<DataOfKind[Kind]>>).set(id, became.entry)
      return undefined
    case 'moved':
      catalog.moved.set(id, became.entry)
      return undefined
    case 'unfinished':
      return became.unfinished
    default:
      return became satisfies never
  }
}
