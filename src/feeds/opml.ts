import { generateOpml } from 'feedsmith'
import type { FeedGroup } from '#views/feed-links.ts'
import { readable } from './readable.ts'

/** Feeds as OPML 2.0, which feed readers take in at once. */
export function serializeOpml(title: string, groups: readonly FeedGroup[]): string {
  const list = readable({ title, groups })
  const opml = generateOpml({
    head: { title: list.title },
    body: {
      outlines: list.groups.map(({ name, feeds }) => ({
        text: name,
        outlines: feeds.map((feed) => ({
          type: 'rss',
          text: feed.title,
          title: feed.title,
          xmlUrl: feed.address,
          htmlUrl: feed.pageAddress,
        })),
      })),
    },
  })
  return `${opml.trimEnd()}\n`
}
