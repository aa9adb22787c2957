/** What is told of a number or a date that was concluded. */
import type { Place } from '#domain/problem.ts'
import { type Report, quoted } from './report.ts'

export function tellNumber(number: number, from: string, place: Place, report: Report): void {
  report.guess('number-derived', place, {
    actual: from,
    guessed: String(number),
    reason: `The issue does not say its number; ${number} was concluded from ${quoted(from)}`,
    expected: 'a key `number`',
    fix: 'correct `number` and the name of the file if it is another one',
  })
}

export function tellDate(date: string, from: string, place: Place, report: Report): void {
  report.guess('date-derived', place, {
    actual: from,
    guessed: date,
    reason: `The issue does not say its date; ${date} was concluded from ${quoted(from)}`,
    expected: 'a key `date`',
    fix: 'correct `date` if it is another one',
  })
}
