import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Site } from '#domain/vocabulary.ts'
import { checkContent } from '#catalog/check-content.ts'
import { textOfBytes } from '#catalog/encoding.ts'
import { shorten } from '#catalog/problems.ts'
import { findProblems } from './found-problems.ts'
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

export const checkHelp = `check [FILE…] [--fix] [--since REF [--removes PATH]] [--spelling] [--format ${formats.join('|')}] [--content DIR]
  Every problem of the content, with file:line:column, what was found, what was expected, a fix.
  FILE…           report only the problems of these files; everything is still read
  --fix           mend what is safe: byte order marks, line ends, quotes of typography, versions without quotes,
                  the order of keys, old names of projects. What the files say stays the same
  --since REF     report only what was added since this branch or commit, and what was removed without a word
  --removes PATH  say that claims, records or ids of this file of the content may go; may be given again
  --spelling      words of an English site that neither a dictionary nor the catalog nor \`words.txt\` knows`

/** @returns exit code: 0 clean or warnings alone, 1 problems */
export async function check(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...commonOptions,
      format: { type: 'string' },
      fix: { type: 'boolean' },
      since: { type: 'string' },
      removes: { type: 'string', multiple: true },
      spelling: { type: 'boolean' },
    },
  })
  const format = values.json ? 'json' : (values.format ?? 'text')
  if (!isFormat(format)) {
    throw new CannotRun(
      `Unexpected format \`${format}\`, expected one of ${formats.map((name) => `\`${name}\``).join(', ')}.`,
    )
  }
  const missing = positionals.find((file) => !existsSync(resolve(world.directory, file)))
  if (missing !== undefined) throw new CannotRun(`There is no file \`${missing}\`.`)
  const { since, removes } = values
  if (removes && since === undefined) {
    throw new CannotRun('`--removes` goes with `--since`: what would be gone otherwise?')
  }
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const wanted = positionals.map((file) => shownPath(resolve(world.directory, file), world))
  if (values.fix) await fix(folder, clock, positionals, world)

  const search = { folder, clock, since, removes, withSpelling: values.spelling === true }
  const { site, problems: found, counts } = await findProblems(search, world)
  const all = withShownFiles(found, folder, world)
  const problems = wanted.length === 0 ? all : all.filter((problem) => wanted.includes(problem.place.file))
  world.answer(
    format === 'sarif'
      ? serializeSarif(problems, sarifContext(site, folder, world))
      : serializeProblems(problems, format, format === 'text' && world.isTerminal),
  )
  if (problems.length > 0) world.tell(`${summarizeProblems(problems)}\n`)
  else {
    world.tell(
      `No${since === undefined ? '' : ' new'} problems: ${count(counts.project, 'project')}, ${count(counts.issue, 'issue')}, ${count(counts.recipe, 'recipe')}, ${count(counts.note, 'note')}.\n`,
    )
  }
  return problems.some((problem) => problem.severity === 'error') ? 1 : 0
}

async function fix(folder: string, clock: string, files: readonly string[], world: World): Promise<void> {
  const { fixContent } = await import('./fix.ts')
  const { catalog, problems } = checkContent(folder, clock, standardContent(world))
  const inFolder = (file: string) => relative(folder, resolve(world.directory, file)).replaceAll('\\', '/')
  const wanted = files.length > 0 ? new Set(files.map(inFolder)) : undefined
  for (const file of fixContent(folder, catalog, problems, wanted)) {
    world.tell(`Mended ${shorten(shownPath(join(folder, file), world), 500)}\n`)
  }
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
