/** What a schema expects of a value, as a noun phrase for whoever wrote it: zod's own words are for programmers. */
import type { z } from 'zod'

type ZodIssue = z.core.$ZodIssue

/** The words of the schema, where it has its own; else those for its kind of limit. */
export function expectationOf(issue: ZodIssue): string {
  switch (issue.code) {
    case 'invalid_value':
      return oneOf(issue.values.map((value) => `\`${String(value)}\``))
    case 'invalid_type':
      return ownWordsOf(issue) ?? wordsOfType(issue.expected)
    case 'too_big':
      return ownWordsOf(issue) ?? limit(issue.origin, 'up to', 'at most', issue.maximum)
    case 'too_small':
      return ownWordsOf(issue) ?? limit(issue.origin, 'from', 'at least', issue.minimum)
    case 'unrecognized_keys':
      return 'no key of that name'
    default:
      return ownWordsOf(issue) ?? 'another value'
  }
}

/** What the schema itself says; undefined where it leaves that to zod. */
export function ownWordsOf({ message }: ZodIssue): string | undefined {
  return /^(?:Invalid|Too (?:big|small)|Unrecognized)\b/.test(message) ? undefined : message
}

/** Words for a sentence: the first ones, then an ellipsis. */
export function oneOf(words: readonly string[]): string {
  const shown = words.slice(0, 12)
  if (words.length > 12) shown.push('…')
  return words.length === 1 ? shown.join('') : `one of ${shown.join(', ')}`
}

export function wordsOfType(type: string): string {
  return typeWords[type] ?? 'another kind of value'
}

/**
 * What stands in JSON where an issue is; undefined where nothing does. Text in the place of something else has its
 * quotes: `"2"` is no number, and `2` would look like one.
 */
export function foundAt(issue: ZodIssue, json: unknown): unknown {
  let found = json
  // Only read, and only by the keys that zod found in it.
  for (const key of issue.path) found = (found as Partial<Record<PropertyKey, unknown>> | null | undefined)?.[key]
  return typeof found === 'string' && !isAboutText(issue) ? JSON.stringify(found) : found
}

function isAboutText(issue: ZodIssue): boolean {
  if (issue.code === 'invalid_value') return issue.values.every((value) => typeof value === 'string')
  return issue.code !== 'invalid_type'
}

const typeWords: Partial<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
}

function limit(origin: string, ofNumber: string, ofMany: string, value: number | bigint): string {
  const isNumber = origin === 'number' || origin === 'int'
  return isNumber ? `a number ${ofNumber} ${String(value)}` : `${ofMany} ${String(value)} of them`
}
