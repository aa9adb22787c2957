/** Finds where a unified diff ends: its hunks say how many lines they have. */
import type { CodeRange } from './unfenced-code.ts'

const hunk = /^\s?@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/

/** The same with what people leave out when they shorten it: `@@ -1,2 +3 @@`. */
export function diffAt(index: number, text: (index: number) => string): CodeRange | undefined {
  let at = index
  if (/^diff --git \S+ \S+/.test(text(at))) {
    at += 1
    while (/^(?:index |(?:new|deleted|old) |similarity |rename |copy )/.test(text(at))) at += 1
  }
  if (/^--- \S/.test(text(at)) && /^\+\+\+ \S/.test(text(at + 1))) at += 2
  if (!hunk.test(text(at))) return undefined
  for (let match = hunk.exec(text(at)); match; match = hunk.exec(text(at))) {
    let before = Number(match[1] ?? 1)
    let after = Number(match[2] ?? 1)
    at += 1
    while (before > 0 || after > 0) {
      const line = text(at)
      if (/^[-\\]/.test(line)) before -= 1
      else if (line.startsWith('+')) after -= 1
      // An editor may have cut the blank of an empty line.
      else if (line.startsWith(' ') || line.startsWith('\t') || (line === '' && isDiffLine(text(at + 1)))) {
        before -= 1
        after -= 1
      } else break
      at += 1
    }
  }
  return { from: index, to: at, language: 'diff', why: 'it is a unified diff' }
}

function isDiffLine(line: string): boolean {
  return /^[-+ \t\\]\S|^[-+ ]\s+\S|^@@ /.test(line)
}
