/**
 * A problem: something wrong with an input. Problems are data; only a reporter turns them into
 * text. Codes are permanent, and each has its paragraph in docs/problems.md.
 */
export type Severity = 'error' | 'warning'

/** A position in a text. Lines and columns count from 1; columns count UTF-16 units. */
export interface Position {
  line: number
  column: number
}

/** Where a problem is. */
export interface Place extends Position {
  file: string
}

/** What a fix says, for a program that carries it out at the place of the problem. */
export type Change =
  /** The value or the key that stands there becomes this text. */
  | { kind: 'write'; text: string }
  /** The value that stands there becomes this YAML. */
  | { kind: 'write-yaml'; yaml: string }
  /** The value that stands there becomes text: what was typed, in quotes. */
  | { kind: 'quote' }
  /** The map that stands there becomes the only item of a list. */
  | { kind: 'wrap' }
  /** The key with its value, or the item of a list, that stands there goes. */
  | { kind: 'remove' }
  /** The map that stands there gets a key; its value is YAML. */
  | { kind: 'add'; key: string; yaml: string }
  /** A vocabulary, or the map that a key of it holds, gets an entry; its value is YAML. */
  | { kind: 'add-entry'; file: string; to?: string; key: string; yaml: string }
  /** The next place, from there on, where `from` stands becomes `to`: a link inside of a text. */
  | { kind: 'swap'; from: string; to: string }
  /** What stands from there, or from `start`, to `end` becomes this text. */
  | { kind: 'replace'; start?: Position; end: Position; text: string }
  /** The file gets another name in its folder, or another path in the content folder. */
  | { kind: 'rename'; file: string }
  /** The bytes of the file are read in another encoding, and written as UTF-8 with lines that end in LF. */
  | { kind: 'recode'; from: string }

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
  /** The same for a program. Missing where only a person can know what was meant. */
  change?: Change
  /** Whether the change alters how the file is written, and nothing of what it says. */
  isSafe?: boolean
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
