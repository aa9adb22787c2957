/**
 * What happens between two builds, on each side in turn. A scenario sets the stage, then the build is measured; what was edited
 * is looked for in the result.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deleteFolders } from '../build-caches.ts'
import { randomNumbers } from '../generate-content.ts'
import { faultsOf } from './built-work.ts'
import { writeIssue, writeProject } from './content-formats.ts'
import { changeIssue, changeProject, type Facts } from './facts.ts'
import type { Command, Cost } from './run-measured.ts'
import type { Side, SideName } from './sides.ts'

export const scenarioNames = ['full', 'cached', 'carried', 'nothing', 'change', 'issue', 'style'] as const
export type Scenario = (typeof scenarioNames)[number]

/** What each scenario leaves from the build before. */
export const meaningOfScenario: Record<Scenario, string> = {
  full: 'no cache, no output',
  cached: 'caches are kept, the output is not',
  carried: 'caches are kept, the output is not, and a claim and the text of one project changed',
  nothing: 'everything is kept, nothing changed',
  change: 'a claim and the text of one project changed',
  issue: 'the text of one issue changed',
  style: 'one colour of the style changed',
}

/** In which a side builds as where only caches are kept, upon such a build: what it keeps there for the next one is a part of what it costs. */
const withCachesAlone: ReadonlySet<Scenario> = new Set(['cached', 'carried'])

export interface Sample extends Cost {
  side: SideName
  scenario: Scenario
  run: number
  /** Seconds of each phase, where the side tells them. */
  phases?: Record<string, number>
}

export interface Plan {
  sides: readonly Side[]
  /** Follows the edits: afterwards it says what both sides say. */
  facts: Facts
  scenarios: readonly Scenario[]
  runs: number
  seed: number
  run(command: Command): Promise<Cost>
  tell(text: string): void
}

/** Each scenario on one side, then on the next: what the machine does beside hits both of a pair. */
export async function measureScenarios(plan: Plan): Promise<Sample[]> {
  const samples: Sample[] = []
  /** Whose caches hold what its last build made: of some always. */
  const kept = new Set(plan.sides.filter(({ buildWithCachesAlone }) => buildWithCachesAlone === undefined))
  for (let run = 0; run < plan.runs; run += 1) {
    for (const scenario of plan.scenarios) {
      const edit = editOf(scenario, plan, run)
      for (const side of plan.sides) {
        const { buildWithCachesAlone } = side
        if (buildWithCachesAlone && withCachesAlone.has(scenario) && !kept.has(side)) {
          deleteFolders([side.output])
          await plan.run(buildWithCachesAlone)
        }
        edit.prepare(side)
        if (side.phases !== undefined) rmSync(side.phases, { force: true })
        const isAlone = buildWithCachesAlone !== undefined && withCachesAlone.has(scenario)
        const cost = await plan.run(isAlone ? buildWithCachesAlone : side.build)
        if (isAlone) kept.add(side)
        else if (buildWithCachesAlone) kept.delete(side)
        edit.verify(side)
        const phases = side.phases === undefined ? undefined : readPhases(side.phases)
        samples.push({ side: side.name, scenario, run, ...cost, ...(phases === undefined ? {} : { phases }) })
        plan.tell(`${scenario} ${run + 1} of ${plan.runs}, ${side.name}: ${cost.wallSeconds.toFixed(2)} s`)
      }
    }
  }
  return samples
}

/** Deletes what a build of a side could build upon. */
export function startFromNothing({ caches, output }: Pick<Side, 'caches' | 'output'>): void {
  deleteFolders([...caches, output])
}

interface Edit {
  prepare(side: Side): void
  /** @throws where the built site does not show what was edited */
  verify(side: Side): void
}

const nothingToVerify = (): void => undefined

function editOf(scenario: Scenario, plan: Plan, run: number): Edit {
  const random = randomNumbers(plan.seed + run + 1)
  switch (scenario) {
    case 'full':
      return { prepare: startFromNothing, verify: nothingToVerify }
    case 'cached':
      return {
        prepare: ({ output }) => {
          deleteFolders([output])
        },
        verify: nothingToVerify,
      }
    case 'nothing':
      return { prepare: nothingToVerify, verify: nothingToVerify }
    case 'carried':
    case 'change': {
      const changed = editOne(plan.facts.projects, random, (project) => changeProject(project, run))
      return {
        prepare: (side) => {
          if (scenario === 'carried') deleteFolders([side.output])
          writeProject(side.format, changed, side.content)
        },
        verify: (side) => {
          refuse(side, faultsOf(changed, pageOf(side, 'projects', changed.id)))
        },
      }
    }
    case 'issue': {
      const changed = editOne(plan.facts.issues, random, (issue) => changeIssue(issue, run))
      const words = changed.body.split(' ', 6).join(' ')
      return {
        prepare: (side) => {
          writeIssue(side.format, changed, side.content)
        },
        verify: (side) => {
          const isShown = pageOf(side, 'issues', changed.id).includes(words)
          refuse(side, isShown ? [] : [`issue ${changed.id} lacks \`${words}\`.`])
        },
      }
    }
    case 'style': {
      const colour = `#${(0x123456 + run).toString(16)}`
      return {
        prepare: (side) => {
          changeStyle(side, colour)
        },
        verify: (side) => {
          refuse(side, isInStyles(side, colour) ? [] : [`no style has \`${colour}\`.`])
        },
      }
    }
    default:
      return scenario satisfies never
  }
}

/** Replaces one of a list by what an edit makes of it. @returns what it has become */
function editOne<Of>(list: Of[], random: () => number, edit: (one: Of) => Of): Of {
  const index = Math.floor(random() * list.length)
  const one = list[index]
  if (one === undefined) throw new Error('There is nothing to edit.')
  const edited = edit(one)
  list[index] = edited
  return edited
}

/** The file is one of a copy; the repository's own stays as it is. */
export function changeStyle({ style: { file, colour } }: Pick<Side, 'style'>, to: string): void {
  const text = readFileSync(file, 'utf8')
  const name = colour.slice(0, colour.lastIndexOf('#'))
  const start = text.indexOf(name)
  if (start === -1) throw new Error(`${file} has no \`${name}\`, which a change of style replaces.`)
  writeFileSync(file, text.slice(0, start) + name + to + text.slice(start + colour.length))
}

function isInStyles({ output }: Side, colour: string): boolean {
  const styles = readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.css'))
  return styles.some((path) => readFileSync(join(output, path), 'utf8').includes(colour))
}

function pageOf(side: Side, kind: string, id: string): string {
  const file = join(side.output, kind, id, 'index.html')
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}

function refuse(side: Side, faults: readonly string[]): void {
  if (faults.length > 0) throw new Error(`The build of ${side.name} does not show what was edited: ${faults.join(' ')}`)
}

/** @returns undefined where the build told nothing, or something else than seconds by name */
export function readPhases(file: string): Record<string, number> | undefined {
  if (!existsSync(file)) return undefined
  const told: unknown = JSON.parse(readFileSync(file, 'utf8'))
  if (typeof told !== 'object' || told === null) return undefined
  const entries = Object.entries(told).filter((entry): entry is [string, number] => typeof entry[1] === 'number')
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
