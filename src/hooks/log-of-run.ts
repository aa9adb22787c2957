/** What a log says of a run on one architecture. */
import type { Script } from './recipe-script.ts'
import { writeLog, type LoggedStep, type Replacement } from './run-log.ts'
import type { ArchitectureRun } from './run-recipe.ts'

export interface LogFacts {
  architecture: string
  execution: 'native' | 'emulated'
  isCross: boolean
  /** First lines of what compiler and emulator say about themselves. */
  versions: readonly string[]
  /** The machine's system, in words. */
  system: string
  /** Name of the run of all architectures. */
  group: string
}

export function logOfRun(
  script: Script,
  { tasks, levels, binaries }: ArchitectureRun,
  { architecture, execution, isCross, versions, system, group }: LogFacts,
  replacements: readonly Replacement[],
): string {
  const { project, version } = script.proves
  const facts = [
    `${project} ${version} on ${architecture}, recipe ${script.recipe}, run ${group}`,
    `Built ${isCross ? 'by a cross compiler' : 'by the machine’s own compiler'}, run ${execution === 'native' ? 'by the machine itself' : 'by an emulator'}`,
    ...versions,
    system,
  ]
  const steps = tasks.map(({ task, ended, ending }): LoggedStep => ({
    title: task.title,
    commands: task.commands,
    output: ended.output,
    ending,
  }))
  const results = levels.map(({ level, outcome, reason, counts }) => {
    const tests = counts ? `, ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` : ''
    return `${level}: ${outcome}${reason ? ` (${reason})` : ''}${tests}`
  })
  return writeLog(facts, steps, [...binaries, ...results], replacements)
}
