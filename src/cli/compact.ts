import { appendFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compactProject } from '#domain/compact.ts'
import { serializeRecord } from '#domain/evidence-text.ts'
import { isRun, type StoredRecord } from '#domain/evidence.ts'
import { JsonLinesStore } from '#store/jsonl-store.ts'
import { removeLogs } from '#store/log-store.ts'
import { openStore } from '#store/open-store.ts'
import { asOf, commonOptions, contentFolder, loadContent, storeAddress, storeOption } from './options.ts'
import { count } from './report.ts'
import { CannotRun, type World } from './world.ts'

export const compactHelp = `compact [--archive FILE] [--store ADDRESS] [--dry-run] [--content DIR]
  Leaves out records that no status and no change needs, and their logs. They stay in the history of the repository;
  --store ADDRESS leave them out of a database too, from which \`copy-evidence\` would bring them back
  --archive FILE  also add them to this file`

/** @returns exit code: 0 done, 1 the evidence has problems */
export async function compact(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, ...storeOption, archive: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  })
  if (positionals.length > 0) throw new CannotRun('`compact` takes options alone.')
  const { catalog, problems } = loadContent(values, world)
  if (problems.some(({ severity }) => severity === 'error')) {
    world.tell('The content has problems, which `check` lists. Nothing was compacted.\n')
    return 1
  }
  const clock = asOf(values, world)
  const content = contentFolder(values, world)
  const folder = join(content, 'evidence')
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
    // While the files hold them, an interrupted compaction can be repeated.
    const address = storeAddress(values, world)
    if (address !== undefined) {
      const store = await openStore(address, folder)
      try {
        await store.remove(left)
      } finally {
        await store.close()
      }
    }
    new JsonLinesStore(folder).remove(left)
    const gone = new Set(left)
    const needed = linksOf(all.filter((record) => !gone.has(record)))
    removeLogs(content, linksOf(left).difference(needed))
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
