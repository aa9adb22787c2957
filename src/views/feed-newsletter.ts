/** The newsletter as a feed: an entry an issue. */
import type { Entry } from '#domain/catalog.ts'
import type { Issue } from '#domain/issue.ts'
import { feedContent } from './feed-content.ts'
import { idOfIssue, idOfNewsletter } from './entry-id.ts'
import { allFormats, viewFeed, type FeedFormat, type FeedView } from './feed.ts'
import { divideFeed, entryOf, type FeedEntry, type FeedSource } from './feed-pages.ts'
import { viewIssueAlone } from './issue.ts'
import { publicIssues } from './links.ts'
import type { PublishingContext } from './publishing.ts'

/** How many issues the feed holds, and each of its archives. */
export const maximumIssues = 20

export function newsletterFeed(context: PublishingContext): FeedSource {
  const { catalog } = context
  const { site } = catalog
  const issues = publicIssues(context)
  return {
    id: idOfNewsletter(catalog, issues.at(-1)),
    folder: '/',
    pagePath: '/issues/',
    title: `${site.title}: newsletter`,
    description: site.description ?? site.tagline ?? `The newsletter of ${site.title}`,
    entries: issues.map((issue) => issueEntry(issue, context)),
    maximum: maximumIssues,
    archive: {
      folder: '/issues/archive/',
      formats: allFormats,
      size: maximumIssues,
      maximum: Infinity,
      periodOf: () => '',
      openPeriod: '',
    },
  }
}

/** The newest issues, as the feed itself has them. */
export function viewNewsletterFeed(format: FeedFormat, context: PublishingContext): FeedView {
  const source = newsletterFeed(context)
  const [page] = divideFeed(source)
  if (!page) throw new Error('Every feed has a first page.')
  return viewFeed(source, page, format, context)
}

/** A whole issue. */
export function issueEntry(issue: Entry<Issue>, context: PublishingContext): FeedEntry {
  const view = viewIssueAlone(issue, context)
  const address = context.absoluteAddressOf(view.path)
  return entryOf({
    id: idOfIssue(issue.id, context.catalog),
    title: view.title,
    address,
    published: view.published,
    updated: view.updated,
    authors: view.authors,
    summary: view.summary,
    content: feedContent(view, address),
    categories: view.sections.flatMap(({ id, topic }) => (topic ? [{ id, label: topic.label }] : [])),
  })
}
