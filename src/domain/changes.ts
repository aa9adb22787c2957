/**
 * Changes: the days on which the status of a cell became another one. They are derived from
 * evidence and claims each time, so that no ledger of them has to be kept or believed.
 */
import type { Claim } from './claim.ts'
import { firstDayOf } from './day.ts'
import {
  derive,
  deriveUnexplained,
  type Standing,
  type Status,
  type Surroundings,
  type UnexplainedStatus,
} from './derive.ts'
import { isRetraction, type StoredRecord } from './evidence.ts'
import { compareText } from './problem.ts'
import { groupOfSupport, supportWords } from './status-words.ts'

export const directions = ['gained', 'lost', 'recorded', 'verified', 'disputed', 'renewed', 'went-stale'] as const
/**
 * What a change means: support `gained` or `lost`, a negative `recorded` where nothing was known (or that the question makes no
 * sense), the same support `verified` or `renewed`, `disputed` because a run and a claim contradict each other, or `went-stale`
 * because nobody looked again.
 */
export type Direction = (typeof directions)[number]

export interface ChangeOf<Told extends Standing> {
  /** The day of the change; a partial day where the source only tells the month or the year. */
  on: string
  from: Told
  to: Told
  direction: Direction
}
export type Change = ChangeOf<Status>

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
  return changesBy(derive, derive([], [], asOf), evidence, claims, asOf, surroundings)
}

/** `changesOf`, without the reasons of each status: they cost more than the rest. */
export function unexplainedChangesOf(
  evidence: readonly StoredRecord[],
  claims: readonly Claim[],
  asOf: string,
  surroundings: Surroundings = {},
): ChangeOf<UnexplainedStatus>[] {
  return changesBy(deriveUnexplained, nothingKnown, evidence, claims, asOf, surroundings)
}

/** How every cell begins. */
const nothingKnown: UnexplainedStatus = { support: 'unknown', basis: 'none', witnesses: [] }

function changesBy<Told extends Standing>(
  tell: (
    evidence: readonly StoredRecord[],
    claims: readonly Claim[],
    asOf: string,
    surroundings?: Surroundings,
  ) => Told,
  beginning: Told,
  evidence: readonly StoredRecord[],
  claims: readonly Claim[],
  asOf: string,
  surroundings: Surroundings,
): ChangeOf<Told>[] {
  // Most cells are empty. What the control shows says nothing alone.
  if (evidence.length === 0 && claims.length === 0) return []
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
  const statusOn = (day: string) => tell(evidence, claims, day === today ? asOf : endOf(day), surroundings)
  const statuses = new Map<string, Told>()
  for (const day of [...days]) {
    if (day > today) continue
    const status = statusOn(day)
    statuses.set(day, status)
    if (status.staleOn !== undefined) days.add(status.staleOn)
  }

  const changes: ChangeOf<Told>[] = []
  let from = beginning
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
export function directionOf(from: Standing, to: Standing): Direction {
  if (from.support === to.support) {
    if (to.basis === 'stale') return 'went-stale'
    return to.basis === 'verified' || to.basis === 'disputed' ? to.basis : 'renewed'
  }
  if (to.support === 'not-applicable') return 'recorded'
  if (groupOfSupport[from.support] === 'not-known') return groupOfSupport[to.support] === 'no' ? 'recorded' : 'gained'
  return supportWords.indexOf(to.support) > supportWords.indexOf(from.support) ? 'lost' : 'gained'
}
