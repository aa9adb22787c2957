/**
 * Code that stands in the text without a fence: to Markdown `# cd /home` is a heading, `-RUN` a list and
 * `+++ Dockerfile` text. What is surely code gets a fence; each time is told.
 */
import { codeBlockAt } from './code-signs.ts'
import { diffAt } from './diff-block.ts'
import { transcriptAt } from './shell-transcript.ts'
import type { SourceLine } from './source-text.ts'

export interface CodeRange {
  /** Indices of the first line and of the line after the last one. */
  from: number
  to: number
  language: string
  why: string
  /** Whether it goes on with the next code behind an empty line. */
  goesOn?: boolean
}

/** The ranges of some lines, outside of fences and preformatted HTML, that are code. */
export function findUnfencedCode(lines: readonly SourceLine[], isFree: (index: number) => boolean): CodeRange[] {
  const ranges: CodeRange[] = []
  const text = (index: number) => (isFree(index) ? (lines[index]?.text ?? '') : '')
  for (let index = 0; index < lines.length; index += 1) {
    if (!isFree(index) || text(index).trim() === '') continue
    const range =
      diffAt(index, text) ??
      kernelOptionsAt(index, text) ??
      transcriptAt(index, text, lines.length) ??
      codeBlockAt(index, text)
    if (!range) continue
    const last = ranges.at(-1)
    const isNext =
      last?.goesOn === true &&
      range.goesOn === true &&
      range.from - last.to <= 2 &&
      isBlankBetween(last.to, range.from, text)
    if (isNext) {
      last.to = range.to
      if (last.language === 'text') last.language = range.language
    } else ranges.push(range)
    index = range.to - 1
  }
  return ranges
}

function isBlankBetween(from: number, to: number, text: (index: number) => string): boolean {
  for (let at = from; at < to; at += 1) if (text(at).trim() !== '') return false
  return true
}

const kernelOption = /^\s*(?:# CONFIG_\w+ is not set|CONFIG_\w+=\S+)\s*$/

/** `# CONFIG_X is not set`, as the kernel writes its options: a heading to Markdown. */
function kernelOptionsAt(index: number, text: (index: number) => string): CodeRange | undefined {
  let to = index
  while (kernelOption.test(text(to))) to += 1
  return to === index ? undefined : { from: index, to, language: 'text', why: 'its lines are options of a kernel' }
}
