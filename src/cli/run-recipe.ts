import { existsSync, readFileSync } from 'node:fs'
import { availableParallelism, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { LocatedCatalog } from '#catalog/catalog.ts'
import type { Evidence } from '#domain/evidence.ts'
import { logAddressOf } from '#domain/run-log.ts'
import { mirrorOfMachine, NoApt } from '#hooks/apt-root.ts'
import { DebianSources } from '#hooks/debian-source.ts'
import { logOfRun } from '#hooks/log-of-run.ts'
import { Machine } from '#hooks/machine.ts'
import { privateWords } from '#hooks/private-words.ts'
import type { Replacement } from '#hooks/run-log.ts'
import { groupOf, recordsOf } from '#hooks/run-record.ts'
import { runRecipe, type ArchitectureRun, type RunLimits } from '#hooks/run-recipe.ts'
import { keepLog } from '#store/log-store.ts'
import { asOf, commonOptions, contentFolder, loadContent, shownPath } from './options.ts'
import { answerTally, Newcomers, recordEvidence, recordingOptions } from './record-evidence.ts'
import { planRun, type Plan, type PlannedRun } from './run-plan.ts'
import { inScratchFolder } from './run-scratch.ts'
import { progressOf, summaryOf, tellFailures } from './run-words.ts'
import { CannotRun, type World } from './world.ts'

export const runHelp = `run RECIPE [--architecture ID]…
  Executes a recipe and records what it shows: natively where the machine is of that architecture,
  else cross-compiled and run by qemu-user. Its steps run as you: read a recipe before you run it.
  --architecture ID      this one, and others by repeating it; else all that the machine can do
  --jobs N               commands that a build may run at once; else as many as there are processors
  --step-timeout SECONDS --timeout SECONDS --output-limit MIB
                         limits of a step (1200), of everything (7200), of what a step prints (64)
  --keep                 leave the folder of the run where it is
  --dry-run              run it, and write nothing
  --allow-mass-change    also where more than 20 cells and 2 % of them would change`

const options = {
  ...commonOptions,
  architecture: { type: 'string', multiple: true },
  jobs: { type: 'string' },
  'step-timeout': { type: 'string', default: '1200' },
  timeout: { type: 'string', default: '7200' },
  'output-limit': { type: 'string', default: '64' },
  keep: { type: 'boolean', default: false },
  ...recordingOptions,
} as const
type Values = ReturnType<typeof parse>['values']

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], allowPositionals: true, options })
}

interface FinishedRun {
  planned: PlannedRun
  result: ArchitectureRun
  log: string
}

/** @returns exit code: 0 everything passed, 1 something did not */
export async function run(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parse(args)
  const [recipe, ...more] = positionals
  if (recipe === undefined || more.length > 0) throw new CannotRun('Expected one recipe: `run RECIPE`.')
  // Evidence without a system is of Linux, and so are the tools.
  if (process.platform !== 'linux') throw new CannotRun('Recipes run on Linux alone.')
  const began = performance.now()
  const { catalog } = loadContent(values, world)
  const content = contentFolder(values, world)
  // A clock that cannot be read is told before anything runs.
  asOf(values, world)
  const jobs = numberOf('jobs', values.jobs ?? String(availableParallelism()), 1024)
  const limits: RunLimits = {
    stepSeconds: numberOf('step-timeout', values['step-timeout'], 86_400),
    outputBytes: numberOf('output-limit', values['output-limit'], 4096) * 1024 * 1024,
    until: began + numberOf('timeout', values.timeout, 604_800) * 1000,
  }
  const plan = planRun(recipe, values.architecture ?? [], catalog, new Machine(world.environment))
  for (const line of plan.leftOut) world.tell(`${line}\n`)
  const startedAt = Date.parse(world.now)
  const group = groupOf(plan.script, startedAt)

  const finished = await inScratchFolder(values.keep, world, async (folder, stop) => {
    const replacements = await privateWordsOf(content, world)
    const sources = new DebianSources(folder, world.environment)
    const done: FinishedRun[] = []
    for (const planned of plan.runs) {
      if (stop.aborted || performance.now() > limits.until) break
      const { id, execution, isCross, toolchain } = planned
      const ofRun = join(folder, id)
      const hidden: Replacement[] = [
        [join(ofRun, 'work'), '$WORK'],
        [ofRun, '$RUN'],
        [folder, '$RUNS'],
        ...replacements,
      ]
      const show = progressOf(planned, world)
      const result = await runRecipe({
        ...planned,
        script: plan.script,
        folder: ofRun,
        path: world.environment.PATH ?? '',
        jobs,
        limits,
        began,
        sources,
        stop,
        progress: show.task,
      }).finally(show.end)
      const facts = {
        architecture: id,
        execution,
        isCross,
        versions: toolchain.versions,
        system: systemInWords(),
        group,
      }
      done.push({ planned, result, log: logOfRun(plan.script, result, facts, hidden) })
      tellFailures(id, result, hidden, world)
      if (!values.json) world.answer(`${summaryOf(planned, result)}\n`)
    }
    return done
  })
  return record(finished, plan, startedAt, { ...values, catalog, content }, world)
}

