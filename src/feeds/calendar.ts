/** A calendar as iCalendar (RFC 5545, with the names of RFC 7986). Why not by a library: docs/decisions/0014-calendar.md */
import type { CalendarEventView, CalendarView } from '#views/calendar.ts'

export function serializeCalendar(calendar: CalendarView): string {
  const stamp = compact(calendar.made)
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    text('PRODID', calendar.productId),
    'CALSCALE:GREGORIAN',
    text('UID', calendar.id),
    text('NAME', calendar.name),
    // What calendars read that do not know NAME.
    text('X-WR-CALNAME', calendar.name),
    text('DESCRIPTION', calendar.description),
    `SOURCE;VALUE=URI:${calendar.address}`,
    'REFRESH-INTERVAL;VALUE=DURATION:P1D',
    ...calendar.events.flatMap((event) => linesOf(event, stamp)),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

function linesOf(event: CalendarEventView, stamp: string): string[] {
  return [
    'BEGIN:VEVENT',
    text('UID', event.id),
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${compact(event.start)}`,
    `DTEND;VALUE=DATE:${compact(event.end)}`,
    text('SUMMARY', event.name),
    text('CATEGORIES', event.kind),
    ...(event.place === undefined ? [] : [text('LOCATION', event.place)]),
    `URL:${event.address}`,
    text('DESCRIPTION', event.description),
    // A whole day that is marked must not make its reader busy.
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ]
}

/** `2017-05-19` is `20170519`, an instant is `20170519T120000Z`. */
function compact(moment: string): string {
  return moment.replace(/[-:]/g, '')
}

/** A property whose value is text. Other control characters than line breaks are no text there. */
function text(name: string, value: string): string {
  const escaped = value
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replace(/[\\;,]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
  return `${name}:${escaped}`
}

/** Lines have at most 75 octets; what is longer goes on after a line break and a space. */
const longestLine = 75

function folded(line: string): string {
  let result = ''
  let octets = 0
  for (const character of line) {
    const size = Buffer.byteLength(character)
    if (octets + size > longestLine) {
      result += '\r\n '
      octets = 1
    }
    result += character
    octets += size
  }
  return result
}
