import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { isRun, Retraction, retractionId } from '#domain/evidence.ts'
import { sentenceOfRecord } from '#domain/reasons.ts'
import { openStore } from '#store/open-store.ts'
import { commonOptions, contentFolder, loadContent, storeAddress, storeOption } from './options.ts'
import { CannotRun, type World } from './world.ts'

export const retractHelp = `retract ID --why TEXT [--by NAME] [--store ADDRESS] [--content DIR]
  Takes a record of the content folder back, by its id or the beginning of it: a new record says so,
  nothing is deleted.`

/** @returns exit code: 0 retracted, or retracted before */
export async function retract(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { ...commonOptions, ...storeOption, why: { type: 'string' }, by: { type: 'string' } },
  })
  const [id, ...more] = positionals
  if (id === undefined || more.length > 0 || !/^[0-9a-f]{6,64}$/.test(id)) {
    throw new CannotRun('Expected the id of a record, or at least its first six digits: `explain --json` shows them.')
  }
  if (!values.why) throw new CannotRun('Expected `--why`: what was wrong with the record, for readers.')
  const { catalog } = loadContent(values, world)
  const found = [...catalog.evidence.values()]
    .flat()
    .filter(isRun)
    .filter((record) => record.id.startsWith(id))
  const ids = new Set(found.map((record) => record.id))
  const [record] = found
  if (!record) throw new CannotRun(`There is no record \`${id}\`.`)
  if (ids.size > 1) throw new CannotRun(`\`${id}\` begins the ids of ${ids.size} records, expected one.`)
  const retraction = {
    schema: 1 as const,
    project: record.project,
    retracts: record.id,
    why: values.why,
    ...(values.by ? { by: values.by } : {}),
  }
  const valid = Retraction.safeParse({ ...retraction, id: retractionId(retraction) })
  if (!valid.success)
    throw new CannotRun(
      `Unexpected \`--why\` or \`--by\`, expected ${valid.error.issues[0]?.message ?? 'one line of text'}.`,
    )
  const known = catalog.evidence.get(record.project)?.some((other) => other.id === valid.data.id) === true
  const store = await openStore(storeAddress(values, world), join(contentFolder(values, world), 'evidence'))
  try {
    if (!known) await store.append([valid.data])
  } finally {
    await store.close()
  }
  world.answer(
    values.json
      ? `${JSON.stringify(valid.data)}\n`
      : `${known ? 'Retracted before' : 'Retracted'}: ${sentenceOfRecord(record)}\n`,
  )
  return 0
}
