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
        ofDay.entries.push(
          new ChangeEntry(
            { id: entryId, published, updated: apart(published, entryId), change },
            project,
            architecture,
            shared,
          ),
        )
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

/**
 * The instant that an entry says of its last change: in the hour after it was published, the same each time.
 * Many entries share a day and nobody knows their hour, but some readers keep only one entry of an instant.
 */
export function apart(published: string, id: string): string {
  let hash = 2166136261
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619)
  const after = (hash >>> 0) % 3_600_000
  // What nearly all are, and what `Date` says of it.
  if (/T\d\d:00:00Z$/.test(published)) return `${published.slice(0, 14)}${minutes(after)}Z`
  return new Date(Date.parse(published) + after).toISOString()
}

function minutes(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const parts = [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0'))
  return `${parts.join(':')}.${String(milliseconds % 1000).padStart(3, '0')}`
}
