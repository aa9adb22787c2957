/** The text of a file in pieces that know which answer they came from, so that a problem of the file is one of the ticket. */
import { plainOrQuoted, quoted } from '#catalog/edit.ts'
import type { Place } from '#domain/problem.ts'
import type { Answers } from './ticket-answers.ts'

export interface Piece {
  text: string
  /** Key of the answer. */
  from?: string
}

/** How the value of a key is written: text in quotes, an id or a day as it is, a list of either. */
type Writing = 'text' | 'word' | 'words' | 'lines'

/** One key with its value, without the end of its line; nothing where nobody answered. */
export function keyPiece(key: string, writing: Writing, answers: Answers): Piece[] {
  const text = answers.get(key)?.text ?? ''
  if (text === '') return []
  return [{ text: `${key}: ${written(text, writing)}`, from: key }]
}

function written(text: string, writing: Writing): string {
  switch (writing) {
    case 'text':
      return quoted(text)
    case 'word':
      return plainOrQuoted(text)
    case 'words':
      return `[${partsOf(text, /,/).map(plainOrQuoted).join(', ')}]`
    case 'lines':
      return `[${partsOf(text, /\n/).map(quoted).join(', ')}]`
    default:
      return writing satisfies never
  }
}

function partsOf(text: string, separator: RegExp): string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** The keys of a claim, in the order in which people write them. */
export function claimPieces(answers: Answers): Piece[] {
  return [
    ...keyPiece('architectures', 'words', answers),
    ...keyPiece('support', 'word', answers),
    ...keyPiece('version', 'text', answers),
    ...keyPiece('date', 'word', answers),
    ...keyPiece('link', 'text', answers),
    ...keyPiece('note', 'text', answers),
  ]
}

/** A claim as an entry of a list in block style, each key on a line of its own. */
export function blockEntry(pieces: readonly Piece[], indent: string, lineEnd: string): Piece[] {
  return pieces.flatMap((piece, index) => [{ text: `${indent}${index === 0 ? '- ' : '  '}` }, piece, { text: lineEnd }])
}

/** A claim on one line. */
export function flowEntry(pieces: readonly Piece[]): Piece[] {
  return [
    { text: '{' },
    ...pieces.flatMap((piece, index) => [...(index === 0 ? [] : [{ text: ', ' }]), piece]),
    { text: '}' },
  ]
}

export function textOfPieces(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

/** The answer that a place of the file came from, and how many lines below its beginning; of what stands between, the next. */
export function answerAt(pieces: readonly Piece[], place: Place): { key: string; below: number } | undefined {
  let line = 1
  let column = 1
  for (const { text, from } of pieces) {
    const start = line
    const lines = text.replace(/^\ufeff/, '').split('\n')
    line += lines.length - 1
    column = lines.length === 1 ? column + text.length : (lines.at(-1)?.length ?? 0) + 1
    const isOver = line < place.line || (line === place.line && column <= place.column)
    if (from !== undefined && !isOver) return { key: from, below: Math.max(0, place.line - start) }
  }
  return undefined
}
