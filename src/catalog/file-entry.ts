/** What one content file becomes, as far as the file alone decides about it. */
import { idPattern } from '#domain/identifier.ts'
import type { Problem } from '#domain/problem.ts'
import { MovedProject, Project } from '#domain/project.ts'
import type { z } from 'zod'
import { checkBody } from './body.ts'
import type { DataOfKind, LocatedEntry } from './catalog.ts'
import { adviseOnFrontMatter, splitFrontMatter } from './front-matter.ts'
import { kinds, type Kind } from './kinds.ts'
import { mentionsOf, type Mention, type Mentioning } from './mentions.ts'
import { suggestId, unexpected } from './problems.ts'
import type { ContentFile } from './read.ts'
import type { UnfinishedEntry } from './references.ts'
import type { FieldPath } from './schema-paths.ts'
import { placeOfKey, validate, type YamlSource } from './validate.ts'
import { parseYamlSource } from './yaml-advice.ts'
import { parsePositionedYaml, type YamlValue } from './yaml.ts'

export interface FileEntry {
  /** Undefined where the name of the file is none. */
  id: string | undefined
  /** Undefined where nothing of it can be read. */
  became: Became | undefined
  problems: readonly Problem[]
}

type Became =
  | { as: 'entry'; entry: LocatedEntry<DataOfKind[Kind]> }
  | { as: 'moved'; entry: LocatedEntry<MovedProject> }
  | { as: 'unfinished'; unfinished: UnfinishedEntry }

/** Both answers depend on nothing but what is asked about, and nobody may change them. */
export interface EntryReader {
  read: (kind: Kind, file: ContentFile) => FileEntry
  mentionsOf: (entry: Mentioning, fields: readonly FieldPath[]) => readonly Mention[]
}

export const readFreshly: EntryReader = { read: readFileEntry, mentionsOf }

export function readFileEntry(kind: Kind, file: ContentFile): FileEntry {
  const { folder, extension, schema } = kinds[kind]
  const id = file.path.slice(folder.length + 1, -extension.length)
  if (!idPattern.test(id)) return { id: undefined, became: undefined, problems: [badName(kind, id, file)] }
  const split = extension === '.md' ? splitFrontMatter(file.text) : { ...wholeFile, yaml: file.text }
  if ('code' in split) return { id, became: undefined, problems: [adviseOnFrontMatter(split, file)] }
  const source: YamlSource = { file: file.path, text: split.yaml, firstLine: split.yamlLine }
  const entry = { id, file: file.path, body: split.body, bodyLine: split.bodyLine, source }
  const problems = checkBody(kind, entry)
  // Nothing may walk a text that is nested too deep.
  if (problems.some(({ code }) => code === 'text-too-deep')) entry.body = ''
  const value = parseYamlSource(source, problems)
  if (value === undefined)
    return { id, became: unfinished({ kind, entry: { ...entry, data: '' }, problems: [] }), problems }

  const isMoved = kind === 'project' && typeof value === 'object' && Object.hasOwn(value, 'movedTo')
  if (isMoved) {
    const { moved, more } = splitMoved(value, source)
    const { data, problems: found } = validate(MovedProject, moved, source)
    const became: Became | undefined = data && { as: 'moved', entry: { ...entry, data } }
    return { id, became, problems: [...problems, ...more, ...found] }
  }
  const { data, problems: found } = validate(schema as z.ZodType<DataOfKind[Kind]>, value === '' ? {} : value, source)
  const became: Became = data
    ? { as: 'entry', entry: { ...entry, data } }
    : unfinished({ kind, entry: { ...entry, data: value }, problems: found })
  return { id, became, problems: [...problems, ...found] }
}

/** What a renamed project says beside its new id is said nowhere: a warning, since nothing of it is wrong. */
function splitMoved(value: object, source: YamlSource): { moved: YamlValue; more: Problem[] } {
  const { movedTo, ...others } = value as Record<string, YamlValue>
  const said = Object.keys(others).filter((key) => Object.hasOwn(Project.shape, key))
  // Where nothing is wrong, nobody asks where it stands.
  if (said.length === 0) return { moved: value as YamlValue, more: [] }
  const positioned = parsePositionedYaml(source.text)
  const more = said.map((key): Problem => {
    const place = placeOfKey(source, positioned, [key])
    const fix = {
      text: `say it where the project is now, and remove \`${key}\` here`,
      change: { kind: 'remove' as const },
    }
    return { ...unexpected('unknown-key', place, 'key', key, '`movedTo` alone', fix), severity: 'warning' }
  })
  const rest = Object.entries(others).filter(([key]) => !said.includes(key))
  return { moved: Object.fromEntries([['movedTo', movedTo ?? ''], ...rest]), more }
}

function unfinished(entry: UnfinishedEntry): Became {
  return { as: 'unfinished', unfinished: entry }
}

const wholeFile = { yamlLine: 1, body: '', bodyLine: 1 }

function badName(kind: Kind, id: string, file: ContentFile): Problem {
  const { folder, extension } = kinds[kind]
  return unexpected(
    'bad-id',
    { file: file.path, line: 1, column: 1 },
    'file name',
    `${id}${extension}`,
    'lower-case letters, digits and hyphens, at most 64 of them',
    {
      text: `rename the file, for example to \`${suggestId(id)}${extension}\``,
      change: { kind: 'rename', file: `${folder}/${suggestId(id)}${extension}` },
    },
  )
}
