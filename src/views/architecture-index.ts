/** The index at the end of a list page: what there is for each architecture. */
import type { Entry } from '#domain/catalog.ts'
import type { ViewContext } from './context.ts'
import { linksTo, linkTo, type LinkView } from './links.ts'

export interface IndexEntry {
  architecture: LinkView
  name: string
  pages: LinkView[]
}

/** Architectures that have pages, in the order of columns; pages in the order they are given. */
export function architectureIndex(
  kind: 'recipe' | 'note',
  entries: readonly Entry<{ architectures: string[] }>[],
  context: ViewContext,
): IndexEntry[] {
  return [...context.catalog.architectures]
    .map(([id, { name }]) => ({
      architecture: linkTo('architecture', id, context),
      name,
      pages: linksTo(
        kind,
        entries.filter(({ data }) => data.architectures.includes(id)).map((entry) => entry.id),
        context,
      ),
    }))
    .filter(({ pages }) => pages.length > 0)
}
