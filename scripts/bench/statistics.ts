/** Numbers of several runs as one, with how far they lie apart. */

export interface Spread {
  median: number
  least: number
  most: number
}

/** Half way between the two in the middle, where their number is even. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

export function spreadOf(numbers: readonly number[]): Spread {
  return { median: rounded(median(numbers)), least: rounded(Math.min(...numbers)), most: rounded(Math.max(...numbers)) }
}

/**
 * Ours divided by theirs, run by run: what the machine did beside in that minute slowed both of a pair.
 * @throws where a run has no partner
 */
export function pairRatios(ours: readonly number[], theirs: readonly number[]): number[] {
  if (ours.length !== theirs.length) throw new Error(`${ours.length} runs have ${theirs.length} partners.`)
  return ours.map((value, index) => value / (theirs[index] ?? Number.NaN))
}

/** Three digits after the point are more than any of it is worth. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
