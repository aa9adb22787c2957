import { distance } from 'fastest-levenshtein'

/** The candidate that a person most likely meant, or undefined where none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.toLowerCase().slice(0, 100)
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(typed.length / 3)) + 1
  for (const candidate of candidates) {
    // Each letter more or less is a difference; among thousands of ids most are told apart by that.
    if (Math.abs(candidate.length - typed.length) > Math.max(bestDistance, 2)) continue
    const difference = differenceOf(typed, candidate.toLowerCase())
    if (difference < bestDistance) {
      best = candidate
      bestDistance = difference
    }
  }
  return best
}

/** Counts two swapped letters and another ending as less than one wrong letter: people type these most. */
function differenceOf(typed: string, candidate: string): number {
  const letters = distance(typed, candidate)
  // The same word with another ending: `working`, `works`.
  const stem = candidate.slice(0, -1)
  if (letters > 2 && stem.length > 3 && typed.startsWith(stem) && /^[a-z]{1,4}$/.test(typed.slice(stem.length)))
    return 2
  if (letters !== 2) return letters
  if (isSwap(typed, candidate)) return 0.5
  return typed.length > 2 && (candidate.startsWith(typed) || typed.startsWith(candidate)) ? 1 : letters
}

/** Whether two neighbouring letters changed places: `arm46`, `arm64`. */
function isSwap(typed: string, candidate: string): boolean {
  if (typed.length !== candidate.length) return false
  let at = 0
  while (typed[at] === candidate[at] && at < typed.length) at += 1
  return typed.slice(0, at) + typed.charAt(at + 1) + typed.charAt(at) + typed.slice(at + 2) === candidate
}
