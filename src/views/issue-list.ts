/** The archive of the newsletter. */
import { viewIssueEntry, type IssueEntryView } from './issue.ts'
import { publicIssues, type LinkView } from './links.ts'
import type { PublishingContext } from './publishing.ts'

export interface ListedIssueView extends IssueEntryView {
  /** Its sections, each with its place in the issue. */
  sections: LinkView[]
}

export interface IssueListView {
  count: number
  /** The newest first. */
  years: { year: string; issues: ListedIssueView[] }[]
}

export function viewIssueList(context: PublishingContext): IssueListView {
  const issues = publicIssues(context).map((issue) => {
    const entry = viewIssueEntry(issue, context)
    const sections = context
      .markdown(issue.body)
      .sections.map(({ id, title }) => ({ label: title, address: `${entry.address}#${id}` }))
    return { ...entry, sections }
  })
  const years = [...new Set(issues.map(yearOf))].sort().reverse()
  return {
    count: issues.length,
    years: years.map((year) => ({ year, issues: issues.filter((issue) => yearOf(issue) === year) })),
  }
}

function yearOf(issue: IssueEntryView): string {
  return issue.day.datetime.slice(0, 4)
}
