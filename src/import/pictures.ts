/** Pictures of an old text: our pages ask no other host, so a picture becomes a link to it. */
import { isOwnPath } from '#domain/link.ts'
import type { Definition, Image, ImageReference, Parents, PhrasingContent } from 'mdast'
import { type LinkContext, decoded, fateOf } from './link-fate.ts'
import { quoted } from './report.ts'
import { text } from './tell-links.ts'
import { missingWords } from './words.ts'

export function linkToPicture(
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
