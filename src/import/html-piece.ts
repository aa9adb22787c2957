/**
 * A stretch of HTML with Markdown between its tags, for which placeholders stand. Each holds a letter: what looks for
 * blanks around text would pass over empty ones to the end, for every one of them.
 */
import type { Element } from 'hast'
import type { Nodes } from 'mdast'
import type { Place } from '#domain/problem.ts'
import type { PreparedText } from './prepared-text.ts'

type Position = Nodes['position']

export class HtmlPiece {
  html = ''
  /** `span` in a line of text; `div` between blocks, where it closes a paragraph like any block. */
  readonly placeholder: 'span' | 'div'
  private readonly text: PreparedText
  private readonly nodes: Nodes[] = []
  private readonly parts: { start: number; begin: number; isVerbatim: boolean }[] = []

  constructor(text: PreparedText, placeholder: 'span' | 'div') {
    this.text = text
    this.placeholder = placeholder
  }

  add(node: Nodes): void {
    const begin = node.position?.start.offset ?? 0
    // In a list or quotation the HTML is without what begins its lines: there the first line is near enough.
    const isVerbatim = node.type === 'html' && this.text.text.startsWith(node.value, begin)
    this.parts.push({ start: this.html.length, begin, isVerbatim })
    if (node.type === 'html') {
      // Nobody but us may name a node.
      this.html += node.value.replaceAll(attribute, 'data-x')
    } else {
      this.html += `<${this.placeholder} ${attribute}="${this.nodes.length}">x</${this.placeholder}>`
      this.nodes.push(node)
    }
    if (this.placeholder === 'div') this.html += '\n'
  }

  /** The node that a placeholder stands for. */
  nodeOf(element: Element): Nodes | undefined {
    const index = element.properties[attributeProperty]
    return typeof index === 'string' ? this.nodes[Number(index)] : undefined
  }

  isPlaced(node: Nodes): boolean {
    return node.position !== undefined && this.ownPositions.has(node.position)
  }

  private get ownPositions(): ReadonlySet<object> {
    this.positions ??= new Set(this.nodes.flatMap(positionsIn))
    return this.positions
  }
  private positions: Set<object> | undefined

  /** The position in the text of what begins at a position of the HTML. */
  positionOf(position: Position): Position {
    const offset = this.offsetOf(position?.start.offset ?? 0)
    return { start: { line: 1, column: 1, offset }, end: { line: 1, column: 1, offset } }
  }

  placeOf(position: Position): Place {
    return this.text.placeAt(this.offsetOf(position?.start.offset ?? 0))
  }

  private offsetOf(offset: number): number {
    let low = 0
    let high = this.parts.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.parts[middle]?.start ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    const part = this.parts[low]
    if (part === undefined) return 0
    return part.isVerbatim ? part.begin + offset - part.start : part.begin
  }
}

const attribute = 'data-placed-node'
const attributeProperty = 'dataPlacedNode'

function positionsIn(node: Nodes): object[] {
  return [...(node.position ? [node.position] : []), ...('children' in node ? node.children.flatMap(positionsIn) : [])]
}
