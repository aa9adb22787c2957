import type { IssueView } from './issue.ts'
import type { PublishingContext } from './publishing.ts'

/** An issue as schema.org describes it. */
export function structuredIssue(issue: IssueView, context: PublishingContext): Record<string, unknown> {
  const { catalog, absoluteAddressOf } = context
  const { site } = catalog
  return {
    '@type': 'BlogPosting',
    headline: issue.title,
    description: issue.summary,
    url: absoluteAddressOf(issue.path),
    mainEntityOfPage: absoluteAddressOf(issue.path),
    position: issue.number,
    datePublished: issue.published,
    dateModified: issue.updated,
    inLanguage: site.language,
    wordCount: issue.words,
    author: issue.authors.map(({ name, address }) => ({ '@type': 'Person', name, ...(address && { url: address }) })),
    ...(issue.sponsors.length > 0 && {
      sponsor: issue.sponsors.map(({ name, address }) => ({
        '@type': 'Organization',
        name,
        ...(address && { url: address }),
      })),
    }),
    ...(site.dataLicence && { license: site.dataLicence.link }),
    articleSection: issue.sections.map((section) => section.title),
    isPartOf: {
      '@type': 'Periodical',
      name: `${site.title}: newsletter`,
      url: absoluteAddressOf('/issues/'),
    },
  }
}
