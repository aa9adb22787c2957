/**
 * Writes the front matter of a file as its kind is written: keys in the order of the schema, versions in quotes, projects by
 * the names that they have today. What the file says stays what it was; where that is not certain, nothing changes.
 */
import { isDeepStrictEqual } from 'node:util'
import { load } from 'js-yaml'
import { isPair, isScalar, isSeq, parseDocument, visit, type Scalar } from 'yaml'
import type { z } from 'zod'
import { offsetAt, withEdits, yamlOf, type TextEdit } from './change.ts'
import { quoted } from './edit.ts'
import { keysInOrder } from './key-order.ts'
import { fieldPathsOf, visitField, type FieldPath } from './schema-paths.ts'
import { parsePositionedYaml, parseYaml } from './yaml.ts'

interface TidyRules {
  schema: z.ZodType
  /** The id that a renamed project has today. */
  movedTo: (project: string) => string | undefined
}

/** @param text as the reader of content sees it: without byte order mark, its lines ended by LF */
export function tidied(file: string, text: string, rules: TidyRules): string {
  const yaml = yamlOf(file, text)
  if (!yaml || !parseYaml(yaml.text).ok) return text
  const fields = fieldPathsOf(rules.schema)
  let front = withTodaysNames(yaml.text, fields, rules)
  front = withSameMeaning(front, withQuotedVersions(front, fields))
  front = withSameMeaning(front, keysInOrder(front, rules.schema))
  const body = text.slice(yaml.start + yaml.text.length)
  return text.slice(0, yaml.start) + front + withTodaysLinks(body, rules)
}

/** The changed text, where it says the same as the one before. */
function withSameMeaning(before: string, after: string): string {
  if (after === before) return before
  const [was, is] = [parseYaml(before), parseYaml(after)]
  return was.ok && is.ok && isDeepStrictEqual(was.value, is.value) ? after : before
}

function withTodaysNames(text: string, fields: readonly FieldPath[], { movedTo }: TidyRules): string {
  const parsed = parseYaml(text)
  if (!parsed.ok) return text
  const edits: TextEdit[] = []
  let positioned: ReturnType<typeof parsePositionedYaml> | undefined
  for (const { path, meaning } of fields) {
    if (!('referenceTo' in meaning) || meaning.referenceTo !== 'project') continue
    visitField(parsed.value, path, (id, at) => {
      const today = movedTo(id)
      if (today === undefined) return
      positioned ??= parsePositionedYaml(text)
      const start = offsetAt(text, positioned.positionOfValue(at))
      const found = text.indexOf(id, start)
      // A quote may stand before it.
      if (found - start <= 1 && found >= start) edits.push({ start: found, end: found + id.length, text: today })
    })
  }
  return withEdits(text, edits)
}

function withTodaysLinks(body: string, { movedTo }: TidyRules): string {
  return body.replace(/(?<=\]\(|\]: ?)\/projects\/([a-z0-9-]+)\/(?=[)#\s])/g, (link, id: string) => {
    const today = movedTo(id)
    return today === undefined ? link : `/projects/${today}/`
  })
}

function withQuotedVersions(text: string, fields: readonly FieldPath[]): string {
  const paths = fields.filter(({ meaning }) => 'version' in meaning).map(({ path }) => path)
  const value = parseYaml(text)
  if (!value.ok) return text
  let isNeeded = false
  for (const path of paths) visitField(value.value, path, (version) => void (isNeeded ||= isOtherElsewhere(version)))
  if (!isNeeded) return text
  const edits: TextEdit[] = []
  visit(parseDocument(text, { schema: 'failsafe', logLevel: 'silent' }), {
    Scalar(_, node, around) {
      const value = node.value
      if (node.type !== 'PLAIN' || !node.range || typeof value !== 'string' || value === '') return
      const path = pathOf(around as readonly unknown[], node)
      if (!path || !paths.some((one) => fits(one, path)) || !isOtherElsewhere(value)) return
      edits.push({ start: node.range[0], end: node.range[1], text: quoted(value) })
    },
  })
  return withEdits(text, edits)
}

/** Whether a parser with another schema than ours would take a word for a number, a day or a truth value. */
function isOtherElsewhere(value: string): boolean {
  if (/^(?:y|n|yes|no|on|off|[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?)$/i.test(value)) return true
  try {
    return typeof load(value) !== 'string'
  } catch {
    return false
  }
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((step, index) => step === '*' || step === path[index])
}

/** Keys from the root to a value; undefined for a key. */
function pathOf(around: readonly unknown[], node: Scalar): string[] | undefined {
  const path: string[] = []
  for (const [index, one] of around.entries()) {
    const next = around[index + 1] ?? node
    if (isPair(one)) {
      if (one.key === next) return undefined
      path.push(isScalar(one.key) ? String(one.key.value) : '')
    } else if (isSeq(one)) path.push('*')
  }
  return path
}
