/** Problems of documents, in the words that every adapter uses. */
import type { DocumentProblem, Spot } from './adapter.ts'
import { maximumDocumentBytes } from './document.ts'

/** A word of a CI system that nobody has given a meaning. It becomes no evidence. */
export function unknownOutcome(spot: Spot, key: string, actual: unknown, known: readonly string[]): DocumentProblem {
  const shown = shownValue(actual)
  return {
    code: 'unknown-outcome',
    severity: 'error',
    spot,
    reason: `Unexpected ${key} \`${shown}\`, expected one of ${known.map((word) => `\`${word}\``).join(', ')}.`,
    expected: known.join(', '),
    actual: shown,
    fix: 'leave the result out, or open a ticket that names the word and where the CI system documents it',
  }
}

/** A result of a pull request or a fork: its code is a stranger's, and it shows nothing about the project. */
export function untrustedEvent(spot: Spot, event: string): DocumentProblem {
  const shown = shownValue(event)
  return {
    code: 'untrusted-event',
    severity: 'warning',
    spot,
    reason: `Unexpected event \`${shown}\`, expected a run of the project's own branch or tag: anybody can start this one.`,
    expected: 'a push, a schedule, a dispatch or a release of the project itself',
    actual: shown,
    fix: 'send the run of the default branch or of a tag',
  }
}

/** A value without the shape that the format has. */
export function badDocument(
  spot: Spot,
  thing: string,
  actual: unknown,
  expected: string,
  fix = `send ${thing} as the CI system writes it`,
): DocumentProblem {
  const shown = shownValue(actual)
  return {
    code: 'bad-document',
    severity: 'error',
    spot,
    reason: `Unexpected ${thing} ${shown === '' ? '' : `\`${shown}\``}, expected ${expected}.`
      .replace('  ', ' ')
      .replace(' ,', ','),
    expected,
    actual: shown,
    fix,
  }
}

/** A key that the format requires, and that is not there. */
export function missingKey(spot: Spot, key: string, expected: string): DocumentProblem {
  return {
    code: 'bad-document',
    severity: 'error',
    spot,
    reason: `Missing \`${key}\`, expected ${expected}.`,
    expected,
    actual: '',
    fix: `add \`${key}\``,
  }
}

/** JSON that is no text in UTF-8, or in UTF-16 where it begins as that: decoded, it would say something else than its sender wrote. */
export function notUtf8(line: number): DocumentProblem & { spot: { line: number; column: number } } {
  return {
    code: 'unreadable-document',
    severity: 'error',
    spot: { line, column: 1 },
    reason: 'Unexpected bytes, expected JSON in UTF-8.',
    expected: 'JSON in UTF-8',
    actual: '',
    fix: 'write the text in UTF-8, or leave out what is no text',
  }
}

/** A line of JSON Lines that is larger than a document may be. */
export function lineTooLarge(
  line: number,
  bytes: number,
): DocumentProblem & { spot: { line: number; column: number } } {
  const expected = `at most ${maximumDocumentBytes} bytes a line`
  return {
    code: 'document-too-large',
    severity: 'error',
    spot: { line, column: 1 },
    reason: `Unexpected size \`${bytes} bytes\`, expected ${expected}.`,
    expected,
    actual: `${bytes} bytes`,
    fix: 'look what fills the line: a report has no output of tests in it; send several results as a line each',
  }
}

/** A green job that no runner ran: a check that somebody created, or a job that was skipped. */
export function withoutRunner(spot: Spot, job: string): DocumentProblem {
  const shown = shownValue(job)
  return {
    code: 'no-runner',
    severity: 'warning',
    spot,
    reason: `Unexpected result of \`${shown}\`, expected a job that a runner ran: this one has no runner or no steps.`,
    expected: 'a job with a runner and at least one step',
    actual: shown,
    fix: 'nothing: it is no evidence',
  }
}

/** A value on one line, short, and without what could confuse a terminal. */
export function shownValue(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  const line = text
    .slice(0, 400)
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g, ' ')
    .replace(/`/g, "'")
  return line.length > 80 ? `${line.slice(0, 79)}…` : line
}
