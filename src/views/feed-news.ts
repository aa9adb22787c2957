/** The smaller feeds of the newsletter: each piece of news, each correction, each event. */
import { firstDayOf } from '#domain/day.ts'
import { idOfCorrection, idOfEvent, idOfFeed } from './entry-id.ts'
import { allFormats, viewPublisher } from './feed.ts'
import { apart } from './entry-instant.ts'
import type { FeedMentions } from './feed-mentions.ts'
import { entryOf, newestFirst, type FeedEntry, type FeedSource } from './feed-pages.ts'
import { instantOf, viewIssueAlone } from './issue.ts'
import { publicIssues } from './links.ts'
import { escapeHtml, escapeQuoted, htmlForFeed, htmlForOtherPage } from './portable-html.ts'
import type { PublishingContext } from './publishing.ts'
import { rangeInWords } from './words.ts'

/** How many pieces of news the feed holds, and each of its archives. */
export const maximumNews = 100

export function newsFeed({ news }: FeedMentions, { catalog }: PublishingContext): FeedSource {
  return {
    id: idOfFeed('items', catalog),
    folder: '/items/',
    pagePath: '/issues/',
    title: `${catalog.site.title}: news`,
    description:
      news.length === 0
        ? 'Each piece of news of the newsletter. Nothing so far.'
        : 'Each piece of news of the newsletter.',
    entries: news.toSorted(newestFirst),
    maximum: maximumNews,
    archive: {
      folder: '/items/archive/',
      formats: allFormats,
      size: maximumNews,
      maximum: Infinity,
      periodOf: () => '',
      openPeriod: '',
    },
  }
}

/** Corrections of public issues, for those who read an issue before it was corrected. */
export function correctionsFeed(context: PublishingContext): FeedSource {
  const { catalog } = context
  const entries = publicIssues(context).flatMap((issue): FeedEntry[] => {
    const { path, title, authors, sections } = viewIssueAlone(issue, context)
    const anchors = new Set(sections.map(({ id }) => id))
    const ownPage = context.absoluteAddressOf(path)
    const earlier = new Map<string, number>()
    return issue.data.errata.map(({ date, text, section }) => {
      const number = (earlier.get(date) ?? 0) + 1
      earlier.set(date, number)
      const id = idOfCorrection(issue.id, date, number, catalog)
      const published = instantOf(date)
      const anchor = section !== undefined && anchors.has(section) ? `#${section}` : ''
      return entryOf({
        id,
        title: `Correction: ${title}`,
        address: `${ownPage}${anchor}`,
        published,
        updated: apart(published, id),
        authors,
        summary: `A correction of ${title}.`,
        content: htmlForFeed(htmlForOtherPage(context.markdown(text, 'correction-').html, ownPage), ownPage),
        categories:
          section === undefined ? [] : [{ id: section, label: catalog.sections.get(section)?.name ?? section }],
      })
    })
  })
  return {
    id: idOfFeed('corrections', catalog),
    folder: '/corrections/',
    pagePath: '/issues/',
    title: `${catalog.site.title}: corrections`,
    description: `What was corrected in issues of the newsletter after they came out.${entries.length === 0 ? ' Nothing so far.' : ''}`,
    entries: entries.sort(newestFirst),
    maximum: maximumNews,
  }
}

/**
 * Events that are known to readers: those that a public issue names, on its day, and those that have begun, on their
 * first day. Other events of the future are in the calendar: nobody can say when they were announced.
 */
export function eventsFeed(context: PublishingContext): FeedSource {
  const { catalog, asOf, absoluteAddressOf } = context
  const announced = new Map<string, string>()
  for (const { data } of publicIssues(context).toReversed()) {
    for (const id of data.events) if (!announced.has(id)) announced.set(id, instantOf(data.date))
  }
  const entries = [...catalog.event.values()].flatMap(({ id, data, body }): FeedEntry[] => {
    const published = announced.get(id) ?? instantOf(firstDayOf(data.start))
    if (published > asOf) return []
    const address = absoluteAddressOf(`/events/#${id}`)
    const when = [rangeInWords(data.start, data.end), ...(data.place === undefined ? [] : [data.place])].join(', ')
    const text = htmlForOtherPage(context.markdown(body, `${id}-`).html, absoluteAddressOf('/events/'))
    return [
      entryOf({
        id: idOfEvent(id, catalog),
        title: `${data.name}, ${rangeInWords(data.start, data.end)}`,
        address,
        published,
        updated: apart(published, `event ${id}`),
        authors: [viewPublisher(context)],
        summary: `${when}.`,
        content: [
          `<p>${escapeHtml(when)}.</p>`,
          ...(data.link === undefined
            ? []
            : [`<p><a href="${escapeQuoted(data.link)}">${escapeHtml(data.name)}</a></p>`]),
          htmlForFeed(text, address),
        ].join('\n'),
        categories: [{ id: data.kind, label: data.kind }],
        ...(data.link !== undefined && { related: [data.link] }),
      }),
    ]
  })
  return {
    id: idOfFeed('events', catalog),
    folder: '/events/',
    pagePath: '/events/',
    title: `${catalog.site.title}: events`,
    description: `Events of which the newsletter told, and those that have begun.${entries.length === 0 ? ' Nothing so far.' : ''}`,
    entries: entries.sort(newestFirst),
    maximum: maximumNews,
  }
}
