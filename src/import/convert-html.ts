/**
 * HTML in old Markdown becomes Markdown. A browser's parser reads it, so that what was never closed or crosses
 * its neighbours means what readers saw; what stood between tags as Markdown is put in the tree as it is.
 */
import type { Element, Root as HtmlRoot } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { type Handle, type Options, defaultHandlers, toMdast } from 'hast-util-to-mdast'
import type { BlockContent, Html, Nodes, Paragraph, Parents, PhrasingContent, Root, RootContent } from 'mdast'
import { visit } from 'unist-util-visit'
import { cutTagIn } from './cut-tag.ts'
import { balanceOf } from './html-balance.ts'
import { asCode, preformatted } from './html-code.ts'
import { HtmlPiece } from './html-piece.ts'
import { takeAway } from './html-removals.ts'
import { raised, wordsIn } from './html-words.ts'
import type { PreparedText } from './prepared-text.ts'
import { quoted, type Report } from './report.ts'

const phrasingParents = new Set([
  'paragraph',
  'heading',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'tableCell',
])

/** Replaces every node of HTML in a tree. */
export function convertHtml(tree: Root, text: PreparedText, report: Report): void {
  const parents: Parents[] = []
  visit(tree, (node) => {
    if ('children' in node && node.children.some((child) => child.type === 'html')) parents.push(node)
  })
  // The innermost first: what they become is put into those around them.
  for (const parent of parents.reverse()) {
    if (phrasingParents.has(parent.type)) convertPhrasing(parent, text, report)
    else convertFlow(parent, text, report)
  }
  straighten(tree)
}

function convertPhrasing(parent: Parents, text: PreparedText, report: Report): void {
  const piece = new HtmlPiece(text, 'span')
  for (const child of parent.children) piece.add(child)
  const converted = convert(piece, report, false)
  // What is no part of a line of text is divided from it, once the tree is whole.
  parent.children = converted as PhrasingContent[]
}

function convertFlow(parent: Parents, text: PreparedText, report: Report): void {
  const children = parent.children as RootContent[]
  const converted: Nodes[] = []
  for (const child of children) if (child.type === 'html') takeCutTag(child, text, report)
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index]
    if (child === undefined) continue
    if (child.type !== 'html') {
      converted.push(child)
      continue
    }
    const end = endOfElement(children, index)
    const piece = new HtmlPiece(text, 'div')
    for (const part of children.slice(index, end)) piece.add(part)
    converted.push(...convert(piece, report, true))
    index = end - 1
  }
  parent.children = converted as BlockContent[]
}

/** What stood in the tag before the empty line is told; the rest is text to Markdown, and stays. */
function takeCutTag(node: Html, text: PreparedText, report: Report): void {
  const at = cutTagIn(node.value)
  if (at === undefined) return
  const cut = node.value.slice(at)
  report.guess('html-removed', text.placeAt((node.position?.start.offset ?? 0) + at), {
    actual: cut,
    reason: `The beginning of a tag was left out, ${quoted(cut)}: an empty line ends it, and what is behind that line is text`,
    expected: 'Markdown',
    fix: 'look whether the text below it holds the rest of the tag',
    removed: cut,
  })
  node.value = node.value.slice(0, at)
}

/** Index after the node that closes the elements which a node opens; the next one where none does. */
function endOfElement(children: readonly RootContent[], start: number): number {
  let open = 0
  for (let index = start; index < children.length; index += 1) {
    const child = children[index]
    if (child?.type !== 'html') continue
    open += balanceOf(child.value)
    if (open <= 0) return index + 1
  }
  return start + 1
}

function convert(piece: HtmlPiece, report: Report, isFlow: boolean): Nodes[] {
  const html = fromHtml(piece.html, { fragment: true })
  takeAway(html, piece, report)
  const placed: Handle = (state, element: Element) => {
    const node = piece.nodeOf(element)
    if (node !== undefined) return node as never
    return piece.placeholder === 'div' ? defaultHandlers.div(state, element) : defaultHandlers.span(state, element)
  }
  const typed: Handle = (state, element: Element) => asCode(state.all(element) as PhrasingContent[])
  let tables = 0
  const options: Options = {
    document: isFlow,
    newlines: true,
    handlers: {
      [piece.placeholder]: placed,
      pre: (state, element: Element) => preformatted(state, element),
      code: typed,
      kbd: typed,
      samp: typed,
      tt: typed,
      var: typed,
      table: (state, element: Element) => {
        // A table in a table is the text of its cells.
        if (tables > 0) return { type: 'text', value: wordsIn(state.all(element)) }
        tables += 1
        const table = defaultHandlers.table(state, element)
        tables -= 1
        return table
      },
      caption: (state, element: Element) => state.all(element),
      menu: defaultHandlers.ul,
      dialog: defaultHandlers.div,
      sup: (state, element: Element) => raised(state.all(element) as PhrasingContent[]),
    },
  }
  const markdown = toMdast(html as HtmlRoot, options)
  visit(markdown, (node) => {
    // Their positions are those in the piece of HTML; those of placeholders are in the text.
    if (!piece.isPlaced(node)) node.position = piece.positionOf(node.position)
  })
  return 'children' in markdown && markdown.type === 'root' ? markdown.children : [markdown]
}

/** Takes what is no part of a line of text, such as a list, out of paragraphs, and leaves its text elsewhere. */
function straighten(tree: Root): void {
  visit(tree, (node, index, parent) => {
    if (!('children' in node) || !phrasingParents.has(node.type)) return undefined
    const children = node.children as Nodes[]
    if (!children.some(isFlowNode)) return undefined
    if (node.type !== 'paragraph' || parent === undefined || index === undefined) {
      node.children = children.flatMap((child): Nodes[] =>
        isFlowNode(child) ? [{ type: 'text', value: wordsIn([child]) }] : [child],
      ) as PhrasingContent[]
      return undefined
    }
    const parts: Nodes[] = []
    let open: Paragraph | undefined
    for (const child of children) {
      if (isFlowNode(child)) {
        open = undefined
        parts.push(child)
        continue
      }
      if (open === undefined) {
        open = { type: 'paragraph', children: [], position: node.position }
        parts.push(open)
      }
      open.children.push(child as PhrasingContent)
    }
    parent.children.splice(index, 1, ...(parts as BlockContent[]))
    return index
  })
}

const flowNodes = new Set([
  ...['paragraph', 'heading', 'list', 'listItem', 'code', 'blockquote', 'table', 'tableRow', 'tableCell'],
  ...['thematicBreak', 'definition', 'footnoteDefinition'],
])

function isFlowNode(node: Nodes): boolean {
  return flowNodes.has(node.type)
}
