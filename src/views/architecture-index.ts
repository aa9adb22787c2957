/** A list by architecture: how much there is for each, and where that is listed. */
import type { Entry } from '#domain/catalog.ts'
import type { ViewContext } from './context.ts'
import { viewColumns } from './matrix.ts'
import type { LinkView } from './links.ts'

export interface IndexEntry {
  /** Its part of the architecture's page. */
  architecture: LinkView
  name: string
  count: number
}

/**
 * Architectures that something is about, in the order of columns.
 * @param part the part of an architecture's page that lists them
 */
export function architectureIndex(
  part: 'recipes' | 'notes',
  entries: readonly Entry<{ architectures: string[] }>[],
  context: ViewContext,
): IndexEntry[] {
  return viewColumns(context)
    .map(({ id, name, address }) => ({
      architecture: { label: id, address: `${address}#${part}` },
      name,
      count: entries.filter(({ data }) => data.architectures.includes(id)).length,
    }))
    .filter(({ count }) => count > 0)
}

/** The same architectures, as the columns of the matrix go. */
export function inColumnOrder(architectures: readonly string[], context: ViewContext): string[] {
  return viewColumns(context)
    .map(({ id }) => id)
    .filter((id) => architectures.includes(id))
}
