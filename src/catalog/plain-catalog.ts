/** The catalog without what only checks need: where its parts stand in their files. What is left is plain data, which can be cloned. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import type { LocatedCatalog } from './catalog.ts'

export function plainCatalog({ vocabularies: _, ownWords: __, ...catalog }: LocatedCatalog): Catalog {
  const { moved, project, source, issue, item, recipe, note, event, hardware } = catalog
  return {
    ...catalog,
    moved: plain(moved),
    project: plain(project),
    source: plain(source),
    issue: plain(issue),
    item: plain(item),
    recipe: plain(recipe),
    note: plain(note),
    event: plain(event),
    hardware: plain(hardware),
  }
}

function plain<T>(entries: ReadonlyMap<string, Entry<T>>): ReadonlyMap<string, Entry<T>> {
  return new Map(Array.from(entries, ([key, { id, file, data, body }]) => [key, { id, file, data, body }]))
}
