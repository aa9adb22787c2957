/** CycloneDX as XML. https://cyclonedx.org/docs/1.6/xml/ */
import { SaxesParser } from 'saxes'
import { maximumDepth, type StackText } from './document.ts'
import type { Findings } from './findings.ts'
import { shown, stackTooDeep, unreadableStack } from './problems.ts'
import { addBomComponent, type BomComponent } from './read-cyclonedx.ts'

const fields = new Set(['group', 'name', 'version', 'purl', 'scope'])

/** Where components stand that make up the software, and where others do: the tools, what it was made from. */
const parents = new Set(['metadata', 'components'])
const elsewhere = new Set(['tools', 'pedigree', 'formulation', 'annotations', 'evidence'])

/** Stops the parser, which would go on after its first complaint. */
class Stop extends Error {}

export function readCycloneDxXml({ name: file, text }: StackText, findings: Findings): void {
  const parser = new SaxesParser()
  const path: string[] = []
  const open: { component: BomComponent; line: number; depth: number }[] = []
  let field = ''
  let prefix: string | undefined
  parser.on('error', (error) => {
    findings.problem(unreadableStack(file, 'XML', parser.line, parser.column, error.message.replace(/^\d+:\d+: /, '')))
    throw new Stop()
  })
  parser.on('doctype', () => {
    findings.problem(unreadableStack(file, 'XML without a document type', parser.line, 1, 'it brings a document type'))
    throw new Stop()
  })
  parser.on('opentag', ({ name, attributes }) => {
    path.push(localName(name))
    field = ''
    if (path.length > maximumDepth) {
      findings.problem(stackTooDeep(file, parser.line, maximumDepth))
      throw new Stop()
    }
    prefix ??= prefixOf(name)
    // Other vocabularies may stand in between; they name no components.
    if (prefixOf(name) !== prefix || path.some((part) => elsewhere.has(part))) return
    const parent = path.at(-2) ?? ''
    const isComponent = path.at(-1) === 'component'
    if (isComponent && parents.has(parent)) {
      const { type } = attributes
      open.push({ component: typeof type === 'string' ? { type } : {}, line: parser.line, depth: path.length })
    } else if (isComponent) {
      const actual = '`component` in `' + shown(parent) + '`'
      findings.malformed({ at: parent, line: parser.line, expected: 'components in `components`', actual })
    } else if (parent === 'components') findings.refuse('element', path.at(-1) ?? '', parser.line)
  })
  parser.on('text', (content) => {
    field += content
  })
  parser.on('cdata', (content) => {
    field += content
  })
  parser.on('closetag', () => {
    const name = path.pop() ?? ''
    const current = open.at(-1)
    if (current && fields.has(name) && path.length === current.depth) {
      // One of the names above, which are its keys.
      current.component[name as keyof BomComponent] = field.trim()
    }
    if (name === 'component' && current?.depth === path.length + 1) {
      open.pop()
      addBomComponent(current.component, current.line, findings)
    }
    field = ''
  })
  try {
    parser.write(text).close()
  } catch (error) {
    if (!(error instanceof Stop)) throw error
  }
}

function prefixOf(name: string): string {
  return name.slice(0, name.indexOf(':') + 1)
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
