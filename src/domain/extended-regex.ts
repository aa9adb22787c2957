/**
 * Extended regular expressions, as `grep -E` reads them. Nothing here or elsewhere in the generator runs one: pages show
 * it as a command. https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap09.html
 */

/** What is wrong with a pattern, as a clause; undefined where a `grep` would take it. */
export function faultOfPattern(pattern: string): string | undefined {
  let open = 0
  for (let at = 0; at < pattern.length; at += 1) {
    switch (pattern[at]) {
      case '\\':
        at += 1
        if (at === pattern.length) return 'nothing is behind the last `\\`'
        break
      case '(':
        open += 1
        break
      case ')':
        open -= 1
        if (open < 0) return 'a `)` has no `(`'
        break
      case '[': {
        const list = bracketsAt(pattern, at)
        if ('fault' in list) return list.fault
        at = list.end
        break
      }
      case '{': {
        const fault = faultOfCount(/^\{(\d*)(?:,(\d*))?\}/.exec(pattern.slice(at, at + 20)))
        if (fault !== undefined) return fault
        break
      }
    }
  }
  return open > 0 ? 'a `(` has no `)`' : undefined
}

const classes = new Set('alnum alpha blank cntrl digit graph lower print punct space upper xdigit'.split(' '))

/** A list in brackets, in which a backslash is a character like any other, and so is `]` where it comes first. */
function bracketsAt(pattern: string, start: number): { end: number } | { fault: string } {
  const first = pattern[start + 1] === '^' ? start + 2 : start + 1
  let at = first
  let from: string | undefined
  while (at < pattern.length) {
    const character = pattern[at] ?? ''
    const [whole, kind = '', name = ''] = /^\[([:.=])(.{1,40}?)\1\]/.exec(pattern.slice(at, at + 50)) ?? []
    if (whole !== undefined) {
      if (kind === ':' && !classes.has(name)) return { fault: `\`[:${name}:]\` is no class of characters` }
      at += whole.length
      from = undefined
    } else if (/^\[[:.=]/.test(pattern.slice(at, at + 2))) {
      return { fault: 'a `[` has no `]`' }
    } else if (character === ']' && at > first) {
      return { end: at }
    } else if (character === '-' && from !== undefined && !/^[\][]?$/.test(pattern[at + 1] ?? '')) {
      const to = pattern[at + 1] ?? ''
      if (from > to) return { fault: `\`${from}-${to}\` goes backwards` }
      at += 2
      from = undefined
    } else {
      from = character
      at += 1
    }
  }
  return { fault: 'a `[` has no `]`' }
}

function faultOfCount(count: RegExpExecArray | null): string | undefined {
  const [whole, from = '', to = ''] = count ?? []
  if (whole === undefined || (from === '' && to === '')) return undefined
  if (to !== '' && Number(from) > Number(to)) return `\`${whole}\` goes backwards`
  return Math.max(Number(from), Number(to)) > 32_767 ? `\`${whole}\` repeats more than 32,767 times` : undefined
}
