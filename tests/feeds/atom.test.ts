/** Atom is written by us: to the byte as feedsmith would write it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { serializeAtom, serializeAtomEntry } from '#feeds/atom.ts'
import type { FeedView } from '#views/feed.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { atomByFeedsmith } from './atom-by-feedsmith.ts'

const pieces = [
  ...[
    '',
    ' ',
    '\n',
    '\r\n',
    '\t',
    '\u0085',
    '\u00a0',
    '\u2028',
    '\ufeff',
    '\ufffe',
    '\uffff',
    '\u0000',
    '\u000b',
    '\u001b',
  ],
  ...['<', '>', '&', '"', "'", '<p>', '</p>', '&amp;', '&apos;', '&quot;', '&#39;', '&lt', '<!--', '-->', '<?x?>'],
  ...['<![CDATA[', ']]>', ']]', '<feed>', '</feed>', '</entry>', '$&', '$1', '\\', '`', 'true', '0', '__proto__'],
  ...['\ud800', '\udc00', '🚀', 'é', 'مشروع', 'Redis on arm64', 'https://example.org/?a=1&b=2#x'],
]
const hostile = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.string({ maxLength: 20 }),
)
const instant = fc.oneof(
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.constantFrom('1970-01-01T00:00:00Z', '2026-09-01T12:00:00+02:00', '2026-09-01T12:00:00.123Z', '2026-09', 'never'),
)
const maybe = fc.option(hostile, { nil: undefined })
const author = fc.record({ name: hostile, address: maybe })
const entry = fc.record(
  {
    id: hostile,
    title: hostile,
    address: hostile,
    published: instant,
    updated: instant,
    authors: fc.array(author, { maxLength: 2 }),
    summary: hostile,
    content: hostile,
    categories: fc.array(fc.record({ id: hostile, label: hostile }), { maxLength: 3 }),
    related: fc.array(hostile, { maxLength: 2 }),
  },
  { requiredKeys: ['id', 'title', 'address', 'published', 'updated', 'authors', 'summary', 'content', 'categories'] },
)
const feed: fc.Arbitrary<FeedView> = fc.record({
  id: hostile,
  address: hostile,
  pageAddress: hostile,
  styleAddress: fc.constantFrom('https://example.org/feed.css', 'https://example.org/base/feed.css'),
  title: hostile,
  description: hostile,
  language: fc.constantFrom('en', 'de-CH', ''),
  updated: instant,
  authors: fc.array(author, { maxLength: 2 }),
  rights: fc.option(fc.record({ name: hostile, link: hostile }), { nil: undefined }),
  paging: fc.record({ isArchive: fc.boolean(), current: hostile, older: maybe, newer: maybe }),
  entries: fc.array(entry, { maxLength: 3 }),
})

test('a feed of any texts is what feedsmith writes', { timeout: propertyTimeout }, () => {
  fc.assert(
    fc.property(feed, (view) => {
      expect(serializeAtom(view)).toBe(atomByFeedsmith(view))
    }),
    { numRuns: runsOf(1000) },
  )
})

const markup = fc.constantFrom('<p>', '</p>\n<a href="', '">', '</a>&amp;<b>&apos;', '<li>\n</li>')
const parts = fc
  .tuple(fc.array(fc.tuple(markup, hostile), { maxLength: 5 }), markup)
  .map(([pairs, end]) => ['<p>', '', ...pairs.flat(), `${end}</p>`])

test('an entry whose HTML comes in parts is that of its whole HTML', { timeout: propertyTimeout }, () => {
  fc.assert(
    fc.property(entry, parts, ({ related, ...view }, content) => {
      const more = related && { related }
      expect(serializeAtomEntry({ ...view, ...more, content })).toBe(
        serializeAtomEntry({ ...view, ...more, content: content.join('') }),
      )
    }),
    { numRuns: runsOf(1000) },
  )
})
