/** Plain text in Markdown. */

/** A text that reads as itself, in one line. What looks like an address may become a link to it. */
export function escapeMarkdown(text: string): string {
  if (plainWords.test(text) && !besideWords.test(text)) return text
  return (
    text
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/[\\`*_{}[\]<>#&|~!$@]/g, String.raw`\$&`)
      // What begins an entry of a list, or stands below a heading.
      .replace(/^[-+=]/, String.raw`\$&`)
      .replace(/^(\d+)([.)])(?=\s|$)/, String.raw`$1\$2`)
      // Inside of an address that GFM finds by itself, backslashes would be part of the address.
      .replace(/(https?|ftp)(?=:\/\/)/gi, '$1\\')
      .replace(/www(?=\.)/gi, '$&\\')
  )
}

/** Words in which nothing is to be escaped, as most texts are: no sign of Markdown and no colon. */
const plainWords = /^[a-z][ a-z0-9.,;()'"/?+=%-]*$/i

/** Of plain words: blanks that are not one between two words, and what begins an address. */
const besideWords = / (?: |$)|www\./i

/** A text as code, between as many backticks as it takes. */
export function codeSpan(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : ''
  return `${fence}${padding}${text}${padding}${fence}`
}

/** A link. Addresses have no blanks and no angle brackets; of entities in them none is meant. */
export function link(label: string, address: string): string {
  const written = address.replaceAll('&', '&amp;')
  return `[${escapeMarkdown(label)}](${/[()]/.test(written) ? `<${written}>` : written})`
}
