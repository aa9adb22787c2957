/** The words of a paragraph of Markdown, for plain text. */
import type { PhrasingContent } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { startFlow, type Flow, type FlowWriter } from './text-flow.ts'
import type { References } from './text-references.ts'

export function flowOf(nodes: readonly PhrasingContent[], references: References): Flow {
  const writer = startFlow()
  writeAll(nodes, writer, references)
  return writer.flow()
}

function writeAll(nodes: readonly PhrasingContent[], writer: FlowWriter, references: References): void {
  for (const node of nodes) write(node, writer, references)
}

function write(node: PhrasingContent, writer: FlowWriter, references: References): void {
  switch (node.type) {
    case 'text':
      writer.add(node.value)
      return
    case 'emphasis':
      writeBetween('_', node.children, writer, references)
      return
    case 'strong':
      writeBetween('*', node.children, writer, references)
      return
    case 'delete':
      writeBetween('~~', node.children, writer, references)
      return
    case 'inlineCode':
      writer.addWhole(inBackticks(node.value))
      return
    case 'break':
      writer.endLine()
      return
    case 'link':
      writeLink(node.children, node.url, writer, references)
      return
    case 'linkReference':
      writeLink(node.children, references.definition(node.identifier)?.url ?? '', writer, references)
      return
    case 'image':
      writePicture(node.alt, node.url, writer, references)
      return
    case 'imageReference':
      writePicture(node.alt, references.definition(node.identifier)?.url ?? '', writer, references)
      return
    case 'footnoteReference': {
      const number = references.numberOfNote(node.identifier)
      if (number === undefined) return
      writer.add(' ')
      writer.addWhole(`[note ${number}]`)
      return
    }
    case 'html':
      // It is on no page either.
      return
    default:
      node satisfies never
  }
}

function writeBetween(
  mark: string,
  nodes: readonly PhrasingContent[],
  writer: FlowWriter,
  references: References,
): void {
  writer.addWhole(mark)
  writeAll(nodes, writer, references)
  writer.addWhole(mark)
}

function writeLink(nodes: readonly PhrasingContent[], url: string, writer: FlowWriter, references: References): void {
  const address = references.fullAddress(url)
  if (address !== undefined && isAddressItself(nodes, url)) {
    writer.addWhole(address)
    return
  }
  writeAll(nodes, writer, references)
  if (address === undefined) return
  writer.add(' ')
  writer.addWhole(`[${references.numberOf(address)}]`)
}

function isAddressItself(nodes: readonly PhrasingContent[], url: string): boolean {
  return nodes.length === 1 && nodes[0]?.type === 'text' && toString(nodes[0]) === url
}

function writePicture(alt: string | null | undefined, url: string, writer: FlowWriter, references: References): void {
  writer.addWhole('[Picture: ')
  writer.add(alt ?? '')
  writer.addWhole(']')
  const address = references.fullAddress(url)
  if (address === undefined) return
  writer.add(' ')
  writer.addWhole(`[${references.numberOf(address)}]`)
}

/** Code between backticks, of which it may hold some itself. */
function inBackticks(code: string): string {
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest > 0 ? `${fence} ${code} ${fence}` : `${fence}${code}${fence}`
}
