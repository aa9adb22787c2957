/** Changes of the matrix as entries of feeds. */
import type { Change } from '#domain/changes.ts'
import { firstDayOf } from '#domain/day.ts'
import { changesOfCell } from './cell-changes.ts'
import { labelOfDirection } from './changes.ts'
import type { ViewContext } from './context.ts'
import { idOfChange, idOfFeed, originalIds } from './entry-id.ts'
import { viewPublisher, type FeedAuthorView, type FeedEntryView } from './feed.ts'
import { newestFirst, type FeedEntry, type FeedSource } from './feed-pages.ts'
import { viewColumns } from './matrix.ts'
import { instantOf } from './issue.ts'
import { escapeHtml, escapeQuoted } from './portable-html.ts'
import { reasonInWords } from './reasons.ts'
import { dayInWords, labelOfBasis, labelOfSupport } from './words.ts'

/** A change as an entry, and whose change it is. */
export interface ChangeEntry extends FeedEntry {
  project: string
  architecture: string
}

/** How many changes a feed has at most. */
export const maximumChanges = 200
const changesInArchive = 100
/** About 35 MB; more would cost every build of a large matrix more than its pages do. */
const changesInAllArchives = 20_000

/** Every change up to the build clock, the newest first. One pass over the matrix: a build makes it once. */
export function viewChangeEntries(context: ViewContext): ChangeEntry[] {
  const { catalog } = context
  const columns = viewColumns(context)
  const original = originalIds(catalog)
  const publisher = [viewPublisher(context)]
  const entries: ChangeEntry[] = []
  for (const { id: project } of catalog.project.values()) {
    for (const { id: architecture } of columns) {
      for (const change of changesOfCell(project, architecture, context)) {
        const day = firstDayOf(change.on)
        const id = idOfChange(original.get(project) ?? project, architecture, day, catalog)
        const published = instantOf(day)
        const updated = apart(published, id)
        const told = { id, published, updated, project, architecture, change, authors: publisher }
        entries.push({
          id,
          published,
          updated,
          project,
          architecture,
          weight: () => weigh(told, context),
          told,
          view: () => viewEntry(told, context),
        })
      }
    }
  }
  return entries.sort(newestFirst)
}

export function changesFeed(entries: readonly ChangeEntry[], { catalog, asOf }: ViewContext): FeedSource {
  return {
    id: idOfFeed('changes', catalog),
    folder: '/changes/',
    pagePath: '/changes/',
    title: `${catalog.site.title}: changes`,
    description:
      entries.length === 0
        ? 'No status has changed yet.'
        : 'Every change of a status: support that was gained or lost, and knowledge that grew too old to rely on.',
    entries,
    maximum: maximumChanges,
    archive: {
      folder: '/changes/archive/',
      formats: ['atom'],
      size: changesInArchive,
      maximum: changesInAllArchives,
      periodOf: ({ published }) => published.slice(0, 7),
      openPeriod: asOf.slice(0, 7),
    },
  }
}

interface ToldChange {
  id: string
  published: string
  updated: string
  project: string
  architecture: string
  change: Change
  authors: FeedAuthorView[]
}

function viewEntry(told: ToldChange, context: ViewContext): FeedEntryView {
  const { id, published, updated, project, architecture, change, authors } = told
  const { catalog } = context
  const { on, from, to, direction } = change
  const name = `${nameOf(project, context)} on ${architecture}`
  const address = context.absoluteAddressOf(`/projects/${project}/#${architecture}`)
  const reasons = reasonsOf(change)
  const link = to.link === undefined ? undefined : absolute(to.link, context)
  const before =
    from.support === to.support || from.support === 'unknown' ? '' : ` (was ${labelOfSupport[from.support]})`
  const content = [
    `<p><a href="${escapeQuoted(address)}">${escapeHtml(name)}</a>, <time datetime="${on}">${dayInWords(on)}</time>: ${labelOfDirection[direction]}.</p>`,
    '<table>',
    '<thead><tr><th scope="col">When</th><th scope="col">Status</th><th scope="col">Basis</th></tr></thead>',
    '<tbody>',
    row('Before', from),
    row('From then on', to),
    '</tbody>',
    '</table>',
    '<p>Why:</p>',
    `<ul>${reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join('')}</ul>`,
    ...(link === undefined ? [] : [`<p><a href="${escapeQuoted(link)}">The source</a></p>`]),
  ]
  return {
    id,
    title: `${name}: ${labelOfSupport[to.support]}, ${labelOfDirection[direction]}${before}`,
    address,
    published,
    updated,
    authors,
    summary: [`${dayInWords(on)}.`, ...reasons].join(' '),
    content: content.join('\n'),
    categories: [
      { id: direction, label: labelOfDirection[direction] },
      { id: architecture, label: architecture },
      ...(catalog.project.get(project)?.data.categories ?? []).map((category) => ({
        id: category,
        label: catalog.categories.get(category)?.name ?? category,
      })),
    ],
    ...(link !== undefined && { related: [link] }),
    change: {
      project,
      architecture,
      on,
      direction,
      from: { support: from.support, basis: from.basis },
      to: { support: to.support, basis: to.basis },
    },
  }
}

function row(when: string, { support, basis }: Change['from']): string {
  return `<tr><th scope="row">${when}</th><td>${labelOfSupport[support]}</td><td>${labelOfBasis[basis]}</td></tr>`
}

/** So that no source can make an entry longer than a reader reads. */
const reasonsOfEntry = 6
const charactersOfReason = 300

function reasonsOf({ to }: Change): string[] {
  return to.reasons
    .slice(0, reasonsOfEntry)
    .map((reason) => reasonInWords(reason))
    .map((reason) => (reason.length > charactersOfReason ? `${reason.slice(0, charactersOfReason)}…` : reason))
}

const markupWeight = 2000

/** Cheaper than writing the entry, and no less than what it takes: texts stand in it as HTML, escaped, and as words. */
function weigh({ project, change }: ToldChange, context: ViewContext): number {
  const reasons = change.to.reasons
    .slice(0, reasonsOfEntry)
    .reduce((sum, reason) => sum + escapedBytes(reason.slice(0, charactersOfReason + 40)), 0)
  const link = change.to.link === undefined ? 0 : escapedBytes(absolute(change.to.link, context))
  const categories = context.catalog.project.get(project)?.data.categories.length ?? 0
  return markupWeight + 2 * reasons + 3 * escapedBytes(nameOf(project, context)) + 2 * link + 200 * categories
}

const takesMore = /[^\u0000-\u007f]|[&<>"]/

/** Escaped once as HTML and once more as XML, a character takes at most nine bytes. */
function escapedBytes(text: string): number {
  if (!takesMore.test(text)) return text.length
  let bytes = 0
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    bytes += code > 0x7f ? 3 : code === 0x26 || code === 0x3c || code === 0x3e || code === 0x22 ? 10 : 1
  }
  return bytes
}

function nameOf(project: string, { catalog }: ViewContext): string {
  return catalog.project.get(project)?.data.name ?? project
}

/** A source is a page of another site, or one of ours. */
function absolute(link: string, { absoluteAddressOf }: ViewContext): string {
  return link.startsWith('/') ? absoluteAddressOf(link) : link
}

/**
 * The instant that an entry says of its last change: in the hour after it was published, the same each time.
 * Many entries share a day and nobody knows their hour, but some readers keep only one entry of an instant.
 */
export function apart(published: string, id: string): string {
  let hash = 2166136261
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 16777619)
  return new Date(Date.parse(published) + ((hash >>> 0) % 3_600_000)).toISOString()
}
