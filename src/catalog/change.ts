/**
 * Carries out what a fix says: the change of a problem as edits of the text that has it. Everything else stays to the
 * character.
 */
import {
  isMap,
  isPair,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml'
import type { Change, Position } from '#domain/problem.ts'
import { asYaml, quoted } from './edit.ts'

/** The text between two offsets becomes another one. */
export interface TextEdit {
  start: number
  end: number
  text: string
}

/** A file as the reader of content sees it: without byte order mark, its lines ended by LF. */
interface Located {
  /** Path inside the content folder. */
  file: string
  text: string
}

/**
 * The edit that carries out a change; undefined where nothing stands there that it could be about.
 * Changes of a whole file, its name and its encoding, are no edits of its text.
 */
export function editOf(change: Change, place: Position, { file, text }: Located): TextEdit | undefined {
  const offset = offsetAt(text, place)
  switch (change.kind) {
    case 'replace':
      return {
        start: change.start ? offsetAt(text, change.start) : offset,
        end: offsetAt(text, change.end),
        text: change.text,
      }
    case 'swap': {
      const start = text.indexOf(change.from, offset)
      return start === -1 ? undefined : { start, end: start + change.from.length, text: change.to }
    }
    case 'write':
    case 'write-yaml':
    case 'quote':
    case 'wrap':
    case 'remove':
    case 'add': {
      const yaml = yamlOf(file, text)
      const edit = yaml && editOfYaml(change, offset - yaml.start, yaml.text)
      return edit && { start: edit.start + yaml.start, end: edit.end + yaml.start, text: edit.text }
    }
    case 'add-entry':
      return additionOfEntry(change, text)
    case 'rename':
    case 'recode':
      return undefined
    default:
      return change satisfies never
  }
}

/** The file that a change is about: that of the problem, where it names no other one. */
export function fileOfChange(change: Change, file: string): string {
  return change.kind === 'add-entry' ? change.file : file
}

/** The text with edits carried out; of two that overlap the first one is. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let at = 0
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) continue
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}

export function offsetAt(text: string, { line, column }: Position): number {
  let start = 0
  for (let number = 1; number < line; number += 1) {
    const end = text.indexOf('\n', start)
    if (end === -1) return text.length
    start = end + 1
  }
  return Math.min(start + column - 1, text.length)
}

export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset)
  return { line: before.split('\n').length, column: offset - (before.lastIndexOf('\n') + 1) + 1 }
}

/** The part of a file that is YAML. */
export function yamlOf(file: string, text: string): { start: number; text: string } | undefined {
  if (file.endsWith('.yml')) return { start: 0, text }
  const start = text.indexOf('\n') + 1
  const end = text.indexOf('\n---', start - 1)
  return text.startsWith('---') && start > 0 && end !== -1 ? { start, text: text.slice(start, end + 1) } : undefined
}

type YamlChange = Extract<Change, { kind: 'write' | 'write-yaml' | 'quote' | 'wrap' | 'remove' | 'add' }>

function editOfYaml(change: YamlChange, offset: number, text: string): TextEdit | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, {
    schema: 'failsafe',
    lineCounter: lines,
    uniqueKeys: false,
    logLevel: 'silent',
  })
  const found = findAt(document, offset)
  if (change.kind === 'add') return addition(document, found, change, text)
  if (!found) return undefined
  const [start, end] = found.range
  switch (change.kind) {
    case 'write':
      return { start, end, text: leadingSpace(text, start) + asYaml(change.text) }
    case 'write-yaml':
      return { start, end, text: leadingSpace(text, start) + change.yaml }
    case 'quote':
      return { start, end, text: quoted(text.slice(start, end).trim().replace(/\s+/g, ' ')) }
    case 'wrap':
      return asItem(found, text)
    case 'remove':
      return removal(document, found, text)
    default:
      return change satisfies never
  }
}

interface Found {
  node: Node
  /** The key with its value that the node is a part of, where it is one of a map. */
  pair: Pair | undefined
  /** The map or list around it, the outermost one last. */
  around: readonly Node[]
  range: readonly [start: number, end: number]
}

/** The outermost node that begins at an offset. */
function findAt(document: Document.Parsed, offset: number): Found | undefined {
  let found: Found | undefined
  visit(document, {
    Node(_, node, path) {
      if (!node.range) return undefined
      const [start, end] = node.range
      if (start !== offset) return undefined
      const last = path.at(-1)
      const around = path.filter((one): one is Node => isMap(one) || isSeq(one)).reverse()
      // A map begins where its first key does: who points there means the key.
      if ((isMap(node) || isSeq(node)) && !node.flow && around.length === 0) return undefined
      found = { node, pair: isPair(last) ? last : undefined, around, range: [start, end] }
      return visit.BREAK
    },
  })
  return found
}

/** An empty value begins right after the colon. */
function leadingSpace(text: string, start: number): string {
  return text[start - 1] === ':' || text[start - 1] === '-' ? ' ' : ''
}

