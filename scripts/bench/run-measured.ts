/** Runs a program once and says what it cost: by the clock, in processor time, and in memory at its peak. */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import { childrenSeconds } from '../phase-timings.ts'

export interface Command {
  program: string
  args: readonly string[]
  directory: string
  environment: Readonly<Record<string, string>>
  /** Exit codes that are no failure, beside 0. */
  accepted?: readonly number[]
}

export interface Cost {
  wallSeconds: number
  /** User and system time of the program and of all children that were waited for; clock ticks of 10 ms. */
  cpuSeconds: number
  /**
   * The most that the resident sets of all processes of its group came to at one of the looks, 50 ms apart. What two processes share
   * counts twice. At least the highest that the system has noted for one of them.
   */
  peakMegabytes: number
}

const lookEveryMs = 50
const running = new Set<number>()

/** @throws where the program fails; its last words are part of the message */
export async function runMeasured({ program, args, directory, environment, accepted = [] }: Command): Promise<Cost> {
  const before = childrenSeconds()
  const start = process.hrtime.bigint()
  const child = spawn(program, args, {
    cwd: directory,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: its processes are told by it, and ended by it.
    detached: true,
  })
  const { pid } = child
  if (pid !== undefined) running.add(pid)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2000)
    })
  let peakKilobytes = 0
  const look = () => {
    peakKilobytes = Math.max(peakKilobytes, groupKilobytes(pid ?? -1))
  }
  const timer = setInterval(look, lookEveryMs)
  look()
  let wallSeconds = Number.NaN
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => {
      wallSeconds = Number(process.hrtime.bigint() - start) / 1e9
      // What a build leaves running is neither waited for nor there when the next one starts.
      if (pid !== undefined) endGroup(pid)
    })
    child.once('close', resolve)
  }).finally(() => {
    clearInterval(timer)
    if (pid !== undefined) running.delete(pid)
  })
  if (status === null || ![0, ...accepted].includes(status))
    throw new Error(`${program} ${args.join(' ')} failed:\n${said.trim()}`)
  return { wallSeconds, cpuSeconds: childrenSeconds() - before, peakMegabytes: peakKilobytes / 1024 }
}

/** Ends what was started and still runs. */
export function endRunning(): void {
  for (const pid of running) endGroup(pid)
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL')
  } catch {
    // All of it has ended by itself.
  }
}

function groupKilobytes(group: number): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN
  let sum = 0
  let highest = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name) || Number(statOf(name)?.[2]) !== group) continue
    const status = textOf(`/proc/${name}/status`)
    sum += Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
    highest = Math.max(highest, Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1] ?? 0))
  }
  return Math.max(sum, highest)
}

/** Fields of a process after its name, which may hold spaces: its state is the first, its group the third. */
function statOf(name: string): string[] | undefined {
  const text = textOf(`/proc/${name}/stat`)
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

/** Nothing where the process has ended meanwhile. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
