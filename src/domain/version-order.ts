/**
 * Versions in the order of their releases. Text order is never it: 1.10 comes after 1.9.
 *
 * Every version has one place, whichever others there are: a library that compares two at a time
 * (semver, compare-versions) puts `1.0-2` < `1.0-10` < `1.0-1a` < `1.0-2`, and then the order of the
 * records would decide.
 */
import { compareText } from './problem.ts'

/**
 * Ranks versions, the oldest first; equal ranks are the same release.
 * @param versions versions to rank, in any order
 * @param releases the project's own order, the oldest first; what it does not list is newer
 */
export function rankVersions(versions: Iterable<string>, releases: readonly string[] = []): Map<string, number> {
  const placeOf = new Map(releases.map((version, index) => [version, index]))
  const known = [...new Set(versions)].map((version) => ({
    version,
    place: placeOf.get(version) ?? Infinity,
    parts: partsOf(version),
  }))
  const compare = (a: (typeof known)[number], b: (typeof known)[number]) =>
    a.place === b.place ? compareParts(a.parts, b.parts) : a.place - b.place
  known.sort((a, b) => compare(a, b) || compareText(a.version, b.version))
  const ranks = new Map<string, number>()
  let rank = -1
  known.forEach((current, index) => {
    const previous = known[index - 1]
    if (previous === undefined || compare(previous, current) !== 0) rank += 1
    ranks.set(current.version, rank)
  })
  return ranks
}

/** Words for what is not released yet, from the least to the most finished. */
const preReleaseWords = ['nightly', 'canary', 'snapshot', 'dev', 'alpha', 'beta', 'pre', 'preview', 'rc']
/** Letters that are such words between digits: `3.13.0b2`, but not the patch in `1.0.2k`. */
const preReleaseLetters = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
])

const preRelease = new RegExp(`(?:^|[^a-z])(?:${preReleaseWords.join('|')})(?:[^a-z]|$)|[0-9](?:a|b|rc)[0-9]`, 'i')

/** Whether a version is not released yet, by the words that say so: `9.0-rc1`, `3.13.0b2`, `nightly`. */
export function isPreRelease(version: string): boolean {
  return preRelease.test(version)
}

/** A piece of a version. Kinds are in the order in which they follow the same beginning: `1.0~1` `1.0-rc1` `1.0` `1.0-1` `1.0p1` `1.0.1`. */
type Part = readonly [kind: number, text: string]

const [tilde, unfinished, end, revision, word, number] = [0, 1, 2, 3, 4, 5] as const
const theEnd: Part = [end, '']

// A hyphen, plus sign or blank between digits begins a revision, as in Debian's `7.0.15-1`; other separators say nothing.
const partPattern = /~|\d+|[a-z]+|(?<=\d)[-+ ](?=\d)/g

function partsOf(version: string): Part[] {
  const text = version.toLowerCase().replace(/^v(?=\d)/, '')
  const [, epoch = '0', rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(text) ?? []
  const parts: Part[] = [[number, withoutZeros(epoch)]]
  for (const { 0: part, index } of rest.matchAll(partPattern)) {
    if (/^\d/.test(part)) {
      parts.push([number, withoutZeros(part)])
      continue
    }
    // `1.0-rc1` is `1-rc1`, and comes before `1.0.1`.
    dropZeros(parts)
    if (part === '~') parts.push([tilde, ''])
    else if (/^[a-z]/.test(part))
      parts.push(partOfWord(part, /\d[a-z]+\d/.test(rest.slice(Math.max(0, index - 1), index + part.length + 1))))
    else parts.push([revision, ''])
  }
  dropZeros(parts)
  return parts
}

function partOfWord(text: string, betweenDigits: boolean): Part {
  const name = (betweenDigits ? preReleaseLetters.get(text) : undefined) ?? text
  const place = preReleaseWords.indexOf(name)
  return place === -1 ? [word, text] : [unfinished, String(place)]
}

/** Takes the zeros from the end: 1.0 is 1. The epoch, which comes first, stays. */
function dropZeros(parts: Part[]): void {
  while (parts.length > 1 && parts.at(-1)?.[0] === number && parts.at(-1)?.[1] === '0') parts.pop()
}

function withoutZeros(digits: string): string {
  return digits.replace(/^0+(?=\d)/, '')
}

function compareParts(a: readonly Part[], b: readonly Part[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const [[kindA, textA], [kindB, textB]] = [a[index] ?? theEnd, b[index] ?? theEnd]
    const byLength = kindA === number || kindA === unfinished ? textA.length - textB.length : 0
    const order = kindA - kindB || byLength || compareText(textA, textB)
    if (order !== 0) return order
  }
  return 0
}
