/**
 * Executes a recipe for one architecture and says what was shown. Whatever happens on the way, there is
 * a result: what failed, what was hindered, what was interrupted.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence } from '#domain/evidence.ts'
import type { Problem } from '#domain/problem.ts'
import type { ProvenLevel } from '#domain/recipe.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import { maximumDocumentBytes } from '#ingest/document.ts'
import type { DebianSources } from './debian-source.ts'
import { withFileBelow } from './file-below.ts'
import { machineInWords, mismatchOf } from './gnu-machine.ts'
import type { Script, Task } from './recipe-script.ts'
import { runCommands, type Ended } from './run-commands.ts'
import { judge, judgePreparation, levelsOf, type Judgement, type LevelResult } from './run-levels.ts'
import { badReport, hindranceOf, missingBinary, withoutResult, wrongMachine } from './run-problems.ts'
import { stepEnvironment } from './step-environment.ts'
import { readTestReport, type TestReport } from './test-report.ts'
import { artifactOf, findBinary } from './tested-binary.ts'
import type { Toolchain } from './toolchain.ts'

export interface RunLimits {
  /** Seconds that a step may take. */
  stepSeconds: number
  /** Bytes that a step may print. */
  outputBytes: number
  /** When everything must be over: a value of `performance.now()`. */
  until: number
}

export interface RunOptions {
  script: Script
  id: string
  architecture: Architecture
  toolchain: Toolchain
  /** A folder of its own, which whoever gives it removes. */
  folder: string
  /** The machine's PATH: all that steps get of its environment. */
  path: string
  jobs: number
  limits: RunLimits
  /** When the command began: a value of `performance.now()`. */
  began: number
  sources: DebianSources
  stop: AbortSignal
  /** Told before each task. */
  progress: (title: string, number: number, count: number) => void
}

export interface TaskRun {
  task: Task
  ended: Ended
  /** How it ended, as a sentence. */
  ending: string
}

export interface ArchitectureRun {
  tasks: TaskRun[]
  levels: LevelResult[]
  /** What the headers of the binaries say, as sentences. */
  binaries: string[]
  artifact: Evidence['artifact']
  problems: Problem[]
}

/** Runs everything that there is to run. Never throws for what a step does. */
export async function runRecipe(options: RunOptions): Promise<ArchitectureRun> {
  const { script, id, began, limits, progress } = options
  const folders = makeFolders(options.folder)
  const environment = stepEnvironment(
    folders,
    { id, debian: options.architecture.debian },
    options.toolchain,
    script.variables,
    options.jobs,
    options.path,
  )
  const run: ArchitectureRun = { tasks: [], levels: [], binaries: [], artifact: undefined, problems: [] }
  const parts: LevelResult[] = []
  const record = (level: ProvenLevel | undefined, judgement: Judgement) => {
    if (level !== undefined) parts.push({ level, ...judgement, endedAfter: performance.now() - began })
  }
  const lastBuild = script.tasks.findLastIndex(({ level, isCheck }) => level === 'builds' && !isCheck)
  const firstCheck = script.tasks.findIndex(({ isCheck }) => isCheck)
  // What is built is looked at once it is built; where nothing is built, before it is checked.
  const lookBefore = lastBuild === -1 ? firstCheck : lastBuild + 1
  const nextLevel = (from: number) => script.tasks.slice(from).find(({ level }) => level !== undefined)?.level

  for (const [index, task] of script.tasks.entries()) {
    if (index === lookBefore && !lookAtBinaries(options, folders.work, run)) {
      record(script.tasks[lastBuild]?.level ?? nextLevel(index), { outcome: 'infra', reason: 'setup' })
      break
    }
    progress(task.title, index + 1, script.tasks.length)
    const seconds = Math.max(Math.min(limits.stepSeconds, (limits.until - performance.now()) / 1000), 0)
    const ended = await runTask(task, folders.work, environment, seconds, options)
    const report =
      task.report === undefined ? undefined : reportOf(task, task.report, folders.work, ended, options, run)
    const judgement =
      report === 'unreadable'
        ? ({ outcome: 'infra', reason: 'setup' } as const)
        : task.level === undefined
          ? judgePreparation(ended)
          : judge(ended, report)
    run.tasks.push({ task, ended, ending: endingOf(ended, judgement) })
    if (judgement.outcome !== 'passed' || task.level !== undefined) record(nextLevel(index), judgement)
    if (judgement.outcome === 'cancelled' || judgement.outcome === 'infra') {
      if (report !== 'unreadable') {
        const why = hindranceOf(ended, seconds, limits.outputBytes)
        run.problems.push(withoutResult(script.recipe, id, task.title, why))
      }
      break
    }
    // A check says something by itself; a step is what the following ones build on.
    if (judgement.outcome === 'failed' && !task.isCheck) break
  }
  if (lookBefore === script.tasks.length && parts.every(({ outcome }) => outcome === 'passed')) {
    if (!lookAtBinaries(options, folders.work, run)) record('builds', { outcome: 'infra', reason: 'setup' })
  }
  run.levels = levelsOf(parts)
  return run
}

