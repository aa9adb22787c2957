/** One content file, stage by stage, as a build would take it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { idPattern } from '#domain/identifier.ts'
import type { Problem } from '#domain/problem.ts'
import { adviseOnFrontMatter, splitFrontMatter } from '#catalog/front-matter.ts'
import { kindNames, kinds } from '#catalog/kinds.ts'
import { contentFileOf } from '#catalog/read.ts'
import { parseYamlSource } from '#catalog/yaml-advice.ts'
import { parsePositionedYaml, type YamlValue } from '#catalog/yaml.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { derivedInWords, derivedOf, nameOf, pageOf, referencesOf, viewOf } from './inspect-values.ts'
import { count } from './report.ts'
import { CannotRun } from './world.ts'

export const stageNames = ['read', 'parse', 'validate', 'derive', 'view', 'render'] as const
export type StageName = (typeof stageNames)[number]

interface Stage {
  /** In one line. */
  summary: () => string
  value: () => unknown
}

export interface Inspection {
  path: string
  kind: string
  stages: Partial<Record<StageName, Stage>>
  /** Where the file goes no further. */
  stop: { at: StageName; problems: Problem[] } | undefined
}

const vocabularies = ['site.yml', 'architectures.yml', 'categories.yml', 'people.yml']

export interface FileToInspect {
  /** Path inside the content folder. */
  path: string
  folder: string
  /** How it is called in problems. */
  shown: string
  /** All problems of the file that loading the content found. */
  problems: readonly Problem[]
}

export function inspectFile({ path, folder, shown, problems }: FileToInspect, context: PublishingContext): Inspection {
  const kind = kindNames.find((name) => {
    const [kindFolder, file, ...deeper] = path.split('/')
    return kindFolder === kinds[name].folder && file?.endsWith(kinds[name].extension) === true && deeper.length === 0
  })
  if (kind === undefined && !vocabularies.includes(path)) {
    throw new CannotRun(`\`${path}\` is no content file with stages; \`explain\` tells what becomes of evidence.`)
  }
  const inspection: Inspection = { path, kind: kind ?? 'vocabulary', stages: {}, stop: undefined }
  const { stages } = inspection
  const stopAt = (at: StageName, found: readonly Problem[]): Inspection => ({
    ...inspection,
    stop: { at, problems: found.map((problem) => ({ ...problem, place: { ...problem.place, file: shown } })) },
  })

  const tooLarge = problems.filter(({ code }) => code === 'file-too-large')
  if (tooLarge.length > 0) return stopAt('read', tooLarge)

  const bytes = readFileSync(join(folder, path))
  const found: Problem[] = []
  const file = contentFileOf(path, bytes, found)
  if (!file) return stopAt('read', found)
  const repairs = found.map(({ code, place: { line, column } }) => ({ code, line, column }))
  const lines = file.text.replace(/\n$/, '').split('\n').length
  stages.read = {
    summary: () =>
      `${count(bytes.length, 'byte')}, ${count(lines, 'line')}${repairs.length === 0 ? '' : `, repaired: ${repairs.map(({ code }) => code).join(', ')}`}`,
    value: () => ({ file: path, bytes: bytes.length, characters: file.text.length, lines, repairs, text: file.text }),
  }

  const split = path.endsWith('.md')
    ? splitFrontMatter(file.text)
    : { yaml: file.text, yamlLine: 1, body: '', bodyLine: lines }
  if ('code' in split) return stopAt('parse', [adviseOnFrontMatter(split, file)])
  const parsing: Problem[] = []
  const value = parseYamlSource({ file: path, text: split.yaml, firstLine: split.yamlLine }, parsing)
  if (value === undefined) return stopAt('parse', parsing)
  stages.parse = {
    summary: () => `${count(keysOf(value).length, 'key')}, body of ${count(split.body.length, 'character')}`,
    value: () => ({
      frontMatter: value,
      keys: positionsOf(value, split.yaml, split.yamlLine),
      body: { line: split.bodyLine, text: split.body },
    }),
  }

  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) return stopAt('validate', errors)
  if (kind === undefined) {
    stages.validate = { summary: () => 'valid', value: () => ({ data: vocabularyOf(path, context), references: [] }) }
    return inspection
  }
  const { folder: kindFolder, extension } = kinds[kind]
  const id = path.slice(kindFolder.length + 1, -extension.length)
  const moved = kind === 'project' ? context.catalog.moved.get(id) : undefined
  const entry = idPattern.test(id) ? (moved ?? context.catalog[kind].get(id)) : undefined
  if (!entry) return stopAt('validate', problems)
  const references = moved
    ? [
        {
          path: 'movedTo',
          kind: 'project',
          id: moved.data.movedTo,
          name: nameOf('project', moved.data.movedTo, context),
        },
      ]
    : referencesOf(kind, entry.data, context)
  stages.validate = {
    summary: () => `valid as \`${id}\`, ${count(references.length, 'reference')}`,
    value: () => ({ id, data: entry.data, references }),
  }
  if (moved) return inspection
  stages.derive = {
    summary: () => derivedInWords(kind, id, context),
    value: () => derivedOf(kind, id, context),
  }
  stages.view = {
    summary: () => pageOf(kind, id) ?? 'on no page of its own',
    value: () => ({ page: pageOf(kind, id) ?? null, view: viewOf(kind, id, context) }),
  }
  const rendered = () => context.markdown(entry.body)
  stages.render = {
    summary: () => `${count(rendered().words, 'word')}, ${count(rendered().headings.length, 'heading')}`,
    value: () => {
      const { html, headings, words } = rendered()
      return { html, headings, words }
    },
  }
  return inspection
}

function keysOf(value: YamlValue): string[] {
  return typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : []
}

/** Every key with the place where it stands in the file: `claims.0.date`. */
function positionsOf(
  value: YamlValue,
  yaml: string,
  firstLine: number,
): Record<string, { line: number; column: number }> {
  const positioned = parsePositionedYaml(yaml)
  const found: [string, { line: number; column: number }][] = []
  const walk = (current: YamlValue, path: readonly (string | number)[]) => {
    if (typeof current === 'string') return
    for (const [key, inner] of Array.isArray(current) ? current.entries() : Object.entries(current)) {
      const here = [...path, key]
      if (typeof key === 'string') {
        const { line, column } = positioned.positionOfKey(here)
        found.push([here.join('.'), { line: line + firstLine - 1, column }])
      }
      walk(inner, here)
    }
  }
  walk(value, [])
  return Object.fromEntries(found)
}

function vocabularyOf(path: string, { catalog }: PublishingContext): unknown {
  switch (path) {
    case 'site.yml':
      return catalog.site
    case 'architectures.yml':
      return Object.fromEntries(catalog.architectures)
    case 'categories.yml':
      return Object.fromEntries(catalog.categories)
    default:
      return Object.fromEntries(catalog.people)
  }
}
