import { appendFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compactProject } from '#domain/compact.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { isRun, type StoredRecord } from '#domain/evidence.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { removeLogs } from '#store/log-store.ts'
import { asOf, commonOptions, contentFolder, loadContent } from './options.ts'
import { count } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const compactHelp = `compact [--archive FILE] [--dry-run] [--content DIR]
  Leaves out records that no status and no change needs, and their logs. They stay in the history of the repository;
  --archive FILE  also add them to this file`

/** @returns exit code: 0 done, 1 the evidence has problems */
export function compact(args: readonly string[], world: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, archive: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  })
  if (positionals.length > 0) throw new CannotRun('`compact` takes options alone.')
  const { catalog, problems } = loadContent(values, world)
  if (problems.some(({ severity }) => severity === 'error')) {
    world.tell('The content has problems, which `check` lists. Nothing was compacted.\n')
    return 1
  }
  const clock = asOf(values, world)
  const folder = contentFolder(values, world)
  const store = new JsonLinesStore(join(folder, 'evidence'))
  const all = [...catalog.evidence.values()].flat()
  const left = [...catalog.evidence].flatMap(([project, records]) => {
    const keeps = new Set(compactProject(catalog, project, clock))
    return records.filter((record) => !keeps.has(record))
  })
  if (!values['dry-run'] && left.length > 0) {
    // First they are safe elsewhere, then they go.
    if (values.archive !== undefined) {
      appendFileSync(
        resolve(world.directory, values.archive),
        left.map((record) => `${serializeRecord(record)}\n`).join(''),
      )
    }
    store.remove(left)
    const gone = new Set(left)
    const needed = linksOf(all.filter((record) => !gone.has(record)))
    removeLogs(folder, linksOf(left).difference(needed))
  }
  const done = values['dry-run'] ? 'could be' : 'are'
  world.answer(
    values.json
      ? `${JSON.stringify({ records: all.length, leftOut: left.length })}\n`
      : `${count(all.length, 'record')}, of which ${left.length} ${done} left out.\n`,
  )
  return 0
}

function linksOf(records: readonly StoredRecord[]): Set<string> {
  return new Set(records.filter(isRun).map(({ link }) => link))
}
