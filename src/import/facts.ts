/**
 * Title, number and date of an old issue, as it says them itself, or its title and its file name. Each conclusion is
 * told. What its neighbours say is in ./neighbours.ts.
 */
import type { Place } from '#domain/problem.ts'
import { type Metadata, type MetadataValue, textOfValue } from './metadata.ts'
import { dayOfIsoWeek, findDays, findWeek, isoWeekOf, readDate, weekdayOfDay, weekdays } from './old-date.ts'
import { type Report, quoted } from './report.ts'
import { tellDate, tellNumber } from './tell-facts.ts'

export interface Facts {
  title: string
  number?: number
  /** A day, or an instant with its offset. */
  date?: string
  /** Week that the title names, where it names no day. */
  week?: { week: number; year?: number; text: string }
}

/** Known keys of old front matter, by what they mean here. */
export const factKeys = {
  title: ['title', 'headline'],
  number: ['number', 'issue', 'issuenumber', 'edition', 'no'],
  date: ['date', 'published', 'publishdate', 'pubdate', 'publishedat', 'datepublished', 'created'],
} as const

export function firstOf(metadata: Metadata, keys: readonly string[]): MetadataValue | undefined {
  for (const key of keys) {
    const value = metadata.get(key)
    if (value !== undefined && textOfValue(value.value) !== '') return value
  }
  return undefined
}

/** @param place where the document begins */
export function readFacts(metadata: Metadata, title: string, file: string, place: Place, report: Report): Facts {
  const facts: Facts = { title }
  const name = file.split(/[/\\]/).at(-1) ?? ''
  const number = numberOf(metadata, title, name, place, report)
  if (number !== undefined) facts.number = number
  const date = dateOf(metadata, title, file, place, report)
  if (date !== undefined) facts.date = date
  const week = findWeek(title)
  if (week !== undefined) facts.week = week
  if (date !== undefined) checkDate(date, title, place, report)
  return facts
}

function numberOf(metadata: Metadata, title: string, name: string, place: Place, report: Report): number | undefined {
  const typed = firstOf(metadata, factKeys.number)
  const given = /^#?\s*0*(\d{1,9})$/.exec(typed ? textOfValue(typed.value) : '')?.[1]
  const inTitle = numberIn(title)
  if (given !== undefined) {
    if (inTitle !== undefined && inTitle !== Number(given)) {
      report.guess('number-disagrees', typed?.place ?? place, {
        actual: given,
        guessed: given,
        from: title,
        reason: `The number is ${given}, and the title ${quoted(title)} says ${inTitle}; the number was kept`,
        expected: 'a number that the title agrees with',
        fix: 'correct one of them',
      })
    }
    return Number(given)
  }
  const derived = inTitle ?? numberInName(name)
  if (derived === undefined) return undefined
  const from = inTitle === undefined ? name : title
  tellNumber(derived, from, place, report)
  return derived
}

