import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Site } from '#domain/vocabulary.ts'
import { checkContent } from '#catalog/check-content.ts'
import { textOfBytes } from '#catalog/encoding.ts'
import { shorten } from '#catalog/problems.ts'
import { pathInContent } from './content-path.ts'
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
  FILE…           report only the problems of these files and folders, named from here or from the content folder;
                  everything is still read
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
  const { since, removes } = values
  if (removes && since === undefined) {
    throw new CannotRun('`--removes` goes with `--since`: what would be gone otherwise?')
  }
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const isWanted = wantedFiles(positionals, folder, world)
  if (values.fix) await fix(folder, clock, isWanted, world)

  const search = { folder, clock, since, removes, withSpelling: values.spelling === true }
  const { site, problems: found, counts } = await findProblems(search, world)
  const problems = withShownFiles(
    found.filter(({ place }) => isWanted(place.file)),
    folder,
    world,
  )
  world.answer(
    format === 'sarif'
      ? serializeSarif(problems, sarifContext(site, folder, world))
      : serializeProblems(problems, format, format === 'text' && world.isTerminal),
  )
  if (problems.length > 0) world.tell(`${summarizeProblems(problems)}\n`)
  else {
    const which = `No${since === undefined ? '' : ' new'} problems`
    world.tell(
      positionals.length > 0
        ? `${which} in ${positionals.map((file) => `\`${shorten(file)}\``).join(', ')}.\n`
        : `${which}: ${count(counts.project, 'project')}, ${count(counts.issue, 'issue')}, ${count(counts.recipe, 'recipe')}, ${count(counts.note, 'note')}.\n`,
    )
  }
  return problems.some((problem) => problem.severity === 'error') ? 1 : 0
}

async function fix(folder: string, clock: string, isWanted: (file: string) => boolean, world: World): Promise<void> {
  const { fixContent } = await import('./fix.ts')
  const { catalog, problems } = checkContent(folder, clock, standardContent(world))
  for (const file of fixContent(folder, catalog, problems, isWanted)) {
    world.tell(`Mended ${shorten(shownPath(join(folder, file), world), 500)}\n`)
  }
}

/** Which files of the content folder were named: themselves, or by a folder above them. Without a name, all. */
function wantedFiles(names: readonly string[], folder: string, world: World): (file: string) => boolean {
  const paths = names.map((name) => pathInContent(name, folder, world))
  return (file) =>
    paths.length === 0 || paths.some((path) => path === '' || file === path || file.startsWith(`${path}/`))
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
