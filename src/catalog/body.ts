/** What a Markdown text may not hold, each with its place. */
import type { Nodes } from 'mdast'
import type { Place, Problem } from '#domain/problem.ts'
import { visit } from 'unist-util-visit'
import type { LocatedEntry } from './catalog.ts'
import type { Kind } from './kinds.ts'
import { assignHeadingIds, parseMarkdown, plainText } from './markdown.ts'
import { shorten, unexpected } from './problems.ts'

/** A link to a page of this site, and where it stands. */
export interface OwnLink {
  path: string
  place: Place
}

/**
 * Whether a text may hold one of the problems. Parsing is most of what a check costs, and most
 * texts are plain prose with web links: those are told apart here. Every construct that makes
 * HTML, a heading, a picture or a link begins with one of these marks; an inline link whose
 * target begins with http(s) is harmless whatever follows.
 */
function mayHoldProblem(text: string): boolean {
  return suspiciousMark.test(text) || inlineTargets(text).some((target) => !/^https?:\/\/[^\s/]/i.test(target))
}

const suspiciousMark = /<[a-z!/?]|^[ \t>*+\-\d.)]*#(?!#)|^[ \t>*+\-\d.)]*=+[ \t]*$|!\[|[\w.+-]@|\]:/im

function inlineTargets(text: string): string[] {
  return [...text.matchAll(/\]\(\s*<?([^\s)]*)/g)].map((match) => match[1] ?? '')
}

const maximumItemWords = 120

type BodyEntry = Pick<LocatedEntry<unknown>, 'file' | 'body' | 'bodyLine'>

export function checkBody(kind: Kind, entry: BodyEntry): Problem[] {
  const problems = checkMarkdown(entry.body, (line, column) => ({
    file: entry.file,
    line: line + entry.bodyLine - 1,
    column,
  }))
  if (kind === 'item') {
    const words = plainText(entry.body).split(' ').length
    if (words > maximumItemWords) {
      problems.push(
        unexpected(
          'item-too-long',
          { file: entry.file, line: entry.bodyLine, column: 1 },
          'text of',
          `${words} words`,
          `at most ${maximumItemWords} words`,
          'say what is new, and let the link tell the rest',
        ),
      )
    }
  }
  return problems
}

/** Finds raw HTML, links that are not http(s) or our own, pictures of others, and first-level headings. */
export function checkMarkdown(text: string, placeAt: (line: number, column: number) => Place): Problem[] {
  return mayHoldProblem(text) ? inspectMarkdown(text, placeAt) : []
}

/** The same without the shortcut. */
export function inspectMarkdown(text: string, placeAt: (line: number, column: number) => Place): Problem[] {
  const tree = parseMarkdown(text)
  const problems: Problem[] = []
  visit(tree, (node) => {
    const problem = problemOf(node, () => placeOf(node, placeAt))
    if (problem) problems.push(problem)
  })
  const ids = new Set(assignHeadingIds(tree).map((heading) => heading.id))
  visit(tree, 'link', (node) => {
    if (!node.url.startsWith('#') || ids.has(decodeURIComponentSafe(node.url.slice(1)))) return
    problems.push(
      unexpected(
        'unknown-anchor',
        placeOf(node, placeAt),
        'link',
        node.url,
        'the id of a heading of this text',
        'correct the id, or give the heading one: `## Title {#id}`',
      ),
    )
  })
  return problems
}

/** The links of a text to pages of this site. */
export function ownLinksOf(text: string, placeAt: (line: number, column: number) => Place): OwnLink[] {
  const links: OwnLink[] = []
  if (!/\](\(|:)\s*<?[/&\\]/.test(text)) return links
  visit(parseMarkdown(text), (node) => {
    if ((node.type === 'link' || node.type === 'definition') && node.url.startsWith('/')) {
      links.push({ path: node.url, place: placeOf(node, placeAt) })
    }
  })
  return links
}

function placeOf(node: Nodes, placeAt: (line: number, column: number) => Place): Place {
  return placeAt(node.position?.start.line ?? 1, node.position?.start.column ?? 1)
}

function problemOf(node: Nodes, place: () => Place): Problem | undefined {
  switch (node.type) {
    case 'html':
      return unexpected(
        'raw-html',
        place(),
        'HTML',
        node.value,
        'Markdown: HTML would be dropped',
        /^<https?:/.test(node.value)
          ? 'remove the spaces from the address'
          : 'write it in Markdown, or put it in backticks',
      )
    case 'heading':
      return node.depth === 1
        ? unexpected(
            'heading-level',
            place(),
            'heading',
            '#',
            'headings from `##` on: the title is the only first-level heading',
            'begin the line with `##`; a shell prompt belongs into a code block',
          )
        : undefined
    case 'image':
      if (!isOwn(node.url)) {
        return unexpected(
          'remote-image',
          place(),
          'picture',
          node.url,
          'a picture of this site: pages ask no other host',
          'link to the picture instead',
        )
      }
      return (node.alt ?? '').trim() === ''
        ? unexpected(
            'picture-without-text',
            place(),
            'picture',
            node.url,
            'a text that says what it shows',
            'write `![what it shows](…)`',
          )
        : undefined
    case 'link':
    case 'definition':
      return isWeb(node.url) || isOwn(node.url) || node.url.startsWith('#')
        ? undefined
        : unexpected(
            'bad-link',
            place(),
            'link',
            node.url,
            'a link that starts with `https://`, `http://` or `/`',
            linkFix(node.url),
          )
    default:
      return undefined
  }
}

function linkFix(url: string): string {
  if (url.startsWith('mailto:')) return 'write the address as words: `name at example.org`'
  if (/^[\w.-]+\.[a-z]{2,}(\/|$)/i.test(url)) return `did you mean \`https://${shorten(url)}\`?`
  return 'write the full address, or the path of a page of this site such as `/notes/page-size/`'
}

function isWeb(url: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(url)
}

function isOwn(url: string): boolean {
  return /^\/(?![/\\])/.test(url)
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
