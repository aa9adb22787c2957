/**
 * Paragraphs, headings, flat lists, quotations, tables and fenced code, each as it is written most often. Of every other block
 * this says nothing; simple-markdown.ts has the reasons why that is safe.
 */
import type { Heading, List, Paragraph, RootContent, Table } from 'mdast'
import type { RenderOptions } from './rendered-markdown.ts'
import { escapeText, renderSimpleInline, type SimpleText } from './simple-inline.ts'

export interface SimpleBlock {
  kind: 'paragraph' | 'heading' | 'list' | 'quotation' | 'table' | 'code'
  html: string
  /** The text of every paragraph, heading, cell and code block. */
  texts: string[]
  /** The same as a syntax tree. */
  node: RootContent
  /** The number of the line after it. */
  next: number
  heading?: { depth: number; explicitId: string | undefined }
}

/** Renders the block that begins at a line. A heading is without its tag and a table without its frame: both need a name. */
export function readSimpleBlock(lines: readonly string[], at: number, options: RenderOptions): SimpleBlock | undefined {
  const line = lines[at] ?? ''
  if (line.startsWith('```')) return readCode(lines, at)
  if (line.startsWith('#')) return readHeading(line, at, options)
  const next = endOfBlock(lines, at)
  const its = lines.slice(at, next)
  if (itemStart.test(line)) return readList(its, next, options)
  if (line.startsWith('> ')) return readQuotation(its, next, options)
  if (line.startsWith('|')) return readTable(its, next, options)
  const inside = renderLines(its, options)
  if (!inside) return undefined
  return { kind: 'paragraph', html: `<p>${inside.html}</p>`, texts: [inside.text], node: paragraph(inside), next }
}

function paragraph({ nodes }: SimpleText): Paragraph {
  return { type: 'paragraph', children: nodes }
}

/** A block ends at an empty line: whatever could end it without one is not simple. */
function endOfBlock(lines: readonly string[], at: number): number {
  const end = lines.indexOf('', at)
  return end === -1 ? lines.length : end
}

