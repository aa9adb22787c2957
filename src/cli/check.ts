import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { firstDayOf } from '#domain/day.ts'
import { inReadingOrder, type Problem } from '#domain/problem.ts'
import { parsePositionedYaml } from '#catalog/yaml.ts'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import { checkLogs } from '#catalog/logs.ts'
import { unexpected } from '#catalog/problems.ts'
import { placeOfValue } from '#catalog/validate.ts'
import { asOf, commonOptions, contentFolder, loadContent, shownPath } from './options.ts'
import { count, reportFormats, serializeProblems, summarizeProblems, type ReportFormat } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const checkHelp = `check [FILE…] [--format text|json|github] [--content DIR]
  Every problem of the content, with file:line:column, what was found, what was expected, a fix.
  FILE…  report only the problems of these files; everything is still read`

/** @returns exit code: 0 clean or warnings alone, 1 problems */
export function check(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, format: { type: 'string' } },
  })
  const format = values.json ? 'json' : (values.format ?? 'text')
  if (!isReportFormat(format)) {
    throw new CannotRun(
      `Unexpected format \`${format}\`, expected one of ${reportFormats.map((name) => `\`${name}\``).join(', ')}.`,
    )
  }
  const missing = positionals.find((file) => !existsSync(resolve(world.directory, file)))
  if (missing !== undefined) throw new CannotRun(`There is no file \`${missing}\`.`)
  const { catalog, problems: found } = loadContent(values, world)
  const folder = contentFolder(values, world)
  const clock = asOf(values, world)
  const all = inReadingOrder([
    ...found,
    ...[
      ...futureClaims(catalog, clock),
      ...expiredRegistrations(catalog, clock),
      ...checkLogs(folder, catalog.logs),
    ].map((problem) => ({
      ...problem,
      place: { ...problem.place, file: shownPath(join(folder, problem.place.file), world) },
    })),
  ])
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

function isReportFormat(word: string): word is ReportFormat {
  return (reportFormats as readonly string[]).includes(word)
}

/** A claim from tomorrow is ignored by the rule, so its writer should hear of it. */
function futureClaims(catalog: LocatedCatalog, clock: string): Problem[] {
  const today = clock.slice(0, 10)
  const problems: Problem[] = []
  for (const { data, source } of catalog.project.values()) {
    data.claims.forEach((claim, index) => {
      if (firstDayOf(claim.date) <= today) return
      const place = placeOfValue(source, parsePositionedYaml(source.text), ['claims', index, 'date'])
      problems.push({
        code: 'date-in-future',
        severity: 'warning',
        place,
        reason: `Unexpected date \`${claim.date}\`, expected a day that has come: until then the claim counts for nothing.`,
        expected: `a day up to ${today}`,
        actual: claim.date,
        fix: 'write the day on which the linked source said it',
      })
    })
  }
  return problems
}

/** What came through an expired registration no longer counts, so its owner should hear of it. */
function expiredRegistrations(catalog: LocatedCatalog, clock: string): Problem[] {
  const today = clock.slice(0, 10)
  return [...catalog.source.values()].flatMap(({ data, source }): Problem[] => {
    if (data.expires === undefined || data.expires > today) return []
    const place = placeOfValue(source, parsePositionedYaml(source.text), ['expires'])
    const fix = 'write a later day, if the job still shows what the registration says; else remove the file'
    return [
      {
        ...unexpected(
          'registration-expired',
          place,
          'day',
          data.expires,
          `a day after ${today}: newer results do not count`,
          fix,
        ),
        severity: 'warning',
      },
    ]
  })
}
