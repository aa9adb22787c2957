/**
 * What the search has of projects, from the catalog and not from their pages: names, package URLs, statuses, the summary, and of
 * notes and text the sentences that tell a project from others.
 */
import type { Entry } from '#domain/catalog.ts'
import { knownClaims } from '#domain/derive.ts'
import type { Project } from '#domain/project.ts'
import type { ViewContext } from './context.ts'
import { statusOf, viewColumns } from './matrix.ts'
import { viewRuns } from './runs.ts'
import { searchKinds } from './search.ts'
import { labelOfBasis, labelOfSupport } from './words.ts'

export interface SearchRecord {
  /** From the root of the site: `/projects/redis/`. */
  url: string
  meta: { title: string; kind: string; names?: string; identifiers?: string }
  text: string
}

/** A word tells projects apart where no more of them have it: this many, or this part of all. */
const fewProjects = 25
const fewOfAll = 0.02

export function viewSearchRecords(context: ViewContext): SearchRecord[] {
  const projects = [...context.catalog.project.values()]
  // Words as numbers: those of all projects at once would fill the memory.
  const numbers = new Map<string, number>()
  const counts: number[] = []
  const countedFor: number[] = []
  const sentences = projects.map((project, place) =>
    sentencesOf(project, context).map((text) => {
      const words = wordsOf(text).map((word) => {
        let number = numbers.get(word)
        if (number === undefined) numbers.set(word, (number = numbers.size))
        if (countedFor[number] !== place) counts[number] = (counts[number] ?? 0) + 1
        countedFor[number] = place
        return number
      })
      return { text, words }
    }),
  )
  const most = Math.max(fewProjects, projects.length * fewOfAll)
  const columns = viewColumns(context).map(({ id }) => id)
  return projects.map((project, index) => {
    const telling = (sentences[index] ?? [])
      .filter(({ words }) => words.some((number) => (counts[number] ?? 0) <= most))
      .map(({ text }) => text)
    return {
      url: `/projects/${project.id}/`,
      meta: metaOf(project, columns, context),
      text: [project.data.summary, ...telling]
        .map((text, place, all) => (place === all.length - 1 || /[.!?:]$/.test(text) ? text : `${text} ·`))
        .join(' '),
    }
  })
}

function metaOf(project: Entry<Project>, columns: readonly string[], context: ViewContext): SearchRecord['meta'] {
  const { name, aliases, identifiers, claims } = project.data
  const claimed = new Set(knownClaims(claims, context.asOf).flatMap(({ architectures }) => architectures))
  const hasRecords = context.catalog.evidence.has(project.id)
  // The statuses come after the package URLs: `sqlite riscv64` finds SQLite.
  const known = columns
    .filter((column) => claimed.has(column) || (hasRecords && viewRuns(project.id, column, context).length > 0))
    .map((column) => {
      const { support, basis } = statusOf(project, column, context)
      // What is no more certain is not told as if it were.
      const doubt = basis === 'stale' || basis === 'disputed' ? ` ${labelOfBasis[basis]}` : ''
      return `${column} ${labelOfSupport[support]}${doubt}`
    })
  return {
    title: name,
    kind: searchKinds.project,
    ...(aliases.length > 0 && { names: aliases.join(', ') }),
    ...(identifiers.length + known.length > 0 && { identifiers: [...identifiers, ...known].join(', ') }),
  }
}

/** What claims and text say, sentence by sentence, without its Markdown. */
function sentencesOf({ data, body }: Entry<Project>, { asOf }: ViewContext): string[] {
  const notes = knownClaims(data.claims, asOf).flatMap(({ note }) => (note === undefined ? [] : [note]))
  return [...new Set([...notes, ...blocksOf(body)].map(plain))].flatMap((text) =>
    text.split(/(?<=[.!?])\s+(?=[\p{Lu}\p{N}])/u).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence)),
  )
}

/** Paragraphs, items, rows and headings; lines of one paragraph belong together. */
function blocksOf(markdown: string): string[] {
  return markdown.split(/\n\s*\n|\n(?=\s*(?:[-*+>|#]|\d+[.)]|```|~~~))/)
}

function plain(markdown: string): string {
  // Most texts are prose: nothing of the below is in them.
  if (!/[`~*_<[\]\\|]/.test(markdown) && !/(?:^|\n)(?![A-Za-z(])/.test(markdown)) return onOneLine(markdown)
  return onOneLine(
    markdown
      // Fences and rules; what opens a heading, a quote or an item.
      .replace(/^\s*(?:```|~~~).*$|^[\s|:-]+$/gm, '')
      .replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+)+/, '')
      // Links and pictures by their text; addresses in angle brackets by themselves.
      .replace(/!?\[([^\][]*)\](?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+"[^"]*")?\)|\[[^\][]*\])/g, '$1')
      .replace(/<(https?:[^<>\s]*)>/g, '$1')
      .replace(/\*+|`+|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
      .replace(/\\(?=[!-/:-@[-`{-~])|\|/g, ' '),
  )
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function wordsOf(sentence: string): string[] {
  return sentence.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}_+#.-]*(?<![.-])/gu) ?? []
}
