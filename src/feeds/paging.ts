import type { FeedView } from '#views/feed.ts'

/** The archives of a feed as links, with the relations of RFC 5005. */
export function pagingLinks({ paging }: FeedView, mediaType: string): { rel: string; type: string; href: string }[] {
  const { isArchive, current, older, newer } = paging
  return [
    ...(isArchive ? [{ rel: 'current', type: mediaType, href: current }] : []),
    ...(older === undefined ? [] : [{ rel: 'prev-archive', type: mediaType, href: older }]),
    ...(newer === undefined ? [] : [{ rel: 'next-archive', type: mediaType, href: newer }]),
  ]
}

/** The mark of an archive, which feedsmith does not know, as the first child of the feed. */
export function withArchiveMark(xml: string, { paging }: FeedView): string {
  if (!paging.isArchive) return xml
  return xml.replace(/<(?:feed|channel)\b[^>]*>/, '$&<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>')
}
