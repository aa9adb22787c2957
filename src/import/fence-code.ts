/** Puts code into fences, and tells each time. */
import type { Report } from './report.ts'
import { type SourceLine, placeOf } from './source-text.ts'
import type { CodeRange } from './unfenced-code.ts'

/**
 * Puts code into fences.
 * @param prose for each line what it becomes where it is no code
 */
export function fenceCode(
  lines: readonly SourceLine[],
  ranges: readonly CodeRange[],
  file: string,
  report: Report,
  prose: readonly (readonly SourceLine[])[],
): SourceLine[] {
  const fenced: SourceLine[] = []
  let next = 0
  for (const { from, to, language, why } of ranges) {
    for (const lines of prose.slice(next, from)) fenced.push(...lines)
    const code = lines.slice(from, to)
    const first = code[0] ?? { text: '', line: 1 }
    const mark = fenceFor(code.map(({ text }) => text))
    const margin = code.reduce(
      (least, { text }) => (text.trim() === '' ? least : Math.min(least, /^ */.exec(text)?.[0].length ?? 0)),
      Number.MAX_SAFE_INTEGER,
    )
    const bare = (text: string) => ({ text, line: first.line })
    fenced.push(bare(''), bare(`${mark}${language}`))
    for (const line of code) {
      fenced.push({ ...line, text: language === 'diff' ? line.text : line.text.slice(margin).trimEnd() })
    }
    fenced.push(bare(mark), bare(''))
    next = to
    report.guess('code-guessed', placeOf(file, first, 1), {
      actual: first.text,
      guessed: language,
      reason: `${code.length === 1 ? 'This line was' : `${code.length} lines from here were`} put into a code block: ${why}`,
      expected: 'code between two lines of three backticks',
      fix: 'look where the block begins and ends, and correct its language',
    })
  }
  for (const lines of prose.slice(next)) fenced.push(...lines)
  return fenced
}

/** A fence that none of some lines can close. */
export function fenceFor(lines: readonly string[]): string {
  const longest = lines.reduce(
    (most, line) => Math.max(most, ...(line.match(/`+/g) ?? []).slice(0, 1000).map(({ length }) => length)),
    2,
  )
  return '`'.repeat(longest + 1)
}
