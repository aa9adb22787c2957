/**
 * Finds the change of one line after which YAML can be read, or at least up to a later place. Nobody can tell what
 * somebody meant; but what a fix says is tried before it is said.
 */
import type { Position } from '#domain/problem.ts'
import { asYaml, quoted } from './edit.ts'
import { shorten, type Fix } from './problems.ts'
import { parseYaml, type YamlFault } from './yaml.ts'

/** What a line is to become; undefined removes it. */
type Candidate = string | undefined

/** Larger texts are tried too often for the time that it takes. */
const maximumLength = 16 * 1024

/** A fix for a text that cannot be read, with positions in that text; undefined where no small change helps. */
export function repairOf(text: string, fault: YamlFault): Fix | undefined {
  if (text.length > maximumLength) return undefined
  const lines = text.split('\n')
  const at = Math.min(fault.position.line, lines.length) - 1
  let further: Fix | undefined
  // The line that begins a second document is what is too much.
  const before = lines[at - 1]
  if (before !== undefined && /^(---|\.\.\.)\s*$/.test(before)) return fixOfLine(lines, at - 1, undefined)
  for (const index of [at, at - 1]) {
    const line = lines[index]
    if (line === undefined || line.trim() === '') continue
    for (const candidate of candidatesFor(lines, index, index === at ? fault.position.column : undefined)) {
      if (candidate === line || candidate?.trim() === '') continue
      const changed = lines.toSpliced(index, 1, ...(candidate === undefined ? [] : [candidate]))
      const next = faultOf(changed.join('\n'))
      if (next === undefined) return fixOfLine(lines, index, candidate)
      // Removing a line may only hide what was wrong with it.
      if (candidate !== undefined && next.position.line > fault.position.line)
        further ??= fixOfLine(lines, index, candidate)
    }
  }
  return further ?? (lines[at] === undefined ? undefined : fixOfLine(lines, at, undefined))
}

/** The value of a key or an item, and all that follows it on its line, as one text in quotes. */
export function quotedLine(line: string): string | undefined {
  const [, before, value = ''] = /^(\s*(?:- +)*(?:[^\s:#'"[{][^:]*:(?:\s+|$)|- +|-$)?)(.*)$/.exec(line) ?? []
  if (before === undefined || value.trim() === '') return undefined
  const space = /[:-]$/.test(before) ? ' ' : ''
  // A comment behind a value in quotes is none of its text.
  const [, typed, comment = ''] = /^(["'\u201c\u201e].*["'\u201c\u201d])( +# .*)?$/.exec(value.trim()) ?? []
  return `${before}${space}${quoted(withoutQuotes(typed ?? value.trim()))}${typed === undefined ? '' : comment}`
}

function faultOf(text: string): YamlFault | undefined {
  const parsed = parseYaml(text)
  return parsed.ok ? undefined : parsed.fault
}

function fixOfLine(lines: readonly string[], index: number, candidate: Candidate): Fix {
  const line = lines[index] ?? ''
  const start = { line: index + 1, column: 1 }
  if (candidate === undefined) {
    const isLast = index === lines.length - 1 && index > 0
    const from: Position = isLast ? { line: index, column: (lines[index - 1]?.length ?? 0) + 1 } : start
    const end: Position = isLast ? { line: index + 1, column: line.length + 1 } : { line: index + 2, column: 1 }
    return { text: `remove the line \`${shorten(line)}\``, change: { kind: 'replace', start: from, end, text: '' } }
  }
  const indentation = (text: string) => text.length - text.trimStart().length
  const isMoved = candidate.trim() === line.trim()
  const end = { line: index + 1, column: line.length + 1 }
  if (candidate.endsWith(`\n${line}`)) {
    const added = candidate.slice(0, -line.length - 1)
    const text = `write a line \`${added}\` before \`${shorten(line.trim())}\``
    return { text, change: { kind: 'replace', start, end, text: candidate } }
  }
  return {
    text: isMoved
      ? `begin the line \`${shorten(line.trim())}\` in column ${indentation(candidate) + 1}`
      : `did you mean \`${shorten(candidate.trim())}\`?`,
    change: { kind: 'replace', start, end, text: candidate },
  }
}

/** The likeliest first. */
function* candidatesFor(lines: readonly string[], index: number, column: number | undefined): Generator<Candidate> {
  const line = lines[index] ?? ''
  if (/[\u00a0\u2000-\u200b\u202f\u3000]/.test(line)) yield line.replace(/[\u00a0\u2000-\u200b\u202f\u3000]/g, ' ')
  // A claim that was pasted below the other keys.
  if (/^\s*- +architectures\s*:/.test(line) && !lines.some((one) => one.startsWith('claims:'))) yield `claims:\n${line}`
  if (line.includes('\t')) yield line.replace(/\t/g, '  ').replace(/[ ]+$/, '')
  const unspaced = /^(\s*(?:- +)*[A-Za-z][\w-]*):(?=[^\s:/])(.+)$/.exec(line)
  if (unspaced) yield `${unspaced[1] ?? ''}: ${unspaced[2] ?? ''}`
  yield* closings(line)
  const asQuotation = quotedLine(line)
  if (asQuotation !== undefined) yield asQuotation
  for (const indentation of indentationsNear(lines, index)) yield ' '.repeat(indentation) + line.trimStart()
  if (column !== undefined) {
    // One sign too many, at the place itself or before it.
    for (const offset of line.trimStart().startsWith('?') ? [] : [column - 1, column - 2]) {
      const without = line.slice(0, offset) + line.slice(offset + 1)
      if (offset >= 0 && offset < line.length && isBalanced(without)) yield without
    }
  }
  const [, key = '', value = ''] = /^(\s*(?:- +)*[A-Za-z][\w-]*):\s+(.*)$/.exec(line) ?? []
  if (key !== '' && value !== '') yield `${key}: ${asYaml(withoutQuotes(value))}`
  yield undefined
}

function isBalanced(line: string): boolean {
  const count = (sign: string) => line.split(sign).length
  return count('[') === count(']') && count('{') === count('}')
}

function* closings(line: string): Generator<string> {
  const end = line.replace(/,?\s*$/, '')
  const comma = line.trimEnd().endsWith(',') ? ',' : ''
  for (const closing of [']', '}', '}]', ']}', '"', "'", '"]', '"}']) yield `${end}${closing}${comma}`
  if (/[\]}]$/.test(end)) yield end.slice(0, -1)
}

/** Where the lines around begin, and one step further in. */
function indentationsNear(lines: readonly string[], index: number): Set<number> {
  const own = indentationOf(lines[index] ?? '')
  const near = [lines.slice(0, index).findLast(isFull), lines.slice(index + 1).find(isFull)]
  const found = new Set<number>()
  for (const line of near) {
    if (line === undefined) continue
    const start = indentationOf(line)
    for (const candidate of [start, start + 2, start - 2, 0])
      if (candidate >= 0 && candidate !== own) found.add(candidate)
  }
  return found
}

function isFull(line: string): boolean {
  return line.trim() !== ''
}

function indentationOf(line: string): number {
  return line.length - line.trimStart().length
}

/** What stands between quotes, and quotes that stand on one side only. */
function withoutQuotes(value: string): string {
  const [, quote, inner] = /^(["'])(.*)\1$/.exec(value) ?? []
  if (quote !== undefined && inner !== undefined) return inner
  const [, curled] = /^[\u201c\u201e]([^\u201c-\u201e]*)[\u201c\u201d]$/.exec(value) ?? []
  if (curled !== undefined) return curled
  return value.replace(/^["']/, '').replace(/["']$/, '')
}
