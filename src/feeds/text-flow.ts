/** Words that flow into lines of a width: the prose of a plain text. */
import { displayWidth, graphemes, isIdeographic } from './text-width.ts'

/** Text that no line end divides. */
interface Piece {
  text: string
  width: number
}

/** Pieces without a space between them: most words are one, a sentence in Chinese is many. */
type Word = Piece[]

export type Flow = readonly (Word | 'line-end')[]

export interface FlowWriter {
  /** Adds words; white space at either end divides them from what stands before and after. */
  add: (text: string) => void
  /** Adds a text that is kept as it is: an address, code, the number of a link. */
  addWhole: (text: string) => void
  endLine: () => void
  flow: () => Flow
}

export function startFlow(): FlowWriter {
  const flow: (Word | 'line-end')[] = []
  let word: Word = []
  const endWord = () => {
    if (word.length > 0) flow.push(word)
    word = []
  }
  const append = (text: string, mayDivide: boolean) => {
    const last = word.at(-1)
    if (last && !mayDivide) {
      last.text += text
      last.width += displayWidth(text)
    } else {
      word.push({ text, width: displayWidth(text) })
    }
  }
  return {
    add: (text) => {
      for (const [index, part] of text.split(dividingSpace).entries()) {
        if (index > 0) endWord()
        for (const { text: piece, mayDivide } of piecesOf(part)) append(piece, mayDivide)
      }
    },
    addWhole: (text) => {
      append(text.replace(/\s*[\r\n\u2028\u2029]\s*/g, ' '), false)
    },
    endLine: () => {
      endWord()
      flow.push('line-end')
    },
    flow: () => {
      endWord()
      return flow
    },
  }
}

/** The words of a plain text. */
export function flowOfWords(text: string): Flow {
  const writer = startFlow()
  writer.add(text)
  return writer.flow()
}

/** The lines of a flow. A line is wider than `width` only where one piece is. */
export function wrapFlow(flow: Flow, width: number): string[] {
  const lines: string[] = []
  let line = ''
  let taken = 0
  const endLine = () => {
    lines.push(line)
    line = ''
    taken = 0
  }
  for (const word of flow) {
    if (word === 'line-end') {
      endLine()
      continue
    }
    for (const [index, piece] of word.entries()) {
      const space = index === 0 && line !== '' ? ' ' : ''
      const isFull = line !== '' && taken + space.length + piece.width > width
      if (isFull) endLine()
      line += isFull ? piece.text : `${space}${piece.text}`
      taken += isFull ? piece.width : space.length + piece.width
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

/** The flow as one line. */
export function lineOfFlow(flow: Flow): string {
  return flow.flatMap((word) => (word === 'line-end' ? [] : [word.map(({ text }) => text).join('')])).join(' ')
}

// White space at which a line may end: not the spaces that hold two words together (U+00A0, U+2007, U+202F).
const dividingSpace = /[\t\n\v\f\r \u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+/

/** Signs that stay with the character before them, and with the one after them. */
const closing = /^[\p{Pe}\p{Pf}、。，．：；？！ー々…‥]/u
const opening = /^[\p{Ps}\p{Pi}]/u

function piecesOf(part: string): { text: string; mayDivide: boolean }[] {
  if (part === '') return []
  if (/^[\u0000-\u2e7f]*$/.test(part)) return [{ text: part, mayDivide: false }]
  const pieces: { text: string; mayDivide: boolean }[] = []
  let before: string | undefined
  for (const { segment } of graphemes(part)) {
    const mayDivide =
      before !== undefined &&
      (isIdeographic(segment) || isIdeographic(before)) &&
      !closing.test(segment) &&
      !opening.test(before)
    const last = pieces.at(-1)
    if (last && !mayDivide) last.text += segment
    else pieces.push({ text: segment, mayDivide })
    before = segment
  }
  return pieces
}
