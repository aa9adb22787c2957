/** Projects, as a person types what they are called. */
import { folded } from '#query/fold.ts'
import { rankOf } from '#query/rank.ts'
import type { MatrixRow } from './matrix-rows.ts'

/** How many are offered at a time. */
const offered = 12
/** Of `rankOf`: no word of theirs. */
const noRank = 4

/** Ids of projects that a text may mean, the likeliest first: by name, id and other names. */
export function closestProjects(text: string, rows: readonly Pick<MatrixRow, 'id' | 'names'>[]): string[] {
  const words = folded(text)
    .split(' ')
    .filter((word) => word !== '')
  if (words.length === 0) return []
  return rows
    .map(({ id, names }) => ({ id, rank: rankOf(names, words) }))
    .filter(({ rank }) => rank < noRank)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, offered)
    .map(({ id }) => id)
}
