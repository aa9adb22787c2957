/**
 * Footnotes that lost their form: a digit behind a word, `packages.1`, and a list of notes at the end. They become
 * footnotes where every number stands in the text exactly once, in order; where not, that is told.
 */
import type {
  BlockContent,
  DefinitionContent,
  ListItem,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  Text,
} from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import type { PreparedText } from './prepared-text.ts'
import { quoted, type Report } from './report.ts'

interface Note {
  number: number
  content: (BlockContent | DefinitionContent)[]
  /** Nodes of the root that it is made of. */
  node: RootContent
}

interface Mark {
  number: number
  node: Text
  parent: { children: PhrasingContent[] }
  from: number
  to: number
  /** Whether it stands behind a mark of punctuation, where no name ends with a digit. */
  isSure: boolean
}

export function restoreFootnotes(tree: Root, text: PreparedText, report: Report): void {
  const notes = notesAtEnd(tree)
  if (notes.length === 0) return
  const ends = new Set(notes.map(({ node }) => node))
  const marks = findMarks(tree, ends, notes.length)
  const chosen = notes.map(({ number }) => {
    const candidates = marks.filter((mark) => mark.number === number)
    const sure = candidates.filter(({ isSure }) => isSure)
    return sure.length > 0 ? sure : candidates
  })
  const isClear =
    chosen.every((candidates) => candidates.length === 1) &&
    (notes.length > 1 || chosen[0]?.[0]?.isSure === true) &&
    inOrder(chosen.map(([mark]) => (mark ? marks.indexOf(mark) : -1)))
  const first = notes[0]
  if (first === undefined) return
  const place = text.placeOfNode(first.node)
  const actual = toString(first.node)
  if (!isClear) {
    if (!chosen.some((candidates) => candidates.length > 0)) return
    report.guess('footnotes-unclear', place, {
      actual,
      reason: `The ${notes.length === 1 ? 'line' : `${notes.length} lines`} from ${quoted(actual, 40)} may be footnotes; where they belong is not clear`,
      expected: 'each number once in the text, in order',
      fix: 'write `[^1]` in the text and `[^1]:` before the note',
    })
    return
  }
  // From the end, so that the places of the others stay.
  for (const [mark] of [...chosen].reverse()) if (mark) replaceMark(mark)
  const definitions = notes.map(({ number, content, node }) => ({
    type: 'footnoteDefinition' as const,
    identifier: String(number),
    label: String(number),
    children: content,
    position: node.position,
  }))
  tree.children = [...tree.children.filter((node) => !ends.has(node)), ...definitions]
  report.guess('footnotes-guessed', place, {
    actual,
    guessed: `[^1] to [^${notes.length}]`,
    reason: `${notes.length === 1 ? 'The note' : `The ${notes.length} notes`} at the end became ${notes.length === 1 ? 'a footnote' : 'footnotes'}`,
    expected: 'footnotes: `[^1]` in the text and `[^1]:` before the note',
    fix: 'look whether each stands where it belongs',
  })
}

/** A numbered list, or paragraphs that begin with 1, 2, 3 …, with nothing behind them but definitions. */
function notesAtEnd(tree: Root): Note[] {
  const children = [...tree.children]
  while (children.at(-1)?.type === 'definition') children.pop()
  const last = children.at(-1)
  if (last?.type === 'list' && last.ordered === true && (last.start ?? 1) === 1) {
    return last.children.map((item: ListItem, index) => ({ number: index + 1, content: item.children, node: last }))
  }
  const notes: Note[] = []
  for (const node of children.reverse()) {
    if (node.type !== 'paragraph') break
    const found = notesOfParagraph(node)
    if (found.length === 0) break
    notes.unshift(...found)
    if (found[0]?.number === 1) break
  }
  return notes.every(({ number }, index) => number === index + 1) ? notes : []
}

/** `1 http://…`, `[1] http://…`, `1: Where that is so.`; a paragraph may hold several, one a line. */
function notesOfParagraph(paragraph: Paragraph): Note[] {
  const [first] = paragraph.children
  if (first?.type !== 'text') return []
  const lines: PhrasingContent[][] = [[]]
  for (const child of paragraph.children) {
    if (child.type !== 'text') {
      lines.at(-1)?.push(child)
      continue
    }
    const parts = child.value.split(/\n(?=\s*(?:\[\d{1,3}\]|\^?\d{1,3}[:.]?)\s)/)
    parts.forEach((value, index) => {
      const position = child.position
      if (index > 0) lines.push([])
      lines.at(-1)?.push({ type: 'text', value, position })
    })
  }
  const notes: Note[] = []
  for (const line of lines) {
    const [start, ...rest] = line
    const match = start?.type === 'text' ? /^\s*(?:\[(\d{1,3})\]|\^?(\d{1,3})[:.]?)\s+/.exec(start.value) : null
    if (!match || start?.type !== 'text') return []
    const value = start.value.slice(match[0].length)
    const children: PhrasingContent[] = [...(value === '' ? [] : [{ ...start, value }]), ...rest]
    if (children.length === 0) return []
    notes.push({
      number: Number(match[1] ?? match[2]),
      content: [{ type: 'paragraph', children, position: paragraph.position }],
      node: paragraph,
    })
  }
  return notes
}

const mark =
  /(?:(?<=\p{L}[.,;:!?)\]"”’']{0,2} ?)\[(\d{1,3})\]|(?<=\p{L}[.,;:!?)\]"”’']{0,2})(?:\^?(\d{1,3})|([¹²³⁴⁵⁶⁷⁸⁹])))(?=$|[\s,.;:)])/gu
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function findMarks(tree: Root, ends: ReadonlySet<RootContent>, highest: number): Mark[] {
  const marks: Mark[] = []
  for (const block of tree.children) {
    if (ends.has(block) || block.type === 'code' || block.type === 'definition') continue
    visit(block, 'text', (node, _, parent) => {
      if (!parent || parent.type === 'link' || parent.type === 'linkReference') return
      for (const match of node.value.matchAll(mark)) {
        const number = Number(match[1] ?? match[2] ?? superscripts.indexOf(match[3] ?? ''))
        if (number < 1 || number > highest) continue
        const before = node.value.charAt(match.index - 1)
        marks.push({
          number,
          node,
          parent: parent as Mark['parent'],
          from: match.index,
          to: match.index + match[0].length,
          isSure: !/[\p{L}]/u.test(before) || match[2] === undefined || match[0].startsWith('^'),
        })
      }
    })
  }
  return marks
}

function inOrder(indices: readonly number[]): boolean {
  return indices.every((index, position) => index >= 0 && (position === 0 || index > (indices[position - 1] ?? -1)))
}

function replaceMark({ number, node, parent, from, to }: Mark): void {
  const index = parent.children.indexOf(node)
  if (index === -1) return
  const rest: Text = { type: 'text', value: node.value.slice(to), position: node.position }
  node.value = node.value.slice(0, from)
  parent.children.splice(
    index + 1,
    0,
    { type: 'footnoteReference', identifier: String(number), label: String(number), position: node.position },
    ...(rest.value === '' ? [] : [rest]),
  )
}
