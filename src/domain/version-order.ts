/** Versions in the order of their releases. Text order is never it: 1.10 comes after 1.9. */
import { compareVersions, validate } from 'compare-versions'
import { compareText } from './problem.ts'

/**
 * Ranks versions, the oldest first; equal ranks are the same release.
 * @param versions versions to rank, in any order
 * @param releases the project's own order, the oldest first; what it does not list is newer
 */
export function rankVersions(versions: Iterable<string>, releases: readonly string[] = []): Map<string, number> {
  const placeOf = new Map(releases.map((version, index) => [version, index]))
  const known = [...new Set(versions)]
  // One comparison for all of them: two would not make one order.
  const compare = known.every((version) => placeOf.has(version) || validate(version)) ? compareVersions : compareNaturally
  const compareAll = (a: string, b: string) => {
    const [placeA, placeB] = [placeOf.get(a) ?? Infinity, placeOf.get(b) ?? Infinity]
    return placeA === placeB ? compare(a, b) : placeA - placeB
  }
  known.sort((a, b) => compareAll(a, b) || compareText(a, b))
  const ranks = new Map<string, number>()
  let rank = -1
  known.forEach((version, index) => {
    const previous = known[index - 1]
    if (previous === undefined || compareAll(previous, version) !== 0) rank += 1
    ranks.set(version, rank)
  })
  return ranks
}

const preRelease = /(?:^|[^a-z])(?:alpha|beta|rc|pre|preview|dev|nightly|snapshot|canary)(?:[^a-z]|$)|[0-9](?:a|b|rc)[0-9]/i

/** Whether a version is not released yet, by the words that say so: `9.0-rc1`, `3.13.0b2`, `nightly`. */
export function isPreRelease(version: string): boolean {
  return preRelease.test(version)
}

/** Digits as numbers, the rest as text: for what no scheme describes (`r5`, `2.2 beta 3`, `1.2.3p4-5`). */
function compareNaturally(a: string, b: string): number {
  const partsA = a.match(/\d+|\D+/g) ?? []
  const partsB = b.match(/\d+|\D+/g) ?? []
  for (let index = 0; index < Math.min(partsA.length, partsB.length); index += 1) {
    const order = comparePart(partsA[index] ?? '', partsB[index] ?? '')
    if (order !== 0) return order
  }
  return partsA.length - partsB.length
}

function comparePart(a: string, b: string): number {
  const [numberA, numberB] = [/^\d/.test(a), /^\d/.test(b)]
  if (numberA !== numberB) return numberA ? 1 : -1
  if (!numberA) return compareText(a, b)
  const [digitsA, digitsB] = [a.replace(/^0+(?=\d)/, ''), b.replace(/^0+(?=\d)/, '')]
  return digitsA.length - digitsB.length || compareText(digitsA, digitsB)
}
