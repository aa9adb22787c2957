/** What was said to be removed, in the messages of commits: `removes: projects/redis.md, it was a duplicate`. */

/**
 * Paths inside the content folder; one that ends in a slash means everything below it.
 * @param prefix path of the content folder inside the repository: who writes it too means the same
 */
export function removalsSaidIn(messages: readonly string[], prefix: string): string[] {
  return messages.flatMap((message) =>
    [...message.matchAll(/^[ \t]*removes:[ \t]*([^\s,]+)/gim)].flatMap(([, word = '']) => pathOf(word, prefix) ?? []),
  )
}

/** @returns undefined where a text is no path inside of a folder: nothing is said by `/` or `..` */
export function pathOf(word: string, prefix: string): string | undefined {
  const bare = word.replace(/^[`'"]+|[`'"]+$/g, '').replace(/^\.\//, '')
  const path = prefix !== '' && bare.startsWith(prefix) ? bare.slice(prefix.length) : bare
  const names = path.replace(/\/$/, '').split('/')
  return names.some((name) => /^\.{0,2}$/.test(name)) ? undefined : path
}
