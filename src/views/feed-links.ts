/** Feeds as links: for the heads of pages, for people, and for programs that take them all. */
import type { ViewContext } from './context.ts'
import { allFormats, feedFormats, type FeedFormat } from './feed.ts'
import { viewColumns } from './matrix.ts'

export interface FeedLinkView {
  format: string
  /** With its host: to be copied. */
  address: string
}

/** The three formats of a feed that has them all. */
export function viewFeedLinks({ absoluteAddressOf }: ViewContext, folder = '/'): FeedLinkView[] {
  return allFormats.map((format) => ({
    format: feedFormats[format].name,
    address: absoluteAddressOf(`${folder}${feedFormats[format].file}`),
  }))
}

/** A feed as a reader program finds it, in the head of a page. */
export interface AlternateView {
  title: string
  path: string
  mediaType: string
}

export function viewAlternates(
  title: string,
  folder: string,
  formats: readonly FeedFormat[] = ['atom'],
): AlternateView[] {
  return formats.map((format) => {
    const { name, file, mediaType } = feedFormats[format]
    return { title: `${title} (${name})`, path: `${folder}${file}`, mediaType }
  })
}

/** What every page names, after its own feed. */
export function viewSiteAlternates(title: string): AlternateView[] {
  return [
    ...viewAlternates(`${title}: newsletter`, '/', allFormats),
    ...viewAlternates(`${title}: changes`, '/changes/'),
  ]
}

export interface ListedFeed {
  name: string
  title: string
  /** The Atom feed, with its host. */
  address: string
  /** The page that says the same to people, with its host. */
  pageAddress: string
}

export interface FeedGroup {
  id: string
  name: string
  feeds: ListedFeed[]
}

/** Every feed but those of single projects, which are too many to be taken at once. */
export function viewFeedGroups(context: ViewContext): FeedGroup[] {
  const { catalog, absoluteAddressOf } = context
  const listed = (name: string, folder: string, pagePath = folder): ListedFeed => ({
    name,
    title: `${catalog.site.title}: ${name}`,
    address: absoluteAddressOf(`${folder}${feedFormats.atom.file}`),
    pageAddress: absoluteAddressOf(pagePath),
  })
  return [
    {
      id: 'site',
      name: 'The whole site',
      feeds: [
        listed('newsletter', '/', '/issues/'),
        listed('news', '/items/', '/issues/'),
        listed('changes', '/changes/'),
        listed('corrections', '/corrections/', '/issues/'),
        listed('events', '/events/'),
      ],
    },
    {
      id: 'architectures',
      name: 'Architectures',
      feeds: viewColumns(context).map(({ id }) => listed(id, `/architectures/${id}/`)),
    },
    {
      id: 'topics',
      name: 'Topics of the newsletter',
      feeds: [...catalog.sections].map(([id, { name }]) => listed(name, `/topics/${id}/`)),
    },
  ].filter(({ feeds }) => feeds.length > 0)
}
