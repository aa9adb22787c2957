/** Headings that nobody meant: text with a line of dashes below it, prompts of a shell, the front matter of another document. */
import type { Problem } from '#domain/problem.ts'
import type { Heading, Nodes, Parents } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import type { MarkedText } from './marked-text.ts'
import { shorten, unexpected, type Fix } from './problems.ts'

const keyLine = /^[A-Za-z][\w-]*:(?:\s|$)/

export function headingProblems(text: MarkedText): Problem[] {
  const problems: Problem[] = []
  const told = new Set<Nodes>()
  visit(text.tree, (node) => {
    if (!('children' in node)) return
    node.children.forEach((child, index) => {
      const end = endOfFrontMatter(text, node, index)
      if (end !== undefined) {
        for (const its of node.children.slice(index, end + 1)) told.add(its)
        problems.push(secondFrontMatter(text, node.children[index + 1] ?? child))
      } else if (child.type === 'heading' && !told.has(child)) {
        if (isUnderlined(child)) problems.push(underlinedHeading(text, child))
        else if (child.depth === 1) problems.push(firstLevelHeading(text, child, node, index, told))
      }
    })
  })
  return problems
}

function isUnderlined({ position }: Heading): boolean {
  return position !== undefined && position.start.line !== position.end.line
}

/** Whether a node ends with a line of dashes: a break, or text that became a heading by it. */
function endsWithDashes(text: MarkedText, node: Nodes | undefined): node is Nodes {
  if (node?.type === 'thematicBreak') return text.sourceOf(node) === '---'
  return node?.type === 'heading' && isUnderlined(node) && /\n---$/.test(text.sourceOf(node))
}

/** Index of the last node of a front matter whose opening line ends a node. */
function endOfFrontMatter(text: MarkedText, parent: Parents, index: number): number | undefined {
  if (!endsWithDashes(text, parent.children[index])) return undefined
  const first = parent.children[index + 1]
  if (!first || !keyLine.test(text.sourceOf(first))) return undefined
  for (let at = index + 1; at < parent.children.length; at += 1) {
    const [before, node] = [parent.children[at - 1], parent.children[at]]
    if (node?.position?.start.line !== (before?.position?.end.line ?? 0) + 1) return undefined
    if (endsWithDashes(text, node)) return at
  }
  return undefined
}

function secondFrontMatter(text: MarkedText, node: Nodes): Problem {
  return unexpected(
    'second-front-matter',
    text.placeOf(node),
    'front matter',
    text.sourceOf(node),
    'one front matter a file: a second one becomes a heading',
    'move this document into a file of its own, or remove these lines',
  )
}

function underlinedHeading(text: MarkedText, heading: Heading): Problem {
  const words = toString(heading)
  const source = text.sourceOf(heading)
  const lines = source.split('\n').length
  const isSentence = lines > 2 || /[.:;,…]["')\]]?$/.test(words) || keyLine.test(words)
  const mark = source.trimEnd().at(-1) ?? '-'
  const code = heading.depth === 1 ? 'heading-level' : 'underlined-heading'
  // Columns, as a program prints them.
  const isTable = / {2,}\S|\t\S/.test(source.split('\n')[0] ?? '')
  const [title = ''] = source.split('\n')
  const isFree = heading.position?.start.column === 1
  const fix: Fix = isTable
    ? { text: 'put the table between two lines of three backticks' }
    : isSentence
      ? {
          text: `put an empty line above the line of \`${mark}\`; where a heading is meant, begin it with \`## \``,
          // A line of `=` would be text below an empty one.
          ...(isFree &&
            mark === '-' && { change: { kind: 'swap', from: source, to: source.replace(/\n(?=[^\n]*$)/, '\n\n') } }),
        }
      : {
          text: `write \`## ${shorten(title)}\`, and remove the line of \`${mark}\``,
          ...(isFree && { change: { kind: 'swap', from: source, to: `## ${title}` } }),
        }
  const problem = unexpected(
    code,
    text.placeOf(heading),
    'heading',
    words,
    `a heading that begins with \`##\`: the line of \`${mark}\` makes one of the text above it`,
    fix,
  )
  return isTable || isSentence || heading.depth === 1 ? problem : { ...problem, severity: 'warning' }
}

/** Such headings one below the other are one problem: most often commands of root. */
function firstLevelHeading(
  text: MarkedText,
  heading: Heading,
  parent: Parents,
  index: number,
  told: Set<Nodes>,
): Problem {
  let last = heading
  for (const node of parent.children.slice(index + 1)) {
    if (node.type !== 'heading' || node.depth !== 1 || isUnderlined(node)) break
    if (node.position?.start.line !== (last.position?.end.line ?? 0) + 1) break
    told.add(node)
    last = node
  }
  const more = (last.position?.end.line ?? 0) - (heading.position?.end.line ?? 0)
  return unexpected(
    'heading-level',
    text.placeOf(heading),
    'heading',
    `# ${toString(heading)}`,
    'headings from `##` on: the title is the only first-level heading',
    more === 0
      ? 'begin the line with `##`; a shell prompt belongs into a code block'
      : `put a line of three backticks above this line, and another one below the next ${more === 1 ? 'line' : `${more} lines`}: commands and comments of a shell are code`,
  )
}
