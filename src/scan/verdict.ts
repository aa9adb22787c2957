/** What a status means for somebody who wants to run the thing: only what is certain is a plain yes or no. */
import type { Basis, Support } from '#domain/status-words.ts'
import type { Verdict } from './report.ts'
import type { KnownStatus } from './stack-index.ts'

/** What each word says. */
const said: Record<Support, string> = {
  works: 'it works',
  partial: 'it works in part',
  experimental: 'it needs a patch, a flag or a build of your own',
  emulated: 'it runs under emulation, and nobody has shown it native',
  available: 'a package exists, and nobody has shown it running',
  'in-progress': 'it is being ported',
  broken: 'it is broken',
  dropped: 'it was supported once, and is no more',
  unsupported: 'it is not supported',
  'not-applicable': 'the question makes no sense there',
  unknown: 'nothing is known',
}

const certain: readonly Basis[] = ['verified', 'claimed']

export function verdictOfStatus({ support, basis, observedOn, staleOn }: KnownStatus): {
  verdict: Verdict
  reason: string
} {
  if (support === 'unknown' || basis === 'none') {
    return {
      verdict: 'unknown',
      reason: 'It is in the catalog, and nothing is recorded about it on this architecture.',
    }
  }
  const isCertain = certain.includes(basis)
  switch (support) {
    case 'works':
      return { verdict: isCertain ? 'ready' : 'caution', reason: sentence(said[support], basis, observedOn, staleOn) }
    case 'broken':
    case 'dropped':
    case 'unsupported':
      return { verdict: isCertain ? 'blocked' : 'caution', reason: sentence(said[support], basis, observedOn, staleOn) }
    case 'not-applicable':
      return { verdict: 'unknown', reason: sentence(said[support], basis, observedOn, staleOn) }
    case 'partial':
    case 'experimental':
    case 'emulated':
    case 'available':
    case 'in-progress':
      return { verdict: 'caution', reason: sentence(said[support], basis, observedOn, staleOn) }
    default:
      return support satisfies never
  }
}

function sentence(what: string, basis: Basis, observedOn: string, staleOn: string): string {
  const day = observedOn === '' ? '' : ` ${observedOn}`
  switch (basis) {
    case 'verified':
      return `Verified${day}: ${what}.`
    case 'claimed':
      return `Claimed${day}: ${what}.`
    case 'stale':
      return `Stale since ${staleOn}; said${day}: ${what}.`
    case 'disputed':
      return `Disputed, evidence and claim contradict each other: ${what}.`
    case 'none':
      return `So far ${what}.`
    default:
      return basis satisfies never
  }
}
