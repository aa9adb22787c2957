/** What somebody who waits for a run sees of it. */
import type { ArchitectureRun } from '#hooks/run-recipe.ts'
import { cleaned, type Replacement } from '#hooks/run-log.ts'
import type { LevelResult } from '#hooks/run-levels.ts'
import type { PlannedRun } from './run-plan.ts'
import type { World } from './world.ts'

const width = 78
const linesOfFailure = 10
const longestLine = 200

/** Progress on a terminal, and silence elsewhere. */
export function progressOf({ id, execution }: PlannedRun, world: World) {
  if (!world.isTerminal) return { task: () => undefined, end: () => undefined }
  let line = ''
  let began = performance.now()
  const show = () => {
    const seconds = Math.round((performance.now() - began) / 1000)
    world.tell(`\r${`${line}, ${seconds} s`.slice(0, width).padEnd(width)}`)
  }
  const timer = setInterval(show, 1000)
  return {
    task: (title: string, number: number, count: number) => {
      line = `${id}, ${execution}: ${number} of ${count}, ${title}`.slice(0, width - 10)
      began = performance.now()
      show()
    },
    end: () => {
      clearInterval(timer)
      world.tell(`\r${' '.repeat(width)}\r`)
    },
  }
}

/** The last lines of what did not pass. */
export function tellFailures(
  id: string,
  { tasks }: ArchitectureRun,
  hidden: readonly Replacement[],
  world: World,
): void {
  for (const { task, ended, ending } of tasks) {
    if (ending.startsWith('passed')) continue
    const lines = cleaned(ended.output.tail || ended.output.head, hidden).split('\n')
    const shown = lines.slice(-linesOfFailure).map((line) => `  | ${line.slice(0, longestLine)}\n`)
    world.tell(`${id}: ${task.title}: ${cleaned(ending, hidden)}\n${shown.join('')}`)
  }
}

/** `arm64, emulated: builds passed, tested failed (338 passed, 2 failed, 0 skipped)` */
export function summaryOf({ id, execution }: PlannedRun, { levels }: ArchitectureRun): string {
  const said = levels.length === 0 ? 'nothing was shown' : levels.map(levelInWords).join(', ')
  return `${id}, ${execution}: ${said}.`
}

export function levelInWords({ level, outcome, reason, counts }: LevelResult): string {
  const tests = counts ? [`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`] : []
  const details = [...(reason ? [reason] : []), ...tests]
  return `${level} ${outcome}${details.length > 0 ? ` (${details.join('; ')})` : ''}`
}
