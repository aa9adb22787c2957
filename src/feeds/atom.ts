import {
  feedFormats,
  type FeedAuthorView,
  type FeedEntryParts,
  type FeedFrameView,
  type FeedView,
} from '#views/feed.ts'
import { archiveMark, pagingLinks } from './paging.ts'
import { readableText } from './readable.ts'
import { attribute, element, elementOfParts, elementWriter } from './xml.ts'

/** A feed as Atom 1.0 (RFC 4287), to the byte as feedsmith would write it: a build writes one for each project. */
export function serializeAtom(feed: FeedView): string {
  return serializeAtomWith(feed, feed.entries.map(serializeAtomEntry))
}

/** A feed whose entries are written: one entry stands in several feeds. */
export function serializeAtomWith(feed: FeedFrameView, entries: readonly string[]): string {
  const { mediaType } = feedFormats.atom
  const { paging, rights } = feed
  return [
    '<?xml version="1.0" encoding="utf-8"?>\n',
    `<?xml-stylesheet type="text/css" href="${readableText(feed.styleAddress)}"?>\n`,
    `<feed xmlns="http://www.w3.org/2005/Atom"${attribute('xml:lang', feed.language)}>${paging.isArchive ? archiveMark : ''}\n`,
    ...feed.authors.map((author) => person(author, '  ')),
    element('id', feed.id, '  '),
    link({ rel: 'self', type: mediaType, href: feed.address }, '  '),
    link({ rel: 'alternate', type: 'text/html', href: feed.pageAddress }, '  '),
    ...pagingLinks(feed, mediaType).map((page) => link(page, '  ')),
    rights ? link({ rel: 'license', href: rights.link }, '  ') : '',
    rights ? element('rights', `${readableText(rights.name)}, ${readableText(rights.link)}`, '  ') : '',
    element('subtitle', feed.description, '  '),
    element('title', feed.title, '  '),
    element('updated', instant(feed.updated), '  '),
    ...entries,
    '</feed>\n',
  ].join('')
}

/**
 * An entry, indented as it stands in its feed. Joined at once: a text that is put together piece by piece is put together
 * again each time it is used.
 */
export function serializeAtomEntry(entry: FeedEntryParts): string {
  const { content, related = [] } = entry
  return [
    '  <entry>\n',
    ...entry.authors.map(personOfEntry),
    ...entry.categories.map(categoryOfEntry),
    ...(typeof content === 'string'
      ? [element('content', content, '    ', ' type="html"')]
      : elementOfParts('content', content, '    ', ' type="html"')),
    write.id(entry.id),
    write.alternate(entry.address),
    ...related.map(write.related),
    write.published(instant(entry.published)),
    write.summary(entry.summary),
    write.title(entry.title),
    write.updated(instant(entry.updated)),
    '  </entry>\n',
  ].join('')
}

const write = {
  id: elementWriter('id', '    '),
  alternate: linkWriter('    ', { rel: 'alternate', type: 'text/html' }),
  related: linkWriter('    ', { rel: 'related' }),
  published: elementWriter('published', '    '),
  summary: elementWriter('summary', '    '),
  title: elementWriter('title', '    '),
  updated: elementWriter('updated', '    '),
}

const categoryOfEntry = once(({ id, label }: FeedEntryParts['categories'][number]): string => {
  const names = attribute('term', id) + attribute('label', label)
  return names === '' ? '' : `    <category${names}/>\n`
})

const personOfEntry = once((author: FeedAuthorView): string => person(author, '    '))

/** Entries share their authors and categories: each of these is written once. */
function once<T extends object>(write: (value: T) => string): (value: T) => string {
  const written = new WeakMap<T, string>()
  return (value) => {
    let text = written.get(value)
    if (text === undefined) written.set(value, (text = write(value)))
    return text
  }
}

function link({ href, ...kind }: { rel: string; type?: string; href: string }, indent: string): string {
  return linkWriter(indent, kind)(href)
}

function linkWriter(indent: string, { rel, type }: { rel: string; type?: string }): (href: string) => string {
  const begin = `${indent}<link`
  const end = ` rel="${rel}"${type === undefined ? '' : ` type="${type}"`}/>\n`
  return (href) => begin + attribute('href', href) + end
}

function person({ name, address }: FeedAuthorView, indent: string): string {
  const inner = `${indent}  `
  const parts = element('name', name, inner) + (address === undefined ? '' : element('uri', address, inner))
  return parts === '' ? '' : `${indent}<author>\n${parts}${indent}</author>\n`
}

/** With its thousandths; what is no instant stays as it is. */
function instant(text: string): string {
  if (plainInstant.test(text)) return text.length === 20 ? `${text.slice(0, 19)}.000Z` : text
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : date.toISOString()
}

/** An instant of a day that every month has: as `Date` would write it, but for thousandths that are missing. */
const plainInstant = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?Z$/
