/** How long each phase of a build takes, for whoever measures it: BUILD_TIMINGS names the file. */
import { writeFileSync } from 'node:fs'

export class PhaseTimings {
  private readonly seconds: Record<string, number> = {}
  private current: { name: string; start: number } | undefined

  begin(name: string): void {
    this.finish()
    this.current = { name, start: performance.now() }
  }

  /** @param file where the seconds of each phase go, as JSON; nowhere without it */
  end(file: string | undefined): void {
    this.finish()
    if (file) writeFileSync(file, `${JSON.stringify(this.seconds, null, 2)}\n`)
  }

  private finish(): void {
    if (this.current) this.seconds[this.current.name] = (performance.now() - this.current.start) / 1000
    this.current = undefined
  }
}
