/**
 * Days, as content writes them. A source may only tell the month or the year of what it says,
 * so a day may be partial: `2017`, `2017-05`, `2017-05-12`.
 *
 * Days are text. They are compared as text and never become a `Date` with a time zone.
 */
import { z } from 'zod'
import { daysInMonth, isRealDay } from './real-day.ts'

export { isRealDay } from './real-day.ts'

/** A day, a month or a year that exists. */
export const PartialDay = z.string().refine(isRealDay, {
  error: 'a day, a month (`2026-02`) or a year (`2026`) that exists',
  params: { code: 'date-not-real' },
})

/** A whole day that exists. */
export const Day = z.string().refine((text) => text.length === 10 && isRealDay(text), {
  error: 'a day that exists, such as `2026-02-28`',
  params: { code: 'date-not-real' },
})

const momentPattern = /^\d{4}-\d{2}-\d{2}(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d))?$/

/** A day, or an instant with its offset: `2017-04-28` or `2017-04-28T12:00:00-04:00`. */
export const DayOrInstant = z.string().refine((text) => momentPattern.test(text) && isRealDay(text.slice(0, 10)), {
  error: 'a day such as `2026-02-28`, or an instant with its offset such as `2026-02-28T12:00:00Z`',
  params: { code: 'date-not-real' },
})

/** The earliest day that a partial day can mean: `2017` is `2017-01-01`. */
export function firstDayOf(partial: string): string {
  if (partial.length === 10) return partial
  return partial.length === 4 ? `${partial}-01-01` : `${partial}-01`
}

/** The last day that a partial day can mean: `2017-02` is `2017-02-28`. */
export function lastDayOf(partial: string): string {
  if (partial.length === 10) return partial
  if (partial.length === 4) return `${partial}-12-31`
  const [year, month] = partial.split('-').map(Number)
  return `${partial}-${daysInMonth(year ?? 0, month ?? 1)}`
}

/** The day some days later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same day some months later; the last day of the month where it has no such day. */
export function addMonths(day: string, months: number): string {
  let known = laterDays.get(months)
  if (!known) laterDays.set(months, (known = new Map()))
  let later = known.get(day)
  if (later === undefined) known.set(day, (later = workOutMonths(day, months)))
  return later
}

/** By the number of months. There are few days, and the rule asks for each cell on each day of its claims. */
const laterDays = new Map<number, Map<string, string>>()

function workOutMonths(day: string, months: number): string {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number)
  const count = year * 12 + (month - 1) + months
  const targetYear = Math.floor(count / 12)
  const targetMonth = (count % 12) + 1
  const targetDay = Math.min(dayOfMonth, daysInMonth(targetYear, targetMonth))
  return [
    String(targetYear).padStart(4, '0'),
    String(targetMonth).padStart(2, '0'),
    String(targetDay).padStart(2, '0'),
  ].join('-')
}
