/** A topic: one section of the newsletter, across all issues. */
import type { CorrectionView } from './issue-sections.ts'
import { viewIssueAlone, type IssueEntryView } from './issue.ts'
import type { ItemView } from './item.ts'
import type { KnownTodayView } from './known-today.ts'
import { publicIssues } from './links.ts'
import { htmlForOtherPage } from './portable-html.ts'
import type { PublishingContext } from './publishing.ts'

export interface TopicEntryView {
  issue: IssueEntryView
  /** Title of the section, or of the issue where the section is called like the topic. */
  heading: string
  /** Whether the heading is the title of the issue. */
  isHeadedByIssue: boolean
  /** The section, in its issue. */
  address: string
  html: string
  items: ItemView[]
  knownToday: KnownTodayView[]
  corrections: CorrectionView[]
}

export interface TopicView {
  id: string
  path: string
  address: string
  name: string
  summary: string | undefined
  /** The newest first. */
  entries: TopicEntryView[]
}

/** How many issues a page of a topic has: their whole sections stand on it. */
export const entriesOnPage = 40

/** Every section of site.yml: first those that occur, in the order of site.yml, then the others. */
export function viewTopics(context: PublishingContext): TopicView[] {
  let topics = topicsOfBuild.get(context)
  if (!topics) topicsOfBuild.set(context, (topics = makeTopics(context)))
  return topics
}

const topicsOfBuild = new WeakMap<PublishingContext, TopicView[]>()

function makeTopics(context: PublishingContext): TopicView[] {
  const issues = publicIssues(context).map((issue) => viewIssueAlone(issue, context))
  const topics = [...context.catalog.sections].map(([id, { name, summary }]) => ({
    id,
    path: `/topics/${id}/`,
    address: context.addressOf(`/topics/${id}/`),
    name,
    summary,
    entries: issues.flatMap((issue) =>
      issue.sections
        .filter((section) => section.id === id)
        .map((section) => {
          const isHeadedByIssue = section.title.toLowerCase() === name.toLowerCase()
          return {
            issue,
            heading: isHeadedByIssue ? issue.title : section.title,
            isHeadedByIssue,
            address: `${issue.address}#${id}`,
            html: htmlForOtherPage(section.html, issue.address),
            items: section.items.map((item) => ({ ...item, html: htmlForOtherPage(item.html, issue.address) })),
            knownToday: section.knownToday,
            corrections: section.corrections.map((correction) => ({
              ...correction,
              html: htmlForOtherPage(correction.html, issue.address),
            })),
          }
        }),
    ),
  }))
  return [
    ...topics.filter(({ entries }) => entries.length > 0),
    ...topics.filter(({ entries }) => entries.length === 0),
  ]
}
