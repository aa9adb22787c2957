import type { CorrectionView } from './issue-sections.ts'
import type { IssueView } from './issue.ts'
import type { ItemView } from './item.ts'
import { escapeHtml, escapeQuoted, htmlForFeed } from './portable-html.ts'

type FeedIssue = Pick<IssueView, 'sponsors' | 'corrections' | 'intro' | 'sections'>

/** The whole text of an issue as HTML for a feed reader, which has none of our styles. */
export function feedContent(issue: FeedIssue, address: string): string {
  const parts = [
    ...issue.sponsors.map(({ disclosure }) => `<p><em>Disclosure: ${escapeHtml(disclosure)}</em></p>`),
    correctionList(issue.corrections),
    issue.intro,
    ...issue.sections.flatMap(({ title, html, items, footnotes, corrections }) => [
      `<h2>${escapeHtml(title)}</h2>`,
      html,
      ...items.map(itemInFeed),
      footnotes,
      correctionList(corrections),
    ]),
  ]
  return htmlForFeed(parts.filter((part) => part !== '').join('\n'), address)
}

/** An item among others: its title leads to its source. */
export function itemInFeed({ title, link, host, day, gone, html }: ItemView): string {
  const source = `${escapeHtml(host)}, <time datetime="${day.datetime}">${day.words}</time>${goneInFeed(gone)}`
  return `<h3><a href="${escapeQuoted(link)}">${escapeHtml(title)}</a></h3>\n${html}\n<p><small>${source}</small></p>`
}

/** What became of the page of an item, where it is gone. */
export function goneInFeed(gone: ItemView['gone']): string {
  if (gone === undefined) return ''
  const copy = gone.archived === undefined ? '' : `: <a href="${escapeQuoted(gone.archived)}">archived copy</a>`
  return `, gone since ${gone.since.words}${copy}`
}

export function correctionList(corrections: readonly CorrectionView[]): string {
  if (corrections.length === 0) return ''
  const items = corrections.map(
    ({ day, section, html }) =>
      `<li>Correction of <time datetime="${day.datetime}">${day.words}</time>${section === undefined ? '' : ` (${escapeHtml(section)})`}: ${html}</li>`,
  )
  return `<ul>\n${items.join('\n')}\n</ul>`
}
