/** A recipe as something to execute: what its steps and checks run, in order, and what each of them shows. */
import { hash } from 'node:crypto'
import { stepVariableNames } from '#domain/step-variables.ts'
import { commandOfFetch, type Fetch, type Proves, type ProvenLevel, type Recipe } from '#domain/recipe.ts'

export interface Task {
  title: string
  /** What a person would type. */
  commands: string
  /** Source package that is unpacked instead. */
  fetch?: Fetch
  /** What is shown when it passes; missing where it prepares. */
  level?: ProvenLevel
  /** File with counts of tests. */
  report?: string
  /** Whether it is a check: others are tried though it failed. */
  isCheck: boolean
}

export interface Script {
  recipe: string
  proves: Proves
  /** Debian packages that it needs. */
  packages: readonly string[]
  tasks: readonly Task[]
  variables: Readonly<Record<string, string>>
  /** Twelve digits that change when something else is run. */
  digest: string
}

/** What a run must set itself. */
const reserved = new Set<string>([...stepVariableNames, 'PATH', 'HOME', 'TMPDIR', 'LANG', 'LC_ALL', 'TZ', 'TERM'])

/** @returns undefined where the recipe does not say what a run of it proves */
export function scriptOf(id: string, { proves, packages, steps, verify, environment }: Recipe): Script | undefined {
  if (!proves) return undefined
  const needed = steps.filter(({ notNeededSince }) => notNeededSince === undefined)
  const tasks = [
    ...needed.flatMap(({ title, run, fetch, level }): Task[] => {
      const commands = fetch ? commandOfFetch(fetch) : run
      if (commands === undefined) return []
      return [{ title, commands, ...(fetch ? { fetch } : {}), ...(level ? { level } : {}), isCheck: false }]
    }),
    ...verify.flatMap(({ run, level, report }, index): Task[] => {
      if (run === undefined) return []
      const title = `Check ${index + 1}`
      return [{ title, commands: run, level: level ?? 'tested', ...(report ? { report } : {}), isCheck: true }]
    }),
  ]
  const variables = Object.fromEntries(
    environment.flatMap(({ name, value }) => (value === undefined || reserved.has(name) ? [] : [[name, value]])),
  )
  const digest = hash('sha256', JSON.stringify({ proves, packages, tasks, variables })).slice(0, 12)
  return { recipe: id, proves, packages, tasks, variables, digest }
}
