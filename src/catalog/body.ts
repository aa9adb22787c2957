/** What a Markdown text may not hold, each with its place. */
import type { Nodes } from 'mdast'
import { hasCredentials, isOwnPath, linkWithoutCredentials } from '#domain/link.ts'
import type { Place, Problem } from '#domain/problem.ts'
import { visit } from 'unist-util-visit'
import type { LocatedEntry } from './catalog.ts'
import { headingProblems } from './heading-problems.ts'
import { adviseOnHtml } from './html-advice.ts'
import type { Kind } from './kinds.ts'
import { labelProblems, labelsOf, swallowsText, type Labels } from './label-problems.ts'
import { layoutMark, layoutProblems } from './layout-problems.ts'
import { assignHeadingIds, parseMarkdown, plainText } from './markdown.ts'
import { markText, type PlaceAt } from './marked-text.ts'
import { lineNestedTooDeep } from './nesting.ts'
import { unexpected, type Fix } from './problems.ts'
import { adviseOnLink } from './value-advice.ts'

/** A link to a page of this site, and where it stands. */
export interface OwnLink {
  path: string
  place: Place
}

/**
 * Whether a text may hold one of the problems. Parsing is most of what a check costs, and most
 * texts are plain prose with web links: those are told apart here. Every construct that makes
 * HTML, a heading, a picture or a link begins with one of these marks; an inline link whose
 * target begins with http(s) and has no `@` is harmless whatever follows, and so is one to a page of ours: `ownLinksOf` finds it.
 */
function mayHoldProblem(text: string): boolean {
  return (
    suspiciousMark.test(text) ||
    layoutMark.test(text) ||
    inlineTargets(text).some((target) => !/^https?:\/\/[^\s/]|^\/[A-Za-z0-9]/i.test(target))
  )
}

const suspiciousMark =
  /<[a-z!/?]|^[ \t>*+\-\d.)]*#(?!#)|^[ \t>*+\-\d.)]*(?:=+|-)[ \t]*$|!\[|@|&(?:#|commat)|\]:|\]\[|\[\^/im

function inlineTargets(text: string): string[] {
  // Looked at, not taken: what looks like a target may hold the next link. How it begins is enough, and is not looked at for long.
  return [...text.matchAll(/\]\((?=\s*<?([^\s)]{0,10}))/g)].map((match) => match[1] ?? '')
}

const expectedLink =
  'a link that starts with `https://` or `http://`, or a path of this site such as `/notes/page-size/`'

const maximumItemWords = 120

type BodyEntry = Pick<LocatedEntry<unknown>, 'file' | 'body' | 'bodyLine'>

export function checkBody(kind: Kind, entry: BodyEntry): Problem[] {
  const placeAt = (line: number, column: number) => ({ file: entry.file, line: line + entry.bodyLine - 1, column })
  const problems = checkMarkdown(entry.body, placeAt, kind === 'issue')
  if (kind === 'item' && !problems.some(({ code }) => code === 'text-too-deep')) {
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

/**
 * Finds deep nesting, raw HTML, links that are not http(s) or our own, pictures of others, headings
 * that nobody meant, labels without meaning, and text whose lines would be joined.
 */
export function checkMarkdown(text: string, placeAt: PlaceAt, isIssue = false): Problem[] {
  const line = lineNestedTooDeep(text)
  if (line !== undefined) {
    return [
      unexpected(
        'text-too-deep',
        placeAt(line, 1),
        'line',
        text.split('\n')[line - 1] ?? '',
        'text with less nesting of quotations, lists, brackets and emphasis, and fewer footnotes',
        'put it into a code block, or take it apart',
      ),
    ]
  }
  return mayHoldProblem(text) ? inspectMarkdown(text, placeAt, isIssue) : []
}

/** The same without the shortcut. */
export function inspectMarkdown(text: string, placeAt: PlaceAt, isIssue = false): Problem[] {
  const marked = markText(text, placeAt, isIssue)
  const { tree, placeOf } = marked
  const labels = labelsOf(marked)
  const problems = [...headingProblems(marked), ...labelProblems(marked, labels), ...layoutProblems(marked)]
  const definitions = definitionsIn(labels)
  visit(tree, (node) => {
    if (node.type === 'definition' && swallowsText(node, labels)) return
    const problem = problemOf(node, definitions, () => placeOf(node))
    if (problem) problems.push(problem)
  })
  const ids = new Set(assignHeadingIds(tree).map((heading) => heading.id))
  visit(tree, 'link', (node) => {
    if (!node.url.startsWith('#') || ids.has(decodeURIComponentSafe(node.url.slice(1)))) return
    problems.push(
      unexpected(
        'unknown-anchor',
        placeOf(node),
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
export function ownLinksOf(text: string, placeAt: PlaceAt): OwnLink[] {
  const links: OwnLink[] = []
  if (!/\](\(|:)\s*<?[/&\\]/.test(text)) return links
  visit(parseMarkdown(text), (node) => {
    if ((node.type === 'link' || node.type === 'definition') && isOwnPath(node.url)) {
      links.push({ path: node.url, place: placeOf(node, placeAt) })
    }
  })
  return links
}

function placeOf(node: Nodes, placeAt: PlaceAt): Place {
  return placeAt(node.position?.start.line ?? 1, node.position?.start.column ?? 1)
}

/** What labels stand for. Of two definitions of one label the first counts. */
function definitionsIn({ definitions }: Labels): ReadonlyMap<string, string> {
  return new Map(definitions.toReversed().map(({ identifier, url }) => [identifier, url]))
}

function problemOf(node: Nodes, definitions: ReadonlyMap<string, string>, place: () => Place): Problem | undefined {
  switch (node.type) {
    case 'html':
      return unexpected(
        'raw-html',
        place(),
        'HTML',
        node.value,
        'Markdown: HTML would be dropped',
        adviseOnHtml(node.value),
      )
    case 'image':
    case 'imageReference': {
      const url = node.type === 'image' ? node.url : (definitions.get(node.identifier) ?? '')
      if (!isOwnPath(url)) {
        return unexpected(
          'remote-image',
          place(),
          'picture',
          url,
          'a picture of this site: pages ask no other host',
          'link to the picture instead: `[what it shows](…)`',
        )
      }
      return (node.alt ?? '').trim() === ''
        ? unexpected(
            'picture-without-text',
            place(),
            'picture',
            url,
            'a text that says what it shows',
            'write `![what it shows](…)`',
          )
        : undefined
    }
    case 'link':
    case 'definition':
      if (hasCredentials(node.url)) {
        return unexpected(
          'bad-link',
          place(),
          'link',
          node.url,
          linkWithoutCredentials,
          adviseOnLink(node.url, linkWithoutCredentials),
        )
      }
      return isWeb(node.url) || isOwnPath(node.url) || node.url.startsWith('#')
        ? undefined
        : unexpected(
            'bad-link',
            place(),
            'link',
            node.url,
            expectedLink,
            insideOfLink(node.url, adviseOnLink(node.url, expectedLink)),
          )
    default:
      return undefined
  }
}

/** Where a link stands in a text, its address stands further on. */
function insideOfLink(url: string, fix: Fix): Fix {
  if (fix.change?.kind !== 'write') return fix
  return { text: fix.text, change: { kind: 'swap', from: url, to: fix.change.text } }
}

function isWeb(url: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(url)
}

function decodeURIComponentSafe(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
