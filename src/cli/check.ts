import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Site } from '#domain/vocabulary.ts'
import { checkContent, checkWithMemory } from '#catalog/check-content.ts'
import { textOfBytes } from '#catalog/encoding.ts'
import { checkMemory } from './check-memory.ts'
import { fixContent } from './fix.ts'
import {
  asOf,
  commonOptions,
  contentFolder,
  publishedAddresses,
  shownPath,
  standardContent,
  withShownFiles,
} from './options.ts'
import { count, reportFormats, serializeProblems, summarizeProblems } from './report.ts'
import { serializeSarif, type SarifContext } from './sarif.ts'
import { CannotRun, type World } from './world.ts'

const formats = [...reportFormats, 'sarif'] as const
type Format = (typeof formats)[number]

export const checkHelp = `check [FILE…] [--fix] [--format ${formats.join('|')}] [--content DIR]
  Every problem of the content, with file:line:column, what was found, what was expected, a fix.
  FILE…  report only the problems of these files; everything is still read
  --fix  mend what is safe: byte order marks, line ends, quotes of typography, versions without quotes, the
         order of keys, old names of projects. What the files say stays the same`

/** @returns exit code: 0 clean or warnings alone, 1 problems */
export function check(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, format: { type: 'string' }, fix: { type: 'boolean' } },
  })
  const format = values.json ? 'json' : (values.format ?? 'text')
  if (!isFormat(format)) {
    throw new CannotRun(
      `Unexpected format \`${format}\`, expected one of ${formats.map((name) => `\`${name}\``).join(', ')}.`,
    )
  }
  const missing = positionals.find((file) => !existsSync(resolve(world.directory, file)))
  if (missing !== undefined) throw new CannotRun(`There is no file \`${missing}\`.`)
  const folder = contentFolder(values, world)
  const wanted = positionals.map((file) => shownPath(resolve(world.directory, file), world))
  if (values.fix) {
    const { catalog, problems } = checkContent(folder, asOf(values, world), standardContent(world))
    const files = new Set(wanted.map((file) => relative(folder, resolve(world.directory, file)).replaceAll('\\', '/')))
    for (const file of fixContent(folder, catalog, problems, wanted.length > 0 ? files : undefined)) {
      world.tell(`Mended ${shownPath(join(folder, file), world)}\n`)
    }
  }
  const {
    site,
    problems: found,
    counts,
  } = checkWithMemory(folder, asOf(values, world), standardContent(world), checkMemory(folder, world))
  const all = withShownFiles(found, folder, world)
  const problems = wanted.length === 0 ? all : all.filter((problem) => wanted.includes(problem.place.file))

  world.answer(
    format === 'sarif'
      ? serializeSarif(problems, sarifContext(site, folder, world))
      : serializeProblems(problems, format, format === 'text' && world.isTerminal),
  )
  if (problems.length > 0) world.tell(`${summarizeProblems(problems)}\n`)
  else
    world.tell(
      `No problems: ${count(counts.project, 'project')}, ${count(counts.issue, 'issue')}, ${count(counts.recipe, 'recipe')}, ${count(counts.note, 'note')}.\n`,
    )
  return problems.some((problem) => problem.severity === 'error') ? 1 : 0
}

function isFormat(word: string): word is Format {
  return (formats as readonly string[]).includes(word)
}

function sarifContext(site: Site, folder: string, world: World): SarifContext {
  const page = publishedAddresses(site, world)('/problems/')
  const hasAddress = Boolean(world.environment.SITE_URL) || site.url !== undefined
  const asTyped = (file: string) => resolve(world.directory, file)
  return {
    textOf: (file) => (existsSync(asTyped(file)) ? textOfBytes(readFileSync(asTyped(file))) : undefined),
    shownFile: (file) => shownPath(join(folder, file), world),
    helpOf: (code) => (hasAddress ? `${page}#${code}` : undefined),
  }
}
