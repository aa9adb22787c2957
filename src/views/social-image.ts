/** The picture that stands for a page in a preview elsewhere: a few words, and the shape of the matrix. */
import type { ViewContext } from './context.ts'
import { viewArchitectures } from './architecture.ts'
import { publicIssues } from './links.ts'
import { counted, dayInWords, type SupportGroup } from './words.ts'

export interface SocialImageView {
  /** Path of the picture inside the site. */
  path: string
  title: string
  lines: string[]
  siteTitle: string
  /** How many projects have which support, by architecture: drawn as bars. */
  bars: { label: string; parts: { group: SupportGroup; share: number }[] }[]
}

export const siteImagePath = '/social/site.png'

export function issueImagePath(id: string): string {
  return `/social/issue-${id}.png`
}

/** The pictures of the site: its own, and one an issue. */
export function viewSocialImages(context: ViewContext): SocialImageView[] {
  const { catalog } = context
  const siteTitle = catalog.site.title
  const bars = viewArchitectures(context)
    .filter(({ known }) => known > 0)
    .slice(0, 6)
    .map(({ id, counts, known }) => ({
      label: id,
      parts: counts
        .filter(({ group, count }) => group !== 'not-known' && count > 0)
        .map(({ group, count }) => ({ group, share: count / known })),
    }))
  return [
    {
      path: siteImagePath,
      title: catalog.site.tagline ?? siteTitle,
      lines: [`${counted(catalog.project.size, 'project')} on ${counted(catalog.architectures.size, 'architecture')}`],
      siteTitle,
      bars,
    },
    ...publicIssues(context).map((issue) => ({
      path: issueImagePath(issue.id),
      title: issue.data.title,
      lines: [dayInWords(issue.data.date), issue.data.summary],
      siteTitle,
      bars: [],
    })),
  ]
}
