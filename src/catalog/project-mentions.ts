/** Where a file names a project by its id, and the same file with another id in these places and nowhere else. */
import { visit } from 'unist-util-visit'
import { isMap, isScalar, isSeq, parseDocument, type Node, type Scalar } from 'yaml'
import type { z } from 'zod'
import { parseMarkdown } from './markdown.ts'
import { lineNestedTooDeep } from './nesting.ts'
import { fieldPathsOf, type FieldPath } from './schema-paths.ts'

interface Edit {
  start: number
  end: number
  text: string
}

/**
 * @param text   a whole file as it is on the disk; every other byte stays
 * @param schema of its front matter, or of the whole file where it is YAML alone
 */
export function withProjectRenamed(text: string, schema: z.ZodType, isYaml: boolean, from: string, to: string): string {
  // Nearly every file names another project, or none.
  if (!text.includes(from)) return text
  const { yaml, yamlAt, bodyAt } = isYaml ? wholeFile(text) : partsOf(text)
  const edits = [
    ...editsInYaml(yaml, fieldPathsOf(schema), from, to).map((edit) => moved(edit, yamlAt)),
    ...editsInBody(text.slice(bodyAt), from, to).map((edit) => moved(edit, bodyAt)),
  ]
  return edits
    .sort((a, b) => b.start - a.start)
    .reduce((edited, { start, end, text }) => edited.slice(0, start) + text + edited.slice(end), text)
}

function wholeFile(text: string) {
  const yamlAt = text.startsWith('\ufeff') ? 1 : 0
  return { yaml: text.slice(yamlAt), yamlAt, bodyAt: text.length }
}

function partsOf(text: string) {
  const [all, fence = '', yaml = ''] = /^(\ufeff?---\r?\n)([\s\S]*?\r?\n)---\r?(?:\n|$)/.exec(text) ?? ['']
  return { yaml, yamlAt: fence.length, bodyAt: all.length }
}

function moved({ start, end, text }: Edit, by: number): Edit {
  return { start: start + by, end: end + by, text }
}

function editsInYaml(yaml: string, fields: readonly FieldPath[], from: string, to: string): Edit[] {
  const document = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent' })
  if (document.errors.length > 0) return []
  const edits = new Map<number, Edit>()
  for (const { path, meaning } of fields) {
    for (const { value, range } of scalarsAt(document.contents, path)) {
      if (typeof value !== 'string' || !range) continue
      const [start, end] = range
      const written = yaml.slice(start, end)
      const text =
        'referenceTo' in meaning
          ? meaning.referenceTo === 'project' && value === from
            ? written.includes(from)
              ? written.replace(from, () => to)
              : to
            : written
          : 'ownPage' in meaning
            ? written.replace(pageOf(from, '^["\']?'), (_, before: string) => `${before}/projects/${to}/`)
            : 'markdown' in meaning
              ? written.replace(
                  pageOf(from, '\\]\\(\\s*<?|\\]:\\s*<?'),
                  (_, before: string) => `${before}/projects/${to}/`,
                )
              : written
      if (text !== written) edits.set(start, { start, end, text })
    }
  }
  return [...edits.values()]
}

/** The address of the project's page after what stands before an address; an id has no sign of a pattern. */
function pageOf(id: string, before: string): RegExp {
  return new RegExp(`(${before})/projects/${id}/`, 'g')
}

function scalarsAt(node: Node | null | undefined, path: readonly string[]): Scalar[] {
  const [step, ...rest] = path
  if (step === undefined) return isScalar(node) ? [node] : []
  const next = isSeq(node)
    ? step === '*'
      ? node.items
      : []
    : isMap(node)
      ? node.items.filter(({ key }) => step === '*' || (isScalar(key) && key.value === step)).map(({ value }) => value)
      : []
  // Without anchors and aliases, which content refuses, every item and value is a node.
  return next.flatMap((one) => scalarsAt(one as Node | null, rest))
}

/** Links and pictures and what defines them; code and plain words stay. */
function editsInBody(body: string, from: string, to: string): Edit[] {
  const address = `/projects/${from}/`
  if (!body.includes(address) || lineNestedTooDeep(body.replace(/\r\n?/g, '\n')) !== undefined) return []
  const edits: Edit[] = []
  visit(parseMarkdown(body), (node) => {
    if (node.type !== 'link' && node.type !== 'definition' && node.type !== 'image') return
    const { position } = node
    if (!node.url.startsWith(address) || position?.start.offset === undefined || position.end.offset === undefined)
      return
    // What is shown stands before the address, and may be another link's words.
    const shownTo = node.type === 'link' ? node.children.at(-1)?.position?.end.offset : undefined
    const start = body.indexOf(address, shownTo ?? position.start.offset)
    if (start === -1 || start + address.length > position.end.offset) return
    edits.push({ start, end: start + address.length, text: `/projects/${to}/` })
  })
  return edits
}
