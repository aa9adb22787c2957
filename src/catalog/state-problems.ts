/** The problems that lie between two states of a content folder. */
import { posix } from 'node:path'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { problemsWithout } from '#domain/problem-difference.ts'
import type { ContentState } from './content-state.ts'
import type { Loss, SaidRemoval } from './loss.ts'
import { lossesOf } from './losses.ts'
import { projectsTwice } from './project-twice.ts'

export interface StateProblems {
  /** Those that the later state adds, projects that it has a second time, and what it takes away without a word. */
  added: Problem[]
  /** Those that it mends. */
  mended: Problem[]
  /** What is gone because somebody said so. */
  removed: Loss[]
}

export function problemsBetween(
  before: ContentState,
  after: ContentState,
  said: readonly SaidRemoval[],
): StateProblems {
  const losses = lossesOf(before, after, said)
  // A file that is only in one of them may be the other's under another name; so may one that only says where it moved.
  const isGone = (file: string) => !after.files.has(file) || stubs(after).has(file)
  const isFresh = (file: string) => !before.files.has(file) || stubs(before).has(file)
  const moved = (is: (file: string) => boolean) => (file: string) => (is(file) ? posix.dirname(file) : undefined)
  const folderOf = { gone: moved(isGone), fresh: moved(isFresh) }
  return {
    added: inReadingOrder([
      ...problemsWithout(after.problems, before.problems, (file, side) =>
        side === 'this' ? folderOf.fresh(file) : folderOf.gone(file),
      ),
      ...projectsTwice(before.catalog, after.catalog),
      ...losses.filter(({ by }) => by === undefined).map(({ problem }) => problem),
    ]),
    mended: problemsWithout(before.problems, after.problems, (file, side) =>
      side === 'this' ? folderOf.gone(file) : folderOf.fresh(file),
    ),
    removed: losses.filter(({ by }) => by !== undefined),
  }
}

const stubsOf = new WeakMap<ContentState, ReadonlySet<string>>()

function stubs(state: ContentState): ReadonlySet<string> {
  let files = stubsOf.get(state)
  if (!files) stubsOf.set(state, (files = new Set([...state.catalog.moved.values()].map(({ file }) => file))))
  return files
}
