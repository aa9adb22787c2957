/** XML as feedsmith writes it, for what feedsmith does not write. */
import { escapeHtml } from '#views/portable-html.ts'
import { readableText } from './readable.ts'

/**
 * XML as feedsmith writes it, with its CDATA sections as escaped text: feedsmith indents them, and
 * the indentation would belong to the title or the address inside.
 */
export function withoutCdata(xml: string): string {
  return `${xml.replace(/\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*/g, (_, text: string) => escapeHtml(text)).trimEnd()}\n`
}

/** An element in a line; none where there is nothing to say and no attribute. */
export function element(name: string, text: string, indent: string, attributes = ''): string {
  const readable = readableText(text)
  if (isBlank(readable)) return attributes === '' ? '' : `${indent}<${name}${attributes}/>\n`
  return `${indent}<${name}${attributes}>${escapeText(readable)}</${name}>\n`
}

/** An attribute after a space; none where it would be empty. */
export function attribute(name: string, text: string): string {
  const readable = readableText(text)
  if (isBlank(readable)) return ''
  return ` ${name}="${escapeHtml(readable).replace(/"/g, '&quot;')}"`
}

/** As feedsmith's CDATA sections come out of `withoutCdata`, which it writes where there is markup. */
function escapeText(text: string): string {
  return /[<>&]/.test(text) ? escapeHtml(text.replace(/&apos;/g, "'")) : text.replace(/"/g, '&quot;')
}

function isBlank(text: string): boolean {
  return text === '' || (!/^[!-~]/.test(text) && /^\p{White_Space}*$/u.test(text))
}
