import type { SourceLine } from './source-text.ts'

/** Tells which lines are outside of fences, preformatted HTML and comments. */
export function freeLines(lines: readonly SourceLine[]): (index: number) => boolean {
  const inside = new Uint8Array(lines.length)
  let fence: string | undefined
  let element: string | undefined
  lines.forEach(({ text }, index) => {
    const trimmed = text.trim()
    if (fence !== undefined || element !== undefined) {
      inside[index] = 1
      if (fence !== undefined && trimmed.startsWith(fence) && /^(?:`+|~+)$/.test(trimmed)) fence = undefined
      if (element !== undefined && text.toLowerCase().includes(element)) element = undefined
      return
    }
    fence = /^\s*(?:[-*+]\s+|>\s*)?(`{3,}(?=[^`]*$)|~{3,})/.exec(text)?.[1]
    const name = /<(pre|script|style|textarea|table|ul|ol|dl|iframe|svg)(?:[\s>]|$)/i.exec(text)?.[1]?.toLowerCase()
    if (name !== undefined && !text.toLowerCase().includes(`</${name}>`)) element = `</${name}>`
    else if (text.includes('<!--') && !text.includes('-->')) element = '-->'
    if (fence !== undefined || name !== undefined || element !== undefined) inside[index] = 1
  })
  // What is never closed ends nowhere: it hides nothing.
  if (element !== undefined) {
    const start = inside.lastIndexOf(0) + 1
    inside.fill(0, start)
  }
  return (index) => inside[index] === 0
}
