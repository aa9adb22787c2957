/** What was measured, as one object for programs and as tables for people. */
import { cpus, totalmem } from 'node:os'
import process from 'node:process'
import type { BuiltWork } from './built-work.ts'
import type { ContentWork } from './read-back.ts'
import { meaningOfScenario, type Sample, type Scenario } from './scenarios.ts'
import type { SideName } from './sides.ts'
import { pairRatios, spreadOf, type Spread } from './statistics.ts'

/** The kinds of cost, and the field of a sample that has it. */
const measures = { wall: 'wallSeconds', cpu: 'cpuSeconds', memory: 'peakMegabytes' } as const
type Measure = keyof typeof measures

export interface Machine {
  cpu: string
  cores: number
  memoryGigabytes: number
  /** Whether everything that was written was written into memory. */
  isTmpfs: boolean
  node: string
  hugo: string
}

export interface SideResult {
  version: string
  content: ContentWork
  built: Omit<BuiltWork, 'faults'>
}

export interface Measurement {
  scenario: string
  side: SideName
  wall: Spread
  cpu: Spread
  memory: Spread
  /** Medians of the seconds of each phase. */
  phases?: Record<string, number>
}

export interface Results {
  projects: number
  runs: number
  seed: number
  machine: Machine
  sides: Partial<Record<SideName, SideResult>>
  measurements: Measurement[]
  /** Ours divided by Hugo's, the median of the pairs: `full.wall`. Of `check.*`: divided by our own cold check. */
  ratios: Record<string, number>
  /** How far the pairs lie apart. */
  ratioSpreads: Record<string, Spread>
  /** The same against Eleventy, where it was asked for. */
  eleventyRatios?: Record<string, number>
}

export interface CheckSample {
  kind: 'cold' | 'nothing' | 'changed'
  wallSeconds: number
  cpuSeconds: number
  peakMegabytes: number
}

export function machineOf(hugo: string, isTmpfs: boolean): Machine {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    isTmpfs,
    node: process.version,
    hugo,
  }
}

/** Medians of each scenario on each side, in the order in which they were measured. */
export function measurementsOf(samples: readonly Sample[], checks: readonly CheckSample[]): Measurement[] {
  const builds = [...Map.groupBy(samples, ({ scenario, side }) => `${scenario} ${side}`).values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const phases = phasesOf(group)
    return [
      { scenario: first.scenario, side: first.side, ...spreads(group), ...(phases === undefined ? {} : { phases }) },
    ]
  })
  const ofChecks = [...Map.groupBy(checks, ({ kind }) => kind)].map(([kind, group]) => ({
    scenario: `check.${kind}`,
    side: 'ours' as const,
    ...spreads(group),
  }))
  return [...builds, ...ofChecks]
}

/** Pair by pair: run by run ours divided by the other side's. */
export function ratiosTo(other: SideName, samples: readonly Sample[]): Record<string, Spread> {
  const found: Record<string, Spread> = {}
  for (const scenario of new Set(samples.map((sample) => sample.scenario))) {
    const of = (side: SideName) => samples.filter((sample) => sample.side === side && sample.scenario === scenario)
    const [ours, theirs] = [of('ours'), of(other)]
    for (const [measure, field] of Object.entries(measures)) {
      found[`${scenario}.${measure}`] = ratio(
        ours.map((sample) => sample[field]),
        theirs.map((sample) => sample[field]),
      )
    }
    // Pages that both make, without what we write beside them; and that by itself, beside the pages.
    for (const [measure, field, ending] of [
      ['wall', 'wallSeconds', ''],
      ['cpu', 'cpuSeconds', '.cpu'],
    ] as const) {
      const pages = secondsOf(ours, pagePhases, ending)
      if (pages.length !== theirs.length || pages.length === 0) continue
      found[`${scenario}.pages.${measure}`] = ratio(
        pages,
        theirs.map((sample) => sample[field]),
      )
      const beside = secondsOf(ours, phasesBeside, ending)
      if (beside.length === pages.length) found[`${scenario}.beside.${measure}`] = ratio(beside, pages)
    }
  }
  return found
}

/**
 * Phases of a build without which there would be no page, and that of what stands beside pages: by the clock it is what a build takes
 * when its pages are written, since another thread has begun with it before.
 */
