/** How old a statement is, so that nobody takes it for today's. */
import { addMonths, firstDayOf } from '#domain/day.ts'
import { monthsUntilStale } from '#domain/derive.ts'
import { dayInWords, type Basis, type Support } from './words.ts'

export interface DayView {
  /** For `<time datetime>`: a day, a month or a year. */
  datetime: string
  words: string
  /** `9 years ago`; empty where the day is still to come. */
  age: string
}

export function viewDay(partial: string, asOf: string): DayView {
  return { datetime: partial, words: dayInWords(partial), age: ageInWords(partial, asOf) }
}

/** `12 years ago`, `5 months ago`, `about 9 years ago` where only the year is known. Empty for days to come. */
export function ageInWords(partial: string, asOf: string): string {
  const today = asOf.slice(0, 10)
  if (firstDayOf(partial) > today) return ''
  if (partial.length === 4) {
    const years = Number(today.slice(0, 4)) - Number(partial)
    return years === 0 ? 'this year' : years === 1 ? 'last year' : `about ${years} years ago`
  }
  const months = wholeMonthsBetween(firstDayOf(partial), today)
  if (months >= 24) return `${Math.floor(months / 12)} years ago`
  if (months >= 1) return months === 1 ? 'a month ago' : `${months} months ago`
  if (partial.length === 7) return 'this month'
  return partial === today ? 'today' : 'less than a month ago'
}

/** Whether what was true then needs a warning: versions, packages and addresses move in two years. */
export function isOld(partial: string, asOf: string): boolean {
  return addMonths(firstDayOf(partial), 24) <= asOf.slice(0, 10)
}

/** The certainty that a statement of that day still has, by the rule for claims. */
export function basisByAge(partial: string, support: Support, asOf: string): Basis {
  return addMonths(firstDayOf(partial), monthsUntilStale(support)) <= asOf.slice(0, 10) ? 'stale' : 'claimed'
}

/** `on 28 October 2014`, `in April 2019`, `in 2015` */
export function onDay(partial: string): string {
  return `${partial.length >= 10 ? 'on' : 'in'} ${dayInWords(partial)}`
}

/** How many months have passed, without the part of one that has begun. */
export function wholeMonthsBetween(from: string, to: string): number {
  const monthsOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7))
  const months = monthsOf(to) - monthsOf(from)
  return addMonths(from, months) > to ? months - 1 : months
}
