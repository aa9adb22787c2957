import type { FeedFrameView } from '#views/feed.ts'

/** The archives of a feed as links, with the relations of RFC 5005. */
export function pagingLinks(
  { paging }: FeedFrameView,
  mediaType: string,
): { rel: string; type: string; href: string }[] {
  const { isArchive, current, older, newer } = paging
  return [
    ...(isArchive ? [{ rel: 'current', type: mediaType, href: current }] : []),
    ...(older === undefined ? [] : [{ rel: 'prev-archive', type: mediaType, href: older }]),
    ...(newer === undefined ? [] : [{ rel: 'next-archive', type: mediaType, href: newer }]),
  ]
}

/** The mark of an archive, which feedsmith does not know: the first child of the feed. */
export const archiveMark = '<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>'
