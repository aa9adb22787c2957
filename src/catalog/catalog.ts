/**
 * The catalog: all valid content, read once, used by the site and the command line alike, so
 * that `check` and `build` cannot disagree. Everything that is wrong is reported at once; a
 * problem in one file never hides another file.
 */
import type { Catalog, Entry } from '#domain/catalog.ts'
import type { Event } from '#domain/event.ts'
import type { Hardware } from '#domain/hardware.ts'
import { Identifier, idPattern } from '#domain/identifier.ts'
import type { Issue, Item } from '#domain/issue.ts'
import type { Note } from '#domain/note.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { MovedProject, type Project } from '#domain/project.ts'
import type { Recipe } from '#domain/recipe.ts'
import type { Source } from '#domain/source.ts'
import { Architecture, Category, Person, Site } from '#domain/vocabulary.ts'
import { z } from 'zod'
import { ArchitectureWords } from './architecture-words.ts'
import { checkBody } from './body.ts'
import { splitFrontMatter } from './front-matter.ts'
import { kindNames, kinds, type Kind } from './kinds.ts'
import { unexpected } from './problems.ts'
import { readContent, type ContentFile, type ReadContent } from './read.ts'
import { checkReferences } from './references.ts'
import { validate, type YamlSource } from './validate.ts'
import { parsePositionedYaml, parseYaml, type YamlFault, type YamlValue } from './yaml.ts'

/** A content file that is valid, and where its parts stand. */
export interface LocatedEntry<T> extends Entry<T> {
  /** Line of the file on which the body begins. */
  bodyLine: number
  source: YamlSource
}

interface DataOfKind {
  project: Project
  source: Source
  issue: Issue
  item: Item
  recipe: Recipe
  note: Note
  event: Event
  hardware: Hardware
}

type EntriesOfKind = { [K in Kind]: Map<string, LocatedEntry<DataOfKind[K]>> }

/** The catalog while it is read: every entry still knows its places. */
export interface LocatedCatalog extends Omit<Catalog, Kind | 'moved' | 'categories'>, EntriesOfKind {
  categories: Map<string, Category>
  moved: Map<string, LocatedEntry<MovedProject>>
}

export interface LoadedCatalog {
  catalog: LocatedCatalog
  /** In reading order; files are named from the content folder. */
  problems: Problem[]
}

/**
 * Reads and validates a content folder.
 * @param folder            folder to read
 * @param fallbackFolder    folder whose `architectures.yml` serves where the content has none
 * @throws where a folder cannot be read
 */
export function loadCatalog(folder: string, fallbackFolder?: string): LoadedCatalog {
  const read = readContent(folder)
  const standard = fallbackFolder === undefined ? undefined : readContent(fallbackFolder).files
  return buildCatalog(read, standard)
}

/** Builds the catalog from files that were read. Never throws. */
export function buildCatalog(read: ReadContent, standard: readonly ContentFile[] = []): LoadedCatalog {
  const problems = [...read.problems]
  const fileAt = (path: string) => read.files.find((file) => file.path === path)

  const site = readVocabulary(fileAt('site.yml'), Site, problems)
  const architectures = readVocabulary(
    fileAt('architectures.yml') ?? standard.find((file) => file.path === 'architectures.yml'),
    z.record(Identifier, Architecture),
    problems,
  )
  const categories = readVocabulary(fileAt('categories.yml'), z.record(Identifier, Category), problems)
  const people = readVocabulary(fileAt('people.yml'), z.record(Identifier, Person), problems)
  if (!fileAt('site.yml')) {
    problems.push({
      code: 'site-missing',
      severity: 'warning',
      place: { file: 'site.yml', line: 1, column: 1 },
      reason: 'Missing file `site.yml`, so the site has no title of its own.',
      expected: 'a file `site.yml` with at least a `title`',
      actual: '',
      fix: 'add `site.yml` with `title: …`',
    })
  }

  const siteData = site?.data ?? Site.parse({ title: 'Untitled' })
  const catalog: LocatedCatalog = {
    site: siteData,
    architectures: new Map(Object.entries(architectures?.data ?? {})),
    categories: new Map(Object.entries(categories?.data ?? {})),
    people: new Map(Object.entries(people?.data ?? {})),
    sections: new Map(Object.entries(siteData.sections)),
    moved: new Map(),
    project: new Map(),
    source: new Map(),
    issue: new Map(),
    item: new Map(),
    recipe: new Map(),
    note: new Map(),
    event: new Map(),
    hardware: new Map(),
  }
  const words = new ArchitectureWords(catalog.architectures)
  // A file that exists but has problems is still something to refer to.
  const knownIds = new Map<Kind, Set<string>>(kindNames.map((kind) => [kind, new Set()]))

  for (const file of read.files) {
    const kind = kindNames.find((name) => file.path.startsWith(`${kinds[name].folder}/`))
    if (kind) readEntry(kind, file, catalog, knownIds.get(kind) ?? new Set(), problems)
  }
  checkReferences(
    catalog,
    words,
    knownIds,
    site?.source,
    {
      categories: fileAt('categories.yml') !== undefined,
    },
    problems,
  )

  return { catalog, problems: inReadingOrder(problems) }
}

