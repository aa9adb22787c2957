/**
 * A stretch of HTML with Markdown between its tags, for which placeholders stand. Each holds a letter: what looks for
 * blanks around text would pass over empty ones to the end, for every one of them.
 */
import type { Element } from 'hast'
import type { Nodes } from 'mdast'
import { toString } from 'mdast-util-to-string'
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

  /**
   * A part of the HTML as it was typed. In a script, in a comment, a placeholder is text as all tags are: there, what it
   * stands for is text too.
   * @param placed those that have gone elsewhere
   */
  asTyped(html: string, placed: readonly Element[] = []): string {
    const elsewhere = new Set(placed.map((element) => this.nodeOf(element)))
    return html.replace(placeholders, (_, _name: string, index: string) => {
      const node = this.nodes[Number(index)]
      return node === undefined || elsewhere.has(node) ? ' ' : this.textOf(node)
    })
  }

  private textOf(node: Nodes): string {
    return node.type === 'text' ? node.value : (this.text.sourceOf(node) ?? toString(node))
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
/** The source of an element that is never closed may end within one. */
const placeholders = new RegExp(`<(span|div) ${attribute}="(\\d+)">(?:x(?:</\\1>)?)?`, 'g')

function positionsIn(node: Nodes): object[] {
  return [...(node.position ? [node.position] : []), ...('children' in node ? node.children.flatMap(positionsIn) : [])]
}
