/** Definitions, references and footnotes that do not meet: what they would show is lost, without a word. */
import type { Problem } from '#domain/problem.ts'
import type { Definition, FootnoteDefinition } from 'mdast'
import { isOwnPath } from '#domain/link.ts'
import { visit } from 'unist-util-visit'
import type { MarkedText } from './marked-text.ts'
import { shorten, unexpected } from './problems.ts'

export interface Labels {
  definitions: readonly Definition[]
  footnotes: readonly FootnoteDefinition[]
  used: ReadonlySet<string>
  usedNotes: ReadonlySet<string>
}

export function labelsOf({ tree }: Pick<MarkedText, 'tree'>): Labels {
  const definitions: Definition[] = []
  const footnotes: FootnoteDefinition[] = []
  const used = new Set<string>()
  const usedNotes = new Set<string>()
  visit(tree, (node) => {
    if (node.type === 'definition') definitions.push(node)
    else if (node.type === 'footnoteDefinition') footnotes.push(node)
    else if (node.type === 'footnoteReference') usedNotes.add(node.identifier)
    else if (node.type === 'linkReference' || node.type === 'imageReference') used.add(node.identifier)
  })
  return { definitions, footnotes, used, usedNotes }
}

const remark = /^(?:update|edit|edited|note|nb|n\.b\.|correction|corrected|erratum|errata|ps|p\.s\.)(?:[\s:,\d(]|$)/i

/** Whether a definition is a sentence that only looks like one: `[UPDATE]: fixed`. */
export function swallowsText(definition: Definition, { used }: Labels): boolean {
  if (used.has(definition.identifier)) return false
  const label = definition.label ?? definition.identifier
  return remark.test(label) || (!isOwnPath(definition.url) && /^[^/:@#?.]+[.!?,;:]?$/.test(definition.url))
}

export function labelProblems(text: MarkedText, labels: Labels): Problem[] {
  return [
    ...definitionProblems(text, labels),
    ...footnoteProblems(text, labels),
    ...text.blocks.flatMap(({ text: prose, offset }) => [
      ...undefinedLabels(text, prose, offset),
      ...undefinedNotes(text, prose, offset),
    ]),
  ]
}

function definitionProblems(text: MarkedText, labels: Labels): Problem[] {
  const first = new Map<string, Definition>()
  return labels.definitions.flatMap((definition) => {
    const label = shorten(definition.label ?? definition.identifier)
    const source = text.sourceOf(definition)
    if (swallowsText(definition, labels)) {
      const sentence = `**${label}:** ${source.slice(source.indexOf(']:') + 2).trim()}`
      return unexpected(
        'definition-swallows-text',
        text.placeOf(definition),
        'link definition',
        source,
        'text: a line that begins with a label in brackets and a colon is shown nowhere',
        {
          text: `write \`${shorten(sentence)}\`${text.isIssue ? ', or make it one of the `errata` of the issue' : ''}`,
          change: { kind: 'swap', from: source, to: sentence },
        },
      )
    }
    const earlier = first.get(definition.identifier)
    if (!earlier) {
      first.set(definition.identifier, definition)
      if (labels.used.has(definition.identifier)) return []
      return {
        ...unexpected(
          'unused-definition',
          text.placeOf(definition),
          'link definition',
          source,
          'a label that the text names: this link is shown nowhere',
          `put the words that lead there in brackets, \`[${label}]\`, or remove the line`,
        ),
        severity: 'warning' as const,
      }
    }
    if (earlier.url === definition.url) return []
    // Every word is shown, and what is linked leads somewhere: to the first page alone.
    return { ...labelTwice(text, definition, label, `to \`${shorten(earlier.url)}\``), severity: 'warning' as const }
  })
}

function labelTwice(text: MarkedText, node: Definition | FootnoteDefinition, label: string, first: string): Problem {
  return unexpected(
    'label-defined-twice',
    text.placeOf(node),
    'label',
    label,
    `one meaning of each label: the first one leads ${first}, and only that counts`,
    `give this one a label of its own, such as \`${label}-2\`, also where the text means it`,
  )
}

function footnoteProblems(text: MarkedText, { footnotes, usedNotes }: Labels): Problem[] {
  const seen = new Set<string>()
  return footnotes.flatMap((note) => {
    const label = shorten(note.label ?? note.identifier)
    if (seen.has(note.identifier)) return labelTwice(text, note, `^${label}`, 'to another footnote')
    seen.add(note.identifier)
    if (usedNotes.has(note.identifier)) return []
    return unexpected(
      'unused-footnote',
      text.placeOf(note),
      'footnote',
      text.sourceOf(note),
      'a footnote that the text names: this one is shown nowhere',
      `write \`[^${label}]\` where it belongs, or remove it`,
    )
  })
}

const fullReference = /(?<!\\)\[((?:[^[\]\\]|\\.)*)\]\[((?:[^[\]\\]|\\.)*)\]/gs

function undefinedLabels(text: MarkedText, prose: string, offset: number): Problem[] {
  return [...prose.matchAll(fullReference)].flatMap((match) => {
    const [, words = '', label = ''] = match
    if (words.trim() === '' || words.startsWith('^') || label.startsWith('^')) return []
    const span = [offset + match.index, offset + match.index + match[0].length] as const
    const isIndex = /[\p{L}\p{N}\])_]/u.test(prose.charAt(match.index - 1))
    const end = span[1] - 1
    const wanted = shorten(
      text.sourceOf(label === '' ? [span[0] + 1, span[0] + 1 + words.length] : [end - label.length, end]),
    )
    const problem = unexpected(
      'undefined-label',
      text.placeOf(span),
      'label',
      wanted,
      'a label that the text defines: its brackets are shown as they stand',
      isIndex ? 'put it in backticks' : `add a line \`[${wanted}]: https://…\`, or put it in backticks`,
    )
    return isIndex ? { ...problem, severity: 'warning' as const } : problem
  })
}

function undefinedNotes(text: MarkedText, prose: string, offset: number): Problem[] {
  return [...prose.matchAll(/(?<!\\)\[\^([^[\]\s]+)\](?!\()/g)].map((match) => {
    const span = [offset + match.index, offset + match.index + match[0].length] as const
    const mark = text.sourceOf(span)
    const label = shorten(mark.slice(2, -1))
    // Regular expressions look the same: `[^a-z]+`.
    const isExpression = /\w-\w|\\/.test(label) || /[*+?{]/.test(prose.charAt(match.index + match[0].length))
    const problem = unexpected(
      'undefined-footnote',
      text.placeOf(span),
      'footnote mark',
      mark,
      'the mark of a footnote that the text has',
      isExpression ? 'put it in backticks' : `add a line \`[^${label}]: …\` with the footnote, or remove the mark`,
    )
    return isExpression ? { ...problem, severity: 'warning' as const } : problem
  })
}
