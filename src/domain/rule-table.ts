/**
 * The table of the rule: what a reader is told when runs show one thing and the newest claim says
 * another. `/status-words/` prints it, and the derivation reads it.
 */
import type { Shown } from './verdict.ts'
import type { Support } from './status-words.ts'

/** Claims that the rule treats alike. */
export const claimKinds = [
  'none',
  'works',
  'caveat',
  'emulated',
  'available',
  'in-progress',
  'broken',
  'removed',
  'not-applicable',
] as const
export type ClaimKind = (typeof claimKinds)[number]

export function claimKindOf(support: Support | undefined): ClaimKind {
  switch (support) {
    case undefined:
    case 'unknown':
      return 'none'
    case 'partial':
    case 'experimental':
      return 'caveat'
    case 'dropped':
    case 'unsupported':
      return 'removed'
    default:
      return support
  }
}

/**
 * Who is believed: `run` says the word and gives it its certainty, `claim` likewise, `confirmed`
 * is the claim's word with the certainty of a run. In a contradiction both are shown: the word is
 * the run's (`run-against-claim`) or the claim's (`claim-against-run`).
 */
export type Believed = 'run' | 'claim' | 'confirmed' | 'run-against-claim' | 'claim-against-run'

/** A pass never clears a person's caveat; a build does not contradict that something is broken. */
export const ruleTable: Record<Shown, Record<ClaimKind, Believed>> = {
  nothing: {
    none: 'claim',
    works: 'claim',
    caveat: 'claim',
    emulated: 'claim',
    available: 'claim',
    'in-progress': 'claim',
    broken: 'claim',
    removed: 'claim',
    'not-applicable': 'claim',
  },
  works: {
    none: 'run',
    works: 'run',
    caveat: 'confirmed',
    emulated: 'run',
    available: 'run',
    'in-progress': 'run',
    broken: 'run-against-claim',
    removed: 'run-against-claim',
    'not-applicable': 'claim-against-run',
  },
  emulated: {
    none: 'run',
    works: 'claim',
    caveat: 'claim',
    emulated: 'run',
    available: 'run',
    'in-progress': 'run',
    broken: 'run-against-claim',
    removed: 'run-against-claim',
    'not-applicable': 'claim-against-run',
  },
  available: {
    none: 'run',
    works: 'claim',
    caveat: 'claim',
    emulated: 'claim',
    available: 'run',
    'in-progress': 'run',
    broken: 'claim',
    removed: 'claim-against-run',
    'not-applicable': 'claim-against-run',
  },
  partial: {
    none: 'run',
    works: 'run-against-claim',
    caveat: 'confirmed',
    emulated: 'run',
    available: 'run',
    'in-progress': 'run',
    broken: 'run-against-claim',
    removed: 'run-against-claim',
    'not-applicable': 'claim-against-run',
  },
  broken: {
    none: 'run',
    works: 'run-against-claim',
    caveat: 'run-against-claim',
    emulated: 'run',
    available: 'run',
    'in-progress': 'run',
    broken: 'confirmed',
    removed: 'confirmed',
    'not-applicable': 'claim',
  },
}
