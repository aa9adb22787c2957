/** What files of a site are, for servers of ours; docs/deploy.md says it to others. */
import { extname } from 'node:path'

const utf8 = (type: string) => `${type}; charset=utf-8`

const mediaTypes = new Map([
  ['.xml', utf8('application/xml')],
  ['.opml', utf8('text/x-opml')],
  ['.json', utf8('application/json')],
  ['.txt', utf8('text/plain')],
  ['.md', utf8('text/markdown')],
  // Those of a site are types of TypeScript, and no video.
  ['.ts', utf8('text/plain')],
  ['.csv', utf8('text/csv')],
  ['.ics', utf8('text/calendar')],
  ['.eml', 'message/rfc822'],
  ['.html', utf8('text/html')],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  // Of the search, which reads them as bytes.
  ...['.pagefind', '.pf_filter', '.pf_fragment', '.pf_index', '.pf_meta'].map(
    (ending) => [ending, 'application/octet-stream'] as const,
  ),
])

/** Undefined where the ending is none of a machine output: pages, scripts, styles and fonts. */
export function mediaTypeOf(path: string): string | undefined {
  return mediaTypes.get(extname(path))
}
