/** What two contents differ in, for a reader who will merge one into the other: cells, and pages. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import { deriveCell } from '#domain/cell.ts'
import { directionOf, type Direction } from '#domain/changes.ts'
import type { Status } from '#domain/derive.ts'
import { oldAddressesOf, successorOf } from '#domain/old-addresses.ts'
import { isPublic } from '#domain/issue.ts'
import { compareText } from '#domain/problem.ts'
import type { Project } from '#domain/project.ts'
import { differenceOfEntries, type EntryDifference } from './entry-difference.ts'
import { differenceOfEvidence, type EvidenceDifference } from './evidence-difference.ts'
import { sortedProjects, viewColumns } from './matrix.ts'

export interface CellOfDifference {
  architecture: string
  isControl: boolean
  from: Status
  to: Status
  direction: Direction
}

/** The cells of one project that are others. */
export interface ProjectOfDifference {
  id: string
  name: string
  cells: CellOfDifference[]
}

export interface PageOfDifference {
  address: string
  title: string
  /** Where the page is that stood there. */
  movedTo?: string
}

export interface ContentDifference extends EntryDifference {
  /** In the order of the matrix; projects that are gone come last. */
  projects: ProjectOfDifference[]
  pages: Record<'appear' | 'change' | 'move' | 'go', PageOfDifference[]>
  /** Records that the later content adds. */
  evidence: EvidenceDifference
}

/**
 * @param asOf      ISO instant at which both are looked at: time alone makes no difference
 * @param hasFaults whether a file of the later content is there and is not valid: nothing is gone by it
 */
export function differenceOfContents(
  before: Catalog,
  after: Catalog,
  asOf: string,
  hasFaults: (file: string) => boolean = () => false,
): ContentDifference {
  return {
    projects: differentProjects(before, after, asOf, hasFaults),
    pages: differentPages(before, after, asOf, hasFaults),
    evidence: differenceOfEvidence(before, after),
    ...differenceOfEntries(before, after, hasFaults),
  }
}

function differentProjects(
  before: Catalog,
  after: Catalog,
  asOf: string,
  hasFaults: (file: string) => boolean,
): ProjectOfDifference[] {
  const addressOf = (path: string) => path
  const columns = viewColumns({ catalog: after, addressOf })
  const gone = viewColumns({ catalog: before, addressOf }).filter(({ id }) => !after.architectures.has(id))
  const architectures = [...columns, ...gone]
  const controlOf = ({ architectures }: Catalog) => [...architectures].find(([, { control }]) => control)?.[0]
  const sameWords =
    controlOf(before) === controlOf(after) &&
    gone.length === 0 &&
    before.architectures.size === after.architectures.size
  const formerIds = Map.groupBy(after.moved.values(), ({ data }) => data.movedTo)
  const found: ProjectOfDifference[] = []
  const renamed = new Set<string>()
  const compare = (was: Entry<Project> | undefined, is: Entry<Project> | undefined) => {
    const { id, data } = is ?? was ?? {}
    if (id === undefined || data === undefined) return
    if (sameWords && was && is && before.evidence.get(was.id)?.length === after.evidence.get(is.id)?.length) {
      if (sourcesOf(before, was) === sourcesOf(after, is)) return
    }
    const cells = architectures.flatMap(({ id: architecture, isControl }) => {
      const from = deriveCell(before, was?.id ?? id, architecture, asOf)
      const to = deriveCell(after, is?.id ?? id, architecture, asOf)
      if (from.support === to.support && from.basis === to.basis) return []
      return [{ architecture, isControl, from, to, direction: directionOf(from, to) }]
    })
    if (cells.length > 0) found.push({ id, name: data.name, cells })
  }
  for (const is of sortedProjects({ catalog: after })) {
    const former = before.project.has(is.id)
      ? undefined
      : formerIds.get(is.id)?.find(({ id }) => before.project.has(id))
    if (former) renamed.add(former.id)
    compare(before.project.get(former?.id ?? is.id), is)
  }
  for (const was of sortedProjects({ catalog: before })) {
    // What leads to a project that was there before has no new name: two became one.
    if (!hasFaults(was.file) && !after.project.has(was.id) && !renamed.has(was.id)) compare(was, undefined)
  }
  return found
}

/** Everything of a project that the rule looks at. */
function sourcesOf({ evidence }: Catalog, { id, data }: Entry<Project>): string {
  const records = (evidence.get(id) ?? []).map((record) => JSON.stringify(record)).sort(compareText)
  return JSON.stringify([data.claims, data.releases, records])
}

interface Page {
  title: string
  file: string
  /** What it is made of, as far as it is a file of its own. */
  text: () => string
}

function differentPages(
  before: Catalog,
  after: Catalog,
  asOf: string,
  hasFaults: (file: string) => boolean,
): ContentDifference['pages'] {
  const [old, fresh] = [pagesOf(before, asOf), pagesOf(after, asOf)]
  const led = new Map(oldAddressesOf(after).map(({ from, to }) => [from, to]))
  const pages: ContentDifference['pages'] = { appear: [], change: [], move: [], go: [] }
  for (const [address, { title, text }] of fresh) {
    const was = old.get(address)
    if (!was) pages.appear.push({ address, title })
    else if (was.text() !== text()) pages.change.push({ address, title })
  }
  for (const [address, { title, file }] of old) {
    if (fresh.has(address) || hasFaults(file)) continue
    const movedTo = successorOf(address, led.get(address) ?? '')
    const isMerged = address.startsWith('/projects/') && old.has(movedTo ?? '')
    if (movedTo === undefined || !fresh.has(movedTo) || isMerged) pages.go.push({ address, title })
    else pages.move.push({ address, title, movedTo })
  }
  for (const list of Object.values(pages)) list.sort((a, b) => compareText(a.address, b.address))
  return pages
}

function pagesOf(catalog: Catalog, asOf: string): Map<string, Page> {
  const pages = new Map<string, Page>()
  const addEntries = <T>(
    entries: Iterable<Entry<T>>,
    addressOf: (id: string) => string,
    titleOf: (data: T) => string,
  ) => {
    for (const { id, file, data, body } of entries) {
      pages.set(addressOf(id), { title: titleOf(data), file, text: () => JSON.stringify([data, body]) })
    }
  }
  const addWords = (words: ReadonlyMap<string, { name: string }>, folder: string, file: string) => {
    for (const [id, data] of words)
      pages.set(`/${folder}/${id}/`, { title: data.name, file, text: () => JSON.stringify(data) })
  }
  addEntries(
    catalog.project.values(),
    (id) => `/projects/${id}/`,
    ({ name }) => name,
  )
  addEntries(
    [...catalog.issue.values()].filter(({ data }) => isPublic(data, asOf)),
    (id) => `/issues/${id}/`,
    ({ title }) => title,
  )
  addEntries(
    catalog.recipe.values(),
    (id) => `/recipes/${id}/`,
    ({ title }) => title,
  )
  addEntries(
    catalog.note.values(),
    (id) => `/notes/${id}/`,
    ({ title }) => title,
  )
  addEntries(
    catalog.event.values(),
    (id) => `/events/#${id}`,
    ({ name }) => name,
  )
  addEntries(
    catalog.hardware.values(),
    (id) => `/hardware/#${id}`,
    ({ name }) => name,
  )
  addWords(catalog.architectures, 'architectures', 'architectures.yml')
  addWords(catalog.categories, 'categories', 'categories.yml')
  addWords(catalog.sections, 'topics', 'site.yml')
  return pages
}