/** `Issue 3`, `#3`, `No. 3`, `Vol 3`; a number of a week is none. */
export function numberIn(title: string): number | undefined {
  const found =
    /\b(?:issue|edition|number|no\.|nr\.?|n°|volume|vol\.?|episode)\s*[:#-]?\s*#?0*(\d{1,9})\b/i.exec(title) ??
    /(?:^|\s|\()#0*(\d{1,9})\b/.exec(title) ??
    /\b[A-Za-z]+(?:ly|news|letter|digest|week in [A-Za-z]+)\s+0*(\d{1,4})\s*$/i.exec(title)
  const number = found?.[1]
  return number === undefined || Number(number) === 0 ? undefined : Number(number)
}

function numberInName(name: string): number | undefined {
  const stem = name.replace(/\.[a-z0-9]{1,8}$/i, '').replace(/\d{4}-\d{2}-\d{2}|\d{4}-?W\d{1,2}/gi, '')
  const digits =
    /(?:issue|edition|news|newsletter|weekly|no|number)[-_ ]*0*(\d{1,5})(?!\d)/i.exec(stem)?.[1] ??
    /^0*(\d{1,5})$/.exec(stem)?.[1] ??
    /[a-z][-_ ]0*(\d{1,4})$/i.exec(stem)?.[1]
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits)
}

function dateOf(metadata: Metadata, title: string, file: string, place: Place, report: Report): string | undefined {
  const typed = firstOf(
    metadata,
    factKeys.date.filter((key) => !isFlag(metadata.get(key))),
  )
  const text = typed ? textOfValue(typed.value) : ''
  const read = typed && readDate(text)
  if (typed && read) {
    if (read.dropped !== '' || read.isAmbiguous) {
      report.guess('date-derived', typed.place, {
        actual: text,
        guessed: read.date,
        reason: read.isAmbiguous
          ? `${quoted(text)} may be another day where days come first; it was read as ${read.date}`
          : `${quoted(text)} has no offset; the day ${read.date} was kept`,
        expected: 'a day such as `2017-04-28`, or an instant with its offset',
        fix: 'correct `date` if it is another one',
        ...(read.dropped === '' ? {} : { removed: read.dropped }),
      })
    }
    return read.date
  }
  const found = findDays(title).at(-1) ?? dayInPath(file)
  const from = findDays(title).length > 0 ? title : file
  if (found === undefined) {
    if (typed) {
      report.guess('value-dropped', typed.place, {
        actual: text,
        reason: `${quoted(text)} is no day that could be read`,
        expected: 'a day such as `2017-04-28`',
        fix: 'write `date` by hand',
        removed: text,
      })
    }
    return undefined
  }
  tellDate(found.day, from, place, report)
  if (typed) {
    report.guess('value-dropped', typed.place, {
      actual: text,
      guessed: found.day,
      reason: `${quoted(text)} is no day that could be read; ${found.day} was taken from ${quoted(from)}`,
      expected: 'a day such as `2017-04-28`',
      fix: 'correct `date` if it is another one',
      removed: text,
    })
  }
  return found.day
}

/** `published: true` is no date. */
function isFlag(entry: MetadataValue | undefined): boolean {
  return entry !== undefined && /^(?:true|false|yes|no)$/i.test(textOfValue(entry.value))
}

function dayInPath(file: string): { day: string } | undefined {
  const [found] = findDays(/(\d{4}[-/._]\d{1,2}[-/._]\d{1,2})(?!\d)/.exec(file)?.[1]?.replace(/[/._]/g, '-') ?? '')
  if (found) return found
  const week = /(\d{4})-?W(\d{2})(?!\d)/i.exec(file)
  const day = week && dayOfIsoWeek(Number(week[1]), Number(week[2]), 1)
  return day ? { day } : undefined
}

/** A weekday, a week and a day in the title have to agree with the date. */
function checkDate(date: string, title: string, place: Place, report: Report): void {
  const day = date.slice(0, 10)
  const disagrees = (actual: string, says: string) => {
    report.guess('date-disagrees', place, {
      actual,
      guessed: date,
      from: title,
      reason: `The date is ${date}, ${says}; the date was kept`,
      expected: 'a title that agrees with the date',
      fix: 'find out which of them is right',
    })
  }
  const days = findDays(title)
  const named = days.at(-1)
  if (days.length > 0 && !days.some((found) => found.day === day)) {
    disagrees(named?.text ?? '', `and the title names ${named?.day ?? ''}`)
  } else if (named?.weekday !== undefined && named.weekday !== weekdayOfDay(named.day)) {
    disagrees(
      named.text,
      `a ${weekdays[weekdayOfDay(day) - 1] ?? ''}, and the title says ${weekdays[named.weekday - 1] ?? ''}`,
    )
  }
  const week = findWeek(title)
  const iso = isoWeekOf(day)
  if (
    week &&
    (week.week !== iso.week ||
      (week.year !== undefined && week.year !== iso.year && String(week.year) !== day.slice(0, 4)))
  ) {
    disagrees(week.text, `in week ${iso.week} of ${iso.year}, and the title says ${quoted(week.text)}`)
  }
}
