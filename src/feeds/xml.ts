import { escapeHtml } from '#views/portable-html.ts'

/**
 * XML as feedsmith writes it, with its CDATA sections as escaped text: feedsmith indents them, and
 * the indentation would belong to the title or the address inside.
 */
export function withoutCdata(xml: string): string {
  return `${xml.replace(/\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*/g, (_, text: string) => escapeHtml(text)).trimEnd()}\n`
}
