import { generateRssFeed } from 'feedsmith'
import { feedFormats, type FeedView } from '#views/feed.ts'
import { escapeHtml } from '#views/portable-html.ts'
import { archiveMark, pagingLinks } from './paging.ts'
import { readable } from './readable.ts'
import { withoutCdata } from './xml.ts'

/** A feed as RSS 2.0, with the modules that carry what RSS itself cannot say. */
export function serializeRss(view: FeedView): string {
  const feed = readable(view)
  const { rights } = feed
  const xml = withoutCdata(
    generateRssFeed(
      {
        title: feed.title,
        link: feed.pageAddress,
        // Descriptions are HTML in RSS, titles are text.
        description: escapeHtml(feed.description),
        language: feed.language,
        ...(rights && { copyright: `${rights.name}, ${rights.link}` }),
        lastBuildDate: feed.updated,
        atom: {
          links: [
            { rel: 'self', type: feedFormats.rss.mediaType, href: feed.address },
            ...pagingLinks(feed, feedFormats.rss.mediaType),
          ],
        },
        items: feed.entries.map((entry) => ({
          title: entry.title,
          link: entry.address,
          guid: { value: entry.id, isPermaLink: false },
          pubDate: entry.published,
          description: escapeHtml(entry.summary),
          categories: entry.categories.map(({ label }) => ({ name: label })),
          // The `author` of RSS is a mail address; names belong here.
          dc: { creators: entry.authors.map(({ name }) => name) },
          atom: {
            updated: entry.updated,
            ...(entry.related && { links: entry.related.map((href) => ({ rel: 'related', href })) }),
          },
          content: { encoded: entry.content },
        })),
      },
      { stylesheets: [{ type: 'text/css', href: feed.styleAddress }] },
    ),
  )
  return feed.paging.isArchive ? xml.replace(/<channel\b[^>]*>/, `$&${archiveMark}`) : xml
}
