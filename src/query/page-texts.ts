/**
 * Texts of pages that the search found, several in one file. A text is a string in which each character stands for a word: the
 * words are listed once, the frequent ones first, so that most take one byte before the file is compressed.
 */

import { lettersOf } from './letters.ts'

/** A page as the search shows it. */
export interface PageText {
  /** From the root of the site: `/projects/redis/`. */
  url: string
  meta: PageMeta
  /** Its words as they stand there, with their punctuation. */
  words: readonly string[]
  /** Headings that have an address, with the number of the first word below each. */
  sections: readonly Section[]
}

export interface PageMeta {
  title?: string
  kind?: string
  names?: string
  identifiers?: string
}

export interface Section {
  id: string
  title: string
  at: number
}

/** Each word once, where it stands first: what the index is made of, and what its places count. */
export function differentWords(words: readonly string[]): string[] {
  const seen = new Set<string>()
  return words.filter((word) => {
    const letters = lettersOf(word)
    if (letters === '' || seen.has(letters)) return false
    seen.add(letters)
    return true
  })
}

/** What stands in a file. */
interface Packed {
  words: string[]
  pages: { url: string; meta: PageMeta; text: string; sections?: readonly Section[] }[]
}

export function packPages(pages: readonly PageText[]): string {
  const counts = new Map<string, number>()
  for (const { words } of pages) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = [...counts].sort(([a, many], [b, few]) => few - many || (a < b ? -1 : 1)).map(([word]) => word)
  const characters = new Map(words.map((word, index) => [word, characterOf(index)]))
  const packed: Packed = {
    words,
    pages: pages.map(({ url, meta, words: text, sections }) => ({
      url,
      meta,
      text: text.map((word) => characters.get(word) ?? '').join(''),
      ...(sections.length > 0 && { sections }),
    })),
  }
  return JSON.stringify(packed)
}

/** @param text  what `packPages` made */
export function unpackPages(text: string): PageText[] {
  // Written by `packPages` alone.
  const { words, pages } = JSON.parse(text) as Packed
  const known = new Map(words.map((word, index) => [characterOf(index), word]))
  return pages.map(({ url, meta, text: coded, sections = [] }) => ({
    url,
    meta,
    words: Array.from(coded, (character) => known.get(character) ?? ''),
    sections,
  }))
}

/** Printable ASCII first, then whatever takes two bytes and more; nothing that JSON escapes, and no half of a pair. */
function characterOf(index: number): string {
  let code = index + 0x20
  if (code >= 0x22) code += 1
  if (code >= 0x5c) code += 1
  if (code >= 0x7f) code += 0x22
  if (code >= 0xd800) code += 0x800
  return String.fromCodePoint(code)
}
