/** Feeds as links, for pages that lead to them. */
import { feedFormats, type FeedFormat } from './feed.ts'
import type { ViewContext } from './context.ts'

export interface FeedLinkView {
  format: string
  /** With its host: to be copied. */
  address: string
  purpose: string
}

const purposes: Record<FeedFormat, string> = {
  atom: 'for feed readers; take this one if yours gives you the choice',
  rss: 'for feed readers and mail services that know RSS only',
  json: 'for programs: the same entries as JSON',
}

/** The three formats of a feed that has them all. */
export function viewFeedLinks({ absoluteAddressOf }: ViewContext, folder = '/'): FeedLinkView[] {
  return (['atom', 'rss', 'json'] as const).map((format) => ({
    format: feedFormats[format].name,
    address: absoluteAddressOf(`${folder}${feedFormats[format].file}`),
    purpose: purposes[format],
  }))
}
