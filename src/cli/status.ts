import { parseArgs } from 'node:util'
import { deriveCell } from '#domain/cell.ts'
import type { Status } from '#domain/derive.ts'
import { compareText } from '#domain/problem.ts'
import { matcherOf } from '#query/matches.ts'
import { namesOf, textOf } from '#query/project-text.ts'
import { columnsShownFirst } from '#views/matrix.ts'
import { serializeTicket, serializeTickets } from '#feeds/ticket.ts'
import { viewTicketsToPick } from '#views/tickets-to-pick.ts'
import { asOf, commonOptions, loadContent } from './options.ts'
import { count } from './report.ts'
import { publishingContext } from './publishing.ts'
import { joinQuery, readQuery } from './query.ts'
import { CannotRun, type World } from './world.ts'

export const statusHelp = `status [--query Q [--all-columns]] [--stale] [--disputed] [--format text|json|tickets] [--limit N] [--json] [--as-of DATE] [--content DIR]
  The cells of which something is known, or only those that need attention.
  --query Q      the cells for which the matrix finds a project: 'arch:riscv64 is:works level>=tested -category:databases
                 redis'. Without arch: it looks at the columns that the matrix shows first. A minus leaves out
                 the projects that the same condition without it finds
  --all-columns  the question looks at all architectures
  --stale        what is too old, the oldest first
  --disputed     where evidence and claim contradict each other
  --format       tickets: what is too old or contradicted as tickets to pick, one for each project, what a check helps
                 most first; as Markdown, or with --json as JSON
  --limit N      no more cells, or tickets, than that`

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
      format: { type: 'string' },
      limit: { type: 'string' },
    },
  })
  if (positionals.length > 0) throw new CannotRun('`status` takes options alone; `explain` tells about one cell.')
  const format = formatOf(values.format)
  const limit = limitOf(values.limit)
  if (format === 'tickets' && !values.stale && !values.disputed) {
    throw new CannotRun('`--format tickets` is about cells that need attention: add `--stale`, `--disputed` or both.')
  }
  const loaded = loadContent(values, world)
  const { catalog } = loaded
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
  if (format === 'tickets') {
    const found = new Set(cells.map(({ project, architecture }) => `${project}/${architecture}`))
    const all = viewTicketsToPick(
      ({ project, column }) => found.has(`${project.id}/${column.id}`),
      publishingContext(loaded, values, world),
    )
    const tickets = all.slice(0, limit).map(serializeTicket)
    world.answer(values.json ? `${JSON.stringify(tickets, null, 2)}\n` : serializeTickets(tickets))
    world.tell(`${count(tickets.length, 'ticket')} of ${all.length}.\n`)
    return 0
  }
  const shown = cells.slice(0, limit)
  if (values.json || format === 'json') {
    world.answer(
      `${JSON.stringify(
        shown.map(({ project, architecture, status }) => ({ project, architecture, ...status })),
        null,
        2,
      )}\n`,
    )
    return 0
  }
  const width = Math.max(0, ...shown.map(({ project }) => project.length))
  for (const { project, architecture, status } of shown) {
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

const formats = ['text', 'json', 'tickets'] as const

function formatOf(word = 'text'): (typeof formats)[number] {
  const format = formats.find((name) => name === word)
  if (format !== undefined) return format
  throw new CannotRun(
    `Unexpected format \`${word}\`, expected one of ${formats.map((name) => `\`${name}\``).join(', ')}.`,
  )
}

function limitOf(word: string | undefined): number | undefined {
  if (word === undefined || /^[1-9]\d{0,5}$/.test(word)) return word === undefined ? undefined : Number(word)
  throw new CannotRun(`Unexpected limit \`${word}\`, expected a whole number from 1.`)
}
