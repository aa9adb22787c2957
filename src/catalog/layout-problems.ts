/** Text whose lines matter, and which Markdown joins or takes for a list: diffs, drawings, commands, foreign bullets. */
import type { Problem } from '#domain/problem.ts'
import type { MarkedText } from './marked-text.ts'
import { shorten, unexpected } from './problems.ts'
import { blank, linesOf, type ProseBlock, type ProseLine } from './prose.ts'

const hunk = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/
const diffStart = /^diff --git \S+ \S+/
const oldFile = /^--- \S/
const newFile = /^\+\+\+ \S/
const drawing = /^[├└┌│╔║╚┏┃┗╭╰]/
const bullet = /^([ \t>]*)(?:[•·◦‣▪●∙]|&bull;|&middot;|&#8226;|&#183;)[ \t]+/
const prompt = new RegExp(
  `^(?:\\$ |[\\w.-]+@[\\w.-]+(?::[^\\s$#]*)?[$#] |\\[[\\w.-]+@[^\\]\\n]*\\][$#] )[A-Za-z./~_"'${blank}]`,
)

/** A text without any of these has none of the problems below. */
export const layoutMark =
  /^[ \t>*+\-\d.)]*(?:@@ -\d|diff --git|--- \S|[├└┌│╔║╚┏┃┗╭╰•·◦‣▪●∙]|&(?:bull|middot|#8226|#183);|\$ |[\w.-]+@|\[[\w.-]+@)|\\[*_`]/mu

export function layoutProblems(text: MarkedText): Problem[] {
  const problems: Problem[] = []
  let isInDiff = false
  for (const block of text.blocks) {
    if (block.node.type === 'heading') isInDiff = false
    problems.push(...escapedMarks(text, block))
    if (block.node.type !== 'paragraph') continue
    const lines = linesOf(block)
    const sign = diffSign(lines)
    if (sign) {
      // Each hunk of a diff is a sign; the diff is one problem.
      if (!isInDiff) problems.push(diffOutsideCode(text, sign))
      isInDiff = true
      continue
    }
    const problem = drawingIn(text, lines) ?? promptsIn(text, lines) ?? bulletsIn(text, lines)
    if (problem) problems.push(problem)
  }
  return problems
}

const between = 'put it between two lines of three backticks'

function diffSign(lines: readonly ProseLine[]): ProseLine | undefined {
  return lines.find(
    (line, index) =>
      hunk.test(line.text) ||
      diffStart.test(line.text) ||
      (oldFile.test(line.text) && newFile.test(lines[index + 1]?.text ?? '')),
  )
}

function diffOutsideCode(text: MarkedText, line: ProseLine): Problem {
  return warning(
    unexpected(
      'diff-outside-code',
      text.placeOf(spanOfLine(line)),
      'diff',
      line.text,
      'a code block: outside of one the signs of its lines become bullets',
      'put a line of three backticks and `diff` above it, and a line of three backticks below',
    ),
  )
}

function drawingIn(text: MarkedText, lines: readonly ProseLine[]): Problem | undefined {
  const line = lines.find((line) => drawing.test(line.text))
  if (!line) return undefined
  return warning(
    unexpected(
      'drawing-outside-code',
      text.placeOf(spanOfLine(line)),
      'drawing',
      line.text,
      'a code block: outside of one its lines are joined to one',
      between,
    ),
  )
}

function promptsIn(text: MarkedText, lines: readonly ProseLine[]): Problem | undefined {
  const prompts = lines.filter((line) => prompt.test(line.text))
  const [first] = prompts
  if (!first) return undefined
  const command = shorten(text.sourceOf(spanOfLine(first)).replace(/^.*?[$#] /, ''))
  return warning(
    unexpected(
      'prompt-outside-code',
      text.placeOf(spanOfLine(first)),
      'command',
      text.sourceOf(spanOfLine(first)),
      'a code block: outside of one its lines are joined to one',
      lines.length > 1 ? between : `put it in backticks, without the prompt: \`${command}\``,
    ),
  )
}

function bulletsIn(text: MarkedText, lines: readonly ProseLine[]): Problem | undefined {
  const line = lines.find((line) => bullet.test(line.text))
  if (!line) return undefined
  const last = lines.at(-1) ?? line
  const rest = text.sourceOf([line.offset, last.offset + last.text.length])
  const [mark = ''] = line.text.split(/\s/, 1)
  return warning(
    unexpected(
      'bullet-outside-list',
      text.placeOf([line.offset, line.offset + mark.length]),
      'bullet',
      mark,
      'a list: lines that begin with `- `',
      {
        text: `begin the line with \`- \` in place of \`${mark}\``,
        change: { kind: 'swap', from: rest, to: rest.replace(new RegExp(bullet, 'gm'), '$1- ') },
      },
    ),
  )
}

const escapedPair = /\\([*_])\\\1(?=\S)[^*_\n]{1,200}?\\\1\\\1|\\`[^`\n\\]{1,200}\\`/g

function escapedMarks(text: MarkedText, { text: prose, offset }: ProseBlock): Problem[] {
  return [...prose.matchAll(escapedPair)].map((match): Problem => {
    const span = [offset + match.index, offset + match.index + match[0].length] as const
    const typed = text.sourceOf(span)
    const isCode = typed.startsWith('\\`')
    const meant = isCode ? `\`${typed.slice(2, -2)}\`` : `**${typed.slice(4, -4)}**`
    return {
      ...unexpected(
        'escaped-mark',
        text.placeOf(span),
        'text',
        typed,
        'marks without backslashes: with them they are shown as they stand',
        {
          text: isCode
            ? `remove the two backslashes, so that \`${shorten(typed.slice(2, -2))}\` is code`
            : `write \`${shorten(meant)}\``,
          change: { kind: 'swap', from: typed, to: meant },
        },
      ),
      severity: 'warning',
    }
  })
}

/** Lines that are joined are lost to the reader; one alone only looks wrong. */
/** Every word of it is there, if not in its place. */
function warning(problem: Problem): Problem {
  return { ...problem, severity: 'warning' }
}

function spanOfLine({ text, offset }: ProseLine): readonly [number, number] {
  return [offset, offset + text.length]
}
