/** What of a page is shown: the words around what was found, and the section that has most of it. */
import { lettersOf } from '#query/letters.ts'
import { differentWords, type PageText } from '#query/page-texts.ts'
import type { FoundPage, FoundSection } from './search-index.ts'

const wordsOfExcerpt = 24

/** Words from one number up to another, without that one. */
interface Span {
  from: number
  to: number
}

/**
 * @param places  of words that were found, among the different words of the page: that is what the index has of it
 * @param base  the path of the site, with a slash at its end
 */
export function foundPage(
  { url, meta, words, sections }: PageText,
  places: readonly number[],
  base: string,
): FoundPage {
  const different = places.length === 0 ? [] : differentWords(words)
  const wanted = new Set(places.map((place) => lettersOf(different[place] ?? '')).filter((letters) => letters !== ''))
  const found = new Map<number, string>()
  if (wanted.size > 0)
    words.forEach((word, place) => {
      const letters = lettersOf(word)
      if (wanted.has(letters)) found.set(place, letters)
    })
  const address = base + url.replace(/^\//, '')
  const spans = [...sections, { id: '', title: '', at: words.length }]
  const parts = spans.flatMap(({ at: to }, index): (Span & { id: string; title: string })[] => {
    const { id, title, at: from } = spans[index - 1] ?? { id: '', title: '', at: 0 }
    return [{ id, title, from, to }]
  })
  return {
    url: address,
    meta,
    content: words.join(' '),
    excerpt: excerptOf(words, { from: 0, to: words.length }, found),
    section: bestSection(parts, found, (part): FoundSection => ({
      url: `${address}#${part.id}`,
      title: part.title,
      excerpt: excerptOf(words, part, found),
    })),
  }
}

/** A page that is looked for by its name: what it says first tells more than where it has its name. */
export function asItBegins(page: FoundPage): FoundPage {
  const [first = ''] = page.content.split(' · ')
  return {
    ...page,
    content: first,
    excerpt: escaped(first.split(' ').slice(0, wordsOfExcerpt).join(' ')),
    section: undefined,
  }
}

/** As HTML: text with `<mark>` around what was found, and everything else escaped. */
function excerptOf(words: readonly string[], { from, to }: Span, found: ReadonlyMap<number, string>): string {
  const start = bestStart({ from, to }, found)
  return words
    .slice(start, Math.min(start + wordsOfExcerpt, to))
    .map((word, index) => (found.has(start + index) ? marked(word) : escaped(word)))
    .join(' ')
}

/** Where as many different words stand together as possible, with some words before them. */
function bestStart({ from, to }: Span, found: ReadonlyMap<number, string>): number {
  const places = [...found.keys()].filter((place) => place >= from && place < to)
  let best = { first: from, last: from, different: 0, all: 0 }
  places.forEach((first, index) => {
    const near = places.slice(index, index + wordsOfExcerpt).filter((place) => place < first + wordsOfExcerpt)
    const different = new Set(near.map((place) => found.get(place))).size
    if (different > best.different || (different === best.different && near.length > best.all))
      best = { first, last: near.at(-1) ?? first, different, all: near.length }
  })
  const before = Math.floor((wordsOfExcerpt - (best.last - best.first + 1)) / 2)
  return Math.max(from, Math.min(best.first - before, to - wordsOfExcerpt))
}

/** The part that has most of the different words, and most of them; nothing where that stands before every heading. */
function bestSection<Part extends Span & { id: string }>(
  parts: readonly Part[],
  found: ReadonlyMap<number, string>,
  view: (part: Part) => FoundSection,
): FoundSection | undefined {
  let best: { part: Part; different: number; all: number } | undefined
  for (const part of parts) {
    const within = [...found].filter(([place]) => place >= part.from && place < part.to)
    const different = new Set(within.map(([, letters]) => letters)).size
    if (different === 0) continue
    if (best === undefined || different > best.different || (different === best.different && within.length > best.all))
      best = { part, different, all: within.length }
  }
  return best === undefined || best.part.id === '' ? undefined : view(best.part)
}

/** Of `(Redis,` the word alone is what was looked for; `C++` and `C#` are words as they stand. */
function marked(word: string): string {
  const [, before = '', letters = '', after = ''] = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}\p{M}+#]*)$/su.exec(word) ?? []
  return letters === ''
    ? `<mark>${escaped(word)}</mark>`
    : `${escaped(before)}<mark>${escaped(letters)}</mark>${escaped(after)}`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
