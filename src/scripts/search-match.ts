/** Whether a page that Pagefind offers is an answer, and how good a one. */
import { lettersOf } from '#query/letters.ts'

interface Candidate {
  excerpt: string
  content: string
  meta: { title?: string; names?: string; identifiers?: string }
}

/** Pagefind shortens a word that it does not know until something matches: `redis` would find Red Hat, and `postgres` a post. */
export function isMatch(page: Candidate, query: string): boolean {
  const names = namesOf(page)
  const texts = [...wordsOf(page.content), ...names.flatMap(wordsOf), ...names.map(lettersOf)]
  return wordsOf(query).every((word) => texts.some((text) => text.includes(word) || hasBeginning(text, word)))
}

/** Whether two words are the same for more than half of each: `compiled` and `compilation`, not `compatible`. */
function hasBeginning(a: string, b: string): boolean {
  const same = sameLetters(a, b)
  return same >= 4 && same > Math.max(a.length, b.length) / 2
}

/** Whether every word stands on the page as it was typed, or with another ending. */
export function isSure(page: Candidate, query: string): boolean {
  const text = lettersOf([page.content, ...namesOf(page)].join(' '))
  return wordsOf(query).every((word) => text.includes(word) || markedIn(page).some((found) => hasStem(found, word)))
}

/** Whether the page is called exactly that. */
export function isNamed(page: Candidate, query: string): boolean {
  const wanted = lettersOf(query)
  return namesOf(page).some((name) => lettersOf(name) === wanted)
}

/** Pagefind would look for a phrase in quotes, and the index knows one place of each word: its words are looked for. */
export function withoutQuotes(query: string): string {
  return query.replace(/^\s*"(.+)"\s*$/s, '$1')
}

function namesOf({ meta }: Candidate): string[] {
  return [meta.title, meta.names, meta.identifiers].flatMap((names) => names?.split(', ') ?? [])
}

function markedIn({ excerpt }: Candidate): string[] {
  return [...excerpt.matchAll(/<mark>(.*?)<\/mark>/gs)].map(([, text]) => lettersOf(text ?? ''))
}

function wordsOf(query: string): string[] {
  return query
    .split(/\s+/)
    .map(lettersOf)
    .filter((word) => word !== '')
}

/** Whether two words differ in their last few letters alone: `ported` and `porting`. */
function hasStem(a: string, b: string): boolean {
  const same = sameLetters(a, b)
  return same >= 4 && a.length - same <= 3 && b.length - same <= 3
}

/** How many letters two words have in common before they differ. */
function sameLetters(a: string, b: string): number {
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1
  return same
}
