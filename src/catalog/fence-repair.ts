/** Finds where the `---` lines of a content file belong. */
import type { Fix } from './problems.ts'
import type { SplitFault } from './front-matter.ts'

/** A fix of the fences; what it says in words is left to whoever knows the fault. */
export function repairOfFences(text: string, { code, line, actual }: SplitFault): Fix['change'] {
  const lines = text.split('\n')
  switch (code) {
    case 'front-matter-not-yaml':
      return replacement(1, 1, lines, '---')
    case 'front-matter-missing': {
      if (isNearlyFence(actual)) return replacement(1, 1, lines, '---')
      const first = lines.findIndex((one) => one.trim() !== '')
      // Empty lines, or one stray line, before the fence.
      if (lines[first] === '---' && first > 0) return replacement(1, first + 1, lines, '---')
      if (!looksLikeYaml(actual) && lines[1] === '---') return replacement(1, 2, lines, '---')
      const end = closingLine(lines, 0)
      const isClosed = lines.indexOf('---') !== -1
      const keys = lines.slice(0, isClosed ? 1 : end)
      return replacement(1, keys.length, lines, ['---', ...keys, ...(isClosed ? [] : ['---'])].join('\n'))
    }
    case 'front-matter-unclosed': {
      if (line > 1) return replacement(line, line, lines, '---')
      const near = lines.findIndex((one, index) => index > 0 && isNearlyFence(one))
      if (near > 0) return replacement(near + 1, near + 1, lines, '---')
      const end = closingLine(lines, 1)
      const rest = lines[end]
      if (rest === undefined) return { ...replacement(end, end, lines, ''), text: `${lines[end - 1] ?? ''}\n---\n` }
      return replacement(end + 1, end + 1, lines, `---\n${rest}`)
    }
    case 'front-matter-gap': {
      const end = lines.findIndex((one, index) => index >= line && one.trim() !== '')
      return end === -1 ? undefined : replacement(line, end + 1, lines, lines[end]?.trim() ?? '')
    }
    default:
      return code satisfies never
  }
}

function replacement(from: number, to: number, lines: readonly string[], text: string) {
  return {
    kind: 'replace' as const,
    start: { line: from, column: 1 },
    end: { line: to, column: (lines[to - 1] ?? '').length + 1 },
    text,
  }
}

/** `----`, `--- `, `—`, `...` */
function isNearlyFence(line: string): boolean {
  return (
    /^[^\p{L}\p{N}]*(?:-{2,}|[–—]+|\.{3}|(?:\\?-){3,})[^\p{L}\p{N}]*$/u.test(line) || /^-{3,}\s*\S{1,3}$/.test(line)
  )
}

function looksLikeYaml(line: string): boolean {
  return /^\s|^[A-Za-z][\w-]*:(\s|$)|^- |^#|^[\]}]|^$/.test(line)
}

/** The first line after which no keys come. */
function closingLine(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index >= from && !looksLikeYaml(line))
  const stop = end === -1 ? lines.length : end
  // Empty lines between the keys and the text belong to the text.
  let last = stop
  while (last > from && (lines[last - 1] ?? '').trim() === '') last -= 1
  return last
}
