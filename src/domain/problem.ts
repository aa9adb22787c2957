/**
 * A problem: something wrong with an input. Problems are data; only a reporter turns them into
 * text. Codes are permanent, and each has its paragraph in docs/problems.md.
 */
export type Severity = 'error' | 'warning'

/** Where a problem is. Lines and columns count from 1; columns count UTF-16 units. */
export interface Place {
  file: string
  line: number
  column: number
}

export interface Problem {
  code: string
  severity: Severity
  place: Place
  /** What is wrong, as a whole sentence. Values stand in backticks as they were typed. */
  reason: string
  /** What would have been right. */
  expected: string
  /** What was found, as it was typed. */
  actual: string
  /** What to do about it. */
  fix: string
}

/** Problems in the order in which a person reads files. */
export function inReadingOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      compareText(a.place.file, b.place.file) ||
      a.place.line - b.place.line ||
      a.place.column - b.place.column ||
      compareText(a.code, b.code),
  )
}

/** Compares by code unit: the same order in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
