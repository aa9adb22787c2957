import { parseArgs } from 'node:util'
import { deriveCell } from '#domain/cell.ts'
import type { Status } from '#domain/derive.ts'
import { compareText } from '#domain/problem.ts'
import { matcherOf } from '#query/matches.ts'
import { namesOf, textOf } from '#query/project-text.ts'
import { columnsShownFirst } from '#views/matrix.ts'
import { asOf, commonOptions, loadContent } from './options.ts'
import { count } from './report.ts'
import { joinQuery, readQuery } from './query.ts'
import { CannotRun, type World } from './world.ts'

export const statusHelp = `status [--query Q [--all-columns]] [--stale] [--disputed] [--json] [--as-of DATE] [--content DIR]
  The cells of which something is known, or only those that need attention.
  --query Q      the cells for which the matrix finds a project: 'arch:riscv64 is:works level>=tested -category:databases
                 redis'. Without arch: it looks at the columns that the matrix shows first. A minus leaves out
                 the projects that the same condition without it finds
  --all-columns  the question looks at all architectures
  --stale        what is too old, the oldest first
  --disputed     where evidence and claim contradict each other`

interface CellStatus {
  project: string
  architecture: string
  status: Status
}

/** @returns exit code: 0 answered */
export function status(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: joinQuery(args),
    allowPositionals: true,
    options: {
      ...commonOptions,
      query: { type: 'string' },
      'all-columns': { type: 'boolean' },
      stale: { type: 'boolean' },
      disputed: { type: 'boolean' },
    },
  })
  if (positionals.length > 0) throw new CannotRun('`status` takes options alone; `explain` tells about one cell.')
  const { catalog } = loadContent(values, world)
  const clock = asOf(values, world)
  const wanted = new Set([...(values.stale ? ['stale'] : []), ...(values.disputed ? ['disputed'] : [])])
  const isAsked = values.query !== undefined
  const query = readQuery(values.query ?? '', catalog)
  const everyColumn = [...catalog.architectures.keys()]
  const matcher = matcherOf(query, isAsked && !values['all-columns'] ? columnsShownFirst(catalog) : everyColumn)
  const found: CellStatus[] = []
  for (const [project, { data }] of catalog.project) {
    if (!matcher.fitsText(namesOf(project, data), textOf(data)) || !matcher.fitsCategories(data.categories)) continue
    const statuses = new Map(matcher.architectures.map((id) => [id, deriveCell(catalog, project, id, clock)] as const))
    if (!matcher.fitsCells((id) => statuses.get(id))) continue
    for (const [architecture, status] of statuses) {
      if (matcher.fitsCell(status)) found.push({ project, architecture, status })
    }
  }
  // Who asks nothing wants to hear of what is known.
  const cells = found.filter(({ status: { basis } }) =>
    wanted.size > 0 ? wanted.has(basis) : isAsked || basis !== 'none',
  )
  if (values.stale) {
    cells.sort(
      (a, b) => compareText(a.status.staleOn ?? '', b.status.staleOn ?? '') || compareText(a.project, b.project),
    )
  }
  if (values.json) {
    world.answer(
      `${JSON.stringify(
        cells.map(({ project, architecture, status }) => ({ project, architecture, ...status })),
        null,
        2,
      )}\n`,
    )
    return 0
  }
  const width = Math.max(0, ...cells.map(({ project }) => project.length))
  for (const { project, architecture, status } of cells) {
    const since = status.basis === 'stale' ? ` since ${status.staleOn ?? ''}` : ''
    world.answer(
      `${project.padEnd(width)}  ${architecture.padEnd(8)}  ${status.support}, ${status.basis}${since}${status.link === undefined ? '' : `  ${status.link}`}\n`,
    )
  }
  const total = catalog.project.size * matcher.architectures.length
  const projects = new Set(cells.map(({ project }) => project)).size
  const columns = isAsked ? ` Asked about ${matcher.architectures.join(', ')}.` : ''
  world.tell(`${count(cells.length, 'cell')} of ${total}, ${count(projects, 'project')}.${columns}\n`)
  return 0
}
