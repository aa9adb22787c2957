/** The words of a text that spelling can be told of: what is code, an address, a name of a file or an abbreviation is none. */
import { parseMarkdown } from './markdown.ts'
import { blank, proseBlocksOf } from './prose.ts'

export interface FoundWord {
  word: string
  /** Offset of its first letter in the text. */
  offset: number
}

/** Longer ones are no words, and would take long to look up. */
export const maximumWordLetters = 40

export function wordsOfMarkdown(text: string): FoundWord[] {
  return proseBlocksOf(parseMarkdown(text), text, { withLinkText: true }).flatMap((block) =>
    wordsOfLine(block.text.replace(headingId, spaces)).map(({ word, offset }) => ({
      word,
      offset: offset + block.offset,
    })),
  )
}

const headingId = /\{#[a-z0-9-]+\}\s*$/
const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,31});/gi

/** The words of plain text. */
export function wordsOfLine(text: string): FoundWord[] {
  const found: FoundWord[] = []
  for (const { 0: chunk, index } of text.replace(entity, spaces).matchAll(/\S+/g)) {
    const [, before = '', core = ''] = chunkParts.exec(chunk) ?? []
    if (core === '' || isNoProse.test(core) || /[$#@~./\\%&{<=+-]$/.test(before)) continue
    // A call: `malloc()`.
    if (chunk.slice(before.length + core.length).startsWith('(')) continue
    let offset = index + before.length
    for (const part of core.split(/([-\u2010-\u2015/,;…&+"“”()[\]!?]+)/)) {
      if (isWord.test(part) && !isAbbreviation.test(part) && part.length <= maximumWordLetters) {
        found.push({ word: part, offset })
      }
      offset += part.length
    }
  }
  return found
}

/** What stands before the first letter or digit of a chunk, and from there to the last one. */
const chunkParts = new RegExp(
  `^([^\\p{L}\\p{N}${blank}]*)([\\p{L}\\p{N}${blank}](?:.*[\\p{L}\\p{M}\\p{N}${blank}])?)`,
  'u',
)

/** Addresses, names of files, paths, identifiers; and what touches code. */
const isNoProse = new RegExp(`[${blank}@:_=\\\\*~<>{}$#%|^\`]|\\.(?=[\\p{L}\\p{N}])|^/|//|\\w\\(\\)`, 'u')

const isWord = /^\p{Script=Latin}[\p{Script=Latin}\p{M}]+(?:['’][\p{Script=Latin}\p{M}]+)*$/u

/** `CPU`, `VMs`, and words of mixed case such as `GitHub`, which are names. */
const isAbbreviation = /^\p{Lu}{2,5}(?:['’]?s)?$|\p{Ll}\p{Lu}|^\p{Lu}{2,}\p{Ll}/u

function spaces(text: string): string {
  return ' '.repeat(text.length)
}
