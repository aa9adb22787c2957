/** Plain text in Markdown. */

/** A text that reads as itself: nothing in it is markup, an entity or an address that becomes a link. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/[\\`*_{}[\]<>#&|~!$@]/g, String.raw`\$&`)
      // What begins an entry of a list, or stands below a heading.
      .replace(/^[-+=]/, String.raw`\$&`)
      .replace(/^(\d+)([.)])/, String.raw`$1\$2`)
      // What GitHub's Markdown makes a link of by itself.
      .replace(/\b(https?|ftp):\/\//gi, String.raw`$1\://`)
      .replace(/\bwww\./gi, (word) => `${word.slice(0, -1)}\\.`)
  )
}

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
