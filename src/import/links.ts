/** Links of an old text: those that our pages cannot have become text, and are told. */
import type { Definition, Link, Nodes, Parents, PhrasingContent, Root, Text } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'
import { repairDefinition, tellDefinitions } from './definitions.ts'
import { type LinkContext, fateOf } from './link-fate.ts'
import { linkToPicture } from './pictures.ts'
import { tellChanged, tellMail, tellRemoved, text } from './tell-links.ts'
import { missingWords } from './words.ts'

export function repairLinks(tree: Root, context: LinkContext): void {
  const definitions = new Map<string, Definition>()
  /** Labels whose definition was left out. */
  const gone = new Set<string>()
  visit(tree, 'definition', (node, index, parent) => {
    if (parent === undefined || index === undefined) return undefined
    return repairDefinition(node, index, parent, { definitions, gone }, context)
  })
  visit(tree, (node, index, parent): [typeof SKIP, number] | undefined => {
    if (parent === undefined || index === undefined) return undefined
    switch (node.type) {
      case 'image':
      case 'imageReference':
        splice(parent, index, linkToPicture(node, parent, definitions, context))
        return [SKIP, index]
      case 'link':
        return repairLink(node, index, parent, context) ? [SKIP, index] : undefined
      case 'linkReference':
        if (!gone.has(node.identifier)) return undefined
        splice(parent, index, node.children)
        return [SKIP, index]
      case 'text':
        if (parent.type !== 'link' && parent.type !== 'linkReference') mailInText(node, context)
        return undefined
      default:
        return undefined
    }
  })
  tellDefinitions(tree, context)
}

/** Addresses of mail that HTML or a decoded character brought: Markdown would make links of them again. */
function mailInText(node: Text, { text: source, report }: LinkContext): void {
  if (!node.value.includes('@')) return
  node.value = node.value.replace(
    /([-.\w+]{1,64})@([-\w]{1,64}(?:\.[-\w]{1,64}){1,8})/g,
    (address, name: string, host: string) => {
      tellMail(address, `${name} at ${host}`, source.placeOfNode(node), undefined, report)
      return `${name} at ${host}`
    },
  )
}

/** @returns whether something else stands in its place */
function repairLink(node: Link, index: number, parent: Parents, context: LinkContext): boolean {
  const fate = fateOf(node.url, context)
  if (fate.kind === 'kept') return false
  const place = context.text.placeOfNode(node)
  if (fate.kind === 'changed') {
    tellChanged(node.url, fate, place, context.report)
    node.url = fate.url
    return false
  }
  const title = node.title ?? ''
  const children = [...(node.children as PhrasingContent[])]
  if (fate.kind === 'mail') {
    const shown = toString(node)
    const isBare = /^[^\s@]+@[^\s@]+$/.test(shown.trim())
    const written = isBare ? fate.words : `${shown} ${fate.words}`
    const typed = context.text.sourceOf(node) ?? `${shown} ${node.url} ${title}`
    tellMail(node.url, fate.words, place, missingWords(typed, written), context.report)
    splice(parent, index, isBare ? [text(fate.words)] : [...children, text(` (${fate.words})`)])
    return true
  }
  tellRemoved(node.url, title, fate, place, context.report)
  if (fate.kind === 'shown') children.push(text(' ('), { type: 'inlineCode', value: node.url }, text(')'))
  splice(parent, index, children)
  return true
}

export function splice(parent: Parents, index: number, nodes: Nodes[]): void {
  // Text and links stand where a link stood, a paragraph where a definition was.
  ;(parent.children as Nodes[]).splice(index, 1, ...nodes)
}
