/** Variables as Dockerfiles and Compose files write them: `$NAME`, `${NAME}`, `${NAME:-default}`. */

/** Characters of a text before and after: variables that contain each other twice would double it line by line. */
const maximumLength = 2000

/**
 * Puts values in the place of variables. One without a value stays as it is written, so that a reader
 * sees what is open.
 */
export function expanded(text: string, values: ReadonlyMap<string, string>): string {
  if (text.length > maximumLength) return text
  // One pass: what a value contains is not expanded again.
  const result = text.replace(
    /\$(?:(\w+)|\{(\w+)(?:(:?[-+?])([^{}]*))?\})/g,
    (whole, bare: string | undefined, braced: string | undefined, operator: string | undefined, word = '') => {
      const value = values.get(bare ?? braced ?? '')
      const isThere = value !== undefined && (value !== '' || operator?.startsWith(':') !== true)
      if (operator?.endsWith('+')) return isThere ? String(word) : ''
      if (isThere) return value
      return operator?.endsWith('-') ? String(word) : whole
    },
  )
  return result.length > maximumLength ? text : result
}
