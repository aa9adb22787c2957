/** The parts of a problem message, for the page that explains how to read one. */
import type { Problem } from '#domain/problem.ts'

export interface ProblemMessage {
  /** `file:line:column` */
  place: string
  line: number
  column: number
  severity: string
  code: string
  /** The sentence: what stands before what was found, between it and what was expected, and after that. */
  before: string
  actual: string
  between: string
  expected: string
  after: string
  fix: string
}

/** @param problem one whose reason names what was found and what was expected, in this order */
export function viewProblemMessage({ place, severity, code, reason, actual, expected, fix }: Problem): ProblemMessage {
  const foundAt = reason.indexOf(actual)
  const expectedAt = reason.indexOf(expected, foundAt + actual.length)
  const isTold = foundAt !== -1 && expectedAt !== -1
  return {
    place: `${place.file}:${place.line}:${place.column}`,
    line: place.line,
    column: place.column,
    severity,
    code,
    before: isTold ? reason.slice(0, foundAt) : 'Unexpected ',
    actual,
    between: isTold ? reason.slice(foundAt + actual.length, expectedAt) : ', expected ',
    expected,
    after: isTold ? reason.slice(expectedAt + expected.length) : '.',
    fix,
  }
}
