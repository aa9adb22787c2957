/** The values of simple YAML: what stands on the line of its key, or as a block below it. */

/** A value of one line, or undefined where it is not simple. The next line cannot go on with it: it is no key further in. */
export function valueOfLine(text: string): string | string[] | undefined {
  switch (text[0]) {
    case '"':
      return /^"[^"\\]*"$/.test(text) ? text.slice(1, -1) : undefined
    case "'":
      return /^'[^']*'$/.test(text) ? text.slice(1, -1) : undefined
    case '[':
      return shortList(text)
    default:
      return isPlain(text) ? text : undefined
  }
}

// All signs that mean something where a value begins are ASCII. A colon or a hash mean something beside a space. The other signs
// mean nothing inside of a value, but they are where parsers differ.
function isPlain(text: string): boolean {
  return /^[A-Za-z0-9/(\u0080-\uffff][^[\]{}|>*!]*$/.test(text) && !/:(?: |$)| [#?]/.test(text)
}

const item = /("[^"\\]*"|[A-Za-z0-9](?:[A-Za-z0-9 ._/+-]*[A-Za-z0-9._/+])?)(?:, |$)/y

function shortList(text: string): string[] | undefined {
  if (!text.endsWith(']')) return undefined
  const inside = text.slice(1, -1)
  const items: string[] = []
  item.lastIndex = 0
  for (let end = 0; end < inside.length; end = item.lastIndex) {
    const [, value] = item.exec(inside) ?? []
    if (value === undefined) return undefined
    items.push(value.startsWith('"') ? value.slice(1, -1) : value)
  }
  return inside.endsWith(', ') ? undefined : items
}

/**
 * The text of a block below `>-`, `|-` or `|`: lines that stand as far in as the first or, where they are not joined, further.
 * @param from    number of the line below the sign
 * @param indent  of the key that the text belongs to
 */
export function blockTextOf(
  sign: string,
  lines: readonly string[],
  from: number,
  indent: number,
): { text: string; next: number } | undefined {
  if (sign !== '>-' && sign !== '|-' && sign !== '|') return undefined
  const first = lines[from] ?? ''
  const margin = first.search(/[^ ]/)
  if (margin <= indent) return undefined
  const start = ' '.repeat(margin)
  let next = from
  while (next < lines.length && (lines[next]?.startsWith(start) || (lines[next] === '' && sign !== '>-'))) next += 1
  const its = lines.slice(from, next).map((line) => line.slice(margin))
  // Empty lines at the end are no part of the text.
  while (its.at(-1) === '') its.pop()
  // What stands further in than the key, after an empty line or less far in than the text, may be a part of it or a comment.
  let after = next
  while (lines[after] === '') after += 1
  if ((lines[after] ?? '').search(/[^ ]/) > indent) return undefined
  // Lines that stand further in are not joined.
  if (sign === '>-') return its.some((line) => line.startsWith(' ')) ? undefined : { text: its.join(' '), next }
  return { text: its.join('\n') + (sign === '|' ? '\n' : ''), next }
}
