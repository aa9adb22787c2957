import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mirrorOfMachine, NoApt } from '#hooks/apt-root.ts'
import { DebianSources } from '#hooks/debian-source.ts'
import { logOfRun } from '#hooks/log-of-run.ts'
import { Machine } from '#hooks/machine.ts'
import { privateWords } from '#hooks/private-words.ts'
import type { Replacement } from '#hooks/run-log.ts'
import { groupOf } from '#hooks/run-record.ts'
import { runRecipe, type RunOptions } from '#hooks/run-recipe.ts'
import { asOf, commonOptions, contentFolder, loadContent, wordsOfList } from './options.ts'
import { recordingOptions } from './record-evidence.ts'
import { planRun, type Plan } from './run-plan.ts'
import { recordResults, type FinishedRun } from './run-results.ts'
import { inScratchFolder } from './run-scratch.ts'
import { progressOf, summaryOf, tellFailures } from './run-words.ts'
import { CannotRun, type World } from './world.ts'

export const runHelp = `run RECIPE [--architecture ID]…
  Executes a recipe and records what it shows: natively where the machine is of that architecture,
  else cross-compiled and run by qemu-user. Its steps run as you: read a recipe before you run it.
  --architecture ID      this one; others with commas, or by repeating it; else all that the machine can do
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

/** @returns exit code: 0 everything passed, 1 something did not */
export async function run(args: readonly string[], world: World): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options })
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
  const seconds = numberOf('timeout', values.timeout, 604_800)
  const stepSeconds = numberOf('step-timeout', values['step-timeout'], 86_400)
  const outputBytes = numberOf('output-limit', values['output-limit'], 4096) * 1024 * 1024
  const plan = planRun(recipe, wordsOfList(values.architecture ?? []), catalog, new Machine(world.environment))
  for (const line of plan.leftOut) world.tell(`${line}\n`)

  const limits = { stepSeconds, outputBytes, until: performance.now() + seconds * 1000 }
  return inScratchFolder(values.keep, world, async (folder, stop) => {
    const sources = new DebianSources(folder, world.environment)
    const path = world.environment.PATH ?? ''
    const given = { path, jobs, limits, began, folder, sources, stop, script: plan.script }
    const finished = await runAll(plan, given, await privateWordsOf(content, world), values.json !== true, world)
    // Somebody who interrupts twice would otherwise have no result.
    return recordResults(finished, plan, { ...values, catalog, content }, world)
  })
}

type Given = Omit<RunOptions, 'id' | 'architecture' | 'toolchain' | 'progress'>

/** One architecture after the other: their times would otherwise say nothing. */
async function runAll(
  { script, runs }: Plan,
  given: Given,
  hidden: readonly Replacement[],
  tellsSummary: boolean,
  world: World,
): Promise<FinishedRun[]> {
  const group = groupOf(script, Date.parse(world.now))
  const finished: FinishedRun[] = []
  for (const planned of runs) {
    if (given.stop.aborted || performance.now() > given.limits.until) break
    const { id, toolchain } = planned
    const folder = join(given.folder, id)
    const folders: Replacement[] = [
      [join(folder, 'work'), '$WORK'],
      [folder, '$RUN'],
      [given.folder, '$RUNS'],
    ]
    const words = [...folders, ...hidden]
    const show = progressOf(planned, world)
    const result = await runRecipe({ ...given, ...planned, folder, progress: show.task }).finally(show.end)
    const facts = { ...planned, architecture: id, versions: toolchain.versions, system: systemInWords(), group }
    const log = logOfRun(script, result, facts, words)
    writeFileSync(join(folder, 'log.txt'), log)
    finished.push({ planned, result, log })
    tellFailures(id, result, words, world)
    if (tellsSummary) world.answer(`${summaryOf(planned, result)}\n`)
  }
  return finished
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
