/** A mail as plain text, written from the syntax tree of its Markdown: at most 78 columns, links numbered at the end. */
import type { Root, RootContent } from 'mdast'
import type { DeadLink } from '#domain/link-ledger.ts'
import type { MailView, WrittenCorrection, WrittenSection } from '#views/mail.ts'
import { withoutForbidden } from './readable.ts'
import { indented, joined, linesOfBlocks, linesOfHeading } from './text-blocks.ts'
import { flowOfWords, wrapFlow } from './text-flow.ts'
import { startReferences, type ReferenceList, type TextPlaces } from './text-references.ts'

export interface TextTools {
  /** Parses Markdown, and gives each heading of the tree its id, as pages have it. */
  parse: (markdown: string) => Root
  absoluteAddressOf: TextPlaces['absoluteAddressOf']
  /** Links whose pages are gone, and a copy of each. */
  deadLinks: ReadonlyMap<string, DeadLink>
}

/** RFC 5322 asks for lines of at most 78 characters. */
const width = 78

export function serializeMailText(view: MailView, { parse, absoluteAddressOf, deadLinks }: TextTools): string {
  const tree = parse(view.markdown)
  const list = startReferences({ absoluteAddressOf, page: view.address })
  const references = list.within(tree)
  const sections = sectionsOf(tree)
  const ids = new Set(sections.map(({ id }) => id))
  const told = new Set([...ids, ...view.writtenSections.map(({ id }) => id)])
  const correctionsOf = (id: string | undefined) =>
    view.writtenCorrections
      .filter(({ section }) => (section !== undefined && told.has(section) ? section : undefined) === id)
      .map((correction) => correctionLines(correction, id, parse, list))
  const itemLines = ({ title, link, source, markdown }: WrittenItem): string[][] => {
    const tree = parse(markdown)
    return [
      heading(`${title} [${references.numberOf(link)}]`, 3),
      linesOfBlocks(tree.children, width, list.within(tree)),
      prose(source),
    ]
  }
  const parts = [
    heading(view.title, 1),
    [
      ...prose(`${view.day}, by ${view.authors.map(({ name }) => name).join(', ')}`),
      ...labelled('Read it on the web:', view.address),
    ],
    prose(view.summary),
    ...view.sponsors.map(({ name, address, disclosure }) =>
      prose(`Sponsor: ${name}${address === undefined ? '' : ` [${references.numberOf(address)}]`}. ${disclosure}`),
    ),
    ...correctionsOf(undefined),
    ...sections.flatMap(({ id, nodes }) => [
      linesOfBlocks(nodes, width, references),
      ...(view.writtenSections.find((section) => section.id === id)?.items.flatMap(itemLines) ?? []),
      ...(id === undefined ? [] : correctionsOf(id)),
    ]),
    ...view.writtenSections
      .filter(({ id }) => !ids.has(id))
      .flatMap(({ id, title, items }) => [heading(title, 2), ...items.flatMap(itemLines), ...correctionsOf(id)]),
    ...notes(list),
    ...links(list, deadLinks),
    foot(view),
  ]
  return `${joined(parts).map(seen).join('\n')}\n`
}

type WrittenItem = WrittenSection['items'][number]

interface TextSection {
  /** The id of its heading; undefined for what stands before the first one. */
  id: string | undefined
  nodes: RootContent[]
}

function sectionsOf(tree: Root): TextSection[] {
  const sections: TextSection[] = [{ id: undefined, nodes: [] }]
  for (const node of tree.children) {
    if (node.type === 'heading' && node.depth === 2) {
      sections.push({ id: String(node.data?.hProperties?.id ?? ''), nodes: [] })
    }
    sections.at(-1)?.nodes.push(node)
  }
  return sections
}

function correctionLines(
  { day, section, sectionName, markdown }: WrittenCorrection,
  place: string | undefined,
  parse: TextTools['parse'],
  list: ReferenceList,
): string[] {
  const where = section === place || sectionName === undefined ? '' : `, ${sectionName}`
  const tree = parse(markdown)
  const lines = linesOfBlocks(tree.children, width - 2, list.within(tree))
  return [...prose(`Correction of ${day}${where}:`), ...lines.map((line) => (line === '' ? '' : `  ${line}`))]
}

/** The notes, in the order in which they are named; a note may name others. */
function notes(list: ReferenceList): string[][] {
  const parts: string[][] = []
  // The list grows while its notes are written.
  for (const { note, references } of list.notes()) {
    const mark = `[note ${parts.length + 1}] `
    parts.push(indented(linesOfBlocks(note.children, width - mark.length, references), mark))
  }
  return parts.length === 0 ? [] : [heading('Notes', 2), ...parts]
}

function links(list: ReferenceList, deadLinks: TextTools['deadLinks']): string[][] {
  const addresses = list.addresses()
  if (addresses.length === 0) return []
  const digits = String(addresses.length).length
  const lines = addresses.flatMap((address, index) => {
    const dead = deadLinks.get(address)
    const mark = `[${index + 1}]`.padStart(digits + 2)
    const copy = dead?.archived === undefined ? [] : [`${' '.repeat(digits + 3)}archived: ${dead.archived}`]
    return [
      `${mark} ${address}`,
      ...(dead ? [`${' '.repeat(digits + 3)}gone since ${dead.since.slice(0, 7)}`] : []),
      ...copy,
    ]
  })
  return [heading('Links', 2), lines]
}

function foot({ headers, siteTitle, address, postalAddress }: MailView): string[] {
  return [
    '* * *',
    '',
    ...prose(`You receive this because you subscribed to ${siteTitle}.`),
    ...labelled('Unsubscribe:', headers.unsubscribe),
    ...labelled('Read it on the web:', address),
    ...labelled('All issues:', headers.archive),
    ...(postalAddress === undefined ? [] : prose(postalAddress)),
  ]
}

function heading(words: string, depth: number): string[] {
  return linesOfHeading(prose(words), depth)
}

function prose(words: string): string[] {
  return wrapFlow(flowOfWords(words), width)
}

/** An address after its label, on a line of its own where both are too long for one. */
function labelled(label: string, address: string): string[] {
  const line = `${label} ${address}`
  return line.length <= width ? [line] : [label, address]
}

/** The line, without characters that turn the text around them: a terminal would show another order than was written. */
function seen(line: string): string {
  return withoutForbidden(line).replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
}
