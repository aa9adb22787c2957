/** Feeds, as plain data: what a serializer of any format needs, with every address in full. */
import type { FeedPage, FeedSource } from './feed-pages.ts'
import type { ViewContext } from './context.ts'
import { viewPerson, type PersonView } from './person.ts'

export type FeedAuthorView = Pick<PersonView, 'name' | 'address'>

export interface FeedEntryView {
  /** Never changes, whatever becomes of the address and the title. */
  id: string
  title: string
  address: string
  /** ISO, UTC. */
  published: string
  /** ISO, UTC; moved only by a recorded correction. */
  updated: string
  authors: FeedAuthorView[]
  /** Plain text. */
  summary: string
  /** HTML. */
  content: string
  categories: { id: string; label: string }[]
  /** Pages elsewhere that it rests on. */
  related?: string[]
  /** The change that it tells, as data for programs. */
  change?: Record<string, unknown>
}

/** An entry whose HTML is not put together yet. */
export interface FeedEntryParts extends Omit<FeedEntryView, 'content'> {
  /** Markup that very many entries have, and what is this entry's own, by turns: the former is escaped once for all of them. */
  content: string | readonly string[]
}

/** Where the rest of a feed is (RFC 5005). */
export interface FeedPagingView {
  /** Whether this is an archive: the newest entries are in the feed at `current`. */
  isArchive: boolean
  current: string
  /** Address of the next older archive. */
  older: string | undefined
  newer: string | undefined
}

export interface FeedView {
  id: string
  /** Address of the feed itself. */
  address: string
  /** Address of the page that says the same to people. */
  pageAddress: string
  /** Address of a stylesheet for those who open the feed in a browser. */
  styleAddress: string
  title: string
  description: string
  language: string
  /** The newest change of an entry, never the time of the build. */
  updated: string
  authors: FeedAuthorView[]
  rights: { name: string; link: string } | undefined
  paging: FeedPagingView
  /** The newest first. */
  entries: FeedEntryView[]
}

export const feedFormats = {
  atom: { name: 'Atom', file: 'atom.xml', mediaType: 'application/atom+xml' },
  rss: { name: 'RSS', file: 'rss.xml', mediaType: 'application/rss+xml' },
  json: { name: 'JSON Feed', file: 'feed.json', mediaType: 'application/feed+json' },
} as const
export type FeedFormat = keyof typeof feedFormats

/** From the one that readers know best to the one for programs. */
export const allFormats: readonly FeedFormat[] = ['atom', 'rss', 'json']

export const feedStylePath = '/feed.css'

/** When a feed without entries was last changed. */
const updatedWhenEmpty = '1970-01-01T00:00:00Z'

/** What a feed says of itself. */
export type FeedFrameView = Omit<FeedView, 'entries'>

/** One page of a feed, in one format. */
export function viewFeed(source: FeedSource, page: FeedPage, format: FeedFormat, context: ViewContext): FeedView {
  return {
    ...viewFeedFrame(source, page, format, context),
    entries: page.entries.map((entry) => wholeEntry(entry.view())),
  }
}

function wholeEntry({ content, ...entry }: FeedEntryParts): FeedEntryView {
  return { ...entry, content: typeof content === 'string' ? content : content.join('') }
}

/** The same without its entries, none of which has to be written for it. */
export function viewFeedFrame(
  source: FeedSource,
  page: FeedPage,
  format: FeedFormat,
  context: ViewContext,
): FeedFrameView {
  const { absoluteAddressOf, catalog } = context
  const { site } = catalog
  const { file } = feedFormats[format]
  const addressOfPage = (folder: string) => absoluteAddressOf(`${folder}${file}`)
  const addressOfArchive = (folder: string | undefined) =>
    folder !== undefined && source.archive?.formats.includes(format) ? addressOfPage(folder) : undefined
  return {
    id: source.id,
    address: addressOfPage(page.folder),
    pageAddress: absoluteAddressOf(source.pagePath),
    styleAddress: absoluteAddressOf(feedStylePath),
    title: source.title,
    description: source.description,
    language: site.language,
    updated: page.entries.reduce((newest, { updated }) => (updated > newest ? updated : newest), updatedWhenEmpty),
    authors:
      site.editors.length > 0 ? site.editors.map((editor) => viewPerson(editor, context)) : [viewPublisher(context)],
    rights: site.dataLicence,
    paging: {
      isArchive: page.isArchive,
      current: addressOfPage(source.folder),
      older: addressOfArchive(page.older),
      newer: addressOfArchive(page.newer),
    },
  }
}

/** The site itself, as the author of what it derives. */
export function viewPublisher({ catalog, absoluteAddressOf }: ViewContext): FeedAuthorView {
  return { name: catalog.site.title, address: absoluteAddressOf('/') }
}
