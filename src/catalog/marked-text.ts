/** A Markdown text, parsed, and the places of its parts. */
import type { Place } from '#domain/problem.ts'
import type { Nodes, Root } from 'mdast'
import { parseMarkdown } from './markdown.ts'
import { proseBlocksOf, spanOf, type ProseBlock, type Span } from './prose.ts'

export type PlaceAt = (line: number, column: number) => Place

export interface MarkedText {
  source: string
  tree: Root
  /** Without the words of links. */
  blocks: readonly ProseBlock[]
  placeOf: (part: Nodes | Span) => Place
  sourceOf: (part: Nodes | Span) => string
  /** Whether the text is that of an issue, which can have errata. */
  isIssue: boolean
}

export function markText(source: string, placeAt: PlaceAt, isIssue = false): MarkedText {
  const tree = parseMarkdown(source)
  const lineStarts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const span = (part: Nodes | Span): Span => ('type' in part ? (spanOf(part) ?? [0, 0]) : part)
  return {
    source,
    tree,
    blocks: proseBlocksOf(tree, source),
    placeOf: (part) => {
      const [from] = span(part)
      const line = lineOf(lineStarts, from)
      return placeAt(line + 1, from - (lineStarts[line] ?? 0) + 1)
    },
    sourceOf: (part) => source.slice(...span(part)),
    isIssue,
  }
}

/** Index of the last line that begins at an offset or before it. */
function lineOf(lineStarts: readonly number[], offset: number): number {
  let [low, high] = [0, lineStarts.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}
