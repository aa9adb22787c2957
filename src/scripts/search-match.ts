/** Whether a page that Pagefind offers is an answer, and how good a one. */
import { lettersOf } from '#query/letters.ts'

interface Candidate {
  excerpt: string
  content: string
  meta: { title?: string; names?: string; identifiers?: string }
}

/** Pagefind shortens a word that it does not know until something matches: `redis` would find Red Hat, and `postgres` a post. */
export function isMatch(page: Candidate, query: string): boolean {
  const texts = [...wordsOf(page.content), ...namesOf(page).map(lettersOf)]
  return wordsOf(query).every((word) => {
    const wanted = word.slice(0, Math.max(4, Math.floor(word.length / 2) + 1))
    return texts.some((text) => text.includes(word) || text.startsWith(wanted))
  })
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
  let same = 0
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1
  return same >= 4 && a.length - same <= 3 && b.length - same <= 3
}
