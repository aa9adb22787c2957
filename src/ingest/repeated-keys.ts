/** Keys that an object of JSON has twice: `JSON.parse` keeps the last one, and says nothing of the others. */
import { visit } from 'jsonc-parser'
import type { DocumentProblem } from './adapter.ts'
import type { CiDocument } from './document.ts'
import { signsIn } from './json-signs.ts'
import { shownValue } from './problems.ts'

export function repeatedKeys({ text, json, lines }: CiDocument): DocumentProblem[] {
  if (json !== undefined) return repeatedIn(text, json, 1)
  if (!lines) return []
  const texts = text.split('\n')
  return lines.flatMap(({ line, json: value }) =>
    value === undefined ? [] : repeatedIn(texts[line - 1] ?? '', value, line),
  )
}

/** @param firstLine the line of the document that the text begins with */
function repeatedIn(text: string, value: unknown, firstLine: number): DocumentProblem[] {
  // Nearly no document has one, and to count is much cheaper than to look where they are.
  if (colonsIn(text) === keysIn(value)) return []
  const found: DocumentProblem[] = []
  const keysOfObjects: Set<string>[] = []
  visit(text, {
    onObjectBegin: () => void keysOfObjects.push(new Set()),
    onObjectEnd: () => void keysOfObjects.pop(),
    onObjectProperty: (key, _offset, _length, line, column) => {
      const known = keysOfObjects.at(-1)
      if (known?.has(key)) found.push(repeatedKey(key, { line: firstLine + line, column: column + 1 }))
      known?.add(key)
    },
  })
  return found
}

/** Each key of JSON has one colon behind it, and no other stands outside of strings. */
function colonsIn(text: string): number {
  let colons = 0
  signsIn(text, (code) => {
    if (code === 58) colons += 1
    return false
  })
  return colons
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let keys = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const inner of Object.values(value)) keys += keysIn(inner)
  return keys
}

function repeatedKey(key: string, spot: { line: number; column: number }): DocumentProblem {
  const shown = shownValue(key)
  return {
    code: 'repeated-key',
    severity: 'warning',
    spot,
    reason: `Unexpected second key \`${shown}\`, expected each key once in an object: the last one counts.`,
    expected: 'each key once',
    actual: shown,
    fix: 'take out the one that is not meant',
  }
}
