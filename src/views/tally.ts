/** How many cells have which support: what every count, bar and headline is made from. */
import type { Status } from '#domain/derive.ts'
import { groupOfSupport, supportGroups, type SupportGroup } from '#domain/status-words.ts'
import { labelOfGroup } from './words.ts'

export interface SupportCount {
  group: SupportGroup
  label: string
  count: number
  /** Of these, those that are too old to rely on. */
  stale: number
}

export interface Tally {
  total: number
  known: number
  /** Of the known ones, those that are not too old to rely on. */
  fresh: number
  /** One of each group, in their order. */
  counts: SupportCount[]
}

export function tally(statuses: readonly Status[]): Tally {
  const counts = supportGroups.map((group) => ({ group, label: labelOfGroup[group], count: 0, stale: 0 }))
  const countOf = new Map(counts.map((count) => [count.group, count]))
  let known = 0
  let fresh = 0
  for (const { support, basis } of statuses) {
    const count = countOf.get(groupOfSupport[support])
    if (count) {
      count.count += 1
      if (basis === 'stale') count.stale += 1
    }
    if (basis !== 'none') known += 1
    if (basis !== 'none' && basis !== 'stale') fresh += 1
  }
  return { total: statuses.length, known, fresh, counts }
}

export function countOf(group: SupportGroup, { counts }: Tally): number {
  return counts.find((count) => count.group === group)?.count ?? 0
}
