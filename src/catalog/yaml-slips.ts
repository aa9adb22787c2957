/** What YAML reads, and reads otherwise than it was meant: text that becomes a comment, quotes that become text. */
import { LineCounter, parseDocument, visit } from 'yaml'
import type { Position, Problem } from '#domain/problem.ts'
import { quoted } from './edit.ts'
import { shorten, unexpected, type Fix } from './problems.ts'
import type { YamlSource } from './validate.ts'
import { quotedLine } from './yaml-repair.ts'

export function slipsIn(source: YamlSource): Problem[] {
  return [...swallowed(source), ...typographicQuotes(source)]
}

function swallowed({ file, text, firstLine }: YamlSource): Problem[] {
  return swallowedText(text).map(({ text: comment, position }) => {
    const place = { file, line: position.line + firstLine - 1, column: position.column }
    return unexpected(
      'yaml-swallowed-text',
      place,
      'comment',
      comment,
      'text in quotes, or a comment with a space after `#`: as it is, YAML drops it',
      quotation(text.split('\n')[position.line - 1] ?? '', place.line),
    )
  })
}

/** Quotes that a word processor made: YAML takes them for a part of the text. */
function typographicQuotes({ file, text, firstLine }: YamlSource): Problem[] {
  return quotedInTypography(text).map(({ typed, inner, start, end }) => ({
    ...unexpected(
      'typographic-quote',
      { file, line: start.line + firstLine - 1, column: start.column },
      'quotes',
      typed,
      'straight quotes, `"` or `\'`, around a value: YAML reads others as a part of it',
      {
        text: `write \`${shorten(quoted(inner))}\``,
        change: { kind: 'replace', end: { line: end.line + firstLine - 1, column: end.column }, text: quoted(inner) },
      },
    ),
    severity: 'warning',
    isSafe: true,
  }))
}

/** The value of a line, whole and in quotes. */
export function quotation(line: string, number: number): Fix {
  const text = 'put the whole value in quotes, if it is text'
  const change = quotedLine(line)
  if (change === undefined) return { text }
  const [start, end] = [
    { line: number, column: 1 },
    { line: number, column: line.length + 1 },
  ]
  return { text: `${text}: \`${shorten(change.trim())}\``, change: { kind: 'replace', start, end, text: change } }
}

/** Text behind a value that YAML takes for a comment though nobody leaves a space after the mark: `fixed in #12`. */
function swallowedText(text: string): { text: string; position: Position }[] {
  if (!/\S[ \t]+#\S/.test(text)) return []
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, logLevel: 'silent' })
  const found: { text: string; position: Position }[] = []
  visit(document, {
    Scalar(_, node) {
      const comment = node.comment?.split('\n', 1)[0]
      if (node.type !== 'PLAIN' || !comment || comment.startsWith(' ') || !node.range) return
      const { line, col } = lines.linePos(text.indexOf('#', node.range[1]))
      found.push({ text: `#${comment}`, position: { line, column: col } })
    },
  })
  return found
}

/** Values of one line that begin and end with quotes of typography, which are no quotes of YAML. */
function quotedInTypography(text: string): { typed: string; inner: string; start: Position; end: Position }[] {
  if (!/[\u2018\u201c\u201e]/.test(text)) return []
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, logLevel: 'silent' })
  const found: { typed: string; inner: string; start: Position; end: Position }[] = []
  const position = (offset: number): Position => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  visit(document, {
    Scalar(_, node) {
      const typed = String(node.value)
      const inner = /^(?:[\u201c\u201e]([^\u201c-\u201e\n]*)[\u201c\u201d]|\u2018([^\u2018\u2019\n]*)\u2019)$/.exec(
        typed,
      )
      if (node.type !== 'PLAIN' || !inner || !node.range || text.slice(node.range[0], node.range[1]) !== typed) return
      found.push({
        typed,
        inner: inner[1] ?? inner[2] ?? '',
        start: position(node.range[0]),
        end: position(node.range[1]),
      })
    },
  })
  return found
}
