import { describe, expect, test } from 'vitest'
import { projectFile } from '#tests/builders.ts'
import { viewEvents } from '#views/event.ts'
import { pageContextOf } from './page-context.ts'

const eventFile = (keys: string, body = '') => `---\nname: ${keys}\n---\n${body}`

function eventsAt(asOf: string, events: Record<string, string>) {
  const files = Object.entries(events).map(([id, keys]) => [`events/${id}.md`, eventFile(keys)])
  return viewEvents(pageContextOf(Object.fromEntries(files) as Record<string, string>, { asOf }))
}

describe('upcoming and past', () => {
  test.each([
    ['2026-11-21', undefined, true],
    ['2026-11-20', undefined, false],
    ['2026-11-18', '2026-11-21', true],
    ['2026-11-18', '2026-11-20', false],
    ['2026-11', undefined, true],
    ['2026-10', undefined, false],
    ['2026', undefined, true],
    ['2025', undefined, false],
    ['2026-10-30', '2026-11', true],
  ])('an event of %s to %s, seen on 21 November 2026', (start, end, isUpcoming) => {
    const keys = `Fair\nstart: ${start}${end === undefined ? '' : `\nend: ${end}`}`
    const { upcoming, years } = eventsAt('2026-11-21T12:00:00Z', { fair: keys })
    expect(upcoming).toHaveLength(isUpcoming ? 1 : 0)
    expect(years).toHaveLength(isUpcoming ? 0 : 1)
  })

  test('the next event stands first, the latest past one too', () => {
    const { upcoming, years } = eventsAt('2017-05-10T00:00:00Z', {
      a: 'Autumn\nstart: 2017-10-24',
      b: 'May\nstart: 2017-05-16',
      c: 'Some day of the year\nstart: 2017',
      d: 'March\nstart: 2017-03-23',
      e: 'April\nstart: 2017-04',
      f: 'Old\nstart: 2015',
      g: 'Old but known\nstart: 2015-02-01',
    })
    expect(upcoming.map(({ name }) => name)).toEqual(['Some day of the year', 'May', 'Autumn'])
    expect(years.map(({ year, events }) => [year, ...events.map(({ name }) => name)])).toEqual([
      ['2017', 'April', 'March'],
      ['2015', 'Old but known', 'Old'],
    ])
  })

  test('an event is going on from its first day to its last, if both are known', () => {
    const isNow = (asOf: string, keys: string) => eventsAt(asOf, { e: `Fair\n${keys}` }).upcoming[0]?.isNow
    expect(isNow('2017-05-02T00:00:00Z', 'start: 2017-05-02\nend: 2017-05-04')).toBe(true)
    expect(isNow('2017-05-04T23:59:59Z', 'start: 2017-05-02\nend: 2017-05-04')).toBe(true)
    expect(isNow('2017-05-01T23:59:59Z', 'start: 2017-05-02\nend: 2017-05-04')).toBe(false)
    expect(isNow('2017-05-02T00:00:00Z', 'start: 2017-05')).toBe(false)
  })

  test('without events nothing is upcoming and no year is past', () => {
    expect(eventsAt('2017-05-02T00:00:00Z', {})).toMatchObject({
      upcoming: [],
      years: [],
      structuredData: undefined,
    })
  })
})

describe('an event', () => {
  test('says its days as a range', () => {
    const { years } = eventsAt('2026-11-21T12:00:00Z', {
      a: 'Fair\nstart: 2017-05-02\nend: 2017-05-04',
      b: 'One day\nstart: 2017-05-01\nend: 2017-05-01',
    })
    expect(years[0]?.events.map(({ days, end }) => [days, end])).toEqual([
      ['2–4 May 2017', '2017-05-04'],
      ['1 May 2017', undefined],
    ])
  })

  test('its speakers are people where the content knows them, else names', () => {
    const { years } = viewEvents(
      pageContextOf({
        'projects/redis.md': projectFile(),
        'people.yml': 'ada:\n  name: Ada Lovelace\n  link: https://example.org/ada\n  affiliation: Engines (1843)\n',
        'events/e.md': eventFile(`Fair
start: 2017-05-02
talks:
  - {title: On engines, kind: workshop, speakers: [ada, Adobe I/O], projects: [redis], link: /projects/redis/}`),
      }),
    )
    expect(years[0]?.events[0]?.talks).toEqual([
      {
        title: 'On engines',
        address: '/base/projects/redis/',
        kind: 'workshop',
        speakers: [
          { name: 'Ada Lovelace', link: 'https://example.org/ada', affiliation: 'Engines (1843)' },
          { name: 'Adobe I/O', link: undefined, affiliation: undefined },
        ],
        projects: [{ label: 'Redis', address: '/base/projects/redis/' }],
      },
    ])
  })

  test('keeps its id even where a year or a heading would want it', () => {
    const { years, upcomingId } = eventsAt('2026-11-21T12:00:00Z', {
      'year-2017': 'Odd\nstart: 2017',
      upcoming: 'Odder\nstart: 2017',
    })
    expect(years[0]?.id).toBe('year-2017-2')
    expect(upcomingId).toBe('upcoming-2')
  })
})

test('an event that is named like a part of every page gets another id', () => {
  const { upcoming } = eventsAt('2026-11-21T12:00:00Z', { content: 'Fair\nstart: 2027' })
  expect(upcoming[0]?.id).toBe('content-2')
})

test('search engines are told of events whose days are known, and of no deadline', () => {
  const { structuredData } = eventsAt('2026-11-21T12:00:00Z', {
    a: 'Fair\nstart: 2017-05-02\nend: 2017-05-04\nplace: Boston\nlink: https://example.org/fair',
    b: 'Call\nkind: deadline\nstart: 2017-05-19',
    c: 'Some time\nstart: 2017-04',
    d: 'One day\nstart: 2017-06-01',
  })
  expect(structuredData).toEqual({
    '@graph': [
      {
        '@type': 'Event',
        name: 'Fair',
        startDate: '2017-05-02',
        endDate: '2017-05-04',
        location: { '@type': 'Place', name: 'Boston', address: 'Boston' },
        url: 'https://example.org/fair',
        mainEntityOfPage: 'https://example.org/base/events/#a',
      },
      {
        '@type': 'Event',
        name: 'One day',
        startDate: '2017-06-01',
        endDate: '2017-06-01',
        url: 'https://example.org/base/events/#d',
        mainEntityOfPage: 'https://example.org/base/events/#d',
      },
    ],
  })
})
