/** What HTML holds that no Markdown has: scripts, frames, comments. It is taken out, and its text is told. */
import type { Element, ElementContent, Parents, Root } from 'hast'
import { SKIP, visit } from 'unist-util-visit'
import { isHtmlName } from './html-names.ts'
import type { HtmlPiece } from './html-piece.ts'
import { quoted, type Report } from './report.ts'

/** Elements of which nothing is shown, or that bring something from elsewhere. */
const foreign = new Set([
  ...['script', 'style', 'iframe', 'object', 'embed', 'applet', 'svg', 'math', 'template', 'noscript', 'title'],
  ...['link', 'meta', 'base', 'frame', 'frameset', 'noframes', 'noembed', 'param', 'select', 'datalist', 'textarea'],
  ...['input', 'area', 'track', 'canvas'],
])

export function takeAway(html: Root, piece: HtmlPiece, report: Report): void {
  visit(html, (node, index, parent) => {
    if (parent === undefined || index === undefined) return undefined
    if (node.type === 'text') node.value = piece.asTyped(node.value)
    if (node.type === 'comment') {
      const comment = piece.asTyped(node.value)
      const text = comment.trim()
      const isMark = /^more\b/i.test(text)
      report.guess('comment-removed', piece.placeOf(node.position), {
        actual: `<!--${comment}-->`,
        reason: isMark
          ? 'The mark at the end of the introduction was left out'
          : `The comment ${quoted(text)} was left out: readers never saw it`,
        expected: 'Markdown without comments',
        fix: isMark ? 'nothing' : 'look whether it says something that readers should know',
        removed: text,
      })
      parent.children.splice(index, 1)
      return index
    }
    if (node.type !== 'element' || piece.nodeOf(node) !== undefined) return undefined
    const source = sourceOf(node, piece)
    if (foreign.has(node.tagName)) {
      remove(node, parent, index, source, piece, report)
      return index
    }
    if (!isHtmlName(node.tagName)) {
      const opening = /^<[^>]*>/.exec(source)?.[0] ?? ''
      const closing = /<\/[a-z][^<>]*>$/i.exec(source)?.[0] ?? ''
      parent.children.splice(index, 1, ...asText(node, opening, closing === opening ? '' : closing))
      return index
    }
    tellTitle(node, piece, report)
    return undefined
  })
}

function remove(node: Element, parent: Parents, index: number, source: string, piece: HtmlPiece, report: Report): void {
  const placed: Element[] = []
  // Markdown that stood between its tags is not a part of it.
  visit(node, 'element', (inner) => {
    if (piece.nodeOf(inner) === undefined) return undefined
    placed.push(inner)
    return SKIP
  })
  report.guess('html-removed', piece.placeOf(node.position), {
    actual: piece.asTyped(source),
    reason: `The element \`${node.tagName}\` was left out: our pages hold nothing of the kind`,
    expected: 'Markdown',
    fix:
      node.tagName === 'iframe' || node.tagName === 'embed' ? 'link to what it showed' : 'write what readers saw of it',
    removed: piece.asTyped(source, placed),
  })
  parent.children.splice(index, 1, ...placed)
}

/** The text that shows when the pointer rests on a word is nowhere in Markdown, but for links and pictures. */
function tellTitle(node: Element, piece: HtmlPiece, report: Report): void {
  const { title } = node.properties
  if (typeof title !== 'string' || title.trim() === '' || ['a', 'img', 'video', 'audio'].includes(node.tagName)) return
  report.guess('html-removed', piece.placeOf(node.position), {
    actual: title,
    reason: `The title ${quoted(title)} of an element \`${node.tagName}\` was left out`,
    expected: 'Markdown',
    fix: 'write it into the text if readers need it',
    removed: title,
  })
}

function sourceOf(node: Element, piece: HtmlPiece): string {
  const { start, end } = node.position ?? {}
  return start?.offset === undefined || end?.offset === undefined ? '' : piece.html.slice(start.offset, end.offset)
}

/** An element that is text: `vector<T>` names no element of HTML. */
function asText(element: Element, opening: string, closing: string): ElementContent[] {
  return [
    { type: 'text', value: opening },
    ...element.children,
    ...(closing === '' ? [] : [{ type: 'text' as const, value: closing }]),
  ]
}
