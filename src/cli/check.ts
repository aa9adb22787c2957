import { existsSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { checkContent } from '#catalog/check-content.ts'
import { textOfBytes } from '#catalog/encoding.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
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

export const checkHelp = `check [FILE…] [--fix] [--spelling] [--format ${formats.join('|')}] [--content DIR]
  Every problem of the content, with file:line:column, what was found, what was expected, a fix.
  FILE…  report only the problems of these files; everything is still read
  --fix  mend what is safe: byte order marks, line ends, quotes of typography, versions without quotes, the
         order of keys, old names of projects. What the files say stays the same
  --spelling  words of an English site that neither a dictionary nor the catalog nor \`words.txt\` knows`

/** @returns exit code: 0 clean or warnings alone, 1 problems */
export async function check(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, format: { type: 'string' }, fix: { type: 'boolean' }, spelling: { type: 'boolean' } },
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
  const read = () => checkContent(folder, asOf(values, world), standardContent(world))
  let { catalog, problems: found } = read()
  if (values.fix) {
    const files = new Set(wanted.map((file) => relative(folder, resolve(world.directory, file)).replaceAll('\\', '/')))
    const mended = fixContent(folder, catalog, found, wanted.length > 0 ? files : undefined)
    for (const file of mended) world.tell(`Mended ${shownPath(join(folder, file), world)}\n`)
    if (mended.length > 0) ({ catalog, problems: found } = read())
  }
  const misspelt = values.spelling === true ? await spellingProblems(catalog, world) : []
  const all = withShownFiles(inReadingOrder([...found, ...misspelt]), folder, world)
  const problems = wanted.length === 0 ? all : all.filter((problem) => wanted.includes(problem.place.file))

  world.answer(
    format === 'sarif'
      ? serializeSarif(problems, sarifContext(catalog, folder, world))
      : serializeProblems(problems, format, format === 'text' && world.isTerminal),
  )
  if (problems.length > 0) world.tell(`${summarizeProblems(problems)}\n`)
  else
    world.tell(
      `No problems: ${count(catalog.project.size, 'project')}, ${count(catalog.issue.size, 'issue')}, ${count(catalog.recipe.size, 'recipe')}, ${count(catalog.note.size, 'note')}.\n`,
    )
  return problems.some((problem) => problem.severity === 'error') ? 1 : 0
}

/** Dictionaries take longer to load than most content to check, so they are only where they are asked for. */
async function spellingProblems(catalog: LocatedCatalog, world: World): Promise<Problem[]> {
  const { language } = catalog.site
  if (!/^en(?:-|$)/.test(language)) {
    world.tell(`Spelling is checked in English only; the language of this site is \`${language}\`.\n`)
    return []
  }
  const [{ checkSpelling }, { englishDictionary }] = await Promise.all([
    import('#catalog/spelling.ts'),
    import('#catalog/dictionary.ts'),
  ])
  return checkSpelling(catalog, englishDictionary(language))
}

function isFormat(word: string): word is Format {
  return (formats as readonly string[]).includes(word)
}

function sarifContext(catalog: LocatedCatalog, folder: string, world: World): SarifContext {
  const page = publishedAddresses({ catalog, problems: [] }, world)('/problems/')
  const hasAddress = Boolean(world.environment.SITE_URL) || catalog.site.url !== undefined
  const asTyped = (file: string) => resolve(world.directory, file)
  return {
    textOf: (file) => (existsSync(asTyped(file)) ? textOfBytes(readFileSync(asTyped(file))) : undefined),
    shownFile: (file) => shownPath(join(folder, file), world),
    helpOf: (code) => (hasAddress ? `${page}#${code}` : undefined),
  }
}
