/**
 * Runs that a webhook has pointed to, and that are looked up at their provider. Nobody waits for
 * it: the queue is bounded, knows a run once, and gives a run some seconds, in which the webhooks
 * of its other jobs come.
 */
export interface HintedRun {
  /** CI system: `github-actions`, `gitlab`. */
  provider: string
  repository: string
  runId: string
}

/**
 * Looks one run up, and keeps what it finds.
 * @param signal when nobody waits for it any more
 */
export type Hint = (run: HintedRun, signal: AbortSignal) => void | Promise<void>

export interface HintLimits {
  waiting: number
  /** How long a run may be looked up. */
  lookUpMilliseconds: number
  /** How long a run waits for its other jobs. */
  settleMilliseconds: number
}

export class HintQueue {
  private readonly hint: Hint
  private readonly limits: HintLimits
  private readonly onFailure: (run: HintedRun, error: unknown) => void
  private readonly runs = new Map<string, HintedRun>()
  private timer: NodeJS.Timeout | undefined
  private working: Promise<void> | undefined
  private readonly stopped = new AbortController()

  constructor(hint: Hint, limits: HintLimits, onFailure: (run: HintedRun, error: unknown) => void) {
    this.hint = hint
    this.limits = limits
    this.onFailure = onFailure
  }

  /** How many runs wait to be looked up. */
  get waiting(): number {
    return this.runs.size
  }

  /** Notes a run. False where too many wait already. */
  add(run: HintedRun): boolean {
    const key = JSON.stringify([run.provider, run.repository, run.runId])
    if (this.runs.has(key)) return true
    if (this.isStopped || this.runs.size >= this.limits.waiting) return false
    this.runs.set(key, run)
    this.schedule()
    return true
  }

  private get isStopped(): boolean {
    return this.stopped.signal.aborted
  }

  /** Ends. What is not looked up by now is left to the next `pull`. */
  async stop(): Promise<void> {
    this.stopped.abort()
    clearTimeout(this.timer)
    this.runs.clear()
    await this.working
  }

  private schedule(): void {
    if (this.timer || this.working || this.isStopped) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.working = this.work().finally(() => {
        this.working = undefined
        if (this.runs.size > 0) this.schedule()
      })
    }, this.limits.settleMilliseconds)
  }

  /** Those that wait now, one after the other. What comes meanwhile waits its own time. */
  private async work(): Promise<void> {
    for (const [key, run] of [...this.runs]) {
      if (this.isStopped) return
      this.runs.delete(key)
      try {
        await this.lookUp(run)
      } catch (error) {
        if (!this.isStopped) this.onFailure(run, error)
      }
    }
  }

  /** Whether it heeds its signal or not, nothing waits for it longer than it may take. */
  private async lookUp(run: HintedRun): Promise<void> {
    const signal = AbortSignal.any([this.stopped.signal, AbortSignal.timeout(this.limits.lookUpMilliseconds)])
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(new Error('it took too long', { cause: signal.reason }))
      })
    })
    await Promise.race([this.hint(run, signal), ended])
  }
}
