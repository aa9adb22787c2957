/** How long each phase of a build takes, for whoever measures it: BUILD_TIMINGS names the file. */
import { writeFileSync } from 'node:fs'

interface Phase {
  name: string
  /** Since the process began. */
  startSeconds: number
  wallSeconds: number
  /** User and system time of this process, its threads included. */
  cpuSeconds: number
}

export class PhaseTimings {
  private readonly phases: Phase[] = []
  private current: { name: string; start: number; cpu: number } | undefined

  begin(name: string): void {
    this.finish()
    this.current = { name, start: performance.now() / 1000, cpu: cpuSeconds() }
  }

  /** @param file where the figures go, as JSON; nowhere without it */
  end(file: string | undefined): void {
    this.finish()
    if (file) writeFileSync(file, `${JSON.stringify(this.phases, null, 2)}\n`)
  }

  private finish(): void {
    if (!this.current) return
    const { name, start, cpu } = this.current
    const now = performance.now() / 1000
    this.phases.push({ name, startSeconds: start, wallSeconds: now - start, cpuSeconds: cpuSeconds() - cpu })
    this.current = undefined
  }
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}
