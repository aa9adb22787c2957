import { readFileSync } from 'node:fs'

/** The codes that docs/problems.md has a paragraph for: its second-level headings, in backticks. */
export function documentedCodes(): string[] {
  const text = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8')
  return [...text.matchAll(/^### `([a-z0-9-]+)`$/gm)].map((match) => match[1] ?? '')
}
