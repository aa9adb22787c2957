/** What is done to the lines of an old text before Markdown reads them. Each line keeps the place it came from. */
import { fenceCode, fenceFor, findUnfencedCode, tellShortcode } from './unfenced-code.ts'
import { quoted, type Report } from './report.ts'
import { placeOf, type SourceLine } from './source-text.ts'

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

/** Tells which lines are outside of fences, preformatted HTML and comments. */
function freeLines(lines: readonly SourceLine[]): (index: number) => boolean {
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

const opening =
  /^\s*\{(?:%-?\s*highlight|\{[<%]\s*(?:highlight|code))\s*"?([\w#+.-]*)"?\s*([^%}]*?)\s*(?:-?%|[>%]\})\}\s*$/i
const closing = /^\s*\{(?:%-?\s*endhighlight\s*-?%|\{[<%]\s*\/\s*(?:highlight|code)\s*[>%]\})\}\s*$/i
const anyShortcode = /\{\{[<%].*?[%>]\}\}|\{%.*?%\}|\{\{[^{}]*\}\}/g

/** `{% highlight go %}` and `{{< highlight go >}}` become fences; every other shortcode stays as text. */
function fenceShortcodes(lines: readonly SourceLine[], file: string, report: Report): SourceLine[] {
  const changed: SourceLine[] = []
  let fence: string | undefined
  const nextClosing = new Int32Array(lines.length + 1).fill(-1)
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    nextClosing[index] = closing.test(lines[index]?.text ?? '') ? index : (nextClosing[index + 1] ?? -1)
  }
  const isFree = freeLines(lines)
  lines.forEach((line, index) => {
    const tag = line.text.trim()
    const start = fence === undefined && isFree(index) ? opening.exec(line.text) : null
    const end = nextClosing[index + 1] ?? -1
    if (start && end > index) {
      fence = fenceFor(lines.slice(index + 1, end).map(({ text }) => text))
      const language = start[1] ?? ''
      changed.push({ ...line, text: '' }, { ...line, text: `${fence}${language}` })
      tellShortcode(file, line, tag, `a code block${language === '' ? '' : ` of ${language}`}`, report)
      return
    }
    if (fence !== undefined && closing.test(line.text)) {
      changed.push({ ...line, text: fence }, { ...line, text: '' })
      tellShortcode(file, line, tag, 'the end of the code block', report)
      fence = undefined
      return
    }
    if (fence === undefined && isFree(index) && line.text.includes('{')) {
      for (const [found] of line.text.matchAll(anyShortcode)) tellShortcode(file, line, found, '', report)
    }
    changed.push(line)
  })
  return changed
}

const bullet = /^([ \t]*)([•·◦▪‣●○■□➢]|[–—])([ \t]+)(?=\S)/u

/**
 * Bullets of word processors become those of Markdown. A dash is one only where several lines begin with it.
 * @returns for each line the lines that it becomes
 */
function changeBullets(
  lines: readonly SourceLine[],
  isProse: (index: number) => boolean,
  file: string,
  report: Report,
): SourceLine[][] {
  const markAt = (index: number) => (isProse(index) ? bullet.exec(lines[index]?.text ?? '') : null)
  const isDash = (mark: string | undefined) => mark === '–' || mark === '—'
  const goesOn = (index: number, mark: string | undefined, step: 1 | -1): boolean => {
    let at = index + step
    if ((lines[at]?.text ?? 'x').trim() === '') at += step
    return markAt(at)?.[2] === mark
  }
  let isInList = false
  let isIndented = false
  return lines.map((line, index) => {
    const match = markAt(index)
    const [whole = '', margin = '', mark] = match ?? []
    const isBullet = match !== null && (!isDash(mark) || goesOn(index, mark, 1) || goesOn(index, mark, -1))
    const gap = { ...line, text: '' }
    if (!isBullet) {
      // In a list that is set in, a line at the margin is a paragraph, not the end of the last item.
      const isParagraph = isInList && isIndented && /^\S/.test(line.text)
      if (!/^\s+\S/.test(line.text)) isInList = false
      return isParagraph ? [gap, line] : [line]
    }
    const isFirst = !isInList && !isBulletLine(lines[index - 1]?.text) && !isBulletLine(lines[index - 2]?.text)
    if (isFirst) {
      report.guess('bullets-guessed', placeOf(file, line, margin.length + 1), {
        actual: mark ?? '',
        guessed: '-',
        reason: `Lines from here that begin with ${quoted(mark ?? '')} became a list`,
        expected: 'list items that begin with `-`',
        fix: 'look where the list ends',
      })
    }
    isInList = true
    isIndented = margin !== ''
    // A list that is set in by four blanks would be code.
    const indent = ' '.repeat(Math.min(margin.length, nested(mark) ? 2 : 0))
    const item = { ...line, text: `${indent}- ${line.text.slice(whole.length)}` }
    return isFirst && (lines[index - 1]?.text ?? '').trim() !== '' ? [gap, item] : [item]
  })
}

function nested(mark: string | undefined): boolean {
  return mark !== undefined && '◦○▪□'.includes(mark)
}

function isBulletLine(text: string | undefined): boolean {
  return text !== undefined && bullet.test(text)
}
