/** Which items an issue took in, and what it speaks of with them. */
import type { Catalog, Entry } from '#domain/catalog.ts'
import type { Issue, Item } from '#domain/issue.ts'
import { compareText } from '#domain/problem.ts'

/** The items of an issue, those of older news first. */
export function itemsOfIssue(issue: string, { catalog }: { catalog: Catalog }): readonly Entry<Item>[] {
  let byIssue = itemsOfCatalog.get(catalog)
  if (!byIssue) itemsOfCatalog.set(catalog, (byIssue = groupByIssue(catalog)))
  return byIssue.get(issue) ?? []
}

const itemsOfCatalog = new WeakMap<Catalog, ReadonlyMap<string, readonly Entry<Item>[]>>()

function groupByIssue({ item }: Catalog): ReadonlyMap<string, readonly Entry<Item>[]> {
  const taken = [...item.values()].filter(({ data }) => data.issue !== undefined)
  taken.sort((a, b) => compareText(a.data.date, b.data.date) || compareText(a.id, b.id))
  return Map.groupBy(taken, ({ data }) => data.issue ?? '')
}

/** The projects that an issue speaks of: its own list, then those of its items. */
export function projectsOfIssue(
  { id, data }: Pick<Entry<Issue>, 'id' | 'data'>,
  context: { catalog: Catalog },
): string[] {
  return [...new Set([...data.projects, ...itemsOfIssue(id, context).flatMap((item) => item.data.projects)])]
}
