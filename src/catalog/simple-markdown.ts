/**
 * A second, narrow way from Markdown to HTML and to a syntax tree, for the texts that most files hold. It costs a thirtieth of the parser's time, and
 * renders a text wholly or not at all: one sign that might mean something else, and the parser has the whole text. A property
 * test holds both equal (docs/decisions/0022-simple-markdown.md). What it relies on:
 *
 * - Without `[x]: `, `[^x]`, `<`, `&` and `\` nothing in one block can change another.
 * - Every line of a paragraph begins with a sign that begins no block, so the paragraph goes on to the empty line.
 * - Every construct inside of a paragraph ends before the next begins, so none is open where another could close it.
 */
import type { Root } from 'mdast'
import { headingIds } from './heading-ids.ts'
import {
  countWords,
  tableName,
  type MarkdownHeading,
  type RenderedMarkdown,
  type RenderOptions,
} from './rendered-markdown.ts'
import { readSimpleBlock, type SimpleBlock } from './simple-blocks.ts'
import { isPlainValue } from './simple-inline.ts'

/** Renders a text that is simple, and says nothing of any other. */
export function renderSimpleMarkdown(text: string, options: RenderOptions): RenderedMarkdown | undefined {
  const { idPrefix = '' } = options
  const blocks = readBlocks(text, options)
  if (!blocks || !isPlainValue(idPrefix)) return undefined

  const idOf = headingIds(idPrefix)
  const headings: MarkdownHeading[] = []
  const whole: string[] = []
  const intro: string[] = []
  const sections: { id: string; title: string; parts: string[] }[] = []
  let tables = 0
  for (const { kind, html, texts, heading } of blocks) {
    let written = html
    if (heading) {
      const title = texts[0] ?? ''
      const id = idOf(title, heading.explicitId)
      headings.push({ id, text: title, depth: heading.depth })
      written = `<h${heading.depth} id="${id}">${html}</h${heading.depth}>`
      if (heading.depth === 2) sections.push({ id, title, parts: [] })
    } else if (kind === 'table') {
      tables += 1
      const name = tableName(tables, idPrefix)
      written = `<div class="scroller" tabindex="0" role="region" aria-label="${name}">${html}</div>`
    }
    whole.push(written)
    if (heading?.depth !== 2) (sections.at(-1)?.parts ?? intro).push(written)
  }
  return {
    html: whole.join('\n'),
    intro: intro.join('\n'),
    sections: sections.map(({ id, title, parts }) => ({ id, title, html: parts.join('\n') })),
    headings,
    words: countWords(blocks.flatMap(({ texts }) => texts).join(' ')),
  }
}

/** The syntax tree of a text that is simple, each heading with the id that pages give it; nothing of any other text. */
export function parseSimpleMarkdown(text: string): Root | undefined {
  const idOf = headingIds('')
  const blocks = readBlocks(text, { addressOf: (path) => path })
  return (
    blocks && {
      type: 'root',
      children: blocks.map(({ node, texts, heading }) =>
        heading ? { ...node, data: { hProperties: { id: idOf(texts[0] ?? '', heading.explicitId) } } } : node,
      ),
    }
  )
}

function readBlocks(text: string, options: RenderOptions): SimpleBlock[] | undefined {
  // Besides tabs, which code may hold, and line feeds. The parser ends lines at carriage returns and replaces a NUL.

  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) return undefined
  const lines = text.split('\n')
  const blocks: SimpleBlock[] = []
  for (let at = 0; at < lines.length;) {
    if (lines[at] === '') {
      at += 1
      continue
    }
    const block = readSimpleBlock(lines, at, options)
    // Two lists with nothing but empty lines between them may be one list with space between its items.
    if (!block || (block.kind === 'list' && blocks.at(-1)?.kind === 'list')) return undefined
    blocks.push(block)
    at = block.next
  }
  return blocks
}
