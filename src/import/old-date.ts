/** Days as people wrote them in titles, front matter and file names. English names of months; ISO first. */
import { addDays, isRealDay } from '#domain/day.ts'

export interface FoundDay {
  day: string
  /** As it was typed. */
  text: string
  /** Day of the week that stands before it, 1 for Monday. */
  weekday?: number
  /** Whether the parts could be read in another order too. */
  isAmbiguous?: boolean
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
export const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const

const monthName = String.raw`(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?`
const weekdayName = String.raw`(?:\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?`
type Parts = [year: string | undefined, month: string | undefined, day: string | undefined]
const forms: { pattern: RegExp; parts: (groups: string[]) => Parts }[] = [
  { pattern: /(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g, parts: ([year, , month, day]) => [year, month, day] },
  {
    pattern: new RegExp(String.raw`${weekdayName}\b${monthName}\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)`, 'gi'),
    parts: ([, month, day, year]) => [year, month, day],
  },
  {
    pattern: new RegExp(
      String.raw`${weekdayName}(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?${monthName},?\s+(\d{4})(?!\d)`,
      'gi',
    ),
    parts: ([, day, month, year]) => [year, month, day],
  },
]

/** Every day that a text names, in the order of the text. */
export function findDays(text: string): FoundDay[] {
  const found: (FoundDay & { at: number })[] = []
  for (const [index, { pattern, parts }] of forms.entries()) {
    for (const match of text.matchAll(pattern)) {
      const day = dayOf(...parts(match.slice(1)))
      if (day === undefined) continue
      const weekday = index === 0 ? weekdayBefore(text, match.index) : weekdayOf(match[1])
      found.push({ day, text: match[0].trim(), at: match.index, ...(weekday === undefined ? {} : { weekday }) })
    }
  }
  for (const match of text.matchAll(/(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?![\d])/g)) {
    const [whole, first = '', mark, second = '', year] = match
    // `28.04.2017` is written with the day first, `08-19-2026` and `4/28/2017` with the month.
    const dayFirst = dayOf(year, second, first)
    const monthFirst = dayOf(year, first, second)
    const day = mark === '.' ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst)
    if (day === undefined) continue
    const isAmbiguous = dayFirst !== undefined && monthFirst !== undefined && dayFirst !== monthFirst && mark !== '.'
    found.push({ day, text: whole, at: match.index, ...(isAmbiguous ? { isAmbiguous } : {}) })
  }
  return found.sort((a, b) => a.at - b.at).map(({ at: _, ...day }) => day)
}

/** A date of front matter: the day, or the instant with its offset where there is one. */
export function readDate(text: string): { date: string; dropped: string; isAmbiguous: boolean } | undefined {
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ]\s*(\d{1,2}:\d{2}(?::\d{2})?)(\.\d+)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?$/i.exec(
      text.trim(),
    )
  if (iso) {
    const [, day = '', time, , offset] = iso
    if (!isRealDay(day)) return undefined
    if (time === undefined) return { date: day, dropped: '', isAmbiguous: false }
    if (offset === undefined) return { date: day, dropped: time, isAmbiguous: false }
    return withTime(day, time, offset)
  }
  const [found, ...more] = findDays(text)
  if (!found || more.length > 0) return undefined
  const rest = text.replace(found.text, ' ').trim()
  const [, time, offset] = /^,?\s*(\d{1,2}:\d{2}(?::\d{2})?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})$/i.exec(rest) ?? []
  const isAmbiguous = found.isAmbiguous === true
  if (time !== undefined && offset !== undefined) return { ...withTime(found.day, time, offset), isAmbiguous }
  return { date: found.day, dropped: rest.replace(/^[\s,;]+/, ''), isAmbiguous }
}

function withTime(day: string, time: string, offset: string): { date: string; dropped: string; isAmbiguous: boolean } {
  const zone = /^[+-]/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(-2)}` : 'Z'
  const clock = time.padStart(time.length < 6 ? 5 : 8, '0')
  const isReal =
    /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$/.test(clock) && /^(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/.test(zone)
  return isReal
    ? { date: `${day}T${clock}${zone}`, dropped: '', isAmbiguous: false }
    : { date: day, dropped: `${time} ${offset}`, isAmbiguous: false }
}

/** The week of a year that a text names: `Week 19`, `2017-W19`, `KW 19/2017`. */
export function findWeek(text: string): { week: number; year?: number; text: string } | undefined {
  const match =
    /\b(?<year>\d{4})-?W(?<week>\d{1,2})\b/i.exec(text) ??
    /\b(?:week|kw|wk)\s*#?\s*(?<week>\d{1,2})\b(?:\s*(?:,|of|\/|-)?\s*(?<year>\d{4})\b)?/i.exec(text)
  const week = Number(match?.groups?.week)
  if (!match || !(week >= 1 && week <= 53)) return undefined
  const year = match.groups?.year
  return { week, text: match[0], ...(year === undefined ? {} : { year: Number(year) }) }
}

/** The week in which a day is, by ISO 8601: the one that holds its Thursday. */
export function isoWeekOf(day: string): { year: number; week: number } {
  const thursday = addDays(day, 4 - weekdayOfDay(day))
  const year = Number(thursday.slice(0, 4))
  const days = (Date.parse(thursday) - Date.parse(`${thursday.slice(0, 4)}-01-01`)) / 86_400_000
  return { year, week: Math.floor(days / 7) + 1 }
}

/** A day of an ISO week; undefined where the year has no such week. */
export function dayOfIsoWeek(year: number, week: number, weekday: number): string | undefined {
  const fourth = `${String(year).padStart(4, '0')}-01-04`
  const day = addDays(fourth, 1 - weekdayOfDay(fourth) + (week - 1) * 7 + weekday - 1)
  return isoWeekOf(day).week === week ? day : undefined
}

/** 1 for Monday, 7 for Sunday. */
export function weekdayOfDay(day: string): number {
  return new Date(`${day.slice(0, 10)}T00:00:00Z`).getUTCDay() || 7
}

function weekdayOf(name: string | undefined): number | undefined {
  const index = weekdays.findIndex(
    (weekday) => name !== undefined && weekday.toLowerCase().startsWith(name.slice(0, 3).toLowerCase()),
  )
  return index === -1 ? undefined : index + 1
}

function weekdayBefore(text: string, index: number): number | undefined {
  return weekdayOf(
    /\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+$/i.exec(text.slice(Math.max(0, index - 20), index))?.[1],
  )
}

function dayOf(year = '', month = '', day = ''): string | undefined {
  const index = months.indexOf(month.slice(0, 3).toLowerCase())
  const number = index === -1 ? month : String(index + 1)
  const text = `${year}-${number.padStart(2, '0')}-${day.padStart(2, '0')}`
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isRealDay(text) ? text : undefined
}