function makeFolders(folder: string) {
  const folders = { work: join(folder, 'work'), home: join(folder, 'home'), temporary: join(folder, 'tmp') }
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true, mode: 0o700 })
  return folders
}

async function runTask(
  task: Task,
  work: string,
  environment: Readonly<Record<string, string>>,
  seconds: number,
  { sources, stop, limits }: RunOptions,
): Promise<Ended> {
  if (!task.fetch) return runCommands(task.commands, work, environment, { ...limits, seconds }, stop)
  const started = performance.now()
  const signal = AbortSignal.any([stop, AbortSignal.timeout(Math.round(seconds * 1000))])
  const { description, said, why } = await sources.bring(task.fetch, signal)
  const output = { head: [...said, ...(why === undefined ? [] : [why])].join('\n'), tail: '', leftOut: noLines }
  if (description === undefined) {
    const how = stop.aborted ? 'cancelled' : signal.aborted ? 'timeout' : 'exited'
    return { how, code: 100, seconds: (performance.now() - started) / 1000, output }
  }
  // What `apt-get source` does when it has brought the files.
  const unpack = { ...environment, DESCRIPTION: description }
  const ended = await runCommands('dpkg-source --no-copy -x "$DESCRIPTION"', work, unpack, { ...limits, seconds }, stop)
  return { ...ended, output: { ...ended.output, head: `${output.head}\n${ended.output.head}` } }
}

const noLines = { bytes: 0, lines: 0 }

/** Reads the counts of a check. A check that failed may not have come to writing them. */
function reportOf(
  task: Task,
  path: string,
  work: string,
  ended: Ended,
  { script, id }: RunOptions,
  run: ArchitectureRun,
): TestReport | 'unreadable' | undefined {
  if (ended.how !== 'exited') return undefined
  const { found, why } = withFileBelow(work, path, maximumDocumentBytes, (file) =>
    readTestReport(readFileSync(file, 'utf8')),
  )
  if (found?.report) return found.report
  if (ended.code !== 0) return undefined
  run.problems.push(badReport(script.recipe, id, task.title, path, found?.why ?? `it is ${why ?? 'not there'}`))
  return 'unreadable'
}

/** @returns whether all binaries are there and for the architecture */
function lookAtBinaries({ script, id, toolchain }: RunOptions, work: string, run: ArchitectureRun): boolean {
  const { recipe, proves } = script
  const looked = proves.binaries.map((path) => ({ path, ...findBinary(work, path) }))
  let isRight = true
  for (const { path, binary, why } of looked) {
    const mismatch = binary && mismatchOf(binary.elf, toolchain.programs)
    if (!binary) run.problems.push(missingBinary(recipe, id, path, why))
    else if (mismatch !== undefined) {
      run.problems.push(wrongMachine(recipe, id, path, mismatch, machineInWords(toolchain.programs)))
    }
    isRight &&= binary !== undefined && mismatch === undefined
    const alignment = binary?.elf.pageAlignment
    const said = binary ? (mismatch ?? machineInWords(toolchain.programs)) : why
    run.binaries.push(
      `${path}: ${said}${alignment === undefined ? '' : `, aligned to ${alignment} bytes`}${binary ? `, sha256:${binary.digest}` : ''}`,
    )
  }
  if (isRight) run.artifact = artifactOf(looked.flatMap(({ binary }) => binary ?? []))
  return isRight
}

function endingOf({ how, code, seconds }: Ended, { outcome, counts }: Judgement): string {
  const tests = counts ? `, tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` : ''
  const end = how === 'exited' ? `exit code ${code ?? 'unknown'}` : how.replace('-', ' ')
  return `${outcome}, ${end}, ${seconds.toFixed(1)} s${tests}`
}
