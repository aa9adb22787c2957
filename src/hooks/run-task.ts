/** One step or check of a recipe: runs it, and says what it shows. */
import { readFileSync } from 'node:fs'
import type { Problem } from '#domain/problem.ts'
import { maximumDocumentBytes } from '#ingest/document.ts'
import type { DebianSources } from './debian-source.ts'
import { withFileBelow } from './file-below.ts'
import type { Task } from './recipe-script.ts'
import { runCommands, type Ended } from './run-commands.ts'
import { judge, judgePreparation, type Judgement } from './run-levels.ts'
import { badReport, hindranceOf, withoutResult } from './run-problems.ts'
import { readTestReport, type TestReport } from './test-report.ts'

export interface TaskSurroundings {
  recipe: string
  /** Id of the architecture. */
  id: string
  work: string
  environment: Readonly<Record<string, string>>
  limits: { seconds: number; outputBytes: number }
  sources: DebianSources
  stop: AbortSignal
}

export interface TaskRun {
  task: Task
  ended: Ended
  judgement: Judgement
  /** Why it says nothing. */
  problem: Problem | undefined
  /** How it ended, as a sentence. */
  ending: string
}

/** Never throws for what the commands do. */
export async function runTask(task: Task, around: TaskSurroundings): Promise<TaskRun> {
  const ended = task.fetch ? await fetchAndUnpack(task.fetch, around) : await runIn(around, task.commands)
  const { judgement, problem } = judged(task, ended, around)
  return { task, ended, judgement, problem, ending: endingOf(ended, judgement) }
}

function runIn({ work, environment, limits, stop }: TaskSurroundings, commands: string, more = {}): Promise<Ended> {
  return runCommands(commands, work, { ...environment, ...more }, limits, stop)
}

async function fetchAndUnpack(fetch: NonNullable<Task['fetch']>, around: TaskSurroundings): Promise<Ended> {
  const { sources, stop, limits } = around
  const started = performance.now()
  const signal = AbortSignal.any([stop, AbortSignal.timeout(Math.round(limits.seconds * 1000))])
  const { description, said, why } = await sources.bring(fetch, signal)
  const head = [...said, ...(why === undefined ? [] : [why])].join('\n')
  if (description === undefined) {
    const how = stop.aborted ? 'cancelled' : signal.aborted ? 'timeout' : 'exited'
    const output = { head, tail: '', leftOut: { bytes: 0, lines: 0 } }
    // The exit code of apt where it could not do what it was asked for.
    return { how, code: 100, seconds: (performance.now() - started) / 1000, output }
  }
  // What `apt-get source` does when it has brought the files.
  const ended = await runIn(around, 'dpkg-source --no-copy -x "$DESCRIPTION"', { DESCRIPTION: description })
  return { ...ended, output: { ...ended.output, head: `${head}\n${ended.output.head}` } }
}

function judged(task: Task, ended: Ended, around: TaskSurroundings): Pick<TaskRun, 'judgement' | 'problem'> {
  const { recipe, id, work, limits } = around
  const { report, why } = ended.how === 'exited' ? reportOf(task, work) : {}
  // A check that failed may not have come to writing its report.
  if (why !== undefined && ended.code === 0) {
    const problem = badReport(recipe, id, task.title, task.report ?? '', why)
    return { judgement: { outcome: 'infra', reason: 'setup' }, problem }
  }
  const judgement = task.level === undefined ? judgePreparation(ended) : judge(ended, report)
  const isHindered = judgement.outcome === 'cancelled' || judgement.outcome === 'infra'
  const hindrance = hindranceOf(ended, limits.seconds, limits.outputBytes)
  return { judgement, problem: isHindered ? withoutResult(recipe, id, task.title, hindrance) : undefined }
}

function reportOf({ report: path }: Task, work: string): { report?: TestReport | undefined; why?: string | undefined } {
  if (path === undefined) return {}
  const { found, why } = withFileBelow(work, path, maximumDocumentBytes, (file) =>
    readTestReport(readFileSync(file, 'utf8')),
  )
  return found ?? { why: `it is ${why}` }
}

function endingOf({ how, code, seconds }: Ended, { outcome, counts }: Judgement): string {
  const tests = counts ? `, tests: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` : ''
  const end = how === 'exited' ? `exit code ${code ?? 'unknown'}` : how.replace('-', ' ')
  return `${outcome}, ${end}, ${seconds.toFixed(1)} s${tests}`
}
