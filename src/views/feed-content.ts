import type { CorrectionView, IssueView } from './issue.ts'
import { escapeHtml, htmlForFeed } from './portable-html.ts'

type FeedIssue = Pick<IssueView, 'sponsors' | 'corrections' | 'intro' | 'sections'>

/** The whole text of an issue as HTML for a feed reader, which has none of our styles. */
export function feedContent(issue: FeedIssue, address: string): string {
  const parts = [
    ...issue.sponsors.map(({ disclosure }) => `<p><em>Disclosure: ${escapeHtml(disclosure)}</em></p>`),
    correctionList(issue.corrections),
    issue.intro,
    ...issue.sections.flatMap(({ title, html, corrections }) => [
      `<h2>${escapeHtml(title)}</h2>`,
      html,
      correctionList(corrections),
    ]),
  ]
  return htmlForFeed(parts.filter((part) => part !== '').join('\n'), address)
}

export function correctionList(corrections: readonly CorrectionView[]): string {
  if (corrections.length === 0) return ''
  const items = corrections.map(
    ({ day, section, html }) =>
      `<li>Correction of <time datetime="${day.datetime}">${day.words}</time>${section === undefined ? '' : ` (${escapeHtml(section)})`}: ${html}</li>`,
  )
  return `<ul>\n${items.join('\n')}\n</ul>`
}
