/** Markdown that leaves its page: its source, with every address of this site in full. */
import { isOwnPath } from '#domain/link.ts'
import type { Definition, Image, Link } from 'mdast'
import { visit } from 'unist-util-visit'
import { parseMarkdown } from './markdown.ts'

export interface Places {
  /** The address of a page of this site, with its host. */
  absoluteAddressOf: (path: string) => string
  /** The address of the page that the text stands on: its anchors are there. */
  page: string
}

/** Whether there may be something to rewrite: parsing takes its time, and most texts have nothing. */
const mayChange = /\]\(\s*<?[/#]|\]:\s*<?[/#]|\{#/

/** The text, where nothing but addresses and the ids of headings is another: code keeps every character. */
export function portableMarkdown(text: string, { absoluteAddressOf, page }: Places): string {
  if (!mayChange.test(text)) return text
  const edits: { from: number; to: number; by: string }[] = []
  visit(parseMarkdown(text), (node) => {
    const { start, end } = node.position ?? {}
    if (start?.offset === undefined || end?.offset === undefined) return
    if (node.type === 'heading') {
      const id = /\s*\{#[a-z0-9][a-z0-9-]{0,63}\}(?=\s*$)/.exec(text.slice(start.offset, end.offset))
      if (id) edits.push({ from: start.offset + id.index, to: start.offset + id.index + id[0].length, by: '' })
    }
    if (node.type !== 'link' && node.type !== 'image' && node.type !== 'definition') return
    const full = isOwnPath(node.url)
      ? absoluteAddressOf(node.url)
      : node.url.startsWith('#')
        ? `${page}${node.url}`
        : undefined
    const from = text.indexOf(node.url, destinationAfter(node, text, start.offset))
    if (full === undefined || from === -1 || from >= end.offset) return
    edits.push({ from, to: from + node.url.length, by: full })
  })
  return edits
    .sort((a, b) => b.from - a.from)
    .reduce((edited, { from, to, by }) => `${edited.slice(0, from)}${by}${edited.slice(to)}`, text)
}

/** A place between the words of a link and its address: the words may hold the same address. */
function destinationAfter(node: Link | Image | Definition, text: string, start: number): number {
  if (node.type === 'link') return node.children.at(-1)?.position?.end.offset ?? start
  return text.indexOf(']', start)
}
