/** Lists that come in pages, and move while they are read: each thing once, and whether all of them came. */
import { idOf, mapOf, type JsonMap } from '#ingest/json-values.ts'
import { isFailure, type Failure } from './pull-client.ts'

/** Things on a page; neither API gives more. */
export const pageLength = 100

export interface Page {
  kind: 'page'
  items: readonly unknown[]
  /** How many things there are on all pages, where the API tells. */
  total: number | undefined
  /** Whether the API says that another page follows. */
  hasMore: boolean
}

export interface List {
  kind: 'list'
  items: JsonMap[]
  /** How many there should be, as the last page said. */
  total: number | undefined
  /** False where things are missing although the list was read twice, or where it has no end. */
  isComplete: boolean
}

/**
 * Reads all pages of a list. What moves from page to page meanwhile is told by its `id`; where a thing
 * is missing in the end, the list is read once more.
 * @param askPage      pages count from 1
 * @param maximumPages where the list is longer, nothing more is asked
 */
export async function readList(
  askPage: (page: number) => Promise<Page | Failure>,
  maximumPages: number,
): Promise<List | Failure> {
  const first = await readOnce(askPage, maximumPages)
  if (isFailure(first) || first.isComplete || isTooLong(first, maximumPages)) return first
  return await readOnce(askPage, maximumPages)
}

/** Whether a list says that it has more things than its pages may hold. */
export function isTooLong({ total }: List, maximumPages: number): boolean {
  return total !== undefined && total > maximumPages * pageLength
}

async function readOnce(
  askPage: (page: number) => Promise<Page | Failure>,
  maximumPages: number,
): Promise<List | Failure> {
  const byId = new Map<string, JsonMap>()
  let total: number | undefined
  const listed = (isComplete: boolean): List => ({ kind: 'list', items: [...byId.values()], total, isComplete })
  for (let page = 1; page <= maximumPages; page += 1) {
    const read = await askPage(page)
    if (isFailure(read)) return read
    total = read.total
    const before = byId.size
    for (const item of read.items) {
      const map = mapOf(item)
      const id = idOf(map?.id)
      if (map && id !== undefined && !byId.has(id)) byId.set(id, map)
    }
    if (total !== undefined && total > maximumPages * pageLength) return listed(false)
    if (!read.hasMore) return listed(total === undefined || byId.size >= total)
    // The same page again, or an empty one: whatever the API says, nothing follows.
    if (byId.size === before) return listed(false)
  }
  return listed(false)
}
