/**
 * Debian's control files: stanzas of `Field: value`, separated by empty lines. An index has a
 * million lines, of which few are of interest, so only the fields that are asked for are kept.
 * Format: https://manpages.debian.org/deb822
 */

export interface Stanza {
  /** Line of the file on which it begins, from 1. */
  line: number
  /** Fields that were asked for, by the name that was asked for; further lines of a value follow after `\n`. */
  fields: Map<string, string>
}

/** Where a text cannot be told apart from its beginning, it is read as far as it goes: nothing here throws. */
export function* stanzasOf(text: string, wanted: readonly string[]): Generator<Stanza> {
  // Names of fields have no case.
  const nameOf = new Map(wanted.map((name) => [name.toLowerCase(), name]))
  let stanza: Stanza | undefined
  let field: string | undefined
  let line = 0
  for (let start = 0; start < text.length;) {
    line += 1
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed
    const first = text.charCodeAt(start)
    if (isBlank(text, start, end)) {
      if (stanza) yield stanza
      stanza = undefined
      field = undefined
    } else if (first === space || first === tab) {
      if (stanza && field !== undefined) {
        stanza.fields.set(field, `${stanza.fields.get(field) ?? ''}\n${text.slice(start + 1, end).trimEnd()}`)
      }
    } else if (first !== comment) {
      stanza ??= { line, fields: new Map() }
      const colon = text.indexOf(':', start)
      field = colon === -1 || colon > end ? undefined : nameOf.get(text.slice(start, colon).toLowerCase())
      if (field !== undefined) stanza.fields.set(field, text.slice(colon + 1, end).trim())
    }
    start = end + 1
  }
  if (stanza) yield stanza
}

const [space, tab, comment, carriageReturn] = [0x20, 0x09, 0x23, 0x0d] as const

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at)
    if (code !== space && code !== tab && code !== carriageReturn) return false
  }
  return true
}
