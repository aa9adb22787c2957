/** What becomes of a Markdown text: its HTML, whole and in parts. */
import type { DeadLink } from '#domain/link-ledger.ts'

export interface MarkdownHeading {
  id: string
  text: string
  depth: number
}

export interface MarkdownSection {
  id: string
  title: string
  html: string
}

export interface RenderedMarkdown {
  html: string
  /** What stands before the first second-level heading. */
  intro: string
  /** What stands below each second-level heading, without the heading itself. */
  sections: MarkdownSection[]
  headings: MarkdownHeading[]
  words: number
}

export interface RenderOptions {
  /** Turns a path of this site into the address that the output needs. */
  addressOf: (path: string) => string
  /** Links whose pages are gone: a copy of each, where there is one, is linked beside it. */
  deadLinks?: ReadonlyMap<string, DeadLink>
  /** Put before every heading and footnote id, where several texts share a page. */
  idPrefix?: string
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** What the frame of a table is called. Two regions of a page need two names. */
export function tableName(number: number, idPrefix: string): string {
  return `Table ${number}${idPrefix === '' ? '' : ` of ${idPrefix.replace(/-+$/, '')}`}`
}
