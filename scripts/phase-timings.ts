/**
 * How long each phase of a build takes, for whoever measures it: BUILD_TIMINGS names the file. `pages` are seconds by the clock,
 * `pages.cpu` seconds of processor time of the main thread, with that of other processes that ended in it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'

export class PhaseTimings {
  private readonly seconds: Record<string, number> = {}
  private readonly ofThreads: Record<string, number> = {}
  private current: { name: string; start: number; cpuStart: number }

  /** What came before, since the process began, is the phase `start`. */
  constructor() {
    this.current = { name: 'start', start: 0, cpuStart: 0 }
  }

  begin(name: string): void {
    this.finish()
    this.current = { name, start: performance.now(), cpuStart: cpuSeconds() }
  }

  /** Adds the processor time of a thread that worked for a phase, which has begun. */
  add(name: string, cpuSeconds: number): void {
    this.ofThreads[name] = (this.ofThreads[name] ?? 0) + cpuSeconds
  }

  /** @param file where the seconds of each phase go, as JSON; nowhere without it */
  end(file: string | undefined): void {
    this.finish()
    if (file) writeFileSync(file, `${JSON.stringify(this.seconds, null, 2)}\n`)
  }

  private finish(): void {
    const { name, start, cpuStart } = this.current
    this.seconds[name] = (performance.now() - start) / 1000
    this.seconds[`${name}.cpu`] = cpuSeconds() - cpuStart + (this.ofThreads[name] ?? 0)
  }
}

function cpuSeconds(): number {
  return threadSeconds() + childrenSeconds()
}

/** Processor time of this thread; of the whole process where Node.js is older than 22.19. */
export function threadSeconds(): number {
  // The types are those of a newer one.
  const { user, system } = (process as Partial<NodeJS.Process>).threadCpuUsage?.() ?? process.cpuUsage()
  return (user + system) / 1e6
}

/** Processor time of the children of this process that have ended, in clock ticks of 10 ms; NaN where there is no /proc. */
export function childrenSeconds(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return Number.NaN
  }
}
