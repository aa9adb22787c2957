/**
 * `npm run bench -- check [--projects N] [--runs R] [--json]`: what checking costs alone; `npm run bench -- evidence
 * [--projects N] [--json]`: a day of results read, kept and derived (bench-evidence.ts).
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { generateContent } from '../generate-content.ts'
import { measureChecks } from './checks.ts'
import { writeContent } from './content-formats.ts'
import { makeFacts } from './facts.ts'
import { withFolder } from './folder.ts'
import { checkRatios, mediansOf } from './results.ts'
import { runMeasured, type Command } from './run-measured.ts'
import { copyRepository, ourCheck, ourSide } from './sides.ts'
import { spreadOf } from './statistics.ts'

const home = resolve(import.meta.dirname, '..', '..')

export async function benchCheck(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      projects: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
    },
  })
  const [projects, runs] = [Number(values.projects), Number(values.runs)]
  await withFolder({ projects }, async (folder) => {
    copyRepository(home, join(folder, 'repository'))
    const side = ourSide(join(folder, 'repository'), join(folder, 'ours'))
    const facts = makeFacts(projects, 150, 42)
    mkdirSync(side.content, { recursive: true })
    writeContent(side.format, facts, side.content)
    const broken = `${side.content}-broken`
    cpSync(side.content, broken, { recursive: true })
    breakEveryTenth(join(broken, 'projects'))

    const starts = await several(runs, { ...ourCheck(side), args: ['-e', '0'] })
    const checks = await measureChecks(side, { facts, runs, run: runMeasured, tell })
    const ofBroken = await several(runs, { ...ourCheck({ ...side, content: broken }), accepted: [1] })
    const rows = [
      ...starts.map((cost) => ({ kind: 'node starts', ...cost })),
      ...checks.map(({ kind, ...cost }) => ({ kind: `check, ${kind}`, ...cost })),
      ...ofBroken.map((cost) => ({ kind: 'check, every tenth broken', ...cost })),
    ]
    const measurements = [...Map.groupBy(rows, ({ kind }) => kind)].map(([name, group]) => ({
      name,
      wall: spreadOf(group.map(({ wallSeconds }) => wallSeconds)),
      cpu: spreadOf(group.map(({ cpuSeconds }) => cpuSeconds)),
      memory: spreadOf(group.map(({ peakMegabytes }) => peakMegabytes)),
    }))
    const ratios = mediansOf(checkRatios(checks))
    if (values.json) print(JSON.stringify({ projects, runs, node: process.version, measurements, ratios }, null, 2))
    else {
      for (const { name, wall, cpu, memory } of measurements)
        print(
          `${name.padEnd(28)}${wall.median.toFixed(2)} s (${wall.least.toFixed(2)}–${wall.most.toFixed(2)}), CPU ${cpu.median.toFixed(2)} s, ${memory.median.toFixed(0)} MB`,
        )
      print(`${projects} projects, Node.js ${process.version}, ${runs} runs each, medians.`)
    }
  })
}

/** A day of results of ten thousand projects, in a process of its own: its peak memory is among the figures. */
export async function benchEvidence(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { projects: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
  })
  await withFolder({ projects: Number(values.projects) }, (folder) => {
    const content = join(folder, 'content')
    generateContent(Number(values.projects), content)
    const { stdout, status } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'scripts/bench-evidence.ts', content],
      { cwd: home, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
    )
    if (status !== 0) throw new Error('Evidence was not measured.')
    const figures = JSON.parse(stdout) as Record<string, number>
    if (values.json) print(JSON.stringify(figures, null, 2))
    else for (const [name, value] of Object.entries(figures)) print(`${name}: ${value}`)
    return Promise.resolve()
  })
}

async function several(runs: number, command: Command): Promise<Awaited<ReturnType<typeof runMeasured>>[]> {
  const costs = []
  for (let run = 0; run < runs; run += 1) costs.push(await runMeasured(command))
  return costs
}

function breakEveryTenth(folder: string): void {
  readdirSync(folder).forEach((name, index) => {
    if (index % 10 !== 0) return
    const file = join(folder, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^summary:/m, 'sumary:'))
  })
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}
