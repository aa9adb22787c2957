/** All events: what is to come, then what has been, year by year. */
import type { Entry } from '#domain/catalog.ts'
import { firstDayOf, lastDayOf } from '#domain/day.ts'
import type { Event } from '#domain/event.ts'
import { compareText } from '#domain/problem.ts'
import { uniqueIds } from './anchors.ts'
import { linksTo, publicIssues, type LinkView } from './links.ts'
import type { ViewContext } from './context.ts'
import { addressOfLink } from './sources.ts'
import { waysToCorrectPage, type WaysToCorrect } from './ways-to-correct.ts'
import { rangeInWords } from './words.ts'

export interface TalkView {
  title: string
  address: string | undefined
  kind: string
  speakers: { name: string; link: string | undefined; affiliation: string | undefined }[]
  projects: LinkView[]
}

export interface EventView {
  id: string
  headingId: string
  name: string
  kind: string
  /** First and last day for `<time>`; the last one is missing where the event has one day. */
  start: string
  end: string | undefined
  days: string
  /** Whether the build's day is one of its days. */
  isNow: boolean
  place: string | undefined
  link: string | undefined
  talks: TalkView[]
  issues: LinkView[]
  html: string
  ways: WaysToCorrect
}

export interface EventsView {
  upcoming: EventView[]
  upcomingId: string
  /** Past events, the newest year and the newest event first. */
  years: { id: string; year: string; events: EventView[] }[]
  structuredData: Record<string, unknown> | undefined
}

export function viewEvents(context: ViewContext): EventsView {
  const today = context.asOf.slice(0, 10)
  const events = [...context.catalog.event.values()].sort(
    (a, b) => compareText(a.data.start, b.data.start) || compareText(a.data.name, b.data.name),
  )
  const isOver = ({ data }: Entry<Event>) => lastDayOf(data.end ?? data.start) < today
  const past = events.filter(isOver).reverse()
  // The events' own ids are addresses that content links to; the years take what is left.
  const takeId = uniqueIds()
  const idOf = new Map(events.map(({ id }) => [id, takeId(id)]))
  const view = (event: Entry<Event>) => viewEvent(event, idOf.get(event.id) ?? event.id, context)
  const years = [...new Set(past.map(({ data }) => data.start.slice(0, 4)))]
  return {
    upcoming: events
      .filter((event) => !isOver(event))
      .sort((a, b) => compareText(firstDayOf(a.data.start), firstDayOf(b.data.start)))
      .map(view),
    upcomingId: takeId('upcoming'),
    years: years.map((year) => ({
      id: takeId(`year-${year}`),
      year,
      events: past.filter(({ data }) => data.start.startsWith(year)).map(view),
    })),
    structuredData: structuredDataOf(events, context),
  }
}

function viewEvent({ id, file, data, body }: Entry<Event>, anchor: string, context: ViewContext): EventView {
  const { asOf, catalog } = context
  const today = asOf.slice(0, 10)
  const end = data.end === data.start ? undefined : data.end
  const isExact = isWholeDay(data.start) && isWholeDay(end ?? data.start)
  return {
    id: anchor,
    // An id of content has no underscore, so no other thing can have this one.
    headingId: `${id}_name`,
    name: data.name,
    kind: data.kind,
    start: data.start,
    end,
    days: rangeInWords(data.start, end),
    isNow: isExact && data.start <= today && today <= (end ?? data.start),
    place: data.place,
    link: data.link,
    talks: data.talks.map((talk) => ({
      title: talk.title,
      address: talk.link === undefined ? undefined : addressOfLink(talk.link, context),
      kind: talk.kind,
      speakers: talk.speakers.map((speaker) => {
        const person = catalog.people.get(speaker)
        return { name: person?.name ?? speaker, link: person?.link, affiliation: person?.affiliation }
      }),
      projects: linksTo('project', talk.projects, context),
    })),
    issues: linksTo(
      'issue',
      publicIssues(context)
        .filter((issue) => issue.data.events.includes(id))
        .map((issue) => issue.id),
      context,
    ),
    html: context.markdown(body, `${id}_text-`).html,
    ways: waysToCorrectPage(data.name, `/events/#${id}`, file, context),
  }
}

function isWholeDay(partial: string): boolean {
  return partial.length === 10
}

/** Events as schema.org has them: those whose days are known. A deadline is no event there. */
function structuredDataOf(events: readonly Entry<Event>[], context: ViewContext): EventsView['structuredData'] {
  const graph = events
    .filter(({ data }) => data.kind !== 'deadline' && isWholeDay(data.start) && isWholeDay(data.end ?? data.start))
    .map(({ id, data }) => ({
      '@type': 'Event',
      name: data.name,
      startDate: data.start,
      endDate: data.end ?? data.start,
      ...(data.place === undefined ? {} : { location: { '@type': 'Place', name: data.place, address: data.place } }),
      url: data.link ?? context.absoluteAddressOf(`/events/#${id}`),
      mainEntityOfPage: context.absoluteAddressOf(`/events/#${id}`),
    }))
  return graph.length === 0 ? undefined : { '@graph': graph }
}