// Letters, opening signs of words and those of code, links and emphasis. A number is one unless `.` or `)` makes a list of it.
const plainStart = /^(?!\d+[.)](?: |$))[\p{L}\p{N}("'“‘„`*[$]/u

/** Lines that begin no block, so that all of them are one paragraph. */
function renderLines(lines: readonly string[], options: RenderOptions): SimpleText | undefined {
  // Two spaces at the end of a line are a line break, one is dropped.
  if (!lines.every((line) => plainStart.test(line) && !line.endsWith(' '))) return undefined
  return renderSimpleInline(lines.join('\n'), options)
}

function readHeading(line: string, at: number, options: RenderOptions): SimpleBlock | undefined {
  const [, signs = '', words = '', explicitId] =
    /^(#{1,6}) ([^ ].*?)(?: \{#([a-z0-9][a-z0-9-]{0,63})\})?$/.exec(line) ?? []
  // Signs at the end may close the heading, and what looks like an id without being one is for the parser.
  if (words === '' || /[ #]$/.test(words) || words.includes('{#')) return undefined
  const inside = renderSimpleInline(words, options)
  if (!inside) return undefined
  const depth = depthOf(signs)
  return {
    kind: 'heading',
    html: inside.html,
    texts: [inside.text],
    node: { type: 'heading', depth, children: inside.nodes },
    next: at + 1,
    heading: { depth, explicitId },
  }
}

const depths = [1, 2, 3, 4, 5, 6] as const

function depthOf(signs: string): Heading['depth'] {
  return depths[signs.length - 1] ?? 6
}

// A list that does not begin with 1 has another tag.
const itemStart = /^(?:- |1\. )/

/** Items of one paragraph, whose further lines stand exactly below its first. */
function readList(lines: readonly string[], next: number, options: RenderOptions): SimpleBlock | undefined {
  const [tag, start] = lines[0]?.startsWith('-') ? ['ul', /^- /] : ['ol', /^\d{1,9}\. /]
  const items: string[][] = []
  let indent = ''
  for (const line of lines) {
    const [mark] = start.exec(line) ?? []
    if (mark !== undefined) {
      indent = ' '.repeat(mark.length)
      items.push([line.slice(mark.length)])
    } else if (line.startsWith(indent)) {
      items.at(-1)?.push(line.slice(indent.length))
    } else {
      return undefined
    }
  }
  const rendered = renderAll(items, (item) => renderLines(item, options))
  if (!rendered) return undefined
  const html = rendered.map((item) => `<li>${item.html}</li>\n`).join('')
  const node: List = {
    type: 'list',
    ordered: tag === 'ol',
    start: tag === 'ol' ? 1 : null,
    spread: false,
    children: rendered.map((item) => ({ type: 'listItem', spread: false, checked: null, children: [paragraph(item)] })),
  }
  return { kind: 'list', html: `<${tag}>\n${html}</${tag}>`, texts: rendered.map(({ text }) => text), node, next }
}

function readQuotation(lines: readonly string[], next: number, options: RenderOptions): SimpleBlock | undefined {
  if (!lines.every((line) => line.startsWith('> '))) return undefined
  const quoted = lines.map((line) => line.slice(2))
  const inside = renderLines(quoted, options)
  if (!inside) return undefined
  const html = `<blockquote>\n<p>${inside.html}</p>\n</blockquote>`
  const node: RootContent = { type: 'blockquote', children: [paragraph(inside)] }
  return { kind: 'quotation', html, texts: [inside.text], node, next }
}

/** A table whose rows have an edge on both sides and as many cells as its heading, none of them aligned. */
function readTable(lines: readonly string[], next: number, options: RenderOptions): SimpleBlock | undefined {
  // `\|` is a `|` inside of a cell, even in code.
  if (!lines.every((line) => /^\|[^\\]*\|$/.test(line))) return undefined
  const [head = [], line = [], ...body] = lines.map((row) => row.slice(1, -1).split('|'))
  if (!line.every((cell) => /^ *-+ *$/.test(cell))) return undefined
  if (line.length === 0 || [head, ...body].some((row) => row.length !== line.length)) return undefined
  const rows = renderAll([head, ...body], (row) =>
    renderAll(row, (cell) => renderSimpleInline(trimSpaces(cell), options)),
  )
  if (!rows) return undefined
  const [titles = [], ...data] = rows
  const row = (cells: SimpleText[], tag: string, attributes = '') =>
    `<tr>\n${cells.map(({ html }) => `<${tag}${attributes}>${html}</${tag}>\n`).join('')}</tr>\n`
  const written = data.map((cells) => row(cells, 'td')).join('')
  const html = [
    `<table>\n<thead>\n${row(titles, 'th', ' scope="col"')}</thead>\n`,
    ...(data.length === 0 ? [] : [`<tbody>\n${written}</tbody>\n`]),
    '</table>',
  ].join('')
  const node: Table = {
    type: 'table',
    align: line.map(() => null),
    children: rows.map((cells) => ({
      type: 'tableRow',
      children: cells.map(({ nodes }) => ({ type: 'tableCell', children: nodes })),
    })),
  }
  return { kind: 'table', html, texts: rows.flat().map(({ text }) => text), node, next }
}

/** Without the spaces at its edges; of other white space the parser takes none away. */
function trimSpaces(text: string): string {
  let [start, end] = [0, text.length]
  while (text[start] === ' ') start += 1
  while (end > start && text[end - 1] === ' ') end -= 1
  return text.slice(start, end)
}

/** Code up to the next line that begins like a fence, which has to be the closing one. */
function readCode(lines: readonly string[], at: number): SimpleBlock | undefined {
  const info = /^```([A-Za-z0-9+#.-]*)$/.exec(lines[at] ?? '')?.[1]
  const end = lines.findIndex((line, index) => index > at && /^ {0,3}```/.test(line))
  if (info === undefined || end <= at + 1 || lines[end] !== '```') return undefined
  const code = lines.slice(at + 1, end)
  // The parser drops an empty line at an edge.
  if ((code[0] ?? '').trim() === '' || (code.at(-1) ?? '').trim() === '') return undefined
  const text = code.join('\n')
  const name = info === '' ? '' : ` class="language-${info}"`
  const html = `<pre tabindex="0"><code${name}>${escapeText(text)}\n</code></pre>`
  const node: RootContent = { type: 'code', lang: info === '' ? null : info, meta: null, value: text }
  return { kind: 'code', html, texts: [text], node, next: end + 1 }
}

/** All of them, or none. */
function renderAll<In, Out>(inputs: readonly In[], render: (input: In) => Out | undefined): Out[] | undefined {
  const outputs: Out[] = []
  for (const input of inputs) {
    const output = render(input)
    if (output === undefined) return undefined
    outputs.push(output)
  }
  return outputs
}
