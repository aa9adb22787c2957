/** The summary of an issue that has none: a paragraph of its introduction, cut at the end of a sentence. */
import { withoutUnseen } from '#domain/text.ts'
import type { Paragraph, Root } from 'mdast'
import { toString } from 'mdast-util-to-string'

export const maximumSummary = 300

/** @returns the summary, and the paragraph it was taken from */
export function deriveSummary(tree: Root): { summary: string; paragraph: Paragraph } | undefined {
  const paragraphs: Paragraph[] = []
  for (const node of tree.children) {
    if (node.type === 'heading' && paragraphs.length > 0) break
    if (node.type === 'paragraph') paragraphs.push(node)
  }
  const texts = paragraphs.map((paragraph) => ({ paragraph, text: plain(paragraph) }))
  const chosen =
    // What the issue says of itself is better than what every issue says.
    texts.find(
      ({ text }) =>
        /^(?:this (?:issue|week|edition)\b(?!.{0,20}\bis the\b)|in this (?:issue|week|edition)\b)/i.test(text) &&
        text.length >= 40,
    ) ??
    texts.find(({ text }) => text.length >= 40) ??
    texts.find(({ text }) => /[\p{L}\p{N}]/u.test(text))
  return chosen && { summary: cutAtSentence(chosen.text, maximumSummary), paragraph: chosen.paragraph }
}

function plain(paragraph: Paragraph): string {
  return withoutUnseen(toString(paragraph)).replace(/\s+/g, ' ').trim()
}

/** As many whole sentences as fit, else as many words, with an ellipsis. */
export function cutAtSentence(text: string, maximum: number): string {
  const line = text.replace(/\s+/g, ' ').trim()
  if (line.length <= maximum) return line
  const ends = [...line.slice(0, maximum + 1).matchAll(/[.!?…]["”’)]?(?=\s)/g)].map(
    (match) => match.index + match[0].length,
  )
  const end = ends.filter((at) => at <= maximum).at(-1)
  if (end !== undefined && end >= 40) return line.slice(0, end)
  const space = line.lastIndexOf(' ', maximum - 1)
  return `${line.slice(0, space > maximum / 2 ? space : maximum - 1).replace(/[\s,;:–—-]+$/, '')}…`.replace(
    /[\ud800-\udbff]…$/,
    '…',
  )
}
