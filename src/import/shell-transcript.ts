/** Finds what was typed at a prompt, and what was answered. */
import { commandNames } from './command-names.ts'
import type { CodeRange } from './unfenced-code.ts'

const prompt = /^(\s*)(?:[#$%]|[\w.-]+@[\w.-]+:\S*[#$]|\[[\w.-]+@[\w.-]+ [^\]]+\][#$])\s+(.*)$/

export function transcriptAt(index: number, text: (index: number) => string, length: number): CodeRange | undefined {
  const first = prompt.exec(text(index))
  if (!first || !isCommand(text(index))) return undefined
  const margin = first[1] ?? ''
  let to = index + 1
  let last = to
  for (; to < length; to += 1) {
    const line = text(to)
    if (line.trim() === '') {
      // Output that is indented goes on behind a line of blanks.
      if (margin === '' || !(text(to + 1).startsWith(margin) && text(to + 1).trim() !== '' && line.length > 0)) {
        if (!(text(to + 1).trim() !== '' && isCommand(text(to + 1)))) break
      }
      continue
    }
    const isIndented = margin !== '' && line.startsWith(margin) && !looksLikeProse(line)
    const isOutput = margin === '' && looksLikeOutput(line)
    if (!isCommand(line) && !isIndented && !isOutput) break
    last = to + 1
  }
  const commands = Array.from({ length: last - index }, (_, offset) => text(index + offset)).filter(isCommand)
  // One line that could be a heading is not enough, unless it can hardly be one.
  const [, , command = ''] = first
  const isSure =
    commands.length > 1 ||
    (margin !== '' && commandNames.has(command.split(/\s/)[0] ?? '')) ||
    /[$|=<>`]|(?:^|\s)(?:--?\w|[~.]{0,2}\/)|\.[a-z]+\b/.test(command)
  return isSure ? { from: index, to: last, language: 'console', why: 'its lines begin with a prompt' } : undefined
}

function isCommand(line: string): boolean {
  const [, margin = '', typed = ''] = prompt.exec(line) ?? []
  if (typed === '') return false
  const [name = ''] = typed.split(/\s/)
  if (/^\s*[#%]/.test(line)) {
    if (/[.!?]$/.test(typed) && / /.test(typed) && margin === '') return false
    return commandNames.has(name) || /^(?:\.{0,2}\/\S+|[A-Za-z_]\w*=\S+)$/.test(name)
  }
  return /^[./\w~-]+$/.test(name) && !/^\d/.test(name)
}

function looksLikeProse(line: string): boolean {
  return /^\s*[A-Z“"][\p{L}'’]*(?: [\p{L}'’,-]+){4,}/u.test(line) && /[.,:;!?]?\s*$/.test(line)
}

function looksLikeOutput(line: string): boolean {
  return (
    !/[.!?:]\s*$/.test(line) &&
    !/^[A-Z][\p{L}'’]+ [\p{L}]+ /u.test(line) &&
    line.trim().split(/\s+/).length <= 8 &&
    !/^\s*(?:[-*+>#]|\d+[.)])\s/.test(line) &&
    !/[[\]]/.test(line)
  )
}
