/** Pagefind as a program: it gets texts, and answers with the files of an index of them. */
import { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { close, createIndex, type PagefindIndex } from 'pagefind'
import type { PageMeta } from '../src/query/page-texts.ts'
import type { IndexFile } from './pagefind-format.ts'

/** What Pagefind gets of a page. A word's number in all parts is its place. */
export interface PagefindText {
  url: string
  meta: PageMeta
  parts: readonly WeightedWords[]
}

export interface WeightedWords {
  /** 1 is that of plain text. */
  weight: number
  words: readonly string[]
}

/**
 * A process that is begun when the first index is asked for. Its `writeFiles()` answers before the files are on disk, so they are taken
 * from it, and written by us.
 */
export class Pagefind {
  /** In small letters, as Pagefind writes that of a page of HTML, and looks for that of the page on which somebody searches. */
  private readonly language: string
  /** Rejects where the process ends; nothing else tells of it to who waits for an answer. */
  private ended: Promise<never> | undefined

  constructor(language: string) {
    this.language = language.toLowerCase()
  }

  /** Its own files of an index of these pages. @throws where Pagefind reports an error */
  filesOf(pages: readonly PagefindText[]): Promise<IndexFile[]> {
    const { ended, opened } = this.open()
    return Promise.race([this.make(opened, pages), ended])
  }

  async end(): Promise<void> {
    await close()
  }

  private open(): { ended: Promise<never>; opened: Promise<PagefindIndex> } {
    if (this.ended) return { ended: this.ended, opened: openIndex() }
    const { promise: ended, reject } = Promise.withResolvers<never>()
    this.ended = ended
    const opened = watchingPrograms(openIndex, (code) => {
      reject(new Error(`Pagefind ended before its index was made: ${code}`))
    })
    // Whoever asks for files hears of it.
    for (const promise of [ended, opened]) promise.catch(() => undefined)
    return { ended, opened }
  }

  private async make(opened: Promise<PagefindIndex>, pages: readonly PagefindText[]): Promise<IndexFile[]> {
    const index = await opened
    await Promise.all(pages.map((page) => addPage(index, page, this.language)))
    const { files, errors } = await index.getFiles()
    if (errors.length > 0) throw new Error(`Pagefind cannot make its files: ${errors.join('; ')}`)
    return files
  }
}

/** Pagefind does not say which program it begins, but Node does. @param onEnd gets the code or the signal with which one has ended */
function watchingPrograms<T>(begin: () => T, onEnd: (code: string | number) => void): T {
  const watch = (message: unknown) => {
    // The channel tells `{ process }` of each program that begins.
    const { process } = message as { process?: unknown }
    if (process instanceof ChildProcess)
      process.once('exit', (code, signal) => {
        onEnd(code ?? signal ?? '')
      })
  }
  subscribe('child_process', watch)
  try {
    return begin()
  } finally {
    unsubscribe('child_process', watch)
  }
}

async function openIndex(): Promise<PagefindIndex> {
  const { index, errors } = await createIndex({ includeCharacters: '+#.' })
  if (!index) throw new Error(`Pagefind cannot start: ${errors.join('; ')}`)
  return index
}

async function addPage(index: PagefindIndex, { url, meta, parts }: PagefindText, language: string): Promise<void> {
  const { errors } = isPlain(parts)
    ? await index.addCustomRecord({
        ...{ url, language, meta: wellFormed(meta) },
        content: parts.map(textOf).join(' '),
        filters: { kind: [meta.kind ?? ''] },
      })
    : await index.addHTMLFile({ url, content: htmlOf({ url, meta, parts }, language) })
  if (errors.length > 0) throw new Error(`Pagefind cannot index ${url}: ${errors.join('; ')}`)
}

/** How many words Pagefind counts in them. */
export function countOfWords(parts: readonly WeightedWords[]): number {
  return parts.reduce((sum, { words }) => sum + words.length, isPlain(parts) ? 0 : 1)
}

/** Only HTML has weights. */
function isPlain(parts: readonly WeightedWords[]): boolean {
  return parts.every(({ weight }) => weight === 1)
}

/** A page of nothing but words: the elements are inline, and after the last word comes one that is none, since Pagefind ends a block with a full stop. */
function htmlOf({ meta, parts }: PagefindText, language: string): string {
  const attributes = Object.entries(wellFormed(meta)).map(
    ([name, value]) => `<span hidden data-pagefind-meta="${name}[data-value]" data-value="${escaped(value)}"></span>`,
  )
  const texts = parts.map((part) => `<span data-pagefind-weight="${part.weight}">${escaped(textOf(part))}</span> `)
  const kind = `<span hidden data-pagefind-filter="kind[data-value]" data-value="${escaped(meta.kind ?? '')}"></span>`
  return `<!doctype html><html lang="${escaped(language)}"><body><main data-pagefind-body>${attributes.join('')}${kind}${texts.join('')}·</main></body></html>`
}

/** Half a character would end the process. */
function textOf({ words }: WeightedWords): string {
  return words.join(' ').toWellFormed()
}

function wellFormed(meta: PageMeta): Record<string, string> {
  return Object.fromEntries(Object.entries({ ...meta }).map(([name, value]) => [name, value.toWellFormed()]))
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
