/**
 * The words of a Markdown text as they stand in its source: what is code, a picture or a link is
 * blanked out, so that every offset stays that of the source.
 */
import type { Heading, Nodes, Paragraph, Root, TableCell } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'

/** Stands for a character of what is no prose. Content holds none: the reader refuses what is no text. */
export const blank = '\uFFFC'

export interface ProseBlock {
  node: Heading | Paragraph | TableCell
  /** Its source, blanked. As long as the source, with the same line breaks. */
  text: string
  /** Offset of its first character in the source. */
  offset: number
}

export interface ProseOptions {
  /** Whether the words of a link are kept; the link's address never is. */
  withLinkText?: boolean
}

/** The paragraphs, headings and cells of a text, in its order. */
export function proseBlocksOf(tree: Root, source: string, { withLinkText = false }: ProseOptions = {}): ProseBlock[] {
  const blocks: ProseBlock[] = []
  visit(tree, (node) => {
    if (node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell') return undefined
    const span = spanOf(node)
    if (!span) return SKIP
    const characters = source.slice(...span).split('')
    for (const { from, to, filling } of hiddenSpans(node, withLinkText)) {
      for (let at = Math.max(from - span[0], 0); at < Math.min(to - span[0], characters.length); at += 1) {
        if (characters[at] !== '\n') characters[at] = filling
      }
    }
    blocks.push({ node, text: characters.join(''), offset: span[0] })
    return SKIP
  })
  return blocks
}

export type Span = readonly [from: number, to: number]

export function spanOf(node: Nodes): Span | undefined {
  const from = node.position?.start.offset
  const to = node.position?.end.offset
  return from === undefined || to === undefined ? undefined : [from, to]
}

interface Hidden {
  from: number
  to: number
  filling: string
}

function hiddenSpans(block: Nodes, withLinkText: boolean): Hidden[] {
  const hidden: Hidden[] = []
  visit(block, (node) => {
    const span = spanOf(node)
    if (!span) return undefined
    switch (node.type) {
      case 'link':
      case 'linkReference': {
        if (!withLinkText) break
        const first = node.children[0] && spanOf(node.children[0])
        const last = node.children.at(-1)
        const end = last && spanOf(last)
        // An address that stands for itself has its own text as child, in the same place.
        if (!first || !end || first[0] === span[0] || isAddress(node)) break
        // What a link is made of besides its words parts them from others as a space does.
        hidden.push({ from: span[0], to: first[0], filling: ' ' }, { from: end[1], to: span[1], filling: ' ' })
        return undefined
      }
      case 'inlineCode':
      case 'html':
      case 'image':
      case 'imageReference':
      case 'footnoteReference':
        break
      default:
        return undefined
    }
    hidden.push({ from: span[0], to: span[1], filling: blank })
    return SKIP
  })
  return hidden
}

/** `<https://…>` and `<name@…>` */
function isAddress(node: Nodes): boolean {
  if (node.type !== 'link') return false
  const [text] = node.children
  return node.children.length === 1 && text?.type === 'text' && node.url.endsWith(text.value)
}

export interface ProseLine {
  text: string
  /** Offset of its first character in the source. */
  offset: number
}

/** The lines of a block, without what quotations and lists put before them. */
export function linesOf({ text, offset }: ProseBlock): ProseLine[] {
  let at = offset
  return text.split('\n').map((line) => {
    const start = /^[ \t>]*/.exec(line)?.[0].length ?? 0
    const found = { text: line.slice(start), offset: at + start }
    at += line.length + 1
    return found
  })
}
