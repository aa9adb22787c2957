/**
 * Old issues were often kept in one file, one after the other, each with its front matter. CommonMark does not
 * know that: a line of text followed by `---` is a heading to it, and so is the `title:` of the next issue.
 */
import { placeOf, type SourceLine, type SourceText } from './source-text.ts'
import { quoted, type Report } from './report.ts'

export type FrontMatterKind = 'yaml' | 'toml' | 'plain'

/** One issue, as it stands in its file. */
export interface OldDocument {
  file: string
  kind: FrontMatterKind | undefined
  /** Lines between the fences. */
  metadata: SourceLine[]
  body: SourceLine[]
  /** Everything, with the fences: what the words are counted in. */
  whole: SourceLine[]
}

interface Head {
  /** Index of the line on which the document begins. */
  start: number
  kind: FrontMatterKind
  from: number
  to: number
  /** Index of the first line of the body. */
  body: number
}

/** Divides a file into its issues. A file without front matter is one, or one for each title that has a number of its own. */
export function splitDocuments(source: SourceText, report: Report): OldDocument[] {
  const heads = findHeads(source, report)
  const { file, lines } = source
  if (heads === undefined) return []
  const documents: OldDocument[] = []
  const add = (from: number, to: number, head?: Head) => {
    const whole = lines.slice(from, to)
    if (!whole.some(({ text }) => /[\p{L}\p{N}]/u.test(text))) return
    documents.push({
      file,
      kind: head?.kind,
      metadata: head ? lines.slice(head.from, head.to) : [],
      body: head ? lines.slice(head.body, to) : whole,
      whole,
    })
  }
  if (heads.length === 0) {
    const titles = numberedTitles(source, report)
    const starts = titles.length > 1 ? [0, ...titles.slice(1)] : [0]
    starts.forEach((start, index) => {
      add(start, starts[index + 1] ?? lines.length)
    })
    return documents
  }
  add(0, heads[0]?.start ?? 0)
  heads.forEach((head, index) => {
    add(head.start, heads[index + 1]?.start ?? lines.length, head)
  })
  return documents
}

/** Keys that front matter of a post has, and prose hardly begins a line with. */
const strongKey =
  /^(title|number|issue|date|layout|slug|author|authors|category|categories|tags|permalink|draft|state)\s*[:=]/i
