import { headingsIn } from './markdown.ts'
import type { MarkdownHeading } from './rendered-markdown.ts'

interface Known {
  body: string
  headings: readonly MarkdownHeading[]
}

// Dozens of links lead to the headings of one issue.
const known = new WeakMap<object, Known>()

/** The headings of the text of an entry, which is read once. */
export function headingsOf(entry: { body: string }): readonly MarkdownHeading[] {
  const before = known.get(entry)
  if (before?.body === entry.body) return before.headings
  const headings = headingsIn(entry.body)
  known.set(entry, { body: entry.body, headings })
  return headings
}
