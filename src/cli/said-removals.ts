/** What was said to be removed, in the messages of commits: `removes: projects/redis.md, it was a duplicate`. */
import type { SaidRemoval } from '#catalog/loss.ts'
import type { CommitMessage } from './git.ts'

/**
 * Paths inside the content folder, with the commit that names each.
 * @param prefix path of the content folder inside the repository: who writes it too means the same
 */
export function removalsSaidIn(messages: readonly CommitMessage[], prefix: string): SaidRemoval[] {
  return messages.flatMap(({ commit, message }) =>
    [...message.matchAll(/^[ \t]*removes:[ \t]*([^\s,]+)/gim)].flatMap(([, word = '']) => {
      const path = pathOf(word, prefix)
      return path === undefined ? [] : [{ path, by: `commit ${commit.slice(0, 12)}` }]
    }),
  )
}

/** @returns undefined where a text is no path inside of a folder: nothing is said by `/` or `..` */
export function pathOf(word: string, prefix: string): string | undefined {
  const bare = word.replace(/^[`'"]+|[`'"]+$/g, '').replace(/^\.\//, '')
  const path = prefix !== '' && bare.startsWith(prefix) ? bare.slice(prefix.length) : bare
  const names = path.replace(/\/$/, '').split('/')
  return names.some((name) => /^\.{0,2}$/.test(name)) ? undefined : path
}
