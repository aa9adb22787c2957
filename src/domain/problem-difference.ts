/** Which problems a change adds. A problem is the same wherever in its file it stands, and in whatever file it moved to. */
import type { Problem } from './problem.ts'

/**
 * The problems of the one list that are not in the other, each as often as it is there more often.
 * @param without problems of the other state
 * @param renamed what a file of the other state may be called in this one: a folder, for files that are only in one of them
 */
export function problemsWithout(
  problems: readonly Problem[],
  without: readonly Problem[],
  folderOfMoved: (file: string, side: 'this' | 'other') => string | undefined,
): Problem[] {
  const left = countOf(without.map((problem) => keyOf(problem.place.file, problem)))
  const rest = problems.filter((problem) => !take(left, keyOf(problem.place.file, problem)))
  const moved = countOf(
    without.flatMap((problem) => {
      const folder = folderOfMoved(problem.place.file, 'other')
      return folder === undefined ? [] : [keyOf(`${folder}/`, problem)]
    }),
  )
  if (moved.size === 0) return rest
  return rest.filter((problem) => {
    const folder = folderOfMoved(problem.place.file, 'this')
    return folder === undefined || !take(moved, keyOf(`${folder}/`, problem))
  })
}

/** Sentences may name a second place, which moves as lines do. */
function keyOf(file: string, { code, severity, actual, reason }: Problem): string {
  return JSON.stringify([file, code, severity, actual, reason.replace(/:\d+(?::\d+)?/g, '')])
}

function countOf(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0
  if (count > 0) counts.set(key, count - 1)
  return count > 0
}
