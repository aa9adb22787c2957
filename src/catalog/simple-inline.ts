/**
 * What stands inside of a paragraph, where one look at it is enough: words, `code`, [links](https://example.org/), **bold** and
 * *italic*. Of everything else this says that it is not simple; simple-markdown.ts has the reasons why that is safe.
 */
import { isOwnPath } from '#domain/link.ts'
import type { PhrasingContent } from 'mdast'
import type { RenderOptions } from './rendered-markdown.ts'

/** HTML, its words without the marks, and its syntax tree. */
export interface SimpleText {
  html: string
  text: string
  nodes: PhrasingContent[]
}

/** Renders the text of a paragraph or a heading, or says nothing. No line of it may begin or end with a space. */
export function renderSimpleInline(source: string, options: RenderOptions): SimpleText | undefined {
  const out = { html: '', text: '', nodes: [] }
  return write(source, 'paragraph', options, out) ? out : undefined
}

/**
 * The first character that may mean something. Control characters, spaces other than ` ` and whatever Unicode has besides
 * letters, marks, numbers, punctuation and symbols are among them: parsers and browsers treat some of them specially.
 */
const mark = /[^\n -~\p{L}\p{M}\p{N}\p{P}\p{S}]|[*_`[\]<&\\~@]/gu

// GFM makes links of addresses without any mark.
const bareAddress = /www\.|\/\//i

// No character of these addresses is escaped or decoded on its way into the attribute. `&`, brackets and quotes are missing.
const link =
  /\[((?:[^[\]`]|`[^`\n]*`)+)\]\(((?:https?:\/\/|\/(?!\/)|#)(?:[A-Za-z0-9._~:/?#=+,;@!$-]|%[0-9A-Fa-f]{2})*)\)/y

const letterOrNumber = /^[\p{L}\p{N}]$/u

type Within = 'paragraph' | 'emphasis' | 'link'

function write(source: string, within: Within, options: RenderOptions, out: SimpleText): boolean {
  let at = 0
  for (;;) {
    mark.lastIndex = at
    const found = mark.exec(source)
    const end = found?.index ?? source.length
    const words = source.slice(at, end)
    if (bareAddress.test(words)) return false
    writeWords(words, out)
    if (!found) return true
    const next = writeMarked(source, end, within, options, out)
    if (next === undefined) return false
    at = next
  }
}

function writeWords(words: string, out: SimpleText): void {
  if (words === '') return
  out.html += words
  out.text += words
  const last = out.nodes.at(-1)
  if (last?.type === 'text') last.value += words
  else out.nodes.push({ type: 'text', value: words })
}

/** What stands inside of a mark, as nodes of its own. */
function writeInside(source: string, within: Within, options: RenderOptions, out: SimpleText) {
  const around = out.nodes
  const inside: PhrasingContent[] = []
  out.nodes = inside
  const isSimple = write(source, within, options, out)
  out.nodes = around
  return isSimple ? inside : undefined
}

/** @returns where what begins with the mark ends */
function writeMarked(
  source: string,
  at: number,
  within: Within,
  options: RenderOptions,
  out: SimpleText,
): number | undefined {
  switch (source[at]) {
    case '_':
      return writeUnderscore(source, at, out)
    case '@':
      return writeAt(source, at, out)
    case '`':
      return writeCode(source, at, out)
    case '[':
      return within === 'link' ? undefined : writeLink(source, at, options, out)
    case '*':
      return within === 'paragraph' ? writeEmphasis(source, at, options, out) : undefined
    default:
      return undefined
  }
}

// Between two letters, `_` neither opens nor closes anything: `x86_64`.
function writeUnderscore(source: string, at: number, out: SimpleText): number | undefined {
  if (!letterOrNumber.test(source[at - 1] ?? '') || !letterOrNumber.test(source[at + 1] ?? '')) return undefined
  writeWords('_', out)
  return at + 1
}

// Addresses of mail have letters before their `@`; a name such as `@redis` has none.
function writeAt(source: string, at: number, out: SimpleText): number | undefined {
  if (!/^[ \n(]?$/.test(source[at - 1] ?? '')) return undefined
  writeWords('@', out)
  return at + 1
}

// Code of single backticks ends at the next one, whatever stands between. A space at its edge might be stripped, a line break
// becomes a space, and two backticks are another mark than one.
function writeCode(source: string, at: number, out: SimpleText): number | undefined {
  const end = source.indexOf('`', at + 1)
  const code = source.slice(at + 1, end)
  if (end === -1 || source[end + 1] === '`' || code === '' || code.includes('\n')) return undefined
  if (code.startsWith(' ') || code.endsWith(' ')) return undefined
  out.html += `<code>${escapeText(code)}</code>`
  out.text += code
  out.nodes.push({ type: 'inlineCode', value: code })
  return end + 1
}

function writeLink(source: string, at: number, options: RenderOptions, out: SimpleText): number | undefined {
  // `![` is a picture.
  if (source[at - 1] === '!') return undefined
  link.lastIndex = at
  const [whole, words = '', target = ''] = link.exec(source) ?? []
  if (whole === undefined || /^\s|\s$/.test(words) || options.deadLinks?.has(target)) return undefined
  const address = isOwnPath(target) ? options.addressOf(target) : target
  if (!isPlainValue(address)) return undefined
  out.html += `<a href="${address}">`
  const children = writeInside(words, 'link', options, out)
  if (!children) return undefined
  out.html += '</a>'
  out.nodes.push({ type: 'link', title: null, url: target, children })
  return at + whole.length
}

// What follows a space or `(` and stands before no space can only open; what stands before a space, a line's end or one of
// these signs, and follows no space, closes what was opened last: and nothing else is open, because nothing nests.
function writeEmphasis(source: string, at: number, options: RenderOptions, out: SimpleText): number | undefined {
  const sign = source[at + 1] === '*' ? '**' : '*'
  const start = at + sign.length
  const end = source.indexOf('*', start)
  const words = source.slice(start, end)
  if (end === -1 || words === '' || !source.startsWith(sign, end)) return undefined
  if (!/^[ \n(]?$/.test(source[at - 1] ?? '') || /^\s|\s$/.test(words)) return undefined
  if (!/^[ \n,.;:!?)]?$/.test(source[end + sign.length] ?? '')) return undefined
  const name = sign === '**' ? 'strong' : 'em'
  out.html += `<${name}>`
  const children = writeInside(words, 'emphasis', options, out)
  if (!children) return undefined
  out.html += `</${name}>`
  out.nodes.push({ type: sign === '**' ? 'strong' : 'emphasis', children })
  return end + sign.length
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;')
}

/** Whether a value stands in an attribute as it is. */
export function isPlainValue(value: string): boolean {
  return !/[\u0000"&'`]/.test(value)
}
