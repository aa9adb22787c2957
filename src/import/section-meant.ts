/** Which section of site.yml the title of an old section means. */
import type { Section } from '#domain/vocabulary.ts'
import { distance } from 'fastest-levenshtein'

/**
 * The section whose name is the title but for case, punctuation and plurals; else one whose name the title holds,
 * or that is near. Only the first is exact.
 */
export function sectionMeant(
  title: string,
  sections: ReadonlyMap<string, Section>,
): { id: string; isExact: boolean } | undefined {
  const words = plainWords(title)
  const typed = words.join(' ')
  if (typed === '') return undefined
  const names = [...sections].flatMap(([id, { name }]) => [
    { id, words: plainWords(name) },
    { id, words: plainWords(id) },
  ])
  const same = names.find((name) => name.words.join(' ') === typed)
  if (same) return { id: same.id, isExact: true }
  const held = names
    .filter((name) => name.words.length > 1 && ` ${typed} `.includes(` ${name.words.join(' ')} `))
    .sort((a, b) => b.words.length - a.words.length)[0]
  if (held) return { id: held.id, isExact: false }
  let best: { id: string; difference: number } | undefined
  for (const { id, words: name } of names) {
    const other = name.join(' ')
    if (Math.abs(other.length - typed.length) > 6) continue
    const difference = distance(typed, other)
    if (difference <= Math.floor(other.length / 5) && difference < (best?.difference ?? Infinity))
      best = { id, difference }
  }
  return best && { id: best.id, isExact: false }
}

const fillers = new Set(['the', 'a', 'an', 'and', 'of', 'in', 'for'])

/** Small letters, no accents, no plural, no filler; `speed-ups` is `speedup`. */
function plainWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' ')
    .replace(/['’]s\b/g, '')
    .replace(/speed-up/g, 'speedup')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !fillers.has(word))
    .map((word) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word))
}
