/**
 * Markdown, as bodies and prose fields write it: CommonMark with GFM's tables, footnotes and
 * autolinks. Raw HTML is never passed on: it is a problem when content is checked, and the
 * allow-list sanitiser stands behind that.
 */
import { isOwnPath } from '#domain/link.ts'
import type { DeadLink } from '#domain/link-ledger.ts'
import type { Element, ElementContent, Root as HtmlRoot } from 'hast'
import type { Heading, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { SKIP, visit } from 'unist-util-visit'
import { footnoteLabel, headingIds } from './heading-ids.ts'
import { markdownTools } from './markdown-tools.ts'
import {
  countWords,
  tableName,
  type MarkdownHeading,
  type RenderedMarkdown,
  type RenderOptions,
} from './rendered-markdown.ts'
import { parseSimpleMarkdown, renderSimpleMarkdown } from './simple-markdown.ts'

export type { RenderedMarkdown } from './rendered-markdown.ts'

/** Parses Markdown to its syntax tree. Every text is Markdown, so this never fails. */
export function parseMarkdown(text: string): Root {
  return markdownTools().parser.parse(text)
}

/** The same, where every heading has the id that pages give it, in `data.hProperties`. */
export function parseWithHeadingIds(text: string): Root {
  return parseSimpleMarkdown(text) ?? parseAnyWithHeadingIds(text)
}

/** The same without the shortcut; it also has the place of each node. */
export function parseAnyWithHeadingIds(text: string): Root {
  const tree = parseMarkdown(text)
  assignHeadingIds(tree)
  return tree
}

/** Renders Markdown to HTML that is safe to put into a page, a feed or a mail. */
export function renderMarkdown(text: string, options: RenderOptions): RenderedMarkdown {
  return renderSimpleMarkdown(text, options) ?? renderAnyMarkdown(text, options)
}

/** The same without the shortcut. */
export function renderAnyMarkdown(text: string, options: RenderOptions): RenderedMarkdown {
  const tree = parseMarkdown(text)
  const headings = assignHeadingIds(tree, options.idPrefix ?? '')
  const words = countWords(textOf(tree))
  const html = markdownTools()
    .renderer(options.idPrefix ?? '')
    .runSync(tree) as unknown as HtmlRoot
  finishHtml(html, options)

  const intro: ElementContent[] = []
  const sections: { id: string; title: string; children: ElementContent[] }[] = []
  const rest: ElementContent[] = []
  for (const node of html.children) {
    if (node.type === 'doctype') continue
    // The heading of the footnotes is no section: it stands inside of theirs.
    if (node.type === 'element' && node.tagName === 'h2') {
      const id = String(node.properties.id ?? '')
      sections.push({ id, title: headings.find((heading) => heading.id === id)?.text ?? '', children: [] })
    } else if (node.type === 'element' && node.tagName === 'section') {
      rest.push(node)
    } else {
      ;(sections.at(-1)?.children ?? intro).push(node)
    }
  }
  // Footnotes belong to the whole text; they stay at its end.
  ;(sections.at(-1)?.children ?? intro).push(...rest)

  return {
    html: stringify(html.children as ElementContent[]),
    intro: stringify(intro),
    sections: sections.map(({ id, title, children }) => ({ id, title, html: stringify(children) })),
    headings,
    words,
  }
}

/** Renders a short text without the paragraph around it, where it is only one. */
export function renderInline(text: string, options: RenderOptions): string {
  return isPlainLine(text) ? text.trim() : withoutParagraph(renderMarkdown(text, options).html)
}

/**
 * Whether a text is one line without a sign that means something in Markdown or HTML: then its HTML is the text. Most notes of
 * claims are, and parsing them would be most of what a page costs.
 */
function isPlainLine(text: string): boolean {
  return plainLine.test(text) && !/www\.|\/\/|mailto:|xmpp:/i.test(text)
}

const plainLine = /^\p{L}[\p{L}\p{N} ,.;:!?()'"%+=$/-]*[\p{L}\p{N}.!?)'"%] *$/u

/** The same without the shortcuts. */
export function renderInlineWhole(text: string, options: RenderOptions): string {
  return withoutParagraph(renderAnyMarkdown(text, options).html)
}

function withoutParagraph(html: string): string {
  const only = /^<p>((?:(?!<\/?p>)[\s\S])*)<\/p>\s*$/.exec(html.trim())
  return only?.[1] ?? html
}

/** A text as one line of plain words, for summaries and search. */
export function plainText(text: string): string {
  return textOf(parseMarkdown(text)).replace(/\s+/g, ' ').trim()
}

/** The text of every paragraph, heading, cell and code block, apart: the last word of one is not the first of the next. */
function textOf(tree: Root): string {
  const texts: string[] = []
  visit(tree, (node) => {
    if (!['paragraph', 'heading', 'tableCell', 'code'].includes(node.type)) return undefined
    texts.push(toString(node))
    return SKIP
  })
  return texts.join(' ')
}

function stringify(children: ElementContent[]): string {
  return markdownTools().stringifier.stringify({ type: 'root', children }).trim()
}

/**
 * Gives every heading its id: the explicit one of `## Title {#id}`, or one made from its text.
 * Removes the `{#id}` from the text.
 */
export function assignHeadingIds(tree: Root, prefix = ''): MarkdownHeading[] {
  const idOf = headingIds(prefix)
  const headings: MarkdownHeading[] = []
  visit(tree, 'heading', (heading) => {
    const explicit = takeExplicitId(heading)
    const text = toString(heading)
    const id = idOf(text, explicit)
    heading.data = { ...heading.data, hProperties: { id } }
    headings.push({ id, text, depth: heading.depth })
  })
  return headings
}

/** The headings of a text, with the ids that pages give them. */
export function headingsIn(text: string): readonly MarkdownHeading[] {
  const simple = renderSimpleMarkdown(text, { addressOf: (path) => path })
  return simple?.headings ?? assignHeadingIds(parseMarkdown(text))
}

const explicitIdPattern = /^\{#([a-z0-9][a-z0-9-]{0,63})\}\s*$/

function takeExplicitId(heading: Heading): string | undefined {
  const last = heading.children.at(-1)
  if (last?.type !== 'text') return undefined
  const start = last.value.lastIndexOf('{#')
  const match = start === -1 ? null : explicitIdPattern.exec(last.value.slice(start))
  if (!match) return undefined
  last.value = last.value.slice(0, start).trimEnd()
  if (last.value === '') heading.children.pop()
  return match[1]
}

/** Pictures of other hosts are gone; addresses become those of the output; what scrolls sideways can be reached by keyboard. */
function finishHtml(tree: HtmlRoot, { addressOf, deadLinks, idPrefix = '' }: RenderOptions): void {
  let tables = 0
  visit(tree, 'element', (node, index, parent) => {
    if (node.tagName === 'img' && parent && index !== undefined && !isOwnPath(String(node.properties.src ?? ''))) {
      parent.children[index] = { type: 'text', value: String(node.properties.alt ?? '') }
      return
    }
    // remark-rehype gives the heading of the footnotes the same id in every text.
    if (node.properties.id === footnoteLabel) node.properties.id = `${idPrefix}${footnoteLabel}`
    if (String(node.properties.ariaDescribedBy) === footnoteLabel) {
      node.properties.ariaDescribedBy = [`${idPrefix}${footnoteLabel}`]
    }
    const dead = node.tagName === 'a' ? deadLinks?.get(String(node.properties.href ?? '')) : undefined
    if (dead && parent && index !== undefined) {
      parent.children.splice(index + 1, 0, ...deadMark(dead))
    }
    for (const attribute of ['href', 'src'] as const) {
      const value = node.properties[attribute]
      if (typeof value === 'string' && isOwnPath(value)) node.properties[attribute] = addressOf(value)
    }
    if (node.tagName === 'pre') node.properties.tabIndex = 0
    if (node.tagName === 'th' && node.properties.scope === undefined) node.properties.scope = 'col'
    if (node.tagName === 'table' && parent && index !== undefined && !isScroller(parent)) {
      tables += 1
      const ariaLabel = tableName(tables, idPrefix)
      parent.children[index] = {
        type: 'element',
        tagName: 'div',
        properties: { className: ['scroller'], tabIndex: 0, role: 'region', ariaLabel },
        children: [node],
      }
    }
  })
}

/** ` (gone since May 2019; archived copy)` */
function deadMark({ since, archived }: DeadLink): ElementContent[] {
  const [year = '', month = ''] = since.split('-')
  const text = (value: string): ElementContent => ({ type: 'text', value })
  const copy: ElementContent = {
    type: 'element',
    tagName: 'a',
    properties: { href: archived ?? '' },
    children: [text('archived copy')],
  }
  return [text(` (gone since ${year}-${month}`), ...(archived === undefined ? [] : [text('; '), copy]), text(')')]
}

function isScroller(node: unknown): boolean {
  return (node as Element).tagName === 'div'
}
