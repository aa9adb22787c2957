/** Events as a calendar that people subscribe to. */
import { addDays } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import type { ViewContext } from './context.ts'
import { idOfCalendar, idOfEvent, productIdOfCalendar } from './entry-id.ts'

export interface CalendarEventView {
  /** Never changes, whatever becomes of the address and the name. */
  id: string
  name: string
  kind: string
  start: string
  /** The day after the last one. */
  end: string
  place: string | undefined
  /** Its own page on the web, else ours. */
  address: string
  description: string
}

export interface CalendarView {
  id: string
  productId: string
  name: string
  description: string
  address: string
  /** When it was made, ISO, UTC. */
  made: string
  events: CalendarEventView[]
}

export const calendarPath = '/events.ics'

/** Events whose days are known: a calendar cannot say "some time in 2017". The newest first. */
export function viewCalendar(context: ViewContext): CalendarView {
  const { catalog, asOf, absoluteAddressOf } = context
  const { site } = catalog
  const events = [...catalog.event.values()].flatMap(({ id, data }): CalendarEventView[] => {
    const { name, kind, start, end = start, place, link, talks } = data
    if (!isWholeDay(start) || !isWholeDay(end)) return []
    const page = absoluteAddressOf(`/events/#${id}`)
    return [
      {
        id: idOfEvent(id, catalog),
        name,
        kind,
        start,
        end: addDays(end, 1),
        place,
        address: link ?? page,
        description: [page, ...talks.map(({ title }) => `- ${title}`)].join('\n'),
      },
    ]
  })
  return {
    id: idOfCalendar(catalog),
    productId: productIdOfCalendar(catalog),
    name: `${site.title}: events`,
    description: `Events and deadlines of ${site.title}`,
    address: absoluteAddressOf(calendarPath),
    made: asOf,
    events: events.sort((a, b) => compareText(b.start, a.start) || compareText(a.id, b.id)),
  }
}

function isWholeDay(partial: string): boolean {
  return partial.length === 10
}
