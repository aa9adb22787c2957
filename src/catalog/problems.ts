import { oneOf as firstOf } from '#domain/expectation.ts'
import type { Change, Place, Problem } from '#domain/problem.ts'
import { nearest } from './nearest.ts'

/** What to do about a problem: in words, and for a program where it is mechanical. */
export interface Fix {
  text: string
  change?: Change
}

/** An error about one value: what was found, what was expected, and the way out. */
export function unexpected(
  code: string,
  place: Place,
  thing: string,
  actual: string,
  expected: string,
  fix: string | Fix,
): Problem {
  const shown = shorten(actual)
  const found = shown.trim() === '' ? `empty ${thing}` : `${thing} \`${shown}\``
  return {
    code,
    severity: 'error',
    place,
    reason: `Unexpected ${found}, expected ${endSentence(expected)}`,
    expected,
    actual,
    ...fixOf(fix),
  }
}

/** The two fields of a problem that tell what to do. */
export function fixOf(fix: string | Fix): Pick<Problem, 'fix' | 'change'> {
  if (typeof fix === 'string') return { fix }
  return { fix: fix.text, ...(fix.change && { change: fix.change }) }
}

/** A list of allowed words for a sentence: the first ones, then an ellipsis. */
export function oneOf(words: readonly string[]): string {
  return firstOf(words.map((word) => `\`${shorten(word)}\``))
}

/** Offers the nearest word that would have been right, or another way out where none is near. */
export function didYouMean(actual: string, candidates: Iterable<string>, otherwise: string | Fix): Fix {
  const match = nearest(actual, candidates)
  if (match !== undefined) return meant(match)
  return typeof otherwise === 'string' ? { text: otherwise } : otherwise
}

/** Another value in the place of the one that was found. */
export function meant(text: string): Fix {
  return { text: `did you mean \`${shorten(text)}\`?`, change: { kind: 'write', text } }
}

/** Keeps values short and on one line, without characters that could confuse a terminal. */
export function shorten(value: string, maximum = 80): string {
  const line = value
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ')
    .replace(/`/g, "'")
  return line.length > maximum ? `${line.slice(0, maximum - 1)}…` : line
}

/** An id that is as near as possible to what somebody wrote in its place. */
export function suggestId(text: string): string {
  return idFrom(text) ?? 'a-name'
}

/** The letters and digits of a text that an id may have; undefined where there are none. */
export function idFrom(text: string): string | undefined {
  const id = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '')
  return id || undefined
}

export function endSentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`
}
