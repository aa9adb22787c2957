/** An old issue, read: its front matter, its text as a tree, and what it says of itself. */
import { withoutUnseen } from '#domain/text.ts'
import { suggestId } from '#catalog/problems.ts'
import { parseMarkdown } from '#catalog/markdown.ts'
import { lineNestedTooDeep } from '#catalog/nesting.ts'
import type { Place } from '#domain/problem.ts'
import type { Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { convertHtml } from './convert-html.ts'
import { balanceOf } from './html-balance.ts'
import { factKeys, firstOf, readFacts, type Facts } from './facts.ts'
import { removeTitle, titleHeading } from './headings.ts'
import { readMetadata, textOfValue, type Metadata } from './metadata.ts'
import { prepareLines } from './prepare-lines.ts'
import { PreparedText } from './prepared-text.ts'
import { quoted, Report } from './report.ts'
import { placeOf, type SourceText } from './source-text.ts'
import { splitDocuments, type OldDocument } from './split.ts'

export interface OldIssue {
  document: OldDocument
  place: Place
  metadata: Metadata
  text: PreparedText
  tree: Root
  facts: Facts
  report: Report
}

/** No issue is as long, and none that is could be a page. */
const maximumCharacters = 1024 * 1024
const maximumTitle = 120
const deepestHtml = 200

/** Reads the issues of a file. Those that cannot be read are problems; the others are still there. */
export function readOldIssues(source: SourceText, report: Report): OldIssue[] {
  const documents = splitDocuments(source, report)
  if (documents.length === 0 && report.problems.length === 0) {
    report.refuse(
      'no-issue-found',
      { file: source.file, line: 1, column: 1 },
      {
        reason: `There is no text in ${quoted(source.file)}, expected an issue`,
        expected: 'an issue',
        actual: '',
        fix: 'choose the file that holds the text',
      },
    )
  }
  return documents.flatMap((document) => readOldIssue(document, report) ?? [])
}

function readOldIssue(document: OldDocument, fileReport: Report): OldIssue | undefined {
  const { file } = document
  const place = placeOf(file, document.whole[0] ?? { text: '', line: 1 }, 1)
  const characters = document.whole.reduce((sum, { text }) => sum + text.length + 1, 0)
  if (characters > maximumCharacters) {
    const expected = `at most ${maximumCharacters} characters an issue`
    fileReport.refuse('import-too-large', place, {
      reason: `Unexpected length of ${characters} characters, expected ${expected}`,
      expected,
      actual: `${characters} characters`,
      fix: 'divide it into issues, each with its front matter',
    })
    return undefined
  }
  const report = new Report()
  const metadata = readMetadata(document, report)
  const text = new PreparedText(file, prepareLines(document.body, file, report))
  const deep = lineNestedTooDeep(text.text) ?? lineOfDeepHtml(text.text)
  const tree = deep === undefined ? parse(text, report) : undefined
  if (tree === undefined) {
    const offset = text.text
      .split('\n')
      .slice(0, (deep ?? 1) - 1)
      .join('\n').length
    fileReport.refuse('text-too-deep', text.placeAt(deep === undefined || deep === 1 ? 0 : offset + 1), {
      reason:
        'This text is nested too deep to be read, expected less nesting of quotations, lists, brackets, emphasis and HTML',
      expected: 'text with less nesting of quotations, lists, brackets, emphasis and HTML',
      actual: text.text.split('\n')[(deep ?? 1) - 1]?.slice(0, 200) ?? '',
      fix: 'take it apart, or put it into a code block',
    })
    return undefined
  }
  const titled = takeTitle(metadata, tree, text, place, report)
  const facts = readFacts(metadata, titled ?? '', file, place, report)
  return { document, place, metadata, text, tree, facts, report }
}

function parse(text: PreparedText, report: Report): Root | undefined {
  try {
    const tree = parseMarkdown(text.text)
    convertHtml(tree, text, report)
    return tree
  } catch (error) {
    // The parsers and what walks their trees use recursion.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** A browser's parser takes a time that grows with the square of the depth. */
function lineOfDeepHtml(text: string): number | undefined {
  let open = 0
  for (const [index, line] of text.split('\n').entries()) {
    if (!line.includes('<')) continue
    open = Math.max(0, open + balanceOf(line))
    if (open > deepestHtml) return index + 1
  }
  return undefined
}

/** The title: of the front matter, else of the first heading, else of a short first line. It leaves the text. */
function takeTitle(
  metadata: Metadata,
  tree: Root,
  text: PreparedText,
  place: Place,
  report: Report,
): string | undefined {
  const typed = firstOf(metadata, factKeys.title)
  if (typed) {
    const title = textOfValue(typed.value)
    removeTitle(tree, title, false, text, report)
    return shortened(title, typed.place, report)
  }
  const heading = titleHeading(tree)
  if (heading && toString(heading).trim() !== '') {
    const title = plain(toString(heading))
    removeTitle(tree, title, true, text, report)
    tellTitle(title, title, text.placeOfNode(heading), report)
    return shortened(title, text.placeOfNode(heading), report)
  }
  const [first] = tree.children
  const words = first?.type === 'paragraph' ? toString(first).trim() : ''
  if (first?.type === 'paragraph' && isTitleLike(words) && tree.children.length > 1) {
    tree.children.shift()
    tellTitle(words, words, text.placeOfNode(first), report, text.sourceOf(first) ?? words)
    return words
  }
  const name = titleOfName(text.file)
  if (name === undefined) return undefined
  tellTitle(text.file, name, place, report)
  return name
}

function isTitleLike(words: string): boolean {
  return words !== '' && words.length <= 100 && !words.includes('\n') && !/[.,:;!…]$/.test(words)
}

/** `_posts/2017-04-28-works-on-arm-news.md` is “Works on arm news”. */
function titleOfName(file: string): string | undefined {
  const stem = (file.split(/[/\\]/).at(-1) ?? '').replace(/\.[a-z0-9]{1,8}$/i, '').replace(/\d{4}-\d{2}-\d{2}/, '')
  const words = suggestId(stem)
    .split('-')
    .filter((word) => /^(?:[a-z]+|\d{1,4})$/.test(word))
  if (words.filter((word) => /^[a-z]{3,}$/.test(word)).length < 2) return undefined
  const title = words.join(' ')
  return title.charAt(0).toUpperCase() + title.slice(1)
}

export function tellTitle(from: string, title: string, place: Place, report: Report, removed?: string): void {
  report.guess('title-derived', place, {
    actual: from,
    guessed: title,
    reason: `The issue does not say its title; ${quoted(title)} was concluded from ${quoted(from)}`,
    expected: 'a key `title`',
    fix: 'correct `title`',
    removed,
  })
}

function shortened(title: string, place: Place, report: Report): string {
  if (title.length <= maximumTitle) return title
  const space = title.lastIndexOf(' ', maximumTitle - 1)
  const short = `${title.slice(0, space > 60 ? space : maximumTitle - 1).replace(/[\ud800-\udbff]$/, '')}…`
  report.guess('value-dropped', place, {
    actual: title,
    guessed: short,
    reason: `The title has ${title.length} characters; it was cut to ${quoted(short, 120)}`,
    expected: `at most ${maximumTitle} characters`,
    fix: 'shorten it by hand',
    removed: title.slice(short.length - 1),
  })
  return short
}

function plain(text: string): string {
  return withoutUnseen(text).replace(/\s+/g, ' ').trim()
}
