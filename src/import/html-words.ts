/** Texts of HTML that become plain words. */
import type { Nodes, PhrasingContent, RootContent } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'

/** The texts of some nodes, with a blank between any two. */
export function wordsIn(nodes: readonly Nodes[]): string {
  const words: string[] = []
  visit({ type: 'root', children: [...nodes] as RootContent[] }, (node) => {
    if ('value' in node) words.push(node.value.trim())
  })
  return ` ${words.join(' ')} `
}

/** `10<sup>6</sup>` is not 106; `1<sup>st</sup>` is 1st. */
export function raised(children: PhrasingContent[]): PhrasingContent[] {
  const text = toString(children)
  return /^(?:st|nd|rd|th|[\s®™©*]*|\[.*\])$/i.test(text) ? children : [{ type: 'text', value: '^' }, ...children]
}
