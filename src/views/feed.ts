/** Feeds, as plain data: what a serializer of any format needs, with every address in full. */
import { feedContent } from './feed-content.ts'
import { idOfIssue, idOfNewsletter } from './entry-id.ts'
import { viewIssueAlone, viewPerson, type PersonView } from './issue.ts'
import { publicIssues } from './links.ts'
import type { PublishingContext } from './publishing.ts'

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
}

export interface FeedView {
  id: string
  /** Address of the feed itself. */
  address: string
  /** Address of the page that says the same to people. */
  pageAddress: string
  title: string
  description: string
  language: string
  /** The newest change of an entry, never the time of the build. */
  updated: string
  authors: FeedAuthorView[]
  rights: { name: string; link: string } | undefined
  /** The newest first. */
  entries: FeedEntryView[]
}

/** The feeds of the newsletter: the same entries in three formats. */
export const newsletterFeeds = [
  {
    format: 'Atom',
    path: '/atom.xml',
    mediaType: 'application/atom+xml',
    purpose: 'for feed readers; take this one if yours gives you the choice',
  },
  {
    format: 'RSS',
    path: '/rss.xml',
    mediaType: 'application/rss+xml',
    purpose: 'for feed readers and mail services that know RSS only',
  },
  {
    format: 'JSON Feed',
    path: '/feed.json',
    mediaType: 'application/feed+json',
    purpose: 'for programs: the same entries as JSON',
  },
] as const

export interface FeedLinkView {
  format: string
  /** With its host: to be copied. */
  address: string
  purpose: string
}

export function viewFeedLinks({ absoluteAddressOf }: PublishingContext): FeedLinkView[] {
  return newsletterFeeds.map(({ format, path, purpose }) => ({ format, address: absoluteAddressOf(path), purpose }))
}

/** How many issues a feed holds. */
export const maximumEntries = 20

/** When a feed without entries was last changed. */
const updatedWhenEmpty = '1970-01-01T00:00:00Z'

/** The newsletter as a feed. */
export function viewNewsletterFeed(
  path: (typeof newsletterFeeds)[number]['path'],
  context: PublishingContext,
): FeedView {
  const { catalog, absoluteAddressOf } = context
  const { site } = catalog
  const issues = publicIssues(context)
  const entries = issues.slice(0, maximumEntries).map((issue): FeedEntryView => {
    const view = viewIssueAlone(issue, context)
    const address = absoluteAddressOf(view.path)
    return {
      id: idOfIssue(issue.id, catalog),
      title: view.title,
      address,
      published: view.published,
      updated: view.updated,
      authors: view.authors,
      summary: view.summary,
      content: feedContent(view, address),
      categories: view.sections.flatMap(({ id, topic }) => (topic ? [{ id, label: topic.label }] : [])),
    }
  })
  return {
    id: idOfNewsletter(catalog, issues.at(-1)),
    address: absoluteAddressOf(path),
    pageAddress: absoluteAddressOf('/issues/'),
    title: `${site.title}: newsletter`,
    description: site.description ?? site.tagline ?? `The newsletter of ${site.title}`,
    language: site.language,
    updated: entries.reduce((newest, { updated }) => (updated > newest ? updated : newest), updatedWhenEmpty),
    authors:
      site.editors.length > 0
        ? site.editors.map((editor) => viewPerson(editor, context))
        : [{ name: site.title, address: absoluteAddressOf('/') }],
    rights: site.dataLicence,
    entries,
  }
}
