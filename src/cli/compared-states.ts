/** Two states of the content: that of a commit from which another one comes, and that one or the folder as it is. */
import { isBelievedFolder, type SaidRemoval } from '#catalog/loss.ts'
import { emptyState, readContentState, type ContentState } from '#catalog/content-state.ts'
import { withContentAt } from './content-at.ts'
import { commitOf, mergeBaseOf, messagesBetween, openRepository } from './git.ts'
import { standardContent } from './options.ts'
import { pathOf, removalsSaidIn } from './said-removals.ts'
import { CannotRun, type World } from './world.ts'

export interface Comparison {
  /** Content folder as it is. */
  folder: string
  /** A branch, a tag, a commit. */
  since: string
  /** Commit whose content is compared; without it, the folder as it is. */
  head?: string | undefined
  /** Paths of which the command line says that something is removed there. */
  removes?: readonly string[] | undefined
  clock: string
}

export interface Compared {
  before: ContentState
  after: ContentState
  /** Commit with which is compared: the newest that both have. */
  base: string
  /** Commit that is compared; undefined for the folder as it is. */
  head: string | undefined
  /** What was said to be removed, and by whom. */
  said: SaidRemoval[]
}

export function compareStates({ folder, since, head, removes = [], clock }: Comparison, world: World): Compared {
  const repository = openRepository(folder, world.environment)
  const tip = commitOf(repository, head ?? 'HEAD')
  const base = mergeBaseOf(repository, commitOf(repository, since), tip)
  const read = (at: string) => readContentState(at, clock, standardContent(world))
  const readAt = (commit: string) =>
    withContentAt(repository, commit, (at) => (at === undefined ? undefined : read(at)))
  const after = head === undefined ? read(folder) : readAt(tip)
  if (!after) throw new CannotRun(`There is no content folder \`${repository.prefix}\` in \`${tip.slice(0, 12)}\`.`)
  const said = removes.map((word) => {
    const path = pathOf(word, repository.prefix)
    if (path === undefined)
      throw new CannotRun(`Unexpected \`--removes ${word}\`, expected a path such as \`projects/redis.md\`.`)
    if (path.endsWith('/') && !isBelievedFolder(path)) {
      throw new CannotRun(
        `Unexpected \`--removes ${word}\`, expected a file: a folder may be named in \`evidence/\` alone.`,
      )
    }
    return { path, by: '`--removes`' }
  })
  return {
    before: readAt(base) ?? emptyState(after),
    after,
    base,
    head: head === undefined ? undefined : tip,
    said: [...removalsSaidIn(messagesBetween(repository, base, tip), repository.prefix), ...said],
  }
}
