import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { serializeCalendar } from '#feeds/calendar.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { pageContextOf } from '#tests/views/page-context.ts'
import { viewCalendar, type CalendarView } from '#views/calendar.ts'

const calendar = (events: Partial<CalendarView['events'][number]>[] = [], changes: Partial<CalendarView> = {}) => ({
  id: 'tag:example.org,2026:events',
  productId: '-//example.org//NONSGML events//EN',
  name: 'Test: events',
  description: 'Events and deadlines of Test',
  address: 'https://example.org/events.ics',
  made: '2026-11-21T12:00:00Z',
  events: events.map((event, index) => ({
    id: `tag:example.org,2026:event/e${index}`,
    name: 'An event',
    kind: 'conference',
    start: '2026-12-01',
    end: '2026-12-03',
    place: undefined,
    address: 'https://example.org/event',
    description: 'https://example.org/events/#e',
    ...event,
  })),
  ...changes,
})

/** Lines as RFC 5545 has them: unfolded, with what stands before and after the first colon outside of a parameter. */
function contentLines(text: string): { name: string; value: string }[] {
  expect(text.endsWith('\r\n')).toBe(true)
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  return text
    .replaceAll('\r\n ', '')
    .slice(0, -2)
    .split('\r\n')
    .map((line) => {
      const [, name = '', value = ''] = /^([A-Z-]+(?:;[^:]*)?):(.*)$/s.exec(line) ?? []
      expect(name, line).not.toBe('')
      return { name, value }
    })
}

const unescaped = (value: string) =>
  value.replace(/\\([\\;,nN])/g, (_, character: string) => (/n/i.test(character) ? '\n' : character))

test('an event is a whole day that ends before the day after it, and keeps nobody busy', () => {
  const lines = contentLines(serializeCalendar(calendar([{ place: 'Santa Clara, CA' }])))
  expect(lines.slice(lines.findIndex(({ value }) => value === 'VEVENT'))).toEqual([
    { name: 'BEGIN', value: 'VEVENT' },
    { name: 'UID', value: String.raw`tag:example.org\,2026:event/e0` },
    { name: 'DTSTAMP', value: '20261121T120000Z' },
    { name: 'DTSTART;VALUE=DATE', value: '20261201' },
    { name: 'DTEND;VALUE=DATE', value: '20261203' },
    { name: 'SUMMARY', value: 'An event' },
    { name: 'CATEGORIES', value: 'conference' },
    { name: 'LOCATION', value: String.raw`Santa Clara\, CA` },
    { name: 'URL', value: 'https://example.org/event' },
    { name: 'DESCRIPTION', value: 'https://example.org/events/#e' },
    { name: 'TRANSP', value: 'TRANSPARENT' },
    { name: 'END', value: 'VEVENT' },
    { name: 'END', value: 'VCALENDAR' },
  ])
})

const title = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\\',
        ';',
        ',',
        '\n',
        '\r\n',
        'BEGIN:VEVENT',
        '\nEND:VEVENT\n',
        '"',
        ':',
        '\\n',
        ' ',
        '😀',
        'א',
        'é',
      ),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))
  .filter((text) => text.isWellFormed())

const readable = (text: string) => text.replace(/\r\n?/g, '\n').replace(/[\0-\t\v-\x1f\x7f]/g, ' ')

test(
  'any title comes back, from lines of at most 75 octets that break no character',
  () => {
    fc.assert(
      fc.property(title, (name) => {
        const text = serializeCalendar(calendar([{ name }]))
        for (const line of text.split('\r\n')) {
          expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
          expect(line.isWellFormed()).toBe(true)
        }
        const lines = contentLines(text)
        expect(lines.filter((line) => line.name === 'SUMMARY').map(({ value }) => unescaped(value))).toEqual([
          readable(name),
        ])
        expect(lines.filter(({ name, value }) => name === 'BEGIN' && value === 'VEVENT')).toHaveLength(1)
      }),
      { numRuns: runsOf(300) },
    )
  },
  propertyTimeout,
)

describe('the calendar of a site', () => {
  const event = (keys: Record<string, string>) =>
    `---\n${Object.entries({ name: 'E', ...keys })
      .map(([key, value]) => `${key}: ${value}`)
      .join('\n')}\n---\n`
  const site = (authority = 'tagAuthority: example.org,2026\n') => ({
    'site.yml': `title: Test\n${authority}`,
    'events/two-days.md': event({
      name: 'Two days',
      start: '2026-12-30',
      end: '2026-12-31',
      link: 'https://example.org/two',
    }),
    'events/deadline.md': event({ name: 'Call for proposals', kind: 'deadline', start: '2026-12-01' }),
    'events/some-year.md': event({ start: '2027' }),
    'events/some-month.md': event({ start: '2027-03-01', end: '2027-03' }),
  })

  test('has every event whose days are known, deadlines among them, and the day after the last as its end', () => {
    const { events } = viewCalendar(pageContextOf(site()))
    expect(events.map(({ id, kind, start, end, address }) => [id, kind, start, end, address])).toEqual([
      ['tag:example.org,2026:event/two-days', 'conference', '2026-12-30', '2027-01-01', 'https://example.org/two'],
      [
        'tag:example.org,2026:event/deadline',
        'deadline',
        '2026-12-01',
        '2026-12-02',
        'https://example.org/base/events/#deadline',
      ],
    ])
  })

  test('has ids that do not depend on its address, its title or the day of the build', () => {
    const ids = (changes: Parameters<typeof pageContextOf>[1], authority?: string) =>
      viewCalendar(pageContextOf(site(authority), changes)).events.map(({ id }) => id)
    const moved = { asOf: '2030-01-01T00:00:00Z', absoluteAddressOf: (path: string) => `https://moved.example${path}` }
    expect(ids(moved)).toEqual(ids({}))
    expect(ids({}, '')).toEqual([
      'tag:unnamed.invalid,2026-12-30:event/two-days',
      'tag:unnamed.invalid,2026-12-01:event/deadline',
    ])
  })
})
