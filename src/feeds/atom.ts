import { feedFormats, type FeedAuthorView, type FeedEntryView, type FeedFrameView, type FeedView } from '#views/feed.ts'
import { archiveMark, pagingLinks } from './paging.ts'
import { readableText } from './readable.ts'
import { attribute, element } from './xml.ts'

/** A feed as Atom 1.0 (RFC 4287), to the byte as feedsmith would write it: a build writes one for each project. */
export function serializeAtom(feed: FeedView): string {
  return serializeAtomWith(feed, feed.entries.map(serializeAtomEntry))
}

/** A feed whose entries are written: one entry stands in several feeds. */
export function serializeAtomWith(feed: FeedFrameView, entries: readonly string[]): string {
  const { mediaType } = feedFormats.atom
  const { paging, rights } = feed
  let text = '<?xml version="1.0" encoding="utf-8"?>\n'
  text += `<?xml-stylesheet type="text/css" href="${readableText(feed.styleAddress)}"?>\n`
  text += `<feed xmlns="http://www.w3.org/2005/Atom"${attribute('xml:lang', feed.language)}>${paging.isArchive ? archiveMark : ''}\n`
  for (const author of feed.authors) text += person(author, '  ')
  text += element('id', feed.id, '  ')
  text += link({ rel: 'self', type: mediaType, href: feed.address }, '  ')
  text += link({ rel: 'alternate', type: 'text/html', href: feed.pageAddress }, '  ')
  for (const page of pagingLinks(feed, mediaType)) text += link(page, '  ')
  if (rights) {
    text += link({ rel: 'license', href: rights.link }, '  ')
    text += element('rights', `${readableText(rights.name)}, ${readableText(rights.link)}`, '  ')
  }
  text += element('subtitle', feed.description, '  ')
  text += element('title', feed.title, '  ')
  text += element('updated', instant(feed.updated), '  ')
  return `${text}${entries.join('')}</feed>\n`
}

/** An entry, indented as it stands in its feed. */
export function serializeAtomEntry(entry: FeedEntryView): string {
  let text = '  <entry>\n'
  for (const author of entry.authors) text += person(author, '    ')
  for (const { id, label } of entry.categories) {
    const names = attribute('term', id) + attribute('label', label)
    if (names !== '') text += `    <category${names}/>\n`
  }
  text += element('content', entry.content, '    ', ' type="html"')
  text += element('id', entry.id, '    ')
  text += link({ rel: 'alternate', type: 'text/html', href: entry.address }, '    ')
  for (const href of entry.related ?? []) text += link({ rel: 'related', href }, '    ')
  text += element('published', instant(entry.published), '    ')
  text += element('summary', entry.summary, '    ')
  text += element('title', entry.title, '    ')
  text += element('updated', instant(entry.updated), '    ')
  return `${text}  </entry>\n`
}

function link({ rel, type, href }: { rel: string; type?: string; href: string }, indent: string): string {
  return `${indent}<link${attribute('href', href)} rel="${rel}"${type === undefined ? '' : ` type="${type}"`}/>\n`
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
