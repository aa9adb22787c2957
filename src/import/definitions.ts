/** Definitions of links: those that nobody would see become text, and those that do nothing are told. */
import type { Definition, Parents, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'
import { type LinkContext, fateOf } from './link-fate.ts'
import { splice } from './links.ts'
import { quoted } from './report.ts'
import { expectedLink, tellChanged, tellRemoved, text } from './tell-links.ts'

export function repairDefinition(
  node: Definition,
  index: number,
  parent: Parents,
  { definitions, gone }: { definitions: Map<string, Definition>; gone: Set<string> },
  context: LinkContext,
): [typeof SKIP, number] | undefined {
  const { report } = context
  const place = context.text.placeOfNode(node)
  const label = node.label ?? node.identifier
  const isWord = !/[/#.:@]/.test(node.url)
  if (isWord || /^(?:update|edit|note|correction|erratum|errata|p\.?s)\b/i.test(label)) {
    const words = `[${label}]: ${node.url}${node.title ? ` "${node.title}"` : ''}`
    report.guess('definition-as-text', place, {
      actual: words,
      guessed: words,
      reason: `${quoted(words)} reads like the definition of a link, and nobody would see it; it became text`,
      expected: 'text, or the address of a link',
      fix: 'write it as a sentence, or as one of the `errata`',
    })
    splice(parent, index, [{ type: 'paragraph', children: [text(words)], position: node.position }])
    return [SKIP, index + 1]
  }
  const fate = fateOf(node.url, context)
  const earlier = definitions.get(node.identifier)
  if (fate.kind === 'changed') {
    tellChanged(node.url, fate, place, report)
    node.url = fate.url
  } else if (fate.kind !== 'kept') {
    if (fate.kind === 'mail') {
      report.guess('mail-as-text', place, {
        actual: node.url,
        guessed: fate.words,
        reason: `The definition of ${quoted(label)} is an address of mail; its links became text`,
        expected: expectedLink,
        fix: 'write the address as words where readers need it',
        removed: `${label} ${node.url} ${node.title ?? ''}`.trim(),
      })
    } else {
      tellRemoved(node.url, `${label} ${node.title ?? ''}`.trim(), fate, place, report)
    }
    if (earlier === undefined) gone.add(node.identifier)
    parent.children.splice(index, 1)
    return [SKIP, index]
  }
  if (earlier === undefined) {
    gone.delete(node.identifier)
    definitions.set(node.identifier, node)
    return undefined
  }
  report.guess('definition-twice', place, {
    actual: `[${label}]: ${node.url}`,
    guessed: earlier.url,
    from: earlier.url,
    reason:
      earlier.url === node.url
        ? `${quoted(label)} is defined twice, both times as ${quoted(node.url)}`
        : `${quoted(label)} is defined twice; every link of that name leads to ${quoted(earlier.url)}, none to ${quoted(node.url)}`,
    expected: 'a label that is defined once',
    fix: earlier.url === node.url ? 'remove one of them' : 'give one of them another label',
  })
  return undefined
}

export function tellDefinitions(tree: Root, { text: source, report }: LinkContext): void {
  const used = new Set<string>()
  visit(tree, (node) => {
    if (node.type === 'linkReference' || node.type === 'imageReference') used.add(node.identifier)
  })
  const told = new Set<string>()
  let words: string | undefined
  visit(tree, 'definition', (node) => {
    if (used.has(node.identifier) || told.has(node.identifier)) return
    told.add(node.identifier)
    const label = node.label ?? node.identifier
    words ??= toString(tree).toLowerCase().replace(/\s+/g, ' ')
    const isNamed = words.includes(label.toLowerCase())
    report.guess('definition-unused', source.placeOfNode(node), {
      actual: `[${label}]: ${node.url}`,
      reason: `No link uses the definition of ${quoted(label)}${isNamed ? ', and the text names it without brackets' : ''}`,
      expected: 'a link that uses it',
      fix: isNamed
        ? `write \`[${label}]\` in the text, or remove the definition`
        : 'link to it in the text, or remove it',
    })
  })
}
