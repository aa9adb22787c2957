/** Changes of the matrix as entries of feeds. */
import { firstDayOf } from '#domain/day.ts'
import { changesOfCell } from './cell-changes.ts'
import { ChangeEntry, reasonsInWords, type ChangedProject } from './change-entry.ts'
import type { ViewContext } from './context.ts'
import { idOfChange, idOfFeed, originalIds } from './entry-id.ts'
import { viewPublisher } from './feed.ts'
import { newestFirst, type FeedSource } from './feed-pages.ts'
import { viewColumns } from './matrix.ts'
import { instantOf } from './issue.ts'

export type { ChangeEntry } from './change-entry.ts'

/** How many changes a feed has at most. */
export const maximumChanges = 200
const changesInArchive = 100
/** About 35 MB; more would cost every build of a large matrix more than its pages do. */
const changesInAllArchives = 20_000

/** Every change up to the build clock, the newest first. One pass over the matrix: a build makes it once. */
export function viewChangeEntries(context: ViewContext): ChangeEntry[] {
  const { catalog, absoluteAddressOf } = context
  const categories = new Map([...catalog.categories].map(([id, { name }]) => [id, { id, label: name }]))
  const columns = viewColumns(context).map(({ id }) => ({ id, label: id }))
  const original = originalIds(catalog)
  const shared = { authors: [viewPublisher(context)], reasons: reasonsInWords(), absoluteAddressOf }
  // A day at a time: there are few days, and to sort everything at once compares ten times as much.
  const byDay = new Map<string, { published: string; entries: ChangeEntry[] }>()
  for (const { id, data } of catalog.project.values()) {
    const project: ChangedProject = {
      id,
      name: data.name,
      address: absoluteAddressOf(`/projects/${id}/`),
      categories: data.categories.map((category) => categories.get(category) ?? { id: category, label: category }),
    }
    const originalId = original.get(id) ?? id
    for (const architecture of columns) {
      for (const change of changesOfCell(id, architecture.id, context)) {
        const day = firstDayOf(change.on)
        let ofDay = byDay.get(day)
        if (!ofDay) byDay.set(day, (ofDay = { published: instantOf(day), entries: [] }))
        const { published } = ofDay
        const entryId = idOfChange(originalId, architecture.id, day, catalog)
        ofDay.entries.push(new ChangeEntry({ id: entryId, published, change }, project, architecture, shared))
      }
    }
  }
  const days = [...byDay.values()].sort((a, b) => (a.published < b.published ? 1 : -1))
  return days.flatMap(({ entries }) => entries.sort(newestFirst))
}

export function changesFeed(entries: readonly ChangeEntry[], { catalog, asOf }: ViewContext): FeedSource {
  return {
    id: idOfFeed('changes', catalog),
    folder: '/changes/',
    pagePath: '/changes/',
    title: `${catalog.site.title}: changes`,
    description:
      entries.length === 0
        ? 'No status has changed yet.'
        : 'Every change of a status: support that was gained or lost, and knowledge that grew too old to rely on.',
    entries,
    maximum: maximumChanges,
    archive: {
      folder: '/changes/archive/',
      formats: ['atom'],
      size: changesInArchive,
      maximum: changesInAllArchives,
      periodOf: ({ published }) => published.slice(0, 7),
      openPeriod: asOf.slice(0, 7),
    },
  }
}
