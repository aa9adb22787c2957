/** What a run has shown, as evidence. */
import { toInstant } from '#domain/clock.ts'
import { identified, type Evidence } from '#domain/evidence.ts'
import type { ProvenLevel } from '#domain/recipe.ts'
import type { Execution } from '#domain/status-words.ts'
import type { Script } from './recipe-script.ts'
import type { ArchitectureRun } from './run-recipe.ts'

export interface Ran {
  script: Script
  architecture: string
  /** How its programs ran. */
  execution: Exclude<Execution, 'cross'>
  /** Whether another architecture's compiler built them. */
  isCross: boolean
  /** When the command was started, in milliseconds: one for all architectures, which makes them one run. */
  startedAt: number
  /** Address of the log. */
  link: string
}

/** A record for each level of which something was shown, or of which something kept it from being shown. */
export function recordsOf({ levels, artifact }: ArchitectureRun, ran: Ran): Evidence[] {
  const { script, architecture, startedAt, link } = ran
  const { project, version } = script.proves
  const group = groupOf(script, startedAt)
  return levels.map(({ level, outcome, reason, counts, endedAfter }) =>
    identified({
      schema: 1,
      project,
      architecture,
      version,
      ...(artifact ? { artifact } : {}),
      level,
      outcome,
      execution: executionOf(level, ran),
      source: { provider: 'recipe', repository: script.recipe },
      run: { id: `${group} ${architecture}`, attempt: 1 },
      group,
      observedAt: toInstant(startedAt + endedAfter),
      link,
      ...(counts ? { counts } : {}),
      ...(reason ? { reason } : {}),
      provenance: { how: 'ran' },
    }),
  )
}

/** The run of all architectures: when it began, and what of the recipe was run. */
export function groupOf({ digest }: Script, startedAt: number): string {
  return `${toInstant(startedAt)} ${digest}`
}

function executionOf(level: ProvenLevel, { execution, isCross }: Ran): Execution {
  return level === 'builds' && isCross ? 'cross' : execution
}
