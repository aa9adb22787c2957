/** Links and pictures of an old text: those that our pages cannot have become text, and are told. */
import { isOwnPath } from '#domain/link.ts'
import type { Place } from '#domain/problem.ts'
import type { Definition, Image, ImageReference, Link, Nodes, Parents, PhrasingContent, Root, Text } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'
import type { PreparedText } from './prepared-text.ts'
import { quoted, type Report } from './report.ts'
import { missingWords } from './words.ts'

export interface LinkContext {
  text: PreparedText
  report: Report
  /** Address of the old page, from which relative addresses go on. */
  base?: string | undefined
  /** Whether a path is one of a page of ours. */
  isOwnPage: (path: string) => boolean
}

/** What becomes of an address. */
type Fate =
  | { kind: 'kept' }
  | { kind: 'changed'; url: string; why: string }
  | { kind: 'mail'; words: string }
  | { kind: 'shown' | 'removed'; why: string }

const expectedLink = 'a link that starts with `https://` or `http://`, or a path of this site'

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

function fateOf(url: string, { base, isOwnPage }: LinkContext): Fate {
  if (/^https?:\/\/[^\s/]/i.test(url) || url.startsWith('#')) return { kind: 'kept' }
  if (isOwnPath(url) && isOwnPage(url)) return { kind: 'kept' }
  if (/^mailto:/i.test(url)) return { kind: 'mail', words: mailInWords(url) }
  if (/^\/\/[\w-]+\./.test(url)) return { kind: 'changed', url: `https:${url}`, why: 'it has no scheme' }
  if (
    /^(?:www\.[\w-]+\.|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|io|dev|edu|gov|de|uk|fr|eu|info)(?:[/?#:]|$))/i.test(url)
  ) {
    return { kind: 'changed', url: `https://${url}`, why: 'it has no scheme' }
  }
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (scheme !== undefined) {
    const isShown = [
      'ftp',
      'ftps',
      'irc',
      'ircs',
      'git',
      'svn',
      'ssh',
      'news',
      'gopher',
      'xmpp',
      'sip',
      'tel',
    ].includes(scheme)
    return { kind: isShown ? 'shown' : 'removed', why: `its scheme is \`${scheme}\`` }
  }
  if (base !== undefined && url !== '') {
    const resolved = URL.parse(url, base)
    if (resolved) return { kind: 'changed', url: resolved.href, why: 'it began at the old page' }
  }
  return { kind: 'removed', why: 'no page of this site is there' }
}

/** `mailto:ed@example.org` as `ed at example.org`. */
function mailInWords(url: string): string {
  const [address = ''] = decoded(url.replace(/^mailto:/i, '')).split('?', 1)
  return address.replace('@', ' at ')
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
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

function repairDefinition(
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

function tellDefinitions(tree: Root, { text: source, report }: LinkContext): void {
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

function linkToPicture(
  node: Image | ImageReference,
  parent: Parents,
  definitions: ReadonlyMap<string, Definition>,
  context: LinkContext,
): PhrasingContent[] {
  const place = context.text.placeOfNode(node)
  const url = node.type === 'image' ? node.url : (definitions.get(node.identifier)?.url ?? '')
  const fate = fateOf(url, context)
  const address = fate.kind === 'changed' ? fate.url : url
  const name = decoded(
    address
      .replace(/[?#].*$/, '')
      .split('/')
      .at(-1) ?? '',
  )
  const alt = (node.alt ?? '').trim()
  const shown = alt === '' ? `Picture: ${name}` : alt
  const title = node.type === 'image' ? (node.title ?? '') : ''
  if (fate.kind === 'shown' || fate.kind === 'removed' || fate.kind === 'mail' || isOwnPath(address)) {
    context.report.guess('picture-removed', place, {
      actual: url,
      guessed: alt,
      reason: `The picture ${quoted(url)} is not here; ${alt === '' ? 'nothing' : 'the text that describes it'} stays`,
      expected: 'a picture of this site, or a link to one of another',
      fix: 'bring the picture to this site, or say what it shows',
      removed: [url, title].join(' ').trim(),
    })
    return alt === '' ? [] : [text(alt)]
  }
  context.report.guess('picture-linked', place, {
    actual: url,
    guessed: `[${shown}](${address})`,
    reason: `The picture ${quoted(url)} is of another host; it became a link`,
    expected: 'a picture of this site: pages ask no other host',
    fix:
      alt === ''
        ? 'say in the text of the link what the picture shows'
        : 'bring the picture to this site if it matters',
    removed: missingWords(url, address),
  })
  if (parent.type === 'link' || parent.type === 'linkReference') {
    // A link holds no other: the picture's text stays in it, its address goes behind the text.
    return [text(`${shown} (${address})`)]
  }
  return node.type === 'imageReference'
    ? [
        {
          type: 'linkReference',
          identifier: node.identifier,
          label: node.label,
          referenceType: 'full',
          children: [text(shown)],
          position: node.position,
        },
      ]
    : [
        {
          type: 'link',
          url: address,
          title: title === '' ? null : title,
          children: [text(shown)],
          position: node.position,
        },
      ]
}

function tellChanged(url: string, fate: { url: string; why: string }, place: Place, report: Report): void {
  report.guess('link-completed', place, {
    actual: url,
    guessed: fate.url,
    reason: `The link ${quoted(url)} was completed to ${quoted(fate.url)}: ${fate.why}`,
    expected: expectedLink,
    fix: 'correct the address if it is another one',
    removed: missingWords(url, fate.url),
  })
}

function tellRemoved(
  url: string,
  more: string,
  fate: { why: string; kind: string },
  place: Place,
  report: Report,
): void {
  report.guess('link-removed', place, {
    actual: url,
    guessed: fate.kind === 'shown' ? url : '',
    reason: `The link to ${quoted(url)} became text: ${fate.why}`,
    expected: expectedLink,
    fix: 'link to where it is today, or leave it out',
    removed: fate.kind === 'shown' ? more : `${url} ${more}`.trim(),
  })
}

function tellMail(url: string, words: string, place: Place, removed: string | undefined, report: Report): void {
  report.guess('mail-as-text', place, {
    actual: url,
    guessed: words,
    reason: `The address of mail ${quoted(url.replace(/^mailto:/i, ''))} became text`,
    expected: expectedLink,
    fix: 'leave it out if nobody reads there any more',
    removed,
  })
}

function text(value: string): { type: 'text'; value: string } {
  return { type: 'text', value }
}

function splice(parent: Parents, index: number, nodes: Nodes[]): void {
  // Text and links stand where a link stood, a paragraph where a definition was.
  ;(parent.children as Nodes[]).splice(index, 1, ...nodes)
}
