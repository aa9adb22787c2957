import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildCatalog, type LoadedCatalog } from '#catalog/catalog.ts'
import { readEvidence } from '#catalog/evidence.ts'
import { kindNames, kinds } from '#catalog/kinds.ts'
import { withProjectRenamed } from '#catalog/project-mentions.ts'
import { readArchitectures, readContent } from '#catalog/read.ts'
import { idPattern } from '#domain/identifier.ts'
import type { Problem } from '#domain/problem.ts'
import { problemsWithout } from '#domain/problem-difference.ts'
import { MovedProject } from '#domain/project.ts'
import { Site } from '#domain/vocabulary.ts'
import { writeWhole } from '#store/whole-file.ts'
import { projectOf } from './cell-words.ts'
import { commonOptions, contentFolder, loadContent, shownPath, standardContent, withShownFiles } from './options.ts'
import { count, serializeProblems, summarizeProblems } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const renameHelp = `rename project OLD NEW [--dry-run] [--json] [--content DIR]
  Gives a project another id: moves its file, leaves \`movedTo\` in the old one so that its addresses keep answering, and
  writes the new id where other files name it. Its evidence stays where it is. --dry-run writes nothing.`

/** @returns exit code: 0 renamed, 1 the content would have new problems, and nothing was written */
export function rename(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, 'dry-run': { type: 'boolean' } },
  })
  const [kind, from, to, ...more] = positionals
  if (kind !== 'project' || from === undefined || to === undefined || more.length > 0) {
    throw new CannotRun('Expected a project and its new id: `rename project golang go`.')
  }
  if (!idPattern.test(to) || from === to) {
    throw new CannotRun(`Unexpected id \`${to}\`, expected another one of lower-case letters, digits and hyphens.`)
  }
  const folder = contentFolder(values, world)
  const loaded = loadContent(values, world)
  const files = renamedFiles(from, to, folder, loaded)
  const problems = withShownFiles(newProblems(files, folder, world), folder, world)
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    world.answer(serializeProblems(errors, values.json ? 'json' : 'text', !values.json && world.isTerminal))
    world.tell(`${summarizeProblems(errors)} would be new: nothing was written.\n`)
    return 1
  }
  if (!values['dry-run']) for (const [path, text] of files) writeWhole(join(folder, path), text)
  const shown = [...files.keys()].map((path) => shownPath(join(folder, path), world))
  world.answer(
    values.json
      ? `${JSON.stringify({ from, to, files: shown }, null, 2)}\n`
      : shown.map((path) => `${path}\n`).join(''),
  )
  world.tell(
    `${count(files.size, 'file')} ${values['dry-run'] ? 'would be' : 'are'} written: \`${from}\` is \`${to}\`.\n`,
  )
  return 0
}

/**
 * The files that are others, by path. The new one comes first, then what leads to it, so that whoever is killed in between
 * leaves valid content, and the same command again does the rest.
 */
function renamedFiles(from: string, to: string, folder: string, loaded: LoadedCatalog): Map<string, string> {
  const { catalog } = loaded
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const [oldPath, newPath] = [`projects/${from}.md`, `projects/${to}.md`]
  const isDone = catalog.moved.get(from)?.data.movedTo === to && catalog.project.has(to)
  if (!isDone && !catalog.project.has(from)) {
    const { id } = projectOf(from, loaded)
    throw new CannotRun(`\`${from}\` is no id of a project; did you mean \`${id}\`?`)
  }
  const renamed = (path: string, schema: Parameters<typeof withProjectRenamed>[1]) =>
    withProjectRenamed(read(path), schema, path.endsWith('.yml'), from, to)

  const files = new Map<string, string>()
  if (!isDone) {
    const text = renamed(oldPath, kinds.project.schema)
    const leadsBack = catalog.moved.get(to)?.data.movedTo === from
    if (existsSync(join(folder, newPath)) && !leadsBack && read(newPath) !== text) {
      throw new CannotRun(`There is a project \`${to}\` already, expected an id that is free.`)
    }
    files.set(newPath, text)
    files.set(oldPath, `---\nmovedTo: ${to}\n---\n`)
  }
  const add = (path: string, schema: Parameters<typeof withProjectRenamed>[1]) => {
    if (files.has(path) || !existsSync(join(folder, path))) return
    const text = renamed(path, schema)
    if (text !== read(path)) files.set(path, text)
  }
  for (const { file } of catalog.moved.values()) if (file !== oldPath) add(file, MovedProject)
  for (const { path } of readContent(folder).files) {
    const kind = kindNames.find((name) => path.startsWith(`${kinds[name].folder}/`))
    if (kind) add(path, kinds[kind].schema)
    else if (path === 'site.yml') add(path, Site)
  }
  return files
}

/** What `check` would say then and does not say today. */
function newProblems(files: ReadonlyMap<string, string>, folder: string, world: World): Problem[] {
  const standard = readArchitectures(standardContent(world))
  const { files: read, problems } = readContent(folder)
  const build = (some: typeof read) => buildCatalog({ files: some, problems }, standard, readEvidence(folder)).problems
  const asRead = (text: string) => text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const known = new Set(read.map(({ path }) => path))
  const after = [
    ...read.map(({ path, text }) => ({ path, text: asRead(files.get(path) ?? text) })),
    ...[...files].filter(([path]) => !known.has(path)).map(([path, text]) => ({ path, text: asRead(text) })),
  ].sort((a, b) => (a.path < b.path ? -1 : 1))
  // What is wrong with the project was wrong with it under its old name.
  return problemsWithout(build(after), build(read), (file) => (file.startsWith('projects/') ? 'projects' : undefined))
}
