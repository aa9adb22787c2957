/** The feeds of one project, one architecture, one topic: what changed there, and what the newsletter says about it. */
import type { ChangeEntry } from './feed-changes.ts'
import { idOfFeed, originalIds } from './entry-id.ts'
import { newestFirst, type FeedEntry, type FeedSource } from './feed-pages.ts'
import type { FeedMentions } from './feed-mentions.ts'
import type { PublishingContext } from './publishing.ts'

/** How many entries a feed of one thing has at most. */
export const maximumOfOwnFeed = 100

/** The feed of every project, in the order of the catalog. */
export function* projectFeeds(
  changes: readonly ChangeEntry[],
  { byProject }: FeedMentions,
  { catalog }: PublishingContext,
): Generator<FeedSource> {
  const changesByProject = Map.groupBy(changes, ({ project }) => project)
  const original = originalIds(catalog)
  for (const [id, { data }] of catalog.project) {
    yield ownFeed({
      id: idOfFeed(`project/${original.get(id) ?? id}`, catalog),
      path: `/projects/${id}/`,
      title: `${catalog.site.title}: ${data.name}`,
      holds: `Changes of the status of ${data.name}, and what the newsletter says about it`,
      changes: changesByProject.get(id),
      mentions: byProject.get(id),
    })
  }
}

export function* architectureFeeds(
  changes: readonly ChangeEntry[],
  { byArchitecture }: FeedMentions,
  { catalog }: PublishingContext,
): Generator<FeedSource> {
  const changesByArchitecture = Map.groupBy(changes, ({ architecture }) => architecture)
  for (const id of catalog.architectures.keys()) {
    yield ownFeed({
      id: idOfFeed(`architecture/${id}`, catalog),
      path: `/architectures/${id}/`,
      title: `${catalog.site.title}: ${id}`,
      holds: `What changed on ${id}, and what the newsletter says about it`,
      changes: changesByArchitecture.get(id),
      mentions: byArchitecture.get(id),
    })
  }
}

export function* topicFeeds({ byTopic }: FeedMentions, { catalog }: PublishingContext): Generator<FeedSource> {
  for (const [id, { name }] of catalog.sections) {
    yield ownFeed({
      id: idOfFeed(`topic/${id}`, catalog),
      path: `/topics/${id}/`,
      title: `${catalog.site.title}: ${name}`,
      holds: `${name}: this section of every issue of the newsletter`,
      changes: undefined,
      mentions: byTopic.get(id),
    })
  }
}

interface OwnFeed {
  id: string
  path: string
  title: string
  holds: string
  changes: readonly FeedEntry[] | undefined
  mentions: readonly FeedEntry[] | undefined
}

function ownFeed({ id, path, title, holds, changes = [], mentions = [] }: OwnFeed): FeedSource {
  const entries = mentions.length === 0 ? changes : [...changes, ...mentions].sort(newestFirst)
  return {
    id,
    folder: path,
    pagePath: path,
    title,
    description: entries.length === 0 ? `${holds}. Nothing so far.` : `${holds}.`,
    entries,
    maximum: maximumOfOwnFeed,
  }
}
