import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { checkContent } from '#catalog/check-content.ts'
import { problemsBetween } from '#catalog/state-problems.ts'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import { compareStates, type Comparison } from './compared-states.ts'
import { asOf, commonOptions, contentFolder, shownPath, standardContent, withShownFiles } from './options.ts'
import { count, reportFormats, serializeProblems, summarizeProblems, type ReportFormat } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const checkHelp = `check [FILE…] [--format text|json|github] [--since REF [--removes PATH]] [--content DIR]
  Every problem of the content, with file:line:column, what was found, what was expected, a fix.
  FILE…           report only the problems of these files; everything is still read
  --since REF     report only what was added since this branch or commit, and what was removed without a word
  --removes PATH  say that claims, records or ids of this file of the content may go; may be given again`

/** @returns exit code: 0 clean or warnings alone, 1 problems */
export function check(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      ...commonOptions,
      format: { type: 'string' },
      since: { type: 'string' },
      removes: { type: 'string', multiple: true },
    },
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
  const clock = asOf(values, world)
  const { since, removes } = values
  if (removes && since === undefined)
    throw new CannotRun('`--removes` goes with `--since`: what would be gone otherwise?')
  const { catalog, problems: found } =
    since === undefined
      ? checkContent(folder, clock, standardContent(world))
      : checkSince({ folder, since, removes, clock }, world)
  const all = withShownFiles(found, folder, world)
  const wanted = positionals.map((file) => shownPath(resolve(world.directory, file), world))
  const problems = wanted.length === 0 ? all : all.filter((problem) => wanted.includes(problem.place.file))

  world.answer(serializeProblems(problems, format, format === 'text' && world.isTerminal))
  if (problems.length > 0) world.tell(`${summarizeProblems(problems)}\n`)
  else
    world.tell(
      `No${since === undefined ? '' : ' new'} problems: ${count(catalog.project.size, 'project')}, ${count(catalog.issue.size, 'issue')}, ${count(catalog.recipe.size, 'recipe')}, ${count(catalog.note.size, 'note')}.\n`,
    )
  return problems.some((problem) => problem.severity === 'error') ? 1 : 0
}

/** What the content adds to that of a commit. */
function checkSince(comparison: Comparison, world: World): LoadedCatalog {
  const { before, after, said } = compareStates(comparison, world)
  return { catalog: after.catalog, problems: problemsBetween(before, after, said).added }
}

function isReportFormat(word: string): word is ReportFormat {
  return (reportFormats as readonly string[]).includes(word)
}
