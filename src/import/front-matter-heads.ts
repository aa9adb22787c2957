/** Finds where front matter begins and ends, in each of the ways in which it was written. */
import { CodeEnds } from './code-ends.ts'
import { type Report, quoted } from './report.ts'
import { type SourceLine, type SourceText, placeOf } from './source-text.ts'
import type { FrontMatterKind } from './split.ts'

export interface Head {
  /** Index of the line on which the document begins. */
  start: number
  kind: FrontMatterKind
  from: number
  to: number
  /** Index of the first line of the body. */
  body: number
}

/** Keys that front matter of a post has, and prose hardly begins a line with. */
const strongKey =
  /^(title|number|issue|date|layout|slug|author|authors|category|categories|tags|permalink|draft|state)\s*[:=]/i

const anyKey = /^["']?[A-Za-z_][\w .-]{0,60}["']?\s*:(?:\s|$)/

export function findHeads({ file, lines }: SourceText, report: Report): Head[] | undefined {
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
