/** What an import has to know of the site that it imports into. */
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { ReferenceKind } from '#domain/identifier.ts'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { checkOldAddress, checkOwnPath } from '#catalog/own-pages.ts'
import type { Context } from '#catalog/reference-context.ts'
import { ProjectIndex } from './projects.ts'

export interface OwnSite {
  catalog: LocatedCatalog
  projects: ProjectIndex
  /** Whether a path is one of a page, where issues of the import count too. */
  isOwnPage: (path: string) => boolean
  /** Claims an old address: false where something else has it. */
  claimAddress: (path: string) => boolean
}

/** @param numbers numbers of the issues that are being imported */
export function viewOwnSite(catalog: LocatedCatalog, numbers: readonly number[]): OwnSite {
  const imported = new Set(numbers.map((number) => String(number).padStart(4, '0')))
  const replaced = (id: string) => imported.has(id)
  const ids: Partial<Record<ReferenceKind, ReadonlySet<string>>> = {
    project: new Set([...catalog.project.keys(), ...catalog.moved.keys()]),
    note: new Set(catalog.note.keys()),
    recipe: new Set(catalog.recipe.keys()),
    event: new Set(catalog.event.keys()),
    hardware: new Set(catalog.hardware.keys()),
    issue: new Set([...catalog.issue.keys(), ...imported]),
    person: new Set(catalog.people.keys()),
    category: new Set(catalog.categories.keys()),
    section: new Set(catalog.sections.keys()),
    architecture: new Set(catalog.architectures.keys()),
  }
  const context: Context = {
    catalog,
    words: new ArchitectureWords(catalog.architectures),
    idsOf: (kind) => ids[kind],
    oldAddresses: new Set(),
    problems: [],
  }
  const isRight = (
    check: (path: string, place: () => { file: string; line: number; column: number }, context: Context) => void,
    path: string,
  ) => {
    const problems: Context['problems'] = []
    check(path, () => ({ file: '', line: 1, column: 1 }), { ...context, problems })
    return problems.length === 0
  }
  for (const address of Object.keys(catalog.site.redirects)) isRight(checkOldAddress, address)
  for (const { data } of catalog.project.values())
    for (const address of data.redirectsFrom) isRight(checkOldAddress, address)
  for (const { id, data } of catalog.issue.values()) {
    if (!replaced(id)) for (const address of data.aliases) isRight(checkOldAddress, address)
  }
  return {
    catalog,
    projects: new ProjectIndex(catalog.project),
    isOwnPage: (path) => isRight(checkOwnPath, path),
    claimAddress: (path) => isRight(checkOldAddress, path),
  }
}
