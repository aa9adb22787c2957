/** What a host should send with each kind of file. docs/deploy.md has the same for nginx. */
import { serializeHeaders, type HeaderRule } from '#feeds/headers.ts'
import { addressOf } from './data.ts'

const anyOrigin = { 'Access-Control-Allow-Origin': '*' }
/** Data is asked for again after minutes: a build may be minutes old. */
const shortLived = { 'Cache-Control': 'public, max-age=300, must-revalidate' }
const utf8 = (type: string) => ({ 'Content-Type': `${type}; charset=utf-8` })

/** Paths below the base path. */
const rules: readonly HeaderRule[] = [
  {
    paths: ['/*'],
    headers: {
      // What a policy in a `<meta>` cannot say. The rest of the policy is in the pages.
      'Content-Security-Policy': "frame-ancestors 'none'",
      'X-Frame-Options': 'DENY',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
    },
  },
  {
    // Their names hold a digest of what is in them.
    paths: ['/_astro/*', '/pagefind/fragment/*', '/pagefind/index/*', '/pagefind/filter/*'],
    headers: { 'Cache-Control': 'public, max-age=31536000, immutable' },
  },
  { paths: ['/api/v1/*', '/badges/*'], headers: { ...anyOrigin, ...shortLived } },
  // Named by its ending alone it would be a video.
  { paths: ['/api/v1/types.d.ts'], headers: utf8('text/plain') },
  {
    paths: [
      '/atom.xml',
      '/rss.xml',
      '/feed.json',
      '/feeds.opml',
      '/changes/atom.xml',
      '/changes/rss.xml',
      '/changes/feed.json',
      '/items/atom.xml',
      '/items/rss.xml',
      '/items/feed.json',
      '/corrections/atom.xml',
      '/events/atom.xml',
      '/projects/:id/atom.xml',
      '/architectures/:id/atom.xml',
      '/topics/:id/atom.xml',
      // Older pages of feeds, a folder each.
      ...['issues', 'items', 'changes'].flatMap((of) =>
        ['atom.xml', 'rss.xml', 'feed.json'].map((file) => `/${of}/archive/:id/${file}`),
      ),
    ],
    headers: { ...anyOrigin, ...shortLived },
  },
  { paths: ['/matrix.csv'], headers: { ...anyOrigin, ...shortLived, ...utf8('text/csv') } },
  { paths: ['/events.ics'], headers: { ...anyOrigin, ...shortLived, ...utf8('text/calendar') } },
  { paths: ['/projects/:id/index.md'], headers: { ...anyOrigin, ...shortLived, ...utf8('text/markdown') } },
  // Mails say what pages say: search engines have those.
  { paths: ['/mail/*'], headers: { 'X-Robots-Tag': 'noindex' } },
  { paths: ['/mail/:number/index.txt'], headers: utf8('text/plain') },
  { paths: ['/llms.txt'], headers: { ...anyOrigin, ...shortLived, ...utf8('text/plain') } },
]

/** Pages have no rule for their age: what these hosts send by themselves is to ask again each time. */
export function headersFile(): string {
  return serializeHeaders(rules.map(({ paths, headers }) => ({ paths: paths.map((path) => addressOf(path)), headers })))
}
