/** What a difference tells beside cells, pages and problems, as lists of sentences; strangers' words stand between backticks. */
import type { Difference } from './difference.ts'

export interface ListOfDifference {
  title: string
  groups: {
    head?: string
    lines: { text: string; link?: string | undefined }[]
  }[]
}

/** Those that have something to tell. */
export function listsOf(difference: Difference): ListOfDifference[] {
  return [removals(difference)].filter((list) => list.groups.length > 0)
}

function removals({ removed }: Difference): ListOfDifference {
  return {
    title: `Removed on somebody's word: ${removed.length}`,
    groups: [...Map.groupBy(removed, ({ by }) => by)].map(([by, losses]) => ({
      head: `Removed, as ${by} says:`,
      lines: losses.map(({ what }) => ({ text: what })),
    })),
  }
}
