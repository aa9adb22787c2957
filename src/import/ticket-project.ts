/** Which project a ticket means, and whether one is there already. */
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { idPattern } from '#domain/identifier.ts'
import { samePage } from '#domain/tracking.ts'

/** The projects that a word means: an id, an old id, the address of a page, a name or another name of it. */
export function projectsMeant(word: string, { project, moved }: Pick<LocatedCatalog, 'project' | 'moved'>): string[] {
  const [, inAddress] = /\/projects\/([a-z0-9][a-z0-9-]{0,63})(?:[/?#.]|$)/.exec(word) ?? []
  for (const id of [word, word.toLowerCase(), inAddress]) {
    if (id === undefined || !idPattern.test(id)) continue
    const now = moved.get(id)?.data.movedTo ?? id
    if (project.has(now)) return [now]
  }
  const wanted = word.toLowerCase()
  return [...project.values()]
    .filter(({ data }) => [data.name, ...data.aliases].some((name) => name.toLowerCase() === wanted))
    .map(({ id }) => id)
}

export interface NewProject {
  id: string
  name: string
  identifiers: readonly string[]
  repository: string
}

/** The file of a project that is the new one by another name, and what they have in common. */
export function knownAs(
  { id, name, identifiers, repository }: NewProject,
  catalog: Pick<LocatedCatalog, 'project' | 'moved'>,
): { file: string; by: string } | undefined {
  const before = catalog.moved.get(id)
  if (before) return { file: before.file, by: id }
  const [meant = ''] = projectsMeant(name, catalog)
  const namesake = catalog.project.get(catalog.project.has(id) ? id : meant)
  if (namesake) return { file: namesake.file, by: name }
  for (const { file, data } of catalog.project.values()) {
    const purl = identifiers.find((one) => data.identifiers.includes(one))
    if (purl !== undefined) return { file, by: purl }
    if (repository !== '' && data.repository !== undefined && samePage(repository) === samePage(data.repository)) {
      return { file, by: repository }
    }
  }
  return undefined
}
