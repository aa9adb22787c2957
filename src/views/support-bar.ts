/** The share of each support among all projects, as parts of a bar. */
import type { SupportCount } from './architecture.ts'
import type { SupportGroup } from './words.ts'

export interface BarPart {
  group: SupportGroup
  isStale: boolean
  /** In projects, from the start of the bar. */
  from: number
  width: number
}

/** What is known, in the order of the groups; within a group what is fresh comes first. */
export function viewSupportBar(counts: readonly SupportCount[]): BarPart[] {
  let from = 0
  return counts
    .filter(({ group }) => group !== 'not-known')
    .flatMap(({ group, count, stale }) => [
      { group, isStale: false, width: count - stale },
      { group, isStale: true, width: stale },
    ])
    .filter(({ width }) => width > 0)
    .map((part) => {
      const placed = { ...part, from }
      from += part.width
      return placed
    })
}
