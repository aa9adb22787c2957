/** Tags with an empty line in them: Markdown ends the HTML there, and a browser's parser drops what has no end. */

/** Where a tag begins that some HTML does not end; undefined where each has its end. */
export function cutTagIn(html: string): number | undefined {
  // Their text is no tag, whatever stands in it.
  if (/^\s*<(?:[!?]|(?:pre|script|style|textarea)\b)/i.test(html)) return undefined
  let start: number | undefined
  let quote: string | undefined
  /** The last character that is no blank: a value in quotes stands behind an equals sign. */
  let last = ''
  for (let at = 0; at < html.length; at += 1) {
    const character = html[at] ?? ''
    if (quote !== undefined) {
      if (character === quote) quote = undefined
    } else if (start === undefined) {
      if (character === '<' && /[a-z/]/i.test(html[at + 1] ?? '')) start = at
    } else if (character === '>') {
      start = undefined
    } else if (last === '=' && (character === '"' || character === "'")) {
      quote = character
    }
    if (character.trim() !== '') last = character
  }
  return start
}