const anyKey = /^["']?[A-Za-z_][\w .-]{0,60}["']?\s*:(?:\s|$)/

function findHeads({ file, lines }: SourceText, report: Report): Head[] | undefined {
  const heads: Head[] = []
  const text = (index: number) => lines[index]?.text ?? ''
  const first = lines.findIndex((line) => line.text.trim() !== '')
  const code = new CodeEnds(lines)
  for (let index = Math.max(first, 0); index < lines.length; index += 1) {
    const isFirst = index === first
    const line = text(index)
    const place = () => placeOf(file, lines[index] ?? { text: '', line: 1 }, 1)
    if (isFirst && /^---\s*[a-z]+\s*$/i.test(line) && !/^---\s*ya?ml\s*$/i.test(line)) {
      report.refuse('front-matter-not-yaml', place(), {
        reason: `Unexpected first line ${quoted(line)}, expected \`---\`: front matter is data and never runs`,
        expected: 'a line of exactly `---`',
        actual: line,
        fix: 'write the front matter as YAML between two lines of `---`',
      })
      return undefined
    }
    const codeEnd = code.endOf(index)
    if (codeEnd !== undefined) {
      index = codeEnd
      continue
    }
    const head =
      isFirst && /^---\s*ya?ml\s*$/i.test(line) ? readHead(index, lines, true) : readHeadAt(index, lines, isFirst)
    if (!head) continue
    if (head.isOpen) {
      report.guess('front-matter-unclosed', place(), {
        actual: line,
        guessed: `the end before line ${lines[head.body]?.line ?? lines.length}`,
        reason: 'The front matter that begins here has no end; it was taken to end where no key follows',
        expected: 'front matter that ends with a line of exactly `---`',
        fix: 'look whether a line of the text was taken for a key, or a key for text',
      })
    }
    heads.push(head)
    // The line before the body is passed again by the loop.
    index = Math.max(index, head.body - 1)
  }
  return heads
}

type FoundHead = Head & { isOpen?: boolean }

function readHeadAt(index: number, lines: readonly SourceLine[], isFirst: boolean): FoundHead | undefined {
  const line = lines[index]?.text ?? ''
  if (/^---\s*$/.test(line)) return readHead(index, lines, isFirst)
  if (/^\+\+\+\s*$/.test(line)) return readTomlHead(index, lines)
  const isApart = isFirst || (lines[index - 1]?.text ?? '').trim() === ''
  return isApart && strongKey.test(line) && !line.includes('=') ? readPlainHead(index, lines) : undefined
}

function readHead(index: number, lines: readonly SourceLine[], isFirst: boolean): FoundHead | undefined {
  const text = (at: number) => lines[at]?.text ?? ''
  let from = index + 1
  while (from < lines.length && from < index + 3 && text(from).trim() === '') from += 1
  const isKey = (at: number) => anyKey.test(text(at))
  if (isFirst && /^---\s*$/.test(text(from))) return { start: index, kind: 'yaml', from, to: from, body: from + 1 }
  if (!isKey(from) || !(isFirst || strongKey.test(text(from)))) return undefined

  const isMetadata = (at: number) => isKey(at) || /^(?:\s+\S|- |-$|\[|\]|\}|#(?!#* [A-Z]))/.test(text(at))
  const limit = Math.min(lines.length, from + 400)
  let blank: number | undefined
  for (let at = from; at < limit; at += 1) {
    if (/^(?:---|\.\.\.)\s*$/.test(text(at))) {
      // What follows an end that was forgotten may be the beginning of the next issue.
      if (blank !== undefined && strongKey.test(text(at + 1))) break
      return { start: index, kind: 'yaml', from, to: at, body: at + 1 }
    }
    if (text(at).trim() === '') {
      blank ??= at
      continue
    }
    if (!isMetadata(at)) {
      // Text of several lines may stand at the margin, where an end follows before any empty line.
      const end = blank === undefined ? closeBeforeBlank(at, lines) : undefined
      if (end === undefined) break
      return { start: index, kind: 'yaml', from, to: end, body: end + 1 }
    }
  }
  let end = from
  while (end < lines.length && text(end).trim() !== '' && isMetadata(end)) end += 1
  const isPost = lines.slice(from, end).some((line) => /^(title|number|date)\s*:/i.test(line.text))
  return isPost || isFirst ? { start: index, kind: 'yaml', from, to: end, body: end, isOpen: true } : undefined
}

function closeBeforeBlank(from: number, lines: readonly SourceLine[]): number | undefined {
  for (let at = from; at < lines.length && at < from + 10; at += 1) {
    const text = lines[at]?.text ?? ''
    if (text.trim() === '' || /^#/.test(text)) return undefined
    if (/^(?:---|\.\.\.)\s*$/.test(text)) return at
  }
  return undefined
}

function readTomlHead(index: number, lines: readonly SourceLine[]): FoundHead | undefined {
  const from = index + 1
  if (!/^\s*(?:#|\[|[A-Za-z_"'][\w"'.-]*\s*=)/.test(lines[from]?.text ?? '')) return undefined
  for (let at = from; at < lines.length && at < from + 400; at += 1) {
    if (/^\+\+\+\s*$/.test(lines[at]?.text ?? '')) return { start: index, kind: 'toml', from, to: at, body: at + 1 }
  }
  let end = from
  while (/^\s*(?:[A-Za-z_"'][\w"'.-]*\s*=|\[|\]|"|')/.test(lines[end]?.text ?? '')) end += 1
  return { start: index, kind: 'toml', from, to: end, body: end, isOpen: true }
}

/** `Title: …`, `Number: …`, `Date: …`, as Pelican has them: no fence, and an empty line at the end. */
function readPlainHead(index: number, lines: readonly SourceLine[]): FoundHead | undefined {
  let end = index
  while (anyKey.test(lines[end]?.text ?? '') || (end > index && /^\s+\S/.test(lines[end]?.text ?? ''))) end += 1
  const head = lines.slice(index, end).map(({ text }) => text)
  const hasTitle = head.some((text) => /^title\s*:\s*\S/i.test(text))
  const strong = head.filter((text) => strongKey.test(text)).length
  const isEnded = end >= lines.length || /^\s*$|^(?:---|\.\.\.)\s*$/.test(lines[end]?.text ?? '')
  if (!hasTitle || strong < 2 || !isEnded) return undefined
  const isClosed = /^(?:---|\.\.\.)\s*$/.test(lines[end]?.text ?? '')
  return { start: index, kind: 'plain', from: index, to: end, body: isClosed ? end + 1 : end }
}

/** Where the first-level headings with a number of their own are, in a file that has no front matter. */
function numberedTitles({ file, lines }: SourceText, report: Report): number[] {
  const code = new CodeEnds(lines)
  const found: number[] = []
  const numbers = new Set<string>()
  let codeEnd = -1
  lines.forEach((line, index) => {
    if (index <= codeEnd) return
    codeEnd = code.endOf(index) ?? codeEnd
    if (index <= codeEnd) return
    const isSetext = /^=+\s*$/.test(lines[index + 1]?.text ?? '')
    const title = isSetext ? line.text : /^# +(.*)/.exec(line.text)?.[1]
    const number =
      title && /(?:\b(?:issue|edition|number|no\.?|nr\.?|vol\.?|week)\s*#?\s*|#)(\d{1,5})\b/i.exec(title)?.[1]
    if (!number || numbers.has(number)) return
    numbers.add(number)
    found.push(index)
    if (found.length < 2) return
    report.guess('split-guessed', placeOf(file, line, 1), {
      actual: line.text,
      guessed: 'the beginning of another issue',
      reason: `${quoted(line.text)} was taken for the title of another issue`,
      expected: 'front matter before each issue of a file',
      fix: 'if it is a part of the issue before it, join the two files',
    })
  })
  return found
}

/** Finds the ends of fences, of preformatted HTML and of comments, in which nothing begins an issue. */
class CodeEnds {
  private readonly lines: readonly SourceLine[]
  /** Marks of which is known that nothing closes them any more: what they hold is no code. */
  private readonly unclosed = new Set<string>()

  constructor(lines: readonly SourceLine[]) {
    this.lines = lines
  }

  /** Index of the line that ends what begins on a line, or undefined where nothing begins or it has no end. */
  endOf(index: number): number | undefined {
    const line = this.lines[index]?.text ?? ''
    const fence = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      return this.find(index, fence, (text) => text.trim().startsWith(fence) && /^(?:`+|~+)$/.test(text.trim()))
    }
    const name = /<(pre|script|style|textarea)(?:[\s>]|$)/i.exec(line)?.[1]?.toLowerCase()
    if (name !== undefined && !line.toLowerCase().includes(`</${name}`)) {
      return this.find(index, name, (text) => text.toLowerCase().includes(`</${name}`))
    }
    if (line.includes('<!--') && !line.includes('-->')) return this.find(index, '<!--', (text) => text.includes('-->'))
    return undefined
  }

  private find(index: number, mark: string, isEnd: (text: string) => boolean): number | undefined {
    if (this.unclosed.has(mark)) return undefined
    for (let at = index + 1; at < this.lines.length; at += 1) if (isEnd(this.lines[at]?.text ?? '')) return at
    this.unclosed.add(mark)
    return undefined
  }
}
