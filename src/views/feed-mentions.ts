/** What the newsletter says about a project, an architecture or a topic, as entries of their feeds. */
import type { Entry } from '#domain/catalog.ts'
import { sectionsOfMatrix, type Issue } from '#domain/issue.ts'
import { correctionList, goneInFeed } from './feed-content.ts'
import { idOfItem, idOfSection } from './entry-id.ts'
import type { FeedEntryView } from './feed.ts'
import { apart } from './entry-instant.ts'
import { issueEntry } from './feed-newsletter.ts'
import { entryOf, type FeedEntry } from './feed-pages.ts'
import type { SectionView } from './issue-sections.ts'
import { updatedAt, viewIssueAlone, type IssueAloneView } from './issue.ts'
import type { ItemView } from './item.ts'
import { idsLinkedIn } from './linked-pages.ts'
import { publicIssues } from './links.ts'
import { escapeHtml, escapeQuoted, htmlForFeed, htmlForOtherPage } from './portable-html.ts'
import type { PublishingContext } from './publishing.ts'

/** Entries by what they are about, in no order. */
export interface FeedMentions {
  byProject: Map<string, FeedEntry[]>
  byArchitecture: Map<string, FeedEntry[]>
  byTopic: Map<string, FeedEntry[]>
  /** Every piece of news once: the items of an issue, or the sections of one that has no items. */
  news: FeedEntry[]
}

/**
 * A section is about the projects and architectures whose pages it links to. Of what an item says already, the
 * section does not tell the same reader again; an issue that names a project and never links it is told as a whole.
 */
export function viewFeedMentions(context: PublishingContext): FeedMentions {
  const mentions: FeedMentions = { byProject: new Map(), byArchitecture: new Map(), byTopic: new Map(), news: [] }
  for (const issue of publicIssues(context)) addIssue(issue, mentions, context)
  return mentions
}

function addIssue(
  issue: Entry<Issue>,
  { byProject, byArchitecture, byTopic, news }: FeedMentions,
  context: PublishingContext,
): void {
  const view = viewIssueAlone(issue, context)
  const hasItems = view.sections.some(({ items }) => items.length > 0)
  const told = new Set<string>()
  for (const section of view.sections) {
    for (const item of section.items) {
      const entry = itemEntry(item, section, view, context)
      news.push(entry)
      add(byTopic, section.id, entry)
      for (const id of item.projectIds) {
        add(byProject, id, entry)
        told.add(`project ${id}`).add(`project ${id} in ${section.id}`)
      }
      for (const id of item.architectureIds) {
        add(byArchitecture, id, entry)
        told.add(`architecture ${id} in ${section.id}`)
      }
    }
  }
  for (const section of view.sections) {
    // What only has items is told by them.
    if (section.html === '' && section.items.length > 0 && section.corrections.length === 0) continue
    const entry = sectionEntry(section, view, context)
    if (!hasItems) news.push(entry)
    if (section.topic) add(byTopic, section.id, entry)
    // What the matrix has written is in these feeds already, change by change.
    if (sectionsOfMatrix.has(section.id)) continue
    for (const id of idsLinkedIn(section.html, '/projects/', context)) {
      if (!told.has(`project ${id} in ${section.id}`)) add(byProject, id, entry)
      told.add(`project ${id}`)
    }
    for (const id of idsLinkedIn(section.html, '/architectures/', context)) {
      if (!told.has(`architecture ${id} in ${section.id}`)) add(byArchitecture, id, entry)
    }
  }
  const whole = issue.data.projects.filter((id) => !told.has(`project ${id}`))
  if (whole.length === 0) return
  const entry = issueEntry(issue, context)
  for (const id of whole) add(byProject, id, entry)
}

function add(entries: Map<string, FeedEntry[]>, id: string, entry: FeedEntry): void {
  const known = entries.get(id)
  if (known) known.push(entry)
  else entries.set(id, [entry])
}

function sectionEntry(section: SectionView, issue: IssueAloneView, context: PublishingContext): FeedEntry {
  const { id, title, html, corrections, topic } = section
  const address = context.absoluteAddressOf(`${issue.path}#${id}`)
  const ownPage = context.absoluteAddressOf(issue.path)
  const text = [correctionList(corrections), htmlForOtherPage(html, ownPage)].filter((part) => part !== '').join('\n')
  const updated = updatedAt(
    issue.published,
    corrections.map(({ day }) => ({ date: day.datetime })),
  )
  return entryOf({
    ...sharedOf(issue),
    id: idOfSection(issue.id, id, context.catalog),
    title: `${title}: ${issue.title}`,
    address,
    updated: apart(updated, `${issue.id} ${id}`),
    summary: `“${title}” of ${issue.title}, ${issue.day.words}.`,
    content: htmlForFeed(text, ownPage),
    categories: topic ? [{ id, label: topic.label }] : [],
  })
}

function itemEntry(item: ItemView, section: SectionView, issue: IssueAloneView, context: PublishingContext): FeedEntry {
  const { id, title, link, by, gone, html } = item
  const topic = section.topic?.label ?? section.title
  const ownPage = context.absoluteAddressOf(issue.path)
  const source = `<p><a href="${escapeQuoted(link)}">${escapeHtml(title)}</a>${goneInFeed(gone)}</p>`
  return entryOf({
    ...sharedOf(issue),
    ...(by && { authors: [by] }),
    id: idOfItem(id, context.catalog),
    title,
    address: `${ownPage}#${item.anchor}`,
    updated: apart(issue.published, `item ${id}`),
    summary: `${topic}, in ${issue.title}.`,
    content: `${source}\n${htmlForFeed(htmlForOtherPage(html, ownPage), ownPage)}`,
    categories: [{ id: section.id, label: topic }],
    related: [link],
  })
}

function sharedOf({ published, authors }: IssueAloneView): Pick<FeedEntryView, 'published' | 'authors'> {
  return { published, authors }
}