function readVocabulary<T>(
  file: ContentFile | undefined,
  schema: z.ZodType<T>,
  problems: Problem[],
): { data: T; source: YamlSource } | undefined {
  if (!file) return undefined
  const source: YamlSource = { file: file.path, text: file.text, firstLine: 1 }
  const value = readYaml(source, problems)
  if (value === undefined) return undefined
  const result = validate(schema, value === '' ? {} : value, source)
  problems.push(...result.problems)
  return result.data === undefined ? undefined : { data: result.data, source }
}

function readYaml(source: YamlSource, problems: Problem[]): YamlValue | undefined {
  const parsed = parseYaml(source.text)
  if (parsed.ok) return parsed.value
  // The positioned parser often names an earlier, truer place than the fast one.
  const fault = parsePositionedYaml(source.text).fault ?? parsed.fault
  const { position, code, reason } = fault
  problems.push({
    code,
    severity: 'error',
    place: { file: source.file, line: position.line + source.firstLine - 1, column: position.column },
    ...yamlAdvice[code](reason),
  })
  return undefined
}

const yamlAdvice: Record<
  YamlFault['code'],
  (reason: string) => Pick<Problem, 'reason' | 'expected' | 'actual' | 'fix'>
> = {
  'yaml-syntax': (reason) => ({
    reason: `The YAML cannot be read here: ${reason.replace(/\s+/g, ' ')}.`,
    expected: 'well-formed YAML',
    actual: reason,
    fix: /tab/i.test(reason)
      ? 'indent with spaces, never with tabs'
      : 'put text with `: `, ` #` or a leading `@`, `*`, `&`, `[` in quotes, and check the indentation',
  }),
  'yaml-duplicate-key': (reason) => ({
    reason: 'The same key stands twice in one map.',
    expected: 'each key once',
    actual: reason,
    fix: 'keep one of the two, or join their values',
  }),
  'yaml-anchor': (reason) => ({
    reason: `Unexpected ${reason}, expected plain values.`,
    expected: 'values without anchors and aliases',
    actual: reason,
    fix: 'write the value out where it is needed, or put text that begins with `&` or `*` in quotes',
  }),
  'yaml-tag': (reason) => ({
    reason: `Unexpected ${reason}, expected plain values.`,
    expected: 'values without tags',
    actual: reason,
    fix: 'remove the tag, or put text that begins with `!` in quotes',
  }),
  'yaml-too-deep': (reason) => ({
    reason: `Unexpected nesting of ${reason}, expected at most 32.`,
    expected: 'at most 32 levels',
    actual: reason,
    fix: 'write it with fewer levels',
  }),
}

function readEntry(
  kind: Kind,
  file: ContentFile,
  catalog: LocatedCatalog,
  known: Set<string>,
  problems: Problem[],
): void {
  const { folder, extension, schema } = kinds[kind]
  const id = file.path.slice(folder.length + 1, -extension.length)
  if (!idPattern.test(id)) {
    problems.push(
      unexpected(
        'bad-id',
        { file: file.path, line: 1, column: 1 },
        'file name',
        `${id}${extension}`,
        'lower-case letters, digits and hyphens, at most 64 of them',
        `rename the file, for example to \`${suggestId(id)}${extension}\``,
      ),
    )
    return
  }
  known.add(id)
  const split =
    extension === '.md' ? splitMarkdown(file, problems) : { yaml: file.text, yamlLine: 1, body: '', bodyLine: 1 }
  if (!split) return
  const source: YamlSource = { file: file.path, text: split.yaml, firstLine: split.yamlLine }
  const value = readYaml(source, problems)
  if (value === undefined) return
  const entry = { id, file: file.path, body: split.body, bodyLine: split.bodyLine, source }

  if (kind === 'project' && typeof value === 'object' && !Array.isArray(value) && 'movedTo' in value) {
    const result = validate(MovedProject, value, source)
    problems.push(...result.problems)
    if (result.data) catalog.moved.set(id, { ...entry, data: result.data })
    return
  }
  const result = validate(schema as z.ZodType<DataOfKind[Kind]>, value === '' ? {} : value, source)
  problems.push(...result.problems)
  if (result.data === undefined) return
  problems.push(...checkBody(kind, entry))
  // The schema of a kind yields the data of that kind: the two tables are keyed alike.
  ;(catalog[kind] as Map<string, LocatedEntry<DataOfKind[Kind]>>).set(id, { ...entry, data: result.data })
}

function splitMarkdown(file: ContentFile, problems: Problem[]) {
  const split = splitFrontMatter(file.text)
  if (!('code' in split)) return split
  const place = { file: file.path, line: split.line, column: 1 }
  switch (split.code) {
    case 'front-matter-missing':
      problems.push(
        unexpected(
          split.code,
          place,
          'first line',
          split.actual,
          'front matter that begins with a line `---`',
          'begin the file with a line `---`, then the keys, then a line `---`',
        ),
      )
      break
    case 'front-matter-not-yaml':
      problems.push(
        unexpected(
          split.code,
          place,
          'first line',
          split.actual,
          'a line of exactly `---`: front matter is YAML and never runs',
          'write `---` alone on the first line',
        ),
      )
      break
    case 'front-matter-unclosed':
      problems.push(
        unexpected(
          split.code,
          place,
          'line',
          split.actual,
          'front matter that ends with a line of exactly `---`',
          'close the front matter with a line `---`',
        ),
      )
      break
    default:
      split.code satisfies never
  }
  return undefined
}

function suggestId(id: string): string {
  const suggestion = id
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 64)
  return suggestion || 'a-name'
}
