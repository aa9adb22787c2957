/**
 * `npm run bench -- [--projects N] [--runs R] [--evidence-projects N] [--json]`: how long checking,
 * building and ingesting take, on synthetic content from a seed. Measurements are for reading and comparing within one run; no
 * test asserts them. `--stores [--records N]` measures the stores of evidence instead, `npm run bench -- matrix …` the page of
 * the matrix (bench-matrix.ts).
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { benchMatrix } from './bench-matrix.ts'
import { generateContent } from './generate-content.ts'

if (process.argv[2] === 'matrix') {
  await benchMatrix(process.argv.slice(3))
  process.exit()
}

const { values } = parseArgs({
  options: {
    projects: { type: 'string', default: '1000' },
    runs: { type: 'string', default: '5' },
    'evidence-projects': { type: 'string', default: '10000' },
    stores: { type: 'boolean', default: false },
    records: { type: 'string', default: '240000' },
    json: { type: 'boolean', default: false },
  },
})
const projects = Number(values.projects)
const runs = Number(values.runs)
const home = resolve(import.meta.dirname, '..')
if (values.stores) {
  const args = ['--records', values.records, ...(values.json ? ['--json'] : [])]
  const { status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/bench-stores.ts', ...args],
    { cwd: home, stdio: 'inherit' },
  )
  process.exit(status ?? 1)
}
// A disk would be what is measured; memory is not.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'works-on-arm-bench-'))

interface Measurement {
  name: string
  medianSeconds: number
  leastSeconds: number
  mostSeconds: number
  userSeconds: number
  systemSeconds: number
}

try {
  const content = join(folder, 'content')
  const broken = join(folder, 'broken')
  generateContent(projects, content)
  generateContent(projects, broken)
  breakEveryTenth(join(broken, 'projects'))
  const cli = ['src/cli/main.ts', 'check', '--content']
  const measurements = [
    measure('node starts', ['-e', '0']),
    measure(`check ${projects} projects`, [...cli, content]),
    measure(`check ${projects} projects, every tenth broken`, [...cli, broken]),
    measure(`build ${projects} projects`, ['scripts/build.ts'], {
      CONTENT_DIR: content,
      OUT_DIR: join(folder, 'dist'),
      AS_OF: '2026-11-21',
      CI: 'true',
    }),
  ]
  const evidence = measureEvidence()
  if (values.json)
    process.stdout.write(
      `${JSON.stringify({ projects, runs, node: process.version, measurements, evidence }, null, 2)}\n`,
    )
  else {
    printTable(measurements)
    process.stdout.write(
      `\nEvidence, one run:\n${Object.entries(evidence)
        .map(([name, value]) => `  ${name}: ${value}\n`)
        .join('')}`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** A day of results of ten thousand projects, in a process of its own: its peak memory is among the figures. */
function measureEvidence(): Record<string, number> {
  const content = join(folder, 'evidence', 'content')
  generateContent(Number(values['evidence-projects']), content)
  const { stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'scripts/bench-evidence.ts', content],
    { cwd: home, stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' },
  )
  return JSON.parse(stdout) as Record<string, number>
}

/** Runs a program of ours several times, each in a fresh process. */
function measure(name: string, args: string[], environment: Record<string, string> = {}): Measurement {
  const walls: number[] = []
  const users: number[] = []
  const systems: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const children = childrenUsage()
    const start = process.hrtime.bigint()
    spawnSync(process.execPath, args, {
      cwd: home,
      env: { ...process.env, INIT_CWD: home, ...environment },
      stdio: 'ignore',
    })
    walls.push(Number(process.hrtime.bigint() - start) / 1e9)
    const after = childrenUsage()
    users.push(after.user - children.user)
    systems.push(after.system - children.system)
  }
  return {
    name,
    medianSeconds: median(walls),
    leastSeconds: Math.min(...walls),
    mostSeconds: Math.max(...walls),
    userSeconds: median(users),
    systemSeconds: median(systems),
  }
}

/** CPU time of the finished children, where the system tells it. */
function childrenUsage(): { user: number; system: number } {
  const file = '/proc/self/stat'
  if (!existsSync(file)) return { user: Number.NaN, system: Number.NaN }
  // Fields after the command name, which may hold spaces: cutime and cstime are the 16th and 17th field of all.
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  const ticksPerSecond = 100
  return { user: Number(fields[13]) / ticksPerSecond, system: Number(fields[14]) / ticksPerSecond }
}

function breakEveryTenth(folder: string): void {
  readdirSync(folder).forEach((name, index) => {
    if (index % 10 !== 0) return
    const file = join(folder, name)
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^summary:/m, 'sumary:'))
  })
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function printTable(measurements: readonly Measurement[]): void {
  const rows = measurements.map(({ name, medianSeconds, leastSeconds, mostSeconds, userSeconds, systemSeconds }) => [
    name,
    medianSeconds.toFixed(2),
    `${leastSeconds.toFixed(2)}–${mostSeconds.toFixed(2)}`,
    userSeconds.toFixed(2),
    systemSeconds.toFixed(2),
  ])
  const table = [['', 'wall s', 'spread', 'user s', 'system s'], ...rows]
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table) {
    process.stdout.write(
      `${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ')}\n`,
    )
  }
  process.stdout.write(`Node ${process.version}, ${runs} runs each, medians.\n`)
}
