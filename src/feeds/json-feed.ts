import { generateJsonFeed } from 'feedsmith'
import type { FeedAuthorView, FeedView } from '#views/feed.ts'
import { readable } from './readable.ts'

/** A feed as JSON Feed 1.1. */
export function serializeJsonFeed(view: FeedView): string {
  const feed = readable(view)
  const generated = generateJsonFeed({
    title: feed.title,
    home_page_url: feed.pageAddress,
    feed_url: feed.address,
    ...(feed.paging.older !== undefined && { next_url: feed.paging.older }),
    description: feed.description,
    language: feed.language,
    authors: feed.authors.map(person),
    items: feed.entries.map((entry) => ({
      id: entry.id,
      url: entry.address,
      title: entry.title,
      summary: entry.summary,
      content_html: entry.content,
      date_published: entry.published,
      date_modified: entry.updated,
      authors: entry.authors.map(person),
      language: feed.language,
      tags: entry.categories.map(({ label }) => label),
      ...(entry.change && { _change: entry.change }),
    })),
  })
  // feedsmith leaves an empty list out, and JSON Feed requires it.
  return `${JSON.stringify({ ...(generated as object), ...(feed.entries.length === 0 && { items: [] }) }, undefined, 2)}\n`
}

function person({ name, address }: FeedAuthorView): { name: string; url?: string } {
  return { name, ...(address !== undefined && { url: address }) }
}
