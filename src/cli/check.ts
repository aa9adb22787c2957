import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { checkContent } from '#catalog/check-content.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { asOf, commonOptions, contentFolder, shownPath, standardContent, withShownFiles } from './options.ts'
import { count, reportFormats, serializeProblems, summarizeProblems, type ReportFormat } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const checkHelp = `check [FILE…] [--spelling] [--format text|json|github] [--content DIR]
  Every problem of the content, with file:line:column, what was found, what was expected, a fix.
  FILE…  report only the problems of these files; everything is still read
  --spelling  words of an English site that neither a dictionary nor the catalog nor \`words.txt\` knows`

/** @returns exit code: 0 clean or warnings alone, 1 problems */
export async function check(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, format: { type: 'string' }, spelling: { type: 'boolean' } },
  })
  const format = values.json ? 'json' : (values.format ?? 'text')
  if (!isReportFormat(format)) {
    throw new CannotRun(
      `Unexpected format \`${format}\`, expected one of ${reportFormats.map((name) => `\`${name}\``).join(', ')}.`,
    )
  }
  const missing = positionals.find((file) => !existsSync(resolve(world.directory, file)))
  if (missing !== undefined) throw new CannotRun(`There is no file \`${missing}\`.`)
  const folder = contentFolder(values, world)
  const { catalog, problems: found } = checkContent(folder, asOf(values, world), standardContent(world))
  const misspelt = values.spelling === true ? await spellingProblems(catalog, world) : []
  const all = withShownFiles(inReadingOrder([...found, ...misspelt]), folder, world)
  const wanted = positionals.map((file) => shownPath(resolve(world.directory, file), world))
  const problems = wanted.length === 0 ? all : all.filter((problem) => wanted.includes(problem.place.file))

  world.answer(serializeProblems(problems, format, format === 'text' && world.isTerminal))
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

function isReportFormat(word: string): word is ReportFormat {
  return (reportFormats as readonly string[]).includes(word)
}
