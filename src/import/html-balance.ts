/** How many elements a stretch of HTML opens, and does not close. */
import { isHtmlName } from './html-names.ts'

const withoutEnd = new Set(
  'area base basefont br col embed frame hr img input link meta param source track wbr p li dt dd tr td th option thead tbody tfoot'.split(
    ' ',
  ),
)

/** How many elements some HTML leaves open. */
export function balanceOf(html: string): number {
  let open = 0
  for (const [, slash, name = '', end] of html.matchAll(/<(\/?)([a-z][a-z0-9-]*)(?:\s[^<>]*?|)(\/?)>/gi)) {
    if (withoutEnd.has(name.toLowerCase()) || !isHtmlName(name) || (end === '/' && slash === '')) continue
    open += slash === '/' ? -1 : 1
  }
  return open
}
