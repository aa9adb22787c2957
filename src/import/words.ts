/**
 * The words of a text: what may not be lost. They are counted in the input by a scanner that knows nothing of
 * how the text is turned into ours, so that a fault there shows as missing words.
 */
import { fromHtml } from 'hast-util-from-html'
import { isHtmlName } from './html-names.ts'

const word = /[\p{L}\p{N}\p{M}]+/gu

/** Sequences of letters and digits. */
export function wordsOf(text: string): string[] {
  return text.normalize('NFC').match(word) ?? []
}

/** How often each word is there. */
export class WordCount {
  private readonly counts = new Map<string, number>()
  total = 0

  add(text: string): this {
    for (const found of wordsOf(text)) {
      this.counts.set(found, (this.counts.get(found) ?? 0) + 1)
      this.total += 1
    }
    return this
  }

  /** Words that are here more often than there. */
  without(other: WordCount): Map<string, number> {
    const lost = new Map<string, number>()
    for (const [found, count] of this.counts) {
      const missing = count - (other.counts.get(found) ?? 0)
      if (missing > 0) lost.set(found, missing)
    }
    return lost
  }
}

/** The words of a text that another one has not, as a text; undefined where it has all. */
export function missingWords(before: string, after: string): string | undefined {
  const missing = new WordCount().add(before).without(new WordCount().add(after))
  return missing.size === 0 ? undefined : [...missing.keys()].join(' ')
}

/**
 * What a reader of old Markdown sees, as far as words go: without tags, but with the addresses and texts that they
 * hold; with characters in place of their references. Code keeps everything.
 */
export function readableText(markdown: string): string {
  return outsideCode(markdown, readableProse)
}

/** The same of a text that was taken out of its surroundings: what looks like code in it may be none. */
export function readableProse(text: string): string {
  return decodeReferences(withoutTags(text))
}

/** What a reader of our Markdown sees: nothing in it is a tag. */
export function writtenText(markdown: string): string {
  return outsideCode(markdown, (text) => text.replace(numericReference, decodeReference))
}

const numericReference = /&#(?:x[0-9a-f]{1,6}|\d{1,7});/gi
const anyReference = /&(?:#(?:x[0-9a-f]{1,6}|\d{1,7})|[a-z][a-z0-9]{1,31});/gi

const fence = /^[ \t]*(?:(?:>|[-+*]|\d{1,9}[.)])[ \t]*)*(`{3,}(?=[^`]*$)|~{3,})/

function outsideCode(markdown: string, change: (text: string) => string): string {
  const parts: string[] = []
  let rest: string[] = []
  let open: string | undefined
  /** What ends a comment or preformatted HTML: within, nothing is a fence. */
  let html: RegExp | undefined
  const flush = () => {
    if (rest.length > 0) parts.push(aroundSpans(rest.join('\n'), change))
    rest = []
  }
  for (const line of markdown.split('\n')) {
    const mark = html === undefined ? fence.exec(line.slice(0, 500))?.[1] : undefined
    if (html !== undefined) {
      if (html.test(line)) html = undefined
    } else if (open === undefined) {
      const [, element] = /^ {0,3}<(!--|(?:pre|script|style|textarea)(?=[\s>]|$))/i.exec(line) ?? []
      const end = element === undefined ? undefined : element === '!--' ? /-->/ : /<\/(?:pre|script|style|textarea)>/i
      if (end?.test(line) === false) html = end
    }
    if (open === undefined) {
      if (mark === undefined) {
        rest.push(line)
        continue
      }
      flush()
      open = mark
    } else if (mark?.startsWith(open) && line.trim() === mark) {
      open = undefined
    }
    parts.push(line)
  }
  flush()
  return parts.join('\n')
}

/** Leaves code spans of one line as they are. */
function aroundSpans(text: string, change: (text: string) => string): string {
  const parts: string[] = []
  let last = 0
  for (const match of text.matchAll(/(?<![`\\])(`+)(?!`)[^`\n]+\1(?!`)/g)) {
    parts.push(text.slice(last, match.index), match[0])
    last = match.index + match[0].length
  }
  parts.push(text.slice(last))
  // A tag may hold a backtick, or be held by two of them: only whole pieces between spans are changed.
  return parts.map((part, index) => (index % 2 === 0 ? change(part) : part)).join('')
}

const tag = /<(\/?)([a-z][a-z0-9-]*)((?:\s(?:"[^"]*"|'[^']*'|[^'"<>])*|\/)?)>/gi
/** Elements that are taken away from around their text: what they divide becomes one word. */
const seamless = new Set(['span', 'font', 'small', 'big', 'sub', 'wbr', 'nobr', 'abbr', 'ins'])

function withoutTags(text: string): string {
  return text
    .replace(/<sup>(st|nd|rd|th)<\/sup>/gi, '$1')
    .replace(tag, (whole: string, slash: string, name: string, attributes: string) => {
      if (!isHtmlName(name)) return whole
      const kept = slash === '' ? attributesToRead(attributes) : ''
      if (kept !== '') return ` ${kept} `
      return seamless.has(name.toLowerCase()) ? '' : ' '
    })
}

function attributesToRead(attributes: string): string {
  return [...attributes.matchAll(/[\s"'](?:href|src|alt|title)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)/gi)]
    .map((match) => match[1]?.replace(/^["']|["']$/g, '') ?? '')
    .join(' ')
    .trim()
}

const decoded = new Map<string, string>()

function decodeReferences(text: string): string {
  return text.replace(anyReference, decodeReference)
}

function decodeReference(reference: string): string {
  const known = decoded.get(reference)
  if (known !== undefined) return known
  const [node] = fromHtml(reference, { fragment: true }).children
  const character = node?.type === 'text' ? node.value : ''
  if (decoded.size < 10_000) decoded.set(reference, character)
  return character
}
