/** An imported issue as the text of its file: front matter, then Markdown. */
import { gfmToMarkdown } from 'mdast-util-gfm'
import type { Definition, Link, Root, Text } from 'mdast'
import { defaultHandlers, toMarkdown, type Handle } from 'mdast-util-to-markdown'
import { visit } from 'unist-util-visit'
import { Document } from 'yaml'
import { parseYaml, type YamlValue } from '#catalog/yaml.ts'

/** Front matter in the order in which issues have it. */
export type FrontMatter = Record<string, YamlValue>

export function serializeFrontMatter(data: FrontMatter): string {
  const yaml = new Document(data, { schema: 'failsafe' }).toString({ lineWidth: 0, indentSeq: true })
  const read = parseYaml(yaml)
  // Quotes around everything are read alike by every parser.
  const isSame = read.ok && JSON.stringify(read.value) === JSON.stringify(data)
  return isSame
    ? yaml
    : new Document(data, { schema: 'failsafe' }).toString({ lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE' })
}

/** Cells longer than this make a table that nobody reads as text: its columns are not filled up with blanks. */
const widestCell = 60

export function serializeBody(tree: Root): string {
  let isWide = false
  visit(tree, 'tableCell', (cell) => {
    const length = (cell.position?.end.offset ?? 0) - (cell.position?.start.offset ?? 0)
    if (length > widestCell) isWide = true
  })
  return toMarkdown(tree, {
    bullet: '-',
    fences: true,
    tightDefinitions: true,
    extensions: [gfmToMarkdown({ tablePipeAlign: !isWide })],
    handlers: { text: writeText, link: writeLink, definition: writeDefinition },
  })
}

const needlessEscape = /\\&(?!(?:#(?:x[0-9a-f]+|\d+)|[a-z][a-z0-9]*);)/gi

/** Takes back escapes that change nothing: `AT\&T` and `?a=1\&b=2` read badly in the source. */
function unescaped(text: string): string {
  return text.replace(needlessEscape, '&')
}

const writeText: Handle = (node: Text, parent, state, info) =>
  unescaped(defaultHandlers.text(node, parent, state, info))

const writeLink: Handle = Object.assign(
  (...[node, parent, state, info]: Parameters<Handle>) => {
    const written = defaultHandlers.link(node as Link, parent, state, info)
    // Before that there may be code, in which a backslash is one.
    const address = written.lastIndexOf('](') + 1
    return address === 0 ? written : written.slice(0, address) + unescaped(written.slice(address))
  },
  { peek: defaultHandlers.link.peek },
)

const writeDefinition: Handle = (node: Definition, parent, state, info) =>
  unescaped(defaultHandlers.definition(node, parent, state, info))
