/**
 * The feed, or a list of feeds, without characters that XML forbids: control characters, halves of surrogate pairs and
 * the two noncharacters of the basic plane. Every format drops them, so that all say the same.
 */
export function readable<T>(feed: T): T {
  // Cleaning keeps every key and every type: only the characters of texts change.
  return clean(feed) as T
}

const forbidden =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** A text without characters that XML forbids. */
export function withoutForbidden(text: string): string {
  return text.replace(forbidden, '')
}

/** What may have to be left out or replaced, found in one look: nearly no text has any of it. */
const suspicious = /[\u0000-\u0008\u000b-\u001f\ud800-\udfff\ufffe\uffff]/

/** A text as every format has it. A reader of XML turns every line break into LF, and the writer of XML trims. */
export function readableText(text: string): string {
  return readableCharacters(text).trim()
}

/** The same of what stands between other texts: its blanks are theirs to keep apart. */
export function readableCharacters(text: string): string {
  return suspicious.test(text) ? withoutForbidden(text).replace(/\r\n?/g, '\n') : text
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return readableText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]))
}
