/** What is counted as parts of a bar: the share of each support among all projects. */
import type { SupportCount } from './tally.ts'

export interface BarPart {
  /** What it stands for: a group of support, or a class of age. */
  tone: string
  isStale: boolean
  /** In things counted, from the start of the bar. */
  from: number
  width: number
}

/** What is known, in the order of the groups; within a group what is fresh comes first. */
export function viewSupportBar(counts: readonly SupportCount[]): BarPart[] {
  return placed(
    counts
      .filter(({ group }) => group !== 'not-known')
      .flatMap(({ group, count, stale }) => [
        { tone: group, isStale: false, width: count - stale },
        { tone: group, isStale: true, width: stale },
      ]),
  )
}

/** Parts one after the other, without those of no width. */
export function placed(parts: readonly Omit<BarPart, 'from'>[]): BarPart[] {
  let from = 0
  return parts
    .filter(({ width }) => width > 0)
    .map((part) => {
      const placedPart = { ...part, from }
      from += part.width
      return placedPart
    })
}
