/**
 * Paragraphs, headings, flat lists, quotations, tables and fenced code, each as it is written most often. Of every other block
 * this says nothing; simple-markdown.ts has the reasons why that is safe.
 */
import type { RenderOptions } from './rendered-markdown.ts'
import { escapeText, renderSimpleInline, type SimpleText } from './simple-inline.ts'

export interface SimpleBlock {
  kind: 'paragraph' | 'heading' | 'list' | 'quotation' | 'table' | 'code'
  html: string
  /** The text of every paragraph, heading, cell and code block. */
  texts: string[]
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
  return inside && { kind: 'paragraph', html: `<p>${inside.html}</p>`, texts: [inside.text], next }
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
  const heading = { depth: signs.length, explicitId }
  return { kind: 'heading', html: inside.html, texts: [inside.text], next: at + 1, heading }
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
  return { kind: 'list', html: `<${tag}>\n${html}</${tag}>`, texts: rendered.map(({ text }) => text), next }
}

function readQuotation(lines: readonly string[], next: number, options: RenderOptions): SimpleBlock | undefined {
  if (!lines.every((line) => line.startsWith('> '))) return undefined
  const quoted = lines.map((line) => line.slice(2))
  const inside = renderLines(quoted, options)
  if (!inside) return undefined
  return { kind: 'quotation', html: `<blockquote>\n<p>${inside.html}</p>\n</blockquote>`, texts: [inside.text], next }
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
  return { kind: 'table', html, texts: rows.flat().map(({ text }) => text), next }
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
  return { kind: 'code', html, texts: [text], next: end + 1 }
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
