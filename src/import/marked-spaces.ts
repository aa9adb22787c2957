/**
 * Blanks at the edges of marked words go out of the marks: HTML means the same by `<b>a </b>b` and `<b>a</b> b`, Markdown
 * would have to write the first as `**a&#x20;**&#x62;`.
 */
import type { Nodes, Parents, PhrasingContent, Root } from 'mdast'

const marks = new Set(['emphasis', 'strong', 'delete'])
const lines = new Set(['paragraph', 'heading', 'tableCell'])

export function moveSpacesOut(tree: Root): void {
  straighten(tree)
}

function straighten(parent: Parents): void {
  const children: Nodes[] = []
  for (const child of parent.children) {
    if ('children' in child) straighten(child)
    if (!marks.has(child.type)) {
      children.push(child)
      continue
    }
    const marked = (child as Parents).children as PhrasingContent[]
    const before = trim(marked, 'start')
    const behind = trim(marked, 'end')
    if (before !== '') children.push({ type: 'text', value: before })
    if (marked.length > 0) children.push(child)
    if (behind !== '') children.push({ type: 'text', value: behind })
  }
  if (children.length !== parent.children.length) joinTexts(children)
  // Blanks that came to the edge of a line are no part of it.
  if (lines.has(parent.type)) {
    trim(children as PhrasingContent[], 'start')
    trim(children as PhrasingContent[], 'end')
  }
  parent.children = children as typeof parent.children
}

const blanks = { start: /^[ \t\n]+/, end: /[ \t\n]+$/ }

/** Takes blanks away from one edge, and texts that were nothing else. @returns them */
function trim(nodes: PhrasingContent[], edge: 'start' | 'end'): string {
  let taken = ''
  for (;;) {
    const node = nodes.at(edge === 'start' ? 0 : -1)
    if (node?.type !== 'text') return taken
    const found = blanks[edge].exec(node.value)?.[0] ?? ''
    if (found !== '') {
      taken = edge === 'start' ? taken + found : found + taken
      node.value = edge === 'start' ? node.value.slice(found.length) : node.value.slice(0, -found.length)
    }
    if (node.value !== '') return taken
    if (edge === 'start') nodes.shift()
    else nodes.pop()
  }
}

function joinTexts(nodes: Nodes[]): void {
  for (let index = nodes.length - 1; index > 0; index -= 1) {
    const [node, before] = [nodes[index], nodes[index - 1]]
    if (node?.type !== 'text' || before?.type !== 'text') continue
    before.value += node.value
    nodes.splice(index, 1)
  }
}
