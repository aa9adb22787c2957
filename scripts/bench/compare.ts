/**
 * `npm run bench -- [--projects N] [--runs R] [--scenarios full,change] [--eleventy] [--json] [--keep]`: our build and Hugo's
 * of the same facts, in turn. docs/performance.md says what is measured and what it is worth.
 */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { ensureHugo } from '../ensure-hugo.mjs'
import { differences, examineSite } from './built-work.ts'
import { measureChecks } from './checks.ts'
import { writeContent } from './content-formats.ts'
import { makeFacts, type Facts } from './facts.ts'
import { isTmpfs, withFolder } from './folder.ts'
import { contentWork, type ContentWork } from './read-back.ts'
import {
  checkRatios,
  machineOf,
  measurementsOf,
  mediansOf,
  ratiosTo,
  textOf,
  type Results,
  type SideResult,
} from './results.ts'
import { runMeasured } from './run-measured.ts'
import { measureScenarios, scenarioNames, startFromNothing, type Plan, type Scenario } from './scenarios.ts'
import { copyRepository, eleventySide, hugoSide, ourSide, type Side } from './sides.ts'

const issues = 150

/** The work differs, so that a ratio would compare two things. */
export class UnequalWork extends Error {}

/** @returns the exit code: 1 where the sides did different work, 2 where it could not be measured */
export async function compare(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      projects: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '5' },
      seed: { type: 'string', default: '42' },
      scenarios: { type: 'string', default: [...scenarioNames, 'check'].join() },
      eleventy: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  })
  const asked = values.scenarios.split(',')
  const scenarios = scenarioNames.filter((name) => asked.includes(name))
  const numbers = [values.projects, values.runs, values.seed].map(Number)
  const isUsage = numbers.every((number) => Number.isSafeInteger(number) && number > 0)
  const known: readonly string[] = [...scenarioNames, 'check']
  if (!isUsage || asked.some((name) => !known.includes(name))) {
    tell(
      `Usage: npm run bench -- [--projects N] [--runs R] [--seed S] [--scenarios ${known.join()}] [--eleventy] [--json] [--keep]`,
    )
    return 2
  }
  const hugo = ensureHugo()
  if (hugo === undefined) return 2

  const [projects = 0, runs = 0, seed = 0] = numbers
  const order = { hugo, projects, runs, seed, scenarios, withEleventy: values.eleventy }
  try {
    const results = await withFolder({ projects, isKept: values.keep }, (folder) =>
      measure({ ...order, folder, withCheck: asked.includes('check') }),
    )
    process.stdout.write(values.json ? `${JSON.stringify(results, null, 2)}\n` : textOf(results))
    return 0
  } catch (error) {
    if (!(error instanceof UnequalWork)) throw error
    tell(error.message)
    return 1
  }
}

interface Order {
  folder: string
  hugo: string
  projects: number
  runs: number
  seed: number
  scenarios: readonly Scenario[]
  withEleventy: boolean
  withCheck: boolean
}

async function measure(order: Order): Promise<Results> {
  const { folder, hugo, projects, runs, seed, scenarios } = order
  const home = resolve(import.meta.dirname, '..', '..')
  const copy = join(folder, 'repository')
  copyRepository(home, copy)
  const ours = ourSide(copy, join(folder, 'ours'))
  const sides = [
    ours,
    hugoSide(home, join(folder, 'hugo'), hugo),
    ...(order.withEleventy ? [eleventySide(home, join(folder, 'eleventy'))] : []),
  ]
  const facts = makeFacts(projects, issues, seed)
  const plan = { sides, facts, scenarios, runs, seed, run: runMeasured, tell }
  const { samples, works } = await measureEqualWork(plan)
  const checks = order.withCheck ? await measureChecks(ours, { ...plan, tell }) : []
  const ratioSpreads = { ...ratiosTo('hugo', samples), ...checkRatios(checks) }
  return {
    ...{ projects, runs, seed },
    machine: machineOf(hugo, isTmpfs(folder)),
    sides: works,
    measurements: measurementsOf(samples, checks),
    ratios: mediansOf(ratioSpreads),
    ratioSpreads,
    ...(order.withEleventy ? { eleventyRatios: mediansOf(ratiosTo('eleventy', samples)) } : {}),
  }
}

/**
 * Hands the same facts to each side, builds once without measuring, holds the sides to the same work, measures, and holds them to it
 * once more: what edits have left must be whole too.
 * @throws UnequalWork
 */
export async function measureEqualWork(
  plan: Plan,
): Promise<{ samples: Awaited<ReturnType<typeof measureScenarios>>; works: Results['sides'] }> {
  const { sides, facts, seed, run } = plan
  for (const side of sides) {
    mkdirSync(side.content, { recursive: true })
    writeContent(side.format, facts, side.content)
    startFromNothing(side)
  }
  holdContentEqual(plan)
  for (const side of sides) await run(side.build)
  const works = holdWorkEqual(plan)
  const samples = await measureScenarios(plan)
  holdContentEqual(plan)
  holdWorkEqual({ sides, facts, seed, tell: () => undefined })
  return { samples, works }
}

/** @throws UnequalWork where what was written for one side says something else than for another */
function holdContentEqual({ sides, facts, tell }: Pick<Plan, 'sides' | 'facts' | 'tell'>): void {
  const expected = contentWork(facts)
  for (const side of sides) {
    const content = contentOf(side)
    tell(
      `${side.name}: ${content.projects} projects, ${content.issues} issues, ${content.claims} claims, ${content.words} words, digest ${content.digest}`,
    )
    if (content.digest !== expected.digest)
      throw new UnequalWork(`The content of ${side.name} says something else than the facts it was made from.`)
  }
}

/** @throws UnequalWork where a site lacks something */
function holdWorkEqual({
  sides,
  facts,
  seed,
  tell,
}: Pick<Plan, 'sides' | 'facts' | 'seed' | 'tell'>): Results['sides'] {
  const works = sides.map((side) => ({ side, name: side.name, work: examineSite(side.output, facts, seed) }))
  for (const { name, work } of works) {
    tell(
      `${name}: ${work.same.projects} pages of projects, ${work.same.issues} of issues, ${work.same.architectures} of architectures, ${work.same.matrix} matrix of ${work.same.matrixRows} rows; ${work.pages} pages with ${work.bytes} bytes, of ${work.files} files with ${work.allBytes} bytes`,
    )
  }
  const found = differences(facts, works)
  if (found.length > 0) throw new UnequalWork(`The work differs:\n${found.slice(0, 20).join('\n')}`)
  return Object.fromEntries(
    works.map(({ side, name, work: { faults: _, ...built } }): [string, SideResult] => [
      name,
      { version: side.version, content: contentOf(side), built },
    ]),
  )
}

function contentOf(side: Side): ContentWork {
  const facts: Facts = side.readContent(side.content)
  return contentWork(facts)
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
