/** How near a project's name is to the words of a question: 0 is the name itself. */
export function rankOf(name: string, words: readonly string[]): number {
  if (words.length === 0) return 0
  const phrase = words.join(' ')
  if (name === phrase) return 0
  if (name.startsWith(phrase)) return 1
  if (name.includes(` ${phrase}`)) return 2
  if (words.every((word) => name.includes(word))) return 3
  return 4
}
