/**
 * What the check of a stack looks things up in: which package means which project, and the project's
 * statuses. Most cells and rows of them repeat, so each is written once and pointed at.
 */
import type { Catalog, Entry } from '#domain/catalog.ts'
import { isRetraction } from '#domain/evidence.ts'
import type { Project } from '#domain/project.ts'
import type { Basis, Support } from '#domain/status-words.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import type { ViewContext } from './context.ts'
import { sortedProjects, statusOf } from './matrix.ts'

/** The format that `src/scan/stack-index.ts` reads. */
export interface StackIndexView {
  architectures: { id: string; node: string; wheel: string; words: string[]; unclear: string[] }[]
  /** Distinct cells: support, basis, day of the newest source, day since when it is stale. */
  cells: [Support, Basis, string, string][]
  /** Distinct rows of cells: for each architecture a place in `cells`. */
  patterns: number[][]
  ids: string[]
  /** Empty where it is the id. */
  names: string[]
  identifiers: string[][]
  /** Places in `patterns`. */
  rows: number[]
}

export function viewStackIndex(context: Pick<ViewContext, 'catalog' | 'asOf'>): StackIndexView {
  const { catalog } = context
  const cells = new Map<string, { place: number; cell: StackIndexView['cells'][number] }>()
  const patterns = new Map<string, number>()
  const view: StackIndexView = {
    architectures: [...catalog.architectures].map(([id, data]) => wordsOf(id, data)),
    cells: [],
    patterns: [],
    ids: [],
    names: [],
    identifiers: [],
    rows: [],
  }
  const repositories = repositoriesOfOne(catalog)
  for (const project of sortedProjects(context)) {
    const identifiers = identifiersOf(project, catalog, repositories)
    // Without one no package can mean it.
    if (identifiers.length === 0) continue
    const pattern = [...catalog.architectures.keys()].map((architecture) => {
      const { support, basis, observedAt = '', staleOn = '' } = statusOf(project, architecture, context)
      const cell: StackIndexView['cells'][number] = [
        support,
        basis,
        observedAt.slice(0, 10),
        basis === 'stale' ? staleOn : '',
      ]
      const key = cell.join('\t')
      const known = cells.get(key)
      if (known) return known.place
      cells.set(key, { place: view.cells.length, cell })
      return view.cells.push(cell) - 1
    })
    const key = pattern.join()
    let row = patterns.get(key)
    if (row === undefined) {
      row = view.patterns.push(pattern) - 1
      patterns.set(key, row)
    }
    view.ids.push(project.id)
    view.names.push(project.data.name === project.id ? '' : project.data.name)
    view.identifiers.push(identifiers)
    view.rows.push(row)
  }
  return view
}

/** What a person wrote; its repository; and the packages that its evidence is about: those were seen to be built from it. */
function identifiersOf(
  { id, data }: Entry<Project>,
  catalog: Catalog,
  repositories: ReadonlyMap<string, string>,
): string[] {
  const seen = new Set(data.identifiers)
  const repository = repositoryPurl(data)
  if (repository !== undefined && repositories.get(repository) === id) seen.add(repository)
  for (const record of catalog.evidence.get(id) ?? []) {
    if (isRetraction(record) || record.provenance.how !== 'probed') continue
    const { provider, job } = record.source
    if (provider === 'npm' && job !== undefined) seen.add(`pkg:npm/${job.replace(/^@/, '%40')}`)
    if (provider === 'debian') {
      const [name = ''] = record.artifact?.name.split('_') ?? []
      if (name !== '') seen.add(`pkg:deb/debian/${encodeURIComponent(name)}`)
    }
  }
  return [...seen]
}

/** Repositories that one project alone names: one that several share says nothing about which is meant. */
function repositoriesOfOne(catalog: Catalog): Map<string, string> {
  const projects = new Map<string, string>()
  for (const { id, data } of catalog.project.values()) {
    const purl = repositoryPurl(data)
    if (purl !== undefined) projects.set(purl, projects.has(purl) ? '' : id)
  }
  return projects
}

function repositoryPurl({ repository }: Project): string | undefined {
  const [, owner, name] = /^https:\/\/github\.com\/([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/.exec(repository ?? '') ?? []
  return owner === undefined || name === undefined ? undefined : `pkg:github/${owner}/${name}`.toLowerCase()
}

function wordsOf(id: string, data: Architecture): StackIndexView['architectures'][number] {
  const { node = '', wheel = '', aliases, oci, ambiguous } = data
  return {
    id,
    // `ppc64 (little-endian)`
    node: node.split(' ')[0] ?? '',
    wheel: wheel.replace(/^linux_/, ''),
    words: [...aliases, ...(oci === undefined ? [] : [oci.replace(/^linux\//, '')])],
    unclear: Object.keys(ambiguous),
  }
}
