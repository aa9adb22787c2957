/**
 * Executes a recipe for one architecture and says what was shown. Whatever happens on the way, there is
 * a result: what failed, what was hindered, what was interrupted.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence } from '#domain/evidence.ts'
import type { Problem } from '#domain/problem.ts'
import type { ProvenLevel } from '#domain/recipe.ts'
import type { Architecture } from '#domain/vocabulary.ts'
import type { DebianSources } from './debian-source.ts'
import type { Script, Task } from './recipe-script.ts'
import { levelsOf, type Judgement, type LevelResult } from './run-levels.ts'
import { runTask, type TaskRun } from './run-task.ts'
import { stepEnvironment } from './step-environment.ts'
import { lookAtBinaries } from './tested-binary.ts'
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
  const { script, id, architecture, toolchain, limits, progress } = options
  const folders = makeFolders(options.folder)
  const { work } = folders
  const named = { id, debian: architecture.debian }
  const environment = stepEnvironment(folders, named, toolchain, script.variables, options.jobs, options.path)
  const run: ArchitectureRun = { tasks: [], levels: [], binaries: [], artifact: undefined, problems: [] }
  const parts: LevelResult[] = []
  const record = (level: ProvenLevel | undefined, judgement: Judgement) => {
    if (level !== undefined) parts.push({ level, ...judgement, endedAfter: performance.now() - options.began })
  }
  const look = () => {
    const looked = lookAtBinaries(script, id, toolchain.programs, work)
    run.binaries = looked.said
    run.artifact = looked.artifact
    run.problems.push(...looked.problems)
    return looked.isRight
  }

  const lookAfter = lastBeforeLook(script.tasks)
  for (const [index, task] of script.tasks.entries()) {
    progress(task.title, index + 1, script.tasks.length)
    const seconds = Math.max(Math.min(limits.stepSeconds, (limits.until - performance.now()) / 1000), 0)
    const around = { ...options, recipe: script.recipe, work, environment, limits: { ...limits, seconds } }
    const ran = await runTask(task, around)
    const { outcome } = ran.judgement
    run.tasks.push(ran)
    if (ran.problem) run.problems.push(ran.problem)
    // What keeps a preparation from its end keeps the next level from being shown.
    const level = task.level ?? levelFrom(script.tasks, index)
    if (outcome !== 'passed' || task.level !== undefined) record(level, ran.judgement)
    if (outcome === 'cancelled' || outcome === 'infra') break
    // A check says something by itself; a step is what the following ones build on.
    if (outcome === 'failed' && !task.isCheck) break
    if (index === lookAfter && !look()) {
      record(level, notProven)
      run.levels = levelsOf(parts.map((part) => (part.outcome === 'passed' ? { ...part, ...notProven } : part)))
      return run
    }
  }
  run.levels = levelsOf(parts)
  return run
}

const notProven = { outcome: 'infra', reason: 'setup' } as const

/**
 * The task after which the binaries are looked at: the last build; where nothing is built, what stands before
 * the first task that shows something, or that task itself where it is the first of all.
 */
function lastBeforeLook(tasks: readonly Task[]): number {
  const lastBuild = tasks.findLastIndex(({ level }) => level === 'builds')
  const firstShown = tasks.findIndex(({ level }) => level !== undefined)
  return lastBuild === -1 ? Math.max(firstShown - 1, 0) : lastBuild
}

/** What is to be shown next. */
function levelFrom(tasks: readonly Task[], index: number): ProvenLevel | undefined {
  return tasks.slice(index).find(({ level }) => level !== undefined)?.level
}

function makeFolders(folder: string) {
  const folders = { work: join(folder, 'work'), home: join(folder, 'home'), temporary: join(folder, 'tmp') }
  for (const path of Object.values(folders)) mkdirSync(path, { recursive: true, mode: 0o700 })
  return folders
}
