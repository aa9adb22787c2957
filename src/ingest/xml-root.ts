/** What kind of XML a text is, before anybody parses it. */

/** The name of the first element, past declarations and comments, without parsing the whole. */
export function rootElement(text: string): string | undefined {
  let at = 0
  for (;;) {
    while (/\s/.test(text.charAt(at))) at += 1
    if (text.charAt(at) !== '<') return undefined
    const end = text.startsWith('<?', at)
      ? endOf(text, '?>', at)
      : text.startsWith('<!--', at)
        ? endOf(text, '-->', at)
        : text.startsWith('<!DOCTYPE', at)
          ? endOfDoctype(text, at)
          : undefined
    if (end === undefined) return /^<([A-Za-z]{1,40})[\s/>]/.exec(text.slice(at, at + 50))?.[1]
    if (end < 0) return undefined
    at = end
  }
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? -1 : found + mark.length
}

function endOfDoctype(text: string, from: number): number {
  const end = endOf(text, '>', from)
  const subset = text.indexOf('[', from)
  if (subset < 0 || end < 0 || subset > end) return end
  const close = /\]\s*>/g
  close.lastIndex = subset
  return close.exec(text) ? close.lastIndex : -1
}