/** Keeps the logs, then the records that lead to them; a killed writer leaves no record without its log. */
function record(
  finished: readonly FinishedRun[],
  { script, runs }: Plan,
  startedAt: number,
  values: Values & { catalog: LocatedCatalog; content: string },
  world: World,
): number {
  const { catalog, content } = values
  const { project } = script.proves
  const newcomers = new Newcomers(catalog.evidence)
  const file = shownPath(join(content, `recipes/${script.recipe}.md`), world)
  const reports = finished.map(({ planned, result, log }) => {
    const { id: architecture, execution, isCross } = planned
    const link = logAddressOf(project, log)
    const records = recordsOf(result, { script, architecture, execution, isCross, startedAt, link })
    for (const one of records) newcomers.offer(one, file)
    return { architecture, execution, link, records }
  })
  const records = reports.flatMap((report) => report.records)
  const ended =
    records
      .map(({ observedAt }) => observedAt)
      .sort()
      .at(-1) ?? world.now
  // What was observed a moment ago is no evidence from the future.
  const clock = asOf(values, { ...world, now: ended > world.now ? ended : world.now })
  const recording = { ...values, clock, contentFolder: content, from: file }
  const expected = recordEvidence(newcomers.fresh, { ...recording, 'dry-run': true })
  const isWritten = values['dry-run'] !== true && expected.problems.length === 0
  if (isWritten) for (const { log } of finished) keepLog(content, project, log)
  const recorded = isWritten ? recordEvidence(newcomers.fresh, recording) : expected
  const tally = {
    read: records.length,
    added: isWritten || values['dry-run'] ? recorded.added : 0,
    duplicates: recorded.duplicates,
    ignored: 0,
  }
  const problems = finished
    .flatMap(({ result }) => result.problems)
    .map((problem) => ({ ...problem, place: { ...problem.place, file } }))
  const code = answerTally(
    tally,
    { problems: [...problems, ...newcomers.problems, ...recorded.problems], transitions: recorded.transitions },
    values,
    world,
    {
      runs: reports.map(({ architecture, execution, link, records }) => ({
        architecture,
        execution,
        log: link,
        results: records.map(resultOf),
      })),
    },
  )
  const isWhole = finished.length === runs.length && reports.every(({ records }) => records.length > 0)
  return isWhole && records.every(({ outcome }) => outcome === 'passed') ? code : 1
}

function resultOf({ level, outcome, execution, reason, counts }: Evidence) {
  return { level, outcome, execution, reason, counts }
}

async function privateWordsOf(content: string, world: World): Promise<Replacement[]> {
  const mirror = await mirrorOfMachine(world.environment).catch((error: unknown) => {
    if (error instanceof NoApt) return undefined
    throw error
  })
  const folders: Replacement[] = [
    [content, '$CONTENT'],
    [world.home, '$SITE'],
    [world.directory, '$PWD'],
  ]
  return privateWords(folders, world.environment, mirror)
}

/** `Debian GNU/Linux 12 (bookworm), Linux 6.18`: no more of the machine than what matters. */
function systemInWords(): string {
  const file = '/etc/os-release'
  const [, name = 'Linux'] = /^PRETTY_NAME="?([^"\n]*)/m.exec(existsSync(file) ? readFileSync(file, 'utf8') : '') ?? []
  return `${name}, Linux ${/^\d+\.\d+/.exec(release())?.[0] ?? ''}`.trim()
}

function numberOf(option: string, text: string, maximum: number): number {
  if (/^[1-9]\d{0,8}$/.test(text) && Number(text) <= maximum) return Number(text)
  throw new CannotRun(`Unexpected \`--${option} ${text}\`, expected a whole number from 1 to ${maximum}.`)
}
