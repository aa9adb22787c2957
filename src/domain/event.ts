import { z } from 'zod'
import { firstDayOf, isRealDay, lastDayOf, PartialDay } from './day.ts'
import { referenceTo } from './identifier.ts'
import { Link, WebLink } from './link.ts'
import { Line } from './text.ts'

export const Talk = z.strictObject({
  title: Line(200),
  kind: z.enum(['talk', 'workshop', 'demonstration', 'report']).default('talk'),
  speakers: z.array(Line(120)).max(20).default([]).describe('Ids of people.yml, or names'),
  link: Link.optional(),
  projects: z.array(referenceTo('project')).max(20).default([]),
})
export type Talk = z.infer<typeof Talk>

/** A dated thing: a conference, a fair, the deadline of a call for papers. */
export const Event = z
  .strictObject({
    name: Line(120).describe('Name of the event, with its year'),
    kind: z.enum(['conference', 'deadline', 'meetup']).default('conference').describe('What kind of date it is'),
    start: PartialDay.describe('First day; a month or a year where the day is not known'),
    end: PartialDay.optional().describe('Last day'),
    place: Line(120).optional().describe('Where it is held'),
    link: WebLink.optional().describe('Its own page'),
    talks: z.array(Talk).max(100).default([]).describe('Talks that a reader should know of'),
  })
  .refine(
    ({ start, end }) =>
      end === undefined || !isRealDay(end) || !isRealDay(start) || lastDayOf(end) >= firstDayOf(start),
    {
      error: 'a day that is not before `start`',
      path: ['end'],
      params: { code: 'end-before-start' },
    },
  )
export type Event = z.infer<typeof Event>
