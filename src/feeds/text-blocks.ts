/** Markdown as plain text: paragraphs, headings, lists, code and tables as lines of a width. */
import type { List, ListItem, RootContent } from 'mdast'
import { wrapFlow } from './text-flow.ts'
import { flowOf } from './text-inline.ts'
import type { References } from './text-references.ts'
import { linesOfTable } from './text-table.ts'
import { displayWidth } from './text-width.ts'

/** The lines of some blocks, with an empty line between two of them. */
export function linesOfBlocks(nodes: readonly RootContent[], width: number, references: References): string[] {
  return joined(nodes.map((node) => linesOfBlock(node, width, references)))
}

/** Parts with an empty line between two of them; parts without lines are left out. */
export function joined(parts: readonly (readonly string[])[]): string[] {
  return parts.filter((part) => part.length > 0).flatMap((part, index) => (index === 0 ? part : ['', ...part]))
}

/** The lines of a heading: the first levels are underlined. */
export function linesOfHeading(lines: readonly string[], depth: number): string[] {
  const mark = underlines[depth]
  if (lines.length === 0 || mark === undefined) return [...lines]
  return [...lines, mark.repeat(Math.max(...lines.map(displayWidth)))]
}

/** Lines behind a mark: the first one behind the mark itself, the others as far to the right. */
export function indented(lines: readonly string[], mark: string): string[] {
  const space = ' '.repeat(displayWidth(mark))
  return lines.map((line, index) => (index === 0 ? `${mark}${line}` : line === '' ? '' : `${space}${line}`))
}

const underlines: Record<number, string> = { 1: '=', 2: '-', 3: '~' }

/** What is nested deeper than leaves this much room moves no further to the right. */
const minimumWidth = 40

function linesOfBlock(node: RootContent, width: number, references: References): string[] {
  switch (node.type) {
    case 'paragraph':
      return wrapFlow(flowOf(node.children, references), width)
    case 'heading':
      return linesOfHeading(wrapFlow(flowOf(node.children, references), width), node.depth)
    case 'thematicBreak':
      return ['* * *']
    case 'blockquote': {
      const mark = markWithin('> ', width)
      const lines = linesOfBlocks(node.children, width - mark.length, references)
      return lines.map((line) => (line === '' ? mark.trimEnd() : `${mark}${line}`))
    }
    case 'list':
      return linesOfList(node, width, references)
    case 'code':
      return linesOfCode(node.value, node.lang ?? '')
    case 'table':
      return linesOfTable(node, width, references)
    default:
      // Definitions are where they are named; raw HTML is on no page either.
      return []
  }
}

function linesOfList(list: List, width: number, references: References): string[] {
  const first = list.start ?? 1
  const last = String(first + list.children.length - 1).length
  const isLoose = list.children.some(({ spread, children }) => spread && children.length > 1)
  const items = list.children.map((item, index) => {
    const mark = list.ordered ? `${String(first + index).padStart(last)}. ` : '- '
    return linesOfItem(item, mark, width, references)
  })
  return isLoose ? joined(items) : items.flat()
}

function linesOfItem(item: ListItem, mark: string, width: number, references: References): string[] {
  const box = typeof item.checked === 'boolean' ? `[${item.checked ? 'x' : ' '}] ` : ''
  const whole = markWithin(`${mark}${box}`, width)
  const parts = item.children.map((child) => linesOfBlock(child, width - whole.length, references))
  const lines = item.spread ? joined(parts) : parts.flat()
  return lines.length === 0 ? [whole.trimEnd()] : indented(lines, whole)
}

function markWithin(mark: string, width: number): string {
  return width - mark.length < minimumWidth ? '' : mark
}

/** Code keeps every character and every line as it is; its fence is longer than any in it. */
function linesOfCode(code: string, language: string): string[] {
  const longest = Math.max(2, ...(code.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return [`${fence}${language}`, ...code.split('\n'), fence]
}
