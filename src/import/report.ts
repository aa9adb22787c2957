/**
 * What an import has to tell: guesses, each of which an editor may want to look at, and problems, which keep
 * something from being imported. Codes: docs/problems.md.
 */
import { endSentence, shorten } from '#catalog/problems.ts'
import type { Place, Problem } from '#domain/problem.ts'

/** Something that the old text does not say in our words, and what was made of it. Always a warning. */
export interface Guess extends Problem {
  /** What was put in its place; empty where nothing was. */
  guessed: string
  /** What it was concluded from. */
  from: string
  /** Text of the input that is not in the output: it stands here, so that nothing is lost. */
  removed?: string
}

export interface GuessParts {
  /** What was found, as it was typed. */
  actual: string
  /** What was made of it, as a sentence. */
  reason: string
  guessed?: string
  from?: string
  removed?: string | undefined
  expected: string
  fix: string
}

/** Collects what there is to tell. */
export class Report {
  readonly guesses: Guess[] = []
  readonly problems: Problem[] = []

  guess(code: string, place: Place, { removed, ...parts }: GuessParts): void {
    this.guesses.push({
      code,
      severity: 'warning',
      place,
      guessed: '',
      from: parts.actual,
      ...parts,
      reason: endSentence(parts.reason),
      ...(removed === undefined || removed === '' ? {} : { removed }),
    })
  }

  refuse(code: string, place: Place, parts: Omit<Problem, 'code' | 'severity' | 'place'>): void {
    this.problems.push({ code, severity: 'error', place, ...parts, reason: endSentence(parts.reason) })
  }

  /** What two reports tell together. */
  add(other: Report): void {
    for (const guess of other.guesses) this.guesses.push(guess)
    for (const problem of other.problems) this.problems.push(problem)
  }
}

/** A value in a sentence: in backticks, short, on one line. */
export function quoted(text: string, length = 80): string {
  return `\`${shorten(text.trim(), length)}\``
}
