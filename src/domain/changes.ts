/**
 * Changes: the days on which the status of a cell became another one. They are derived from
 * evidence and claims each time, so that no ledger of them has to be kept or believed.
 */
import type { Claim } from './claim.ts'
import { firstDayOf } from './day.ts'
import { derive, type Status, type Surroundings } from './derive.ts'
import { isRetraction, type StoredRecord } from './evidence.ts'
import { compareText } from './problem.ts'
import { groupOfSupport, supportWords } from './status-words.ts'

export const directions = ['gained', 'lost', 'recorded', 'verified', 'renewed', 'went-stale'] as const
/**
 * What a change means: support `gained` or `lost`, a negative `recorded` where nothing was known (or
 * that the question makes no sense),
 * the same support `verified` or `renewed`, or `went-stale` because nobody looked again.
 */
export type Direction = (typeof directions)[number]

export interface Change {
  /** The day of the change; a partial day where the source only tells the month or the year. */
  on: string
  from: Status
  to: Status
  direction: Direction
}

/**
 * The changes of one cell, the oldest first.
 * @param evidence all records about the project on the architecture
 * @param claims   all claims about the project on the architecture
 * @param asOf     ISO instant, UTC; later changes are not known yet
 */
export function changesOf(
  evidence: readonly StoredRecord[],
  claims: readonly Claim[],
  asOf: string,
  surroundings: Surroundings = {},
): Change[] {
  const today = asOf.slice(0, 10)
  const writtenDay = new Map<string, string>()
  for (const { date } of claims) {
    const day = firstDayOf(date)
    const written = writtenDay.get(day)
    // Of several ways to write one day, the most exact one is shown.
    if (written === undefined || date.length > written.length) writtenDay.set(day, date)
  }
  const days = new Set(writtenDay.keys())
  for (const record of [...evidence, ...(surroundings.control ?? [])]) {
    if (!isRetraction(record)) days.add(record.observedAt.slice(0, 10))
  }
  // The clock of today ends before the day does: a run of this evening is not known at noon.
  const statusOn = (day: string) => derive(evidence, claims, day === today ? asOf : endOf(day), surroundings)
  const statuses = new Map<string, Status>()
  for (const day of [...days]) {
    if (day > today) continue
    const status = statusOn(day)
    statuses.set(day, status)
    if (status.staleOn !== undefined) days.add(status.staleOn)
  }

  const changes: Change[] = []
  let from = derive([], [], asOf)
  for (const day of [...days].filter((day) => day <= today).sort(compareText)) {
    const to = statuses.get(day) ?? statusOn(day)
    if (to.support !== from.support || to.basis !== from.basis) {
      changes.push({ on: writtenDay.get(day) ?? day, from, to, direction: directionOf(from, to) })
    }
    from = to
  }
  return changes
}

function endOf(day: string): string {
  return `${day}T23:59:59Z`
}

/** What it means that a status became another one. */
export function directionOf(from: Status, to: Status): Direction {
  if (from.support === to.support) {
    if (to.basis === 'stale') return 'went-stale'
    return to.basis === 'verified' ? 'verified' : 'renewed'
  }
  if (to.support === 'not-applicable') return 'recorded'
  if (groupOfSupport[from.support] === 'not-known') return groupOfSupport[to.support] === 'no' ? 'recorded' : 'gained'
  return supportWords.indexOf(to.support) > supportWords.indexOf(from.support) ? 'lost' : 'gained'
}
