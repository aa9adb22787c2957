import { distance } from 'fastest-levenshtein'

/** The word of a list that is nearest to a mistyped one, or undefined where none is near. */
export function nearestWord(typed: string, words: readonly string[]): string | undefined {
  const wanted = fold(typed)
  let best: string | undefined
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const word of words) {
    const difference = distance(wanted, fold(word))
    if (difference > 0 && difference < bestDistance) {
      best = word
      bestDistance = difference
    }
  }
  return best
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .slice(0, 64)
}
