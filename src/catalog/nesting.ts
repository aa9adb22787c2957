/**
 * How deep a Markdown text nests, told without parsing it. Parsers take a time that grows with the
 * square of the depth, and their trees are walked by recursion: what is nested a thousand times
 * would stop a build. No text that is meant for readers comes near these limits.
 */

const maximumContainers = 40
const maximumBrackets = 40
const maximumMarks = 1000
/** The parser's time grows with the square of these. */
const maximumUnderlines = 100
/** And with that of references to footnotes that are there, and the footnotes. */
const maximumFootnoteMarks = 1000

const containers = new RegExp(`^(?:[ \\t]*(?:>|(?:[-+*]|\\d{1,9}[.)])[ \\t])){${maximumContainers}}|^ {400}`)
const openingFence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/
/** Marks that a parser pairs up within a paragraph: of emphasis, and of links. */
const pairedMark = /[*~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|\[/gu

/** The first line, counted from 1, on which a text nests too deep. */
export function lineNestedTooDeep(text: string): number | undefined {
  let brackets = 0
  let marks = 0
  let fence: string | undefined
  let underlines = 0
  let isBelowText = false
  let footnoteMarks = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (containers.test(line)) return index + 1
    if (fence !== undefined) {
      if (line.trim().startsWith(fence)) fence = undefined
      continue
    }
    fence = openingFence.exec(line)?.[1]
    if (fence !== undefined || line.trim() === '') {
      brackets = 0
      marks = 0
      isBelowText = false
      continue
    }
    if (isBelowText && /^ {0,3}(?:=+|-+)[ \t]*$/.test(line)) underlines += 1
    if (underlines > maximumUnderlines) return index + 1
    isBelowText = true
    if (!/[[\]*~_]/.test(line)) continue
    footnoteMarks += line.split('[^').length - 1
    if (footnoteMarks > maximumFootnoteMarks) return index + 1
    for (const [bracket] of line.matchAll(/[[\]]/g)) {
      brackets = bracket === '[' ? brackets + 1 : Math.max(brackets - 1, 0)
      if (brackets > maximumBrackets) return index + 1
    }
    marks += line.match(pairedMark)?.length ?? 0
    if (marks > maximumMarks) return index + 1
  }
  return undefined
}
