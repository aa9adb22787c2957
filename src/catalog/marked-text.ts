/** A Markdown text, parsed, and the places of its parts. */
import type { Place } from '#domain/problem.ts'
import type { Nodes, Root } from 'mdast'
import { positionsIn } from './line-positions.ts'
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
  const positionOf = positionsIn(source)
  const span = (part: Nodes | Span): Span => ('type' in part ? (spanOf(part) ?? [0, 0]) : part)
  return {
    source,
    tree,
    blocks: proseBlocksOf(tree, source),
    placeOf: (part) => {
      const { line, column } = positionOf(span(part)[0])
      return placeAt(line, column)
    },
    sourceOf: (part) => source.slice(...span(part)),
    isIssue,
  }
}
