/** Headings of an old text: the title once, and levels without gaps. */
import type { Heading, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import type { PreparedText } from './prepared-text.ts'
import { type Report, quoted } from './report.ts'

/** The first heading of a text where it is of the first level and has at most a line before it, or none. */
export function titleHeading(tree: Root): Heading | undefined {
  const blocks = tree.children.filter(({ type }) => type !== 'definition')
  const first = blocks.slice(0, 2).find(({ type }) => type === 'heading')
  return first?.type === 'heading' && first.depth === 1 ? first : undefined
}

/** Removes the headings that only repeat the title. */
export function removeTitle(
  tree: Root,
  title: string,
  isFromHeading: boolean,
  text: PreparedText,
  report: Report,
): void {
  const heading = titleHeading(tree)
  if (!heading) return
  const words = toString(heading)
  if (!isFromHeading && !repeats(words, title)) return
  const typed = text.sourceOf(heading) ?? words
  tree.children.splice(tree.children.indexOf(heading), 1)
  report.guess('title-removed', text.placeOfNode(heading), {
    actual: words,
    guessed: title,
    reason: isFromHeading
      ? `The heading ${quoted(words)} became the title`
      : `The heading ${quoted(words)} was left out: it repeats the title`,
    expected: 'a text without its title: the page shows it',
    fix: 'nothing',
    removed: typed,
  })
}

function repeats(heading: string, title: string): boolean {
  const plain = (text: string) =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  const [one, other] = [plain(heading), plain(title)]
  if (one === '' || other === '') return false
  return (
    one === other ||
    one.startsWith(`${other} `) ||
    one.endsWith(` ${other}`) ||
    other.startsWith(`${one} `) ||
    other.endsWith(` ${one}`)
  )
}

/** Makes the highest level the second, and closes gaps between levels. */
export function levelHeadings(tree: Root, text: PreparedText, report: Report): void {
  const open: number[] = []
  visit(tree, 'heading', (heading) => {
    const typed = heading.depth
    while (open.length > 0 && (open.at(-1) ?? 0) >= typed) open.pop()
    open.push(typed)
    const depth = Math.min(open.length + 1, 6) as Heading['depth']
    if (depth === typed) return
    heading.depth = depth
    report.guess('heading-changed', text.placeOfNode(heading), {
      actual: `${'#'.repeat(typed)} ${toString(heading)}`,
      guessed: `${'#'.repeat(depth)} ${toString(heading)}`,
      reason: `The heading ${quoted(toString(heading))} moved from level ${typed} to level ${depth}`,
      expected: 'headings from the second level on, without gaps',
      fix: typed === 1 ? 'look whether it is a heading: a comment or a prompt is code' : 'nothing',
    })
  })
}

const headingLike = /^(?=.{1,60}$)\p{Lu}.*[\p{L}\p{N})”"’?]$/u

/** In a text without any heading, tells which short lines may have been one. */
export function tellLikelyHeadings(tree: Root, text: PreparedText, report: Report): void {
  if (tree.children.some(({ type }) => type === 'heading')) return
  const likely = tree.children.filter(
    (node) => node.type === 'paragraph' && node.children.length === 1 && headingLike.test(toString(node)),
  )
  // One short line is a short line; several are how such a text is divided.
  if (likely.length < 2) return
  for (const node of likely) {
    const words = toString(node)
    report.guess('heading-unclear', text.placeOfNode(node), {
      actual: words,
      reason: `The line ${quoted(words)} may be a heading`,
      expected: 'headings that begin with `##`',
      fix: 'write `## ` before it if it is one',
    })
  }
}
