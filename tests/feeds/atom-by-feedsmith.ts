/** Atom as feedsmith writes it, which ours is held to. */
import { generateAtomFeed } from 'feedsmith'
import { archiveMark, pagingLinks } from '#feeds/paging.ts'
import { readable } from '#feeds/readable.ts'
import { withoutCdata } from '#feeds/xml.ts'
import { feedFormats, type FeedAuthorView, type FeedView } from '#views/feed.ts'

export function atomByFeedsmith(view: FeedView): string {
  const feed = readable(view)
  const { rights } = feed
  const xml = withoutCdata(
    generateAtomFeed(
      {
        id: feed.id,
        title: { value: feed.title },
        subtitle: { value: feed.description },
        updated: feed.updated,
        authors: feed.authors.map(person),
        links: [
          { rel: 'self', type: feedFormats.atom.mediaType, href: feed.address },
          { rel: 'alternate', type: 'text/html', href: feed.pageAddress },
          ...pagingLinks(feed, feedFormats.atom.mediaType),
          ...(rights ? [{ rel: 'license', href: rights.link }] : []),
        ],
        ...(rights && { rights: { value: `${rights.name}, ${rights.link}` } }),
        xml: { lang: feed.language },
        entries: feed.entries.map((entry) => ({
          id: entry.id,
          title: { value: entry.title },
          links: [
            { rel: 'alternate', type: 'text/html', href: entry.address },
            ...(entry.related ?? []).map((href) => ({ rel: 'related', href })),
          ],
          published: entry.published,
          updated: entry.updated,
          authors: entry.authors.map(person),
          categories: entry.categories.map(({ id, label }) => ({ term: id, label })),
          summary: { value: entry.summary },
          content: { type: 'html', value: entry.content },
        })),
      },
      { stylesheets: [{ type: 'text/css', href: feed.styleAddress }] },
    ),
  )
  return feed.paging.isArchive ? xml.replace(/<feed\b[^>]*>/, `$&${archiveMark}`) : xml
}

function person({ name, address }: FeedAuthorView): { name: string; uri?: string } {
  return { name, ...(address !== undefined && { uri: address }) }
}
