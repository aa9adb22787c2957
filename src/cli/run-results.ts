/** What a run has shown becomes records, and each of them leads to its log. */
import { join } from 'node:path'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import type { Evidence } from '#domain/evidence.ts'
import { logAddressOf } from '#domain/run-log.ts'
import { recordsOf } from '#hooks/run-record.ts'
import type { ArchitectureRun } from '#hooks/run-recipe.ts'
import { keepLog } from '#store/log-store.ts'
import { asOf, shownPath, type CommonValues } from './options.ts'
import { answerTally, Newcomers, recordEvidence } from './record-evidence.ts'
import type { Plan, PlannedRun } from './run-plan.ts'
import type { World } from './world.ts'

export interface FinishedRun {
  planned: PlannedRun
  result: ArchitectureRun
  log: string
}

interface Values extends CommonValues {
  'dry-run'?: boolean | undefined
  'allow-mass-change'?: boolean | undefined
  store?: string | undefined
  catalog: LocatedCatalog
  /** The content folder. */
  content: string
}

/**
 * Keeps the logs, then the records, so that a killed writer leaves no record without its log.
 * @returns exit code: 0 everything passed, 1 something did not
 */
export async function recordResults(
  finished: readonly FinishedRun[],
  { script, runs }: Plan,
  values: Values,
  world: World,
): Promise<number> {
  const { catalog, content } = values
  const { project } = script.proves
  const file = shownPath(join(content, `recipes/${script.recipe}.md`), world)
  const startedAt = Date.parse(world.now)
  const shown = finished.map(({ planned, result, log }) => {
    const link = logAddressOf(project, log)
    const { id: architecture, execution } = planned
    return {
      architecture,
      execution,
      log: link,
      records: recordsOf(result, { ...planned, script, architecture, startedAt, link }),
    }
  })
  const records = shown.flatMap((one) => one.records)
  const newcomers = new Newcomers(catalog.evidence)
  for (const record of records) newcomers.offer(record, file)

  // What was observed a moment ago is nothing from the future.
  const last =
    records
      .map(({ observedAt }) => observedAt)
      .sort()
      .at(-1) ?? world.now
  const clock = asOf(values, { ...world, now: last > world.now ? last : world.now })
  const recording = { ...values, environment: world.environment, clock, contentFolder: content, from: file }
  const expected = await recordEvidence(newcomers.fresh, { ...recording, 'dry-run': true })
  const isRefused = expected.problems.length > 0
  const isWritten = values['dry-run'] !== true && !isRefused
  if (isWritten) for (const { log } of finished) keepLog(content, project, log)
  const recorded = isWritten ? await recordEvidence(newcomers.fresh, recording) : expected

  const problems = finished
    .flatMap(({ result }) => result.problems)
    .map((problem) => ({ ...problem, place: { ...problem.place, file } }))
  const code = answerTally(
    { read: records.length, added: isRefused ? 0 : recorded.added, duplicates: recorded.duplicates, ignored: 0 },
    {
      problems: [...problems, ...newcomers.problems, ...recorded.problems],
      transitions: isRefused && values['dry-run'] !== true ? [] : recorded.transitions,
    },
    values,
    world,
    { runs: shown.map(({ records, ...run }) => ({ ...run, results: records.map(resultOf) })) },
  )
  const notRun = runs.slice(finished.length).map(({ id }) => id)
  if (notRun.length > 0) world.tell(`Not run, because the run was interrupted or out of time: ${notRun.join(', ')}.\n`)
  const isWhole = finished.length === runs.length && shown.every((one) => one.records.length > 0)
  return isWhole && records.every(({ outcome }) => outcome === 'passed') ? code : 1
}

function resultOf({ level, outcome, execution, reason, counts }: Evidence) {
  return { level, outcome, execution, reason, counts }
}
