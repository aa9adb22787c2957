/** What an old issue does not say, the issues around tell: numbers go on by one, issues come every week. */
import { addDays } from '#domain/day.ts'
import type { Place } from '#domain/problem.ts'
import type { Facts } from './facts.ts'
import { dayOfIsoWeek, weekdayOfDay } from './old-date.ts'
import type { Report } from './report.ts'
import { tellDate, tellNumber } from './tell-facts.ts'

/** An issue whose number and day are known. */
export interface Neighbour {
  number: number
  date: string
}

/** Neighbours farther away say nothing about a day. */
const farthest = 2000

/**
 * Completes what is missing, in the order of the documents, from the issues around: numbers go on by one, issues come every week.
 * @param known issues that are there already
 */
export function completeFacts(
  all: readonly { facts: Facts; place: Place; report: Report }[],
  known: readonly Neighbour[],
  said: { number?: number; date?: string },
): void {
  const neighbours = (): Neighbour[] => [
    ...known,
    ...all.flatMap(({ facts: { number, date } }) => (number && date ? [{ number, date }] : [])),
  ]
  let around = neighbours()
  for (const { facts, place, report } of all) {
    dateOfWeek(facts, around, place, report)
    if (facts.number && facts.date && facts.week) around.push({ number: facts.number, date: facts.date })
  }
  const taken = new Set([...known.map(({ number }) => number), ...all.map(({ facts }) => facts.number)])
  const unnumbered = all.find(({ facts }) => facts.number === undefined)
  if (unnumbered && said.number !== undefined) {
    unnumbered.facts.number = said.number
    taken.add(said.number)
  }
  const undated = all.find(({ facts }) => facts.date === undefined)
  if (undated && said.date !== undefined) undated.facts.date = said.date
  all.forEach(({ facts, place, report }, index) => {
    if (facts.number !== undefined) return
    const [number, from] = missingNumber(index, all, around, taken)
    taken.add(number)
    facts.number = number
    if (facts.date) around.push({ number, date: facts.date })
    tellNumber(number, from, place, report)
  })
  around = neighbours()
  for (const { facts, place, report } of all) {
    if (facts.date !== undefined || facts.number === undefined) continue
    const found = dayByRhythm(facts.number, around)
    if (!found) continue
    facts.date = found.day
    tellDate(found.day, found.from, place, report)
  }
}

function dateOfWeek(facts: Facts, neighbours: readonly Neighbour[], place: Place, report: Report): void {
  if (facts.date !== undefined || facts.week === undefined) return
  const near = nearestTo(facts.number, neighbours)
  const year = facts.week.year ?? (near && Number(near.date.slice(0, 4)))
  if (year === undefined) return
  const day = dayOfIsoWeek(year, facts.week.week, near ? weekdayOfDay(near.date) : 1)
  if (day === undefined) return
  facts.date = day
  tellDate(day, facts.week.text, place, report)
}

function missingNumber(
  index: number,
  all: readonly { facts: Facts }[],
  neighbours: readonly Neighbour[],
  taken: ReadonlySet<number | undefined>,
): [number: number, from: string] {
  const { date } = all[index]?.facts ?? {}
  const byDate = date === undefined ? undefined : numberByRhythm(date, neighbours)
  if (byDate !== undefined && !taken.has(byDate)) return [byDate, `the issues around ${date ?? ''}`]
  const before = all[index - 1]?.facts.number
  if (before !== undefined && !taken.has(before + 1)) return [before + 1, `issue ${before} before it`]
  const after = all[index + 1]?.facts.number
  if (after !== undefined && after > 1 && !taken.has(after - 1)) return [after - 1, `issue ${after} after it`]
  let next = Math.max(0, ...[...taken].map((number) => number ?? 0)) + 1
  if (next > 999_999_999) for (next = 1; taken.has(next); next += 1);
  return [next, 'the numbers that are taken']
}

function nearestTo(number: number | undefined, neighbours: readonly Neighbour[]): Neighbour | undefined {
  if (number === undefined) return neighbours.at(-1)
  return neighbours.reduce<Neighbour | undefined>(
    (best, other) =>
      best === undefined || Math.abs(other.number - number) < Math.abs(best.number - number) ? other : best,
    undefined,
  )
}

/** Days from one issue to the next, by two neighbours: seven where they do not tell. */
function rhythmOf(near: Neighbour, neighbours: readonly Neighbour[]): number {
  const other = nearestTo(
    near.number,
    neighbours.filter(({ number }) => number !== near.number),
  )
  if (!other) return 7
  const days = daysBetween(other.date, near.date) / (near.number - other.number)
  return Number.isInteger(days) && days > 0 && days <= 31 ? days : 7
}

function dayByRhythm(number: number, neighbours: readonly Neighbour[]): { day: string; from: string } | undefined {
  const near = nearestTo(number, neighbours)
  if (!near || Math.abs(near.number - number) > farthest) return undefined
  const rhythm = rhythmOf(near, neighbours)
  const day = addDays(near.date.slice(0, 10), rhythm * (number - near.number))
  return { day, from: `issue ${near.number} of ${near.date.slice(0, 10)}, every ${rhythm} days` }
}

function numberByRhythm(date: string, neighbours: readonly Neighbour[]): number | undefined {
  const near = neighbours.reduce<Neighbour | undefined>(
    (best, other) =>
      best === undefined || Math.abs(daysBetween(other.date, date)) < Math.abs(daysBetween(best.date, date))
        ? other
        : best,
    undefined,
  )
  if (!near) return undefined
  const number = near.number + daysBetween(near.date, date) / rhythmOf(near, neighbours)
  return Number.isInteger(number) && number >= 1 && Math.abs(number - near.number) <= farthest ? number : undefined
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000
}
