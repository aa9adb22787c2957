/** What a status means for somebody who wants to run the thing: only what is certain is a plain yes or no. */
import type { Basis, Support } from '#domain/status-words.ts'
import type { Verdict } from './report.ts'
import type { KnownStatus } from './stack-index.ts'

/** What each word says, as a predicate: `it {…}`. */
const predicates: Record<Support, string> = {
  works: 'works',
  partial: 'works in part',
  experimental: 'needs a patch, a flag or a build of your own',
  emulated: 'was shown to run under emulation, and nobody has shown it native',
  available: 'exists as a package or binary, and nobody has shown it running',
  'in-progress': 'is being ported',
  broken: 'is broken',
  dropped: 'was supported once, and is no more',
  unsupported: 'is not supported',
  'not-applicable': 'has no meaning there',
  unknown: 'is unknown',
}

const certain: readonly Basis[] = ['verified', 'claimed']

export function verdictOfStatus({ support, basis, observedOn, staleOn }: KnownStatus): {
  verdict: Verdict
  reason: string
} {
  const predicate = predicates[support]
  if (support === 'unknown' || basis === 'none') {
    return {
      verdict: 'unknown',
      reason: 'It is in the catalog, and nothing is recorded about it on this architecture.',
    }
  }
  const isCertain = certain.includes(basis)
  switch (support) {
    case 'works':
      return { verdict: isCertain ? 'ready' : 'caution', reason: sentence(predicate, basis, observedOn, staleOn) }
    case 'broken':
    case 'dropped':
    case 'unsupported':
      return { verdict: isCertain ? 'blocked' : 'caution', reason: sentence(predicate, basis, observedOn, staleOn) }
    case 'not-applicable':
      return { verdict: 'unknown', reason: sentence(predicate, basis, observedOn, staleOn) }
    case 'partial':
    case 'experimental':
    case 'emulated':
    case 'available':
    case 'in-progress':
      return { verdict: 'caution', reason: sentence(predicate, basis, observedOn, staleOn) }
    default:
      return support satisfies never
  }
}

function sentence(predicate: string, basis: Basis, observedOn: string, staleOn: string): string {
  const day = observedOn === '' ? '' : ` ${observedOn}`
  switch (basis) {
    case 'verified':
      return `Verified${day}: it ${predicate}.`
    case 'claimed':
      return `Claimed${day}: it ${predicate}.`
    case 'stale':
      return `Stale since ${staleOn}; said${day}: it ${predicate}.`
    case 'disputed':
      return `Disputed, evidence and claim contradict each other: it ${predicate}.`
    case 'none':
      return `It ${predicate}.`
    default:
      return basis satisfies never
  }
}
