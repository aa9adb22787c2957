import { appendFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compactProject } from '#domain/compact.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { asOf, commonOptions, contentFolder, loadContent } from './options.ts'
import { count } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const compactHelp = `compact [--archive FILE] [--dry-run] [--content DIR]
  Leaves out records that no status and no change needs. They stay in the history of the repository;
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
  const store = new JsonLinesStore(join(contentFolder(values, world), 'evidence'))
  let before = 0
  let after = 0
  for (const [project, records] of catalog.evidence) {
    const kept = compactProject(catalog, project, clock)
    before += records.length
    after += kept.length
    if (kept.length === records.length || values['dry-run']) continue
    const keeps = new Set(kept)
    const left = records.filter((record) => !keeps.has(record))
    // First they are safe elsewhere, then they go.
    if (values.archive !== undefined) {
      appendFileSync(
        resolve(world.directory, values.archive),
        left.map((record) => `${serializeRecord(record)}\n`).join(''),
      )
    }
    store.remove(project, left)
  }
  world.answer(
    `${count(before, 'record')}, of which ${before - after} ${values['dry-run'] ? 'could be' : 'are'} left out.\n`,
  )
  return 0
}
