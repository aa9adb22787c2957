/** XML as feedsmith writes it, for what feedsmith does not write. */
import { escapeHtml } from '#views/portable-html.ts'
import { readableCharacters, readableText } from './readable.ts'

/**
 * XML as feedsmith writes it, with its CDATA sections as escaped text: feedsmith indents them, and
 * the indentation would belong to the title or the address inside.
 */
export function withoutCdata(xml: string): string {
  return `${xml.replace(/\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*/g, (_, text: string) => escapeHtml(text)).trimEnd()}\n`
}

/** An element in a line; none where there is nothing to say and no attribute. */
export function element(name: string, text: string, indent: string, attributes = ''): string {
  return elementWriter(name, indent, attributes)(text)
}

/** The same for an element that is written very often: what is around its text is put together once. */
export function elementWriter(name: string, indent: string, attributes = ''): (text: string) => string {
  const begin = `${indent}<${name}${attributes}>`
  const end = `</${name}>\n`
  const empty = attributes === '' ? '' : `${indent}<${name}${attributes}/>\n`
  return (text) => {
    if (plain.test(text)) return begin + text + end
    const readable = readableText(text)
    return isBlank(readable) ? empty : begin + escapeText(readable) + end
  }
}

/** Nothing of it is left out, trimmed or escaped, in an element or an attribute: found in one look, and what most texts are. */
const plain = /^[!#-%'-;=?-~](?:[ !#-%'-;=?-~]*[!#-%'-;=?-~])?$/

/**
 * The same of HTML in parts, which it begins and ends with: markup, of which there is little and which is escaped once, and by
 * turns what stands in it.
 */
export function elementOfParts(name: string, parts: readonly string[], indent: string, attributes = ''): string[] {
  const texts = parts.map((part, index) =>
    index % 2 === 0 ? escapedOnce(part) : plainInMarkup.test(part) ? part : escapeMarkup(readableCharacters(part)),
  )
  return [`${indent}<${name}${attributes}>`, ...texts, `</${name}>\n`]
}

/** Nothing of it is left out or escaped where markup is around it. */
const plainInMarkup = /^[ -%'-;=?-~]*$/

function escapedOnce(markup: string): string {
  let escaped = escapedMarkup.get(markup)
  if (escaped === undefined) escapedMarkup.set(markup, (escaped = escapeMarkup(markup)))
  return escaped
}

const escapedMarkup = new Map<string, string>()

/** An attribute after a space; none where it would be empty. */
export function attribute(name: string, text: string): string {
  if (plain.test(text)) return ` ${name}="${text}"`
  const readable = readableText(text)
  if (isBlank(readable)) return ''
  return ` ${name}="${escapeHtml(readable).replace(/"/g, '&quot;')}"`
}

/** As feedsmith's CDATA sections come out of `withoutCdata`, which it writes where there is markup. */
function escapeText(text: string): string {
  return /[<>&]/.test(text) ? escapeMarkup(text) : text.replace(/"/g, '&quot;')
}

function escapeMarkup(text: string): string {
  return /[<>&]/.test(text) ? escapeHtml(text.replace(/&apos;/g, "'")) : text
}

function isBlank(text: string): boolean {
  return text === '' || (!/^[!-~]/.test(text) && /^\p{White_Space}*$/u.test(text))
}