const pagePhases = ['start', 'check', 'pages', 'move'] as const
const phasesBeside = ['outputs'] as const

/** The phases together, of each sample that tells of the pages. */
function secondsOf(samples: readonly Sample[], names: readonly string[], ending: string): number[] {
  return samples.flatMap(({ phases }) =>
    phases?.[`pages${ending}`] === undefined
      ? []
      : [names.reduce((sum, name) => sum + (phases[`${name}${ending}`] ?? 0), 0)],
  )
}

/** What remains of the cold check, by the clock. */
export function checkRatios(checks: readonly CheckSample[]): Record<string, Spread> {
  const of = (kind: CheckSample['kind']) =>
    checks.filter((sample) => sample.kind === kind).map(({ wallSeconds }) => wallSeconds)
  if (checks.length === 0) return {}
  return { 'check.nothing': ratio(of('nothing'), of('cold')), 'check.changed': ratio(of('changed'), of('cold')) }
}

export function mediansOf(spreads: Record<string, Spread>): Record<string, number> {
  return Object.fromEntries(Object.entries(spreads).map(([name, { median }]) => [name, median]))
}

function ratio(ours: readonly number[], theirs: readonly number[]): Spread {
  return spreadOf(pairRatios(ours, theirs))
}

function spreads(group: readonly Record<(typeof measures)[Measure], number>[]): Record<Measure, Spread> {
  const of = (measure: Measure) => spreadOf(group.map((sample) => sample[measures[measure]]))
  return { wall: of('wall'), cpu: of('cpu'), memory: of('memory') }
}

function phasesOf(group: readonly Sample[]): Record<string, number> | undefined {
  const told = group.flatMap(({ phases }) => (phases === undefined ? [] : [phases]))
  if (told.length === 0) return undefined
  const names = [...new Set(told.flatMap((phases) => Object.keys(phases)))]
  return Object.fromEntries(names.map((name) => [name, spreadOf(told.flatMap((phases) => phases[name] ?? [])).median]))
}

/** Rows of cells; the first row is the head. */
export function tablesOf(results: Results): { costs: string[][]; ratios: string[][] } {
  const costs = results.measurements.map(({ scenario, side, wall, cpu, memory }) => [
    scenario,
    side,
    inWords(wall, 2),
    inWords(cpu, 2),
    inWords(memory, 0),
  ])
  const ratios = Object.entries(results.ratioSpreads).map(([name, spread]) => [name, inWords(spread, 2)])
  return {
    costs: [['scenario', 'side', 'wall s', 'CPU s', 'peak MB'], ...costs],
    ratios: [['ours : Hugo, pair by pair', 'median (least–most)'], ...ratios],
  }
}

export function textOf(results: Results): string {
  const { costs, ratios } = tablesOf(results)
  const scenarios = [...new Set(results.measurements.map(({ scenario }) => scenario))].flatMap((name) =>
    name in meaningOfScenario ? [`  ${name}: ${meaningOfScenario[name as Scenario]}`] : [],
  )
  return `${[aligned(costs), aligned(ratios), scenarios.join('\n'), sentenceOf(results)].join('\n\n')}\n`
}

/**
 * For the summary of a job. What the machine says of itself is shown without a character that means something in
 * Markdown or HTML; all else is numbers and words of ours.
 */
export function markdownOf(results: Results): string {
  const { costs, ratios } = tablesOf(results)
  const rows = (table: string[][]) =>
    table
      .map((row, index) => `| ${row.map(plain).join(' | ')} |${index === 0 ? `\n|${' --- |'.repeat(row.length)}` : ''}`)
      .join('\n')
  return `## Benchmark\n\n${plain(sentenceOf(results))}\n\n${rows(ratios)}\n\n${rows(costs)}\n`
}

function sentenceOf({ projects, runs, seed, machine }: Results): string {
  const where = machine.isTmpfs ? 'a tmpfs' : 'a disk'
  return `${projects} projects from seed ${seed}, ${runs} runs each on ${where}, medians (least–most); ${machine.cores} cores of ${machine.cpu}, ${machine.memoryGigabytes} GB, Node.js ${machine.node}, Hugo ${machine.hugo}.`
}

function inWords({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:;()+–-]/gu, ' ').slice(0, 400)
}

function aligned(table: string[][]): string {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  return table
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
