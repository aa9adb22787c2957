/** How statuses and days are said to people. */
import { supportWords, type Basis, type Support, type SupportGroup } from '#domain/status-words.ts'

export { meaningOfBasis, supportGroups } from '#domain/status-words.ts'
export type { Basis, Support, SupportGroup }

/** The words that a group does not already say. */
export const exactWords = supportWords.filter((word) => word !== 'works' && word !== 'unknown')

export const labelOfGroup: Record<SupportGroup, string> = {
  works: 'works',
  limited: 'limited',
  exists: 'exists',
  coming: 'coming',
  no: 'no',
  'not-known': 'not known',
}

export const meaningOfGroup: Record<SupportGroup, string> = {
  works: 'runs natively',
  limited: 'runs, with a limit: partial, experimental or emulated',
  exists: 'a package or binary exists; nobody has shown it running',
  coming: 'a port is under way, in public',
  no: 'broken, dropped or unsupported',
  'not-known': 'nobody has looked, or the question makes no sense',
}

export const labelOfSupport: Record<Support, string> = {
  works: 'works',
  partial: 'partial',
  experimental: 'experimental',
  emulated: 'emulated',
  available: 'available',
  'in-progress': 'in progress',
  broken: 'broken',
  dropped: 'dropped',
  unsupported: 'unsupported',
  'not-applicable': 'not applicable',
  unknown: 'unknown',
}

export const labelOfBasis: Record<Basis, string> = {
  verified: 'verified',
  claimed: 'claimed',
  stale: 'stale',
  disputed: 'disputed',
  none: 'nothing recorded',
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/** A possibly partial day for people: `12 May 2017`, `May 2017`, `2017`. The same on every machine. */
export function dayInWords(partial: string): string {
  const day = partial.slice(0, 10)
  let words = wordsOfDays.get(day)
  if (words === undefined) wordsOfDays.set(day, (words = makeDayInWords(day)))
  return words
}

/** There are few days, and very many places that tell one. */
const wordsOfDays = new Map<string, string>()

function makeDayInWords(partial: string): string {
  const [year = '', month, day] = partial.split('-')
  const name = month === undefined ? undefined : months[Number(month) - 1]
  return [day === undefined ? undefined : String(Number(day)), name, year].filter(Boolean).join(' ')
}

/** The month of a day, where the year is known: `May`. */
export function nameOfMonth(day: string): string {
  return months[Number(day.slice(5, 7)) - 1] ?? day
}

/** The month of a possibly partial day or an instant, where there is little room: `May 2017`, `2017`. */
export function monthInWords(moment: string): string {
  const [year = '', month] = moment.slice(0, 7).split('-')
  const name = month === undefined ? undefined : months[Number(month) - 1]
  return [name?.slice(0, 3), year].filter(Boolean).join(' ')
}

/** Two days as a range: `2–4 May 2017`, `24 May – 2 June 2017`. */
export function rangeInWords(start: string, end: string | undefined): string {
  if (end === undefined || end === start) return dayInWords(start)
  if (start.length === 10 && end.length === 10 && start.slice(0, 7) === end.slice(0, 7)) {
    return `${Number(start.slice(8))}–${dayInWords(end)}`
  }
  const sameYear = start.length === 10 && end.length === 10 && start.slice(0, 4) === end.slice(0, 4)
  const first = sameYear ? dayInWords(start).replace(/ ?\d{4}$/, '') : dayInWords(start)
  return `${first} – ${dayInWords(end)}`
}

/** `1 project`, `2 projects` */
export function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`
}
