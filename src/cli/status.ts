import { parseArgs } from 'node:util'
import { deriveCell } from '#domain/cell.ts'
import type { Status } from '#domain/derive.ts'
import { compareText } from '#domain/problem.ts'
import { matcherOf } from '#query/matches.ts'
import { textOf } from '#query/project-text.ts'
import { architectureOf } from '#query/query.ts'
import { asOf, commonOptions, loadContent } from './options.ts'
import { count } from './report.ts'
import { readQuery } from './query.ts'
import { CannotRun, type World } from './world.ts'

export const statusHelp = `status [--query Q] [--stale] [--disputed] [--json] [--as-of DATE] [--content DIR]
  The cells of which something is known, or only those that need attention.
  --query Q    those that fit a question: 'arch:riscv64 is:works level>=tested -category:databases redis'
  --stale      what is too old, the oldest first
  --disputed   where evidence and claim contradict each other`

interface CellStatus {
  project: string
  architecture: string
  status: Status
}

/** @returns exit code: 0 answered */
export function status(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, query: { type: 'string' }, stale: { type: 'boolean' }, disputed: { type: 'boolean' } },
  })
  if (positionals.length > 0) throw new CannotRun('`status` takes options alone; `explain` tells about one cell.')
  const { catalog } = loadContent(values, world)
  const clock = asOf(values, world)
  const wanted = new Set([...(values.stale ? ['stale'] : []), ...(values.disputed ? ['disputed'] : [])])
  const cells: CellStatus[] = []
  const query = readQuery(values.query ?? '', catalog)
  const columns = [...catalog.architectures.keys()]
  const asked = architectureOf(query)
  const matcher = matcherOf(query, columns)
  const asksForCells = query.conditions.some(({ field }) => field !== 'arch' && field !== 'category')
  for (const [project, { data }] of catalog.project) {
    if (!matcher.fitsText(textOf(project, data)) || !matcher.fitsCategories(data.categories)) continue
    for (const architecture of asked === undefined ? columns : [asked]) {
      const status = deriveCell(catalog, project, architecture, clock)
      if (wanted.size > 0 && !wanted.has(status.basis)) continue
      // A question is put to each cell alone; without one, a cell that nothing is known of says nothing.
      const fits = asksForCells
        ? matcherOf(query, [architecture]).fitsCells(() => status)
        : wanted.size > 0 || status.basis !== 'none'
      if (fits) cells.push({ project, architecture, status })
    }
  }
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
  world.tell(`${count(cells.length, 'cell')} of ${catalog.project.size * catalog.architectures.size}.\n`)
  return 0
}