function removal(document: Document.Parsed, { node, pair, around }: Found, text: string): TextEdit | undefined {
  const container = around[0]
  if (!container) return undefined
  if (!isMap(container) && !isSeq(container)) return undefined
  // A map in a block list, whose first key was pointed at, is the item.
  const items = container.items as readonly unknown[]
  const index = items.findIndex((item) => item === pair || item === node)
  const item = items[index]
  if (index === -1) return undefined
  // What holds nothing else goes with it.
  if (items.length === 1) {
    const owner = ownerOf(document, container)
    if (owner && owner.around.length > 0) return removal(document, owner, text)
  }
  const start = startOf(item)
  const end = endOf(item)
  if (start === undefined || end === undefined) return undefined
  if (container.flow) {
    const next = startOf(items[index + 1])
    if (next !== undefined) return { start, end: next, text: '' }
    const before = index > 0 ? endOf(items[index - 1]) : undefined
    return { start: before ?? start, end, text: '' }
  }
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = text.indexOf('\n', Math.max(end - 1, start))
  const stop = lineEnd === -1 ? text.length : lineEnd + 1
  const isFirstOfItem = /-[ \t]*$/.test(text.slice(lineStart, start)) && isMap(container)
  // The hyphen of the list stands before the first key: the next key takes its place.
  if (isFirstOfItem) {
    const next = startOf(items[index + 1])
    return next === undefined ? undefined : { start, end: next, text: '' }
  }
  return { start: lineStart, end: stop, text: '' }
}

/** A hyphen before the first key, and all lines after it two columns further in. */
function asItem({ node, range: [start, end] }: Found, text: string): TextEdit | undefined {
  if (!isMap(node)) return undefined
  if (node.flow) return { start, end, text: `[${text.slice(start, end)}]` }
  const lines = text.slice(start, end).trimEnd().split('\n')
  const isOwnLine = text.slice(text.lastIndexOf('\n', start - 1) + 1, start).trim() === ''
  if (!isOwnLine) return undefined
  const indented = lines.map((line, index) => (index === 0 ? `- ${line}` : line.trim() === '' ? line : `  ${line}`))
  return { start, end: start + lines.join('\n').length, text: indented.join('\n') }
}

/** The pair or the item whose value a map or list is. */
function ownerOf(document: Document.Parsed, wanted: Node): Found | undefined {
  let found: Found | undefined
  visit(document, {
    Node(_, node, path) {
      if (node !== wanted || !node.range) return undefined
      const last = path.at(-1)
      const around = path.filter((one): one is Node => isMap(one) || isSeq(one)).reverse()
      found = { node, pair: isPair(last) ? last : undefined, around, range: [node.range[0], node.range[1]] }
      return visit.BREAK
    },
  })
  return found
}

function startOf(item: unknown): number | undefined {
  if (isPair(item)) return startOf(item.key)
  return (item as Node | null | undefined)?.range?.[0]
}

function endOf(item: unknown): number | undefined {
  if (isPair(item)) return endOf(item.value) ?? endOf(item.key)
  return (item as Node | null | undefined)?.range?.[1]
}

function additionOfEntry(
  { to, key, yaml }: Extract<Change, { kind: 'add-entry' }>,
  text: string,
): TextEdit | undefined {
  const lines = new LineCounter()
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, logLevel: 'silent' })
  const map = to === undefined ? document.contents : document.get(to)
  if (to !== undefined && !isMap(map)) {
    return document.has(to)
      ? undefined
      : additionOfEntry({ kind: 'add-entry', file: '', key: to, yaml: `{${key}: ${yaml}}` }, text)
  }
  if (!isMap(map)) return text.trim() === '' ? { start: 0, end: text.length, text: `${key}: ${yaml}\n` } : undefined
  return additionTo(map, { key, yaml }, text)
}

function addition(
  document: Document.Parsed,
  found: Found | undefined,
  { key, yaml }: Extract<Change, { kind: 'add' }>,
  text: string,
): TextEdit | undefined {
  const map = found && isMap(found.node) ? found.node : isMap(found?.around[0]) ? found.around[0] : document.contents
  if (!isMap(map)) {
    // Front matter without a key.
    return text.trim() === '' ? { start: 0, end: text.length, text: `${key}: ${yaml}\n` } : undefined
  }
  return additionTo(map, { key, yaml }, text)
}

function additionTo(map: YAMLMap, { key, yaml }: { key: string; yaml: string }, text: string): TextEdit | undefined {
  const last = map.items.at(-1)
  const end = endOf(last)
  if (map.flow) {
    const at = end ?? (map.range?.[0] ?? 0) + 1
    return { start: at, end: at, text: `${last ? ', ' : ''}${key}: ${yaml}` }
  }
  const first = startOf(map.items[0])
  if (first === undefined || end === undefined) return undefined
  const indentation = first - (text.lastIndexOf('\n', first - 1) + 1)
  const lineEnd = text.indexOf('\n', Math.max(end - 1, first))
  const at = lineEnd === -1 ? text.length : lineEnd + 1
  const before = at > 0 && text[at - 1] !== '\n' ? '\n' : ''
  return { start: at, end: at, text: `${before}${' '.repeat(indentation)}${key}: ${yaml}\n` }
}
