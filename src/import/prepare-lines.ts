/** What is done to the lines of an old text before Markdown reads them. Each line keeps the place it came from. */
import { changeBullets } from './bullets.ts'
import { fenceCode } from './fence-code.ts'
import { type Report, quoted } from './report.ts'
import { freeLines } from './free-lines.ts'
import { fenceShortcodes } from './shortcodes.ts'
import { type SourceLine, placeOf } from './source-text.ts'
import { findUnfencedCode } from './unfenced-code.ts'

export function prepareLines(lines: readonly SourceLine[], file: string, report: Report): SourceLine[] {
  const whole = wikiHeadings(closeTables(fenceShortcodes(lines, file, report)), file, report)
  const isFree = freeLines(whole)
  const code = findUnfencedCode(whole, isFree)
  const isCode = new Uint8Array(whole.length)
  for (const { from, to } of code) isCode.fill(1, from, to)
  const isProse = (index: number) => isFree(index) && isCode[index] === 0
  return fenceCode(whole, code, file, report, changeBullets(whole, isProse, file, report))
}

/** `[edit] Overview`: a heading that was copied from the page of a wiki, with its button. */
function wikiHeadings(lines: readonly SourceLine[], file: string, report: Report): SourceLine[] {
  return lines.flatMap((line) => {
    const title = /^\[edit\]\s+(\S.{0,80}?)\s*$/.exec(line.text)?.[1]
    if (title === undefined) return [line]
    report.guess('heading-changed', placeOf(file, line, 1), {
      actual: line.text,
      guessed: `## ${title}`,
      reason: `${quoted(line.text)} was taken for a heading of a wiki`,
      expected: 'headings that begin with `##`',
      fix: 'correct the level',
      removed: 'edit',
    })
    const gap = { ...line, text: '' }
    return [gap, { ...line, text: `## ${title}` }, gap]
  })
}

/** Old processors let a table or list of HTML hold empty lines; CommonMark ends it there, and takes the rest for code. */
function closeTables(lines: readonly SourceLine[]): SourceLine[] {
  const closed: SourceLine[] = []
  let until: string | undefined
  let skipped: SourceLine[] = []
  for (const line of lines) {
    const text = line.text.toLowerCase()
    if (until === undefined) {
      closed.push(line)
      const name = /^\s{0,3}<(table|ul|ol|dl)(?:[\s>]|$)/.exec(text)?.[1]
      if (name !== undefined && !text.includes(`</${name}>`)) until = `</${name}>`
      continue
    }
    if (text.trim() === '') {
      skipped.push(line)
      continue
    }
    // Behind an empty line Markdown may begin: only what goes on as HTML belongs to the element.
    if (skipped.length > 0 && !/^\s*</.test(text)) {
      closed.push(...skipped)
      until = undefined
    }
    skipped = []
    closed.push(line)
    if (until !== undefined && text.includes(until)) until = undefined
  }
  return [...closed, ...skipped]
}
