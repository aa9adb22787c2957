/** What is left when its text was taken out: an empty paragraph is a blank line too many, an empty heading a hole. */
import type { Nodes, Root } from 'mdast'

const mayBeEmpty = new Set(['listItem', 'tableCell', 'tableRow', 'footnoteDefinition', 'root'])

export function removeEmpty(tree: Root): void {
  prune(tree)
}

/** @returns whether nothing is left of a node */
function prune(node: Nodes): boolean {
  if (node.type === 'text') return node.value === ''
  if (!('children' in node)) return false
  const children = node.children as Nodes[]
  // An address without words is its own words.
  if (node.type === 'link' && children.length === 0 && node.url !== '') children.push({ type: 'text', value: node.url })
  const left = children.filter((child) => !prune(child))
  if (left.length !== children.length) children.splice(0, children.length, ...left)
  return children.length === 0 && !mayBeEmpty.has(node.type)
}
