/** Bullets of word processors. */
import { type Report, quoted } from './report.ts'
import { type SourceLine, placeOf } from './source-text.ts'

const bullet = /^([ \t]*)([•·◦▪‣●○■□➢]|[–—])([ \t]+)(?=\S)/u

/**
 * Bullets of word processors become those of Markdown. A dash is one only where several lines begin with it.
 * @returns for each line the lines that it becomes
 */
export function changeBullets(
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
