/** What the newsletter says about a project, an architecture or a topic, as entries of their feeds. */
import type { Entry } from '#domain/catalog.ts'
import type { Issue, Item } from '#domain/issue.ts'
import { correctionList } from './feed-content.ts'
import { idOfItem, idOfSection } from './entry-id.ts'
import type { FeedEntryView } from './feed.ts'
import { apart } from './feed-changes.ts'
import { issueEntry } from './feed-newsletter.ts'
import { entryOf, type FeedEntry } from './feed-pages.ts'
import { instantOf, viewIssueAlone, viewPerson, type IssueView, type SectionView } from './issue.ts'
import { publicIssues } from './links.ts'
import { escapeHtml, htmlForFeed, htmlForOtherPage } from './portable-html.ts'
import type { PublishingContext } from './publishing.ts'

/** Entries by what they are about, in no order. */
export interface FeedMentions {
  byProject: Map<string, FeedEntry[]>
  byArchitecture: Map<string, FeedEntry[]>
  byTopic: Map<string, FeedEntry[]>
}

/**
 * A section is about the projects and architectures whose pages it links to. Of what an item says already, the
 * section does not tell the same reader again; an issue that names a project and never links it is told as a whole.
 */
export function viewFeedMentions(context: PublishingContext): FeedMentions {
  const mentions: FeedMentions = { byProject: new Map(), byArchitecture: new Map(), byTopic: new Map() }
  const items = Map.groupBy(context.catalog.item.values(), ({ data }) => data.issue ?? '')
  for (const issue of publicIssues(context)) addIssue(issue, items.get(issue.id) ?? [], mentions, context)
  return mentions
}

function addIssue(
  issue: Entry<Issue>,
  items: readonly Entry<Item>[],
  { byProject, byArchitecture, byTopic }: FeedMentions,
  context: PublishingContext,
): void {
  const view = viewIssueAlone(issue, context)
  const told = new Set<string>()
  for (const item of items) {
    const entry = itemEntry(item, view, context)
    const { section, projects, architectures } = item.data
    for (const id of projects) {
      add(byProject, id, entry)
      told.add(`project ${id}`).add(`project ${id} in ${section}`)
    }
    for (const id of architectures) {
      add(byArchitecture, id, entry)
      told.add(`architecture ${id} in ${section}`)
    }
  }
  for (const section of view.sections) {
    const entry = sectionEntry(section, view, context)
    if (section.topic) add(byTopic, section.id, entry)
    for (const id of idsIn(section.html, '/projects/', context)) {
      if (!told.has(`project ${id} in ${section.id}`)) add(byProject, id, entry)
      told.add(`project ${id}`)
    }
    for (const id of idsIn(section.html, '/architectures/', context)) {
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

/** Ids of the pages below a folder of ours that the text links to. A renamed project counts by its name of today. */
function idsIn(html: string, folder: string, { addressOf, catalog }: PublishingContext): Set<string> {
  const start = `href="${addressOf(folder)}`
  const ids = html.split(start).slice(1)
  return new Set(
    ids
      .map((rest) => /^[a-z0-9][a-z0-9-]*(?=\/)/.exec(rest)?.[0] ?? '')
      .filter((id) => id !== '')
      .map((id) => (folder === '/projects/' ? (catalog.moved.get(id)?.data.movedTo ?? id) : id)),
  )
}

type TellingIssue = Omit<IssueView, 'older' | 'newer'>

function sectionEntry(section: SectionView, issue: TellingIssue, context: PublishingContext): FeedEntry {
  const { id, title, html, corrections, topic } = section
  const address = context.absoluteAddressOf(`${issue.path}#${id}`)
  const ownPage = context.absoluteAddressOf(issue.path)
  const text = [correctionList(corrections), htmlForOtherPage(html, ownPage)].filter((part) => part !== '').join('\n')
  const corrected = corrections[0] && instantOf(corrections[0].day.datetime)
  const updated = corrected !== undefined && corrected > issue.published ? corrected : issue.published
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

function itemEntry({ id, data, body }: Entry<Item>, issue: TellingIssue, context: PublishingContext): FeedEntry {
  const { catalog, absoluteAddressOf } = context
  const topic = catalog.sections.get(data.section)?.name ?? data.section
  const anchor = issue.sections.some((section) => section.id === data.section) ? `#${data.section}` : ''
  const ownPage = absoluteAddressOf(issue.path)
  const source = `<p><a href="${escapeHtml(data.link).replace(/"/g, '&quot;')}">${escapeHtml(data.title)}</a></p>`
  const by = data.by === undefined ? undefined : viewPerson(data.by, context)
  return entryOf({
    ...sharedOf(issue),
    ...(by && { authors: [by] }),
    id: idOfItem(id, catalog),
    title: data.title,
    address: `${ownPage}${anchor}`,
    updated: apart(issue.published, `item ${id}`),
    summary: `${topic}, in ${issue.title}.`,
    content: `${source}\n${htmlForFeed(htmlForOtherPage(context.markdown(body, `${id}-`).html, ownPage), ownPage)}`,
    categories: [{ id: data.section, label: topic }],
    related: [data.link],
  })
}

function sharedOf({ published, authors }: TellingIssue): Pick<FeedEntryView, 'published' | 'authors'> {
  return { published, authors }
}
