import { distance } from 'fastest-levenshtein'

/** What a site knows by name: `/search/words.json`. */
export interface SearchWords {
  names: readonly string[]
  /** Other words for an architecture → its id. */
  architectures: Readonly<Record<string, string>>
}

/** What a query that finds nothing may have meant, as a whole or word by word; undefined where nothing known is near. */
export function nearestQuery(typed: string, { names, architectures }: SearchWords): string | undefined {
  const whole = nearestWord(typed, names)
  if (whole !== undefined) return whole
  const ids = new Map(Object.entries(architectures).map(([alias, id]) => [fold(alias), id]))
  const words = [...new Set(names.flatMap((name) => name.split(/\s+/)))]
  const known = new Set(words.map(fold))
  const query = typed
    .split(/\s+/)
    .map((word) => ids.get(fold(word)) ?? (known.has(fold(word)) ? word : (nearestWord(word, words) ?? word)))
    .join(' ')
  return query === typed ? undefined : query
}

/**
 * The word of a list that is nearest to a mistyped one, or undefined where none is near.
 * @param most letters may be different; by default one in three
 */
export function nearestWord(typed: string, words: readonly string[], most?: number): string | undefined {
  const wanted = fold(typed)
  // Of two letters almost everything is near.
  if (wanted.length < 3) return undefined
  const swapped = withTwoSwapped(wanted)
  let best: string | undefined
  let bestDistance = (most ?? Math.max(1, Math.floor(wanted.length / 3))) + 1
  for (const word of words) {
    const letters = fold(word)
    // Fingers swap two letters more often than they take a wrong one.
    const difference = swapped.has(letters) ? swap : distance(wanted, letters)
    // Of a short word the first letter is right: helm is no elm.
    if (wanted.length < longWord && difference > swap && letters[0] !== wanted[0]) continue
    if (difference > 0 && difference < bestDistance) {
      best = word
      bestDistance = difference
    }
  }
  return best
}

const swap = 0.5
const longWord = 6

/** The word with two letters that stand beside each other in the other order, for each two. */
function withTwoSwapped(word: string): Set<string> {
  const letters = [...word]
  return new Set(
    letters
      .slice(1)
      .map((letter, at) => [...letters.slice(0, at), letter, letters[at], ...letters.slice(at + 2)].join('')),
  )
}

function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .slice(0, 64)
}
