/**
 * The rule: what a reader is told about a project on an architecture. Pure and order-free; the
 * clock is an argument. Claims alone decide so far as no evidence is kept: the newest unscoped
 * claim counts, and goes stale when it is older than its time.
 */
import type { Claim } from './claim.ts'
import { addMonths, firstDayOf } from './day.ts'
import { compareText } from './problem.ts'
import { supportWords, type Basis, type Execution, type Level, type Support } from './status-words.ts'

/** After how many months a claim no longer says anything certain. */
export function monthsUntilStale(support: Support): number {
  return support === 'in-progress' ? 12 : 18
}

export interface Status {
  support: Support
  basis: Basis
  level?: Level
  execution?: Execution
  /** Version that the status was shown or claimed for, as its author writes it. */
  version?: string
  /** When what decided was seen or said: an instant, or a possibly partial day. */
  observedAt?: string
  /** Where a reader can check it. */
  link?: string
  /** The first day on which the status loses its certainty, if nothing new is learnt. */
  staleOn?: string
  /** Why, as sentences. Never empty. */
  reasons: string[]
}

/**
 * Derives the status of one cell.
 * @param claims all claims about the project on the architecture, in any order
 * @param asOf   ISO instant, UTC; what was said later is ignored
 */
export function derive(claims: readonly Claim[], asOf: string): Status {
  const today = asOf.slice(0, 10)
  const known = claims.filter((claim) => firstDayOf(claim.date) <= today)
  const [newest] = newestFirst(known.filter((claim) => claim.scope === undefined))

  if (!newest) {
    const scoped = known.length
    return {
      support: 'unknown',
      basis: 'none',
      reasons: scoped
        ? [
            `${scoped === 1 ? 'One claim is' : `${scoped} claims are`} limited to a scope; none speaks for the architecture as a whole.`,
          ]
        : ['No claim and no run is recorded.'],
    }
  }

  const staleOn = addMonths(firstDayOf(newest.date), monthsUntilStale(newest.support))
  const stale = staleOn <= today
  const reasons = [`Claimed as ${newest.support} ${newest.date.length === 10 ? 'on' : 'in'} ${newest.date}.`]
  if (stale) {
    reasons.push(`Stale since ${staleOn}: such a claim holds for ${monthsUntilStale(newest.support)} months.`)
  }
  return {
    support: newest.support,
    basis: stale ? 'stale' : 'claimed',
    ...(newest.version === undefined ? {} : { version: newest.version }),
    observedAt: newest.date,
    link: newest.link,
    staleOn,
    reasons,
  }
}

/**
 * Claims from the newest to the oldest. A partial day counts from its first day, the earliest it
 * can mean; of two claims of one day the more exact one is newer, then the more cautious one.
 */
export function newestFirst(claims: readonly Claim[]): Claim[] {
  return [...claims].sort(
    (a, b) =>
      compareText(firstDayOf(b.date), firstDayOf(a.date)) ||
      b.date.length - a.date.length ||
      supportWords.indexOf(b.support) - supportWords.indexOf(a.support) ||
      compareText(JSON.stringify(a), JSON.stringify(b)),
  )
}
