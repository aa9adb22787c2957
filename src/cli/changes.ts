import { parseArgs } from 'node:util'
import { changesOfCell } from '#domain/cell.ts'
import type { Change } from '#domain/changes.ts'
import { firstDayOf, isRealDay } from '#domain/day.ts'
import { compareText } from '#domain/problem.ts'
import { asOf, commonOptions, loadContent } from './options.ts'
import { count } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const changesHelp = `changes --from DATE [--to DATE] [--json] [--content DIR]
  Status changes between two days, both included; without --to until today.`

interface CellChange extends Change {
  project: string
  architecture: string
}

/** @returns exit code: 0 answered */
export function changes(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, from: { type: 'string' }, to: { type: 'string' } },
  })
  if (positionals.length > 0 || values.from === undefined)
    throw new CannotRun('Expected two days: `changes --from 2026-11-01 --to 2026-11-30`.')
  const clock = asOf(values, world)
  const from = dayOf(values.from, 'from')
  const to = values.to === undefined ? clock.slice(0, 10) : dayOf(values.to, 'to')
  if (from > to) throw new CannotRun(`Expected --from to be no later than --to: \`${from}\` is after \`${to}\`.`)
  const { catalog } = loadContent(values, world)
  const until = to < clock.slice(0, 10) ? `${to}T23:59:59Z` : clock
  const found: CellChange[] = []
  for (const project of catalog.project.keys()) {
    for (const architecture of catalog.architectures.keys()) {
      for (const change of changesOfCell(catalog, project, architecture, until)) {
        const day = firstDayOf(change.on)
        if (day >= from && day <= to) found.push({ project, architecture, ...change })
      }
    }
  }
  found.sort((a, b) => compareText(firstDayOf(a.on), firstDayOf(b.on)) || compareText(a.project, b.project))
  if (values.json) {
    world.answer(
      `${JSON.stringify(
        found.map(({ project, architecture, on, direction, from, to }) => ({
          project,
          architecture,
          on,
          direction,
          from,
          to,
        })),
        null,
        2,
      )}\n`,
    )
    return 0
  }
  for (const { on, project, architecture, direction, from, to } of found) {
    world.answer(
      `${on.padEnd(10)}  ${direction.padEnd(10)}  ${project} on ${architecture}: ${from.support}, ${from.basis} → ${to.support}, ${to.basis}\n`,
    )
  }
  world.tell(`${count(found.length, 'change')} from ${from} to ${to}.\n`)
  return 0
}

function dayOf(word: string, option: string): string {
  if (word.length === 10 && isRealDay(word)) return word
  throw new CannotRun(`Unexpected day \`${word}\` for --${option}, expected one such as \`2026-11-21\`.`)
}
