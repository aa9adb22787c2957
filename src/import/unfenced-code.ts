/**
 * Code that stands in the text without a fence: to Markdown `# cd /home` is a heading, `-RUN` a list and
 * `+++ Dockerfile` text. What is surely code gets a fence; each time is told.
 */
import { commandNames } from './command-names.ts'
import { quoted, type Report } from './report.ts'
import { placeOf, type SourceLine } from './source-text.ts'

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

const hunk = /^\s?@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/
/** The same with what people leave out when they shorten it: `@@ -1,2 +3 @@`. */
function diffAt(index: number, text: (index: number) => string): CodeRange | undefined {
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

function isDiffLine(line: string): boolean {
  return /^[-+ \t\\]\S|^[-+ ]\s+\S|^@@ /.test(line)
}

const prompt = /^(\s*)(?:[#$%]|[\w.-]+@[\w.-]+:\S*[#$]|\[[\w.-]+@[\w.-]+ [^\]]+\][#$])\s+(.*)$/

function transcriptAt(index: number, text: (index: number) => string, length: number): CodeRange | undefined {
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

/** A block of lines without an empty one between them that bears a sign of code. */
function codeBlockAt(index: number, text: (index: number) => string): CodeRange | undefined {
  if (text(index - 1).trim() !== '' || /^(?: {4}|\t)/.test(text(index))) return undefined
  let to = endOfBlock(index, text)
  const lines = Array.from({ length: to - index }, (_, offset) => text(index + offset))
  const sign = signs.find(({ fits }) => fits(lines))
  if (!sign) return undefined
  // Braces that are open at an empty line are closed behind it.
  let open = bracesOpenIn(lines)
  for (
    let tries = 0;
    sign.goesOn && open > 0 && tries < 20 && text(to) === '' && text(to + 1).trim() !== '';
    tries += 1
  ) {
    const end = endOfBlock(to + 1, text)
    const more = Array.from({ length: end - to - 1 }, (_, offset) => text(to + 1 + offset))
    if (!more.some((line) => /^\s|^[})]/.test(line))) break
    open += bracesOpenIn(more)
    to = end
  }
  return { from: index, to, language: sign.language, why: sign.why, goesOn: sign.goesOn }
}

function endOfBlock(index: number, text: (index: number) => string): number {
  let to = index
  while (text(to).trim() !== '') to += 1
  return to
}

function bracesOpenIn(lines: readonly string[]): number {
  const count = (mark: RegExp) => lines.reduce((sum, line) => sum + (line.match(mark)?.length ?? 0), 0)
  return count(/\{/g) - count(/\}/g)
}

interface Sign {
  fits: (lines: readonly string[]) => boolean
  language: string
  why: string
  goesOn: boolean
}

const listItem = /^\s*(?:[-*+>•]|\d+[.)])\s/

const signs: readonly Sign[] = [
  {
    fits: (lines) => lines.some((line) => /^\s*[├└│┌╭]/u.test(line)),
    language: 'text',
    why: 'it is drawn with lines',
    goesOn: false,
  },
  {
    fits: ([first = '']) => /^#include\s+[<"]/.test(first),
    language: 'c',
    why: 'it begins with `#include`',
    goesOn: true,
  },
  {
    fits: ([first = '']) => /^package \w+;?$/.test(first),
    language: 'go',
    why: 'it begins with `package`',
    goesOn: true,
  },
  {
    fits: (lines) => lines.length > 1 && lines.some((line) => /^\s*#\s*$/.test(line)),
    language: 'sh',
    why: 'a line that is empty but for `#` is a comment',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.some((line) => /^\s*\/\/\s*$/.test(line)) ||
      (lines.length > 1 && lines.every((line) => /^\s*(?:\/\/|#include\b|import ["(]|from \w+ import )/.test(line))),
    language: 'text',
    why: 'its lines are comments and imports',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 1 && lines.slice(0, -1).some((line) => /\s\\$/.test(line)) && /^\s+\S/.test(lines[1] ?? ''),
    language: 'sh',
    why: 'a line goes on behind a backslash',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 1 &&
      /^\s?(?:func|var|type|struct|class|public|static|int|void|if|for|while)\b.*\{$/.test(lines[0] ?? ''),
    language: 'text',
    why: 'its first line opens a brace',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 2 &&
      lines.filter((line) => /[;{}]\s*$|^\s*[})]/.test(line)).length * 2 > lines.length &&
      lines.some((line) => /[{}]|\w\(.*\)|\w\s*=/.test(line)) &&
      !lines.some((line) => listItem.test(line)),
    language: 'text',
    why: 'most of its lines end like statements',
    goesOn: true,
  },
  {
    fits: (lines) =>
      lines.length > 2 &&
      lines.filter((line) => /\S {3,}\S/.test(line)).length * 3 > lines.length * 2 &&
      !lines.some((line) => listItem.test(line) || line.includes(' | ')),
    language: 'text',
    why: 'its columns are made with blanks',
    goesOn: false,
  },
]

/** Tells what became of a line that was left as it is. */
export function tellShortcode(file: string, line: SourceLine, tag: string, guessed: string, report: Report): void {
  const isKept = guessed === ''
  report.guess(isKept ? 'shortcode-kept' : 'shortcode-changed', placeOf(file, line, line.text.indexOf(tag) + 1), {
    actual: tag,
    guessed,
    reason: isKept
      ? `The shortcode ${quoted(tag)} stays as text`
      : `The shortcode ${quoted(tag)} became ${quoted(guessed)}`,
    expected: 'Markdown: nothing here runs shortcodes',
    fix: isKept ? 'write what it showed' : 'look whether the block is complete',
    ...(isKept ? {} : { removed: tag }),
  })
}
