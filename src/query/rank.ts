/**
 * How near what a project is called is to the words of a question: 0 is a name itself.
 * @param names folded, a line for each
 */
export function rankOf(names: string, words: readonly string[]): number {
  if (words.length === 0) return 0
  const phrase = words.join(' ')
  const padded = `\n${names}\n`
  if (padded.includes(`\n${phrase}\n`)) return 0
  if (padded.includes(`\n${phrase}`)) return 1
  if (names.includes(` ${phrase}`)) return 2
  return words.every((word) => names.includes(word)) ? 3 : 4
}
