/** Whether a store can be written: tried at most every few seconds, whoever asks. */
export class StoreHealth {
  private readonly probe: () => Promise<void>
  private readonly clock: () => number
  private readonly milliseconds: number
  private tried: { at: number; answer: Promise<boolean> } | undefined

  /**
   * @param probe        rejects where the store cannot be written
   * @param milliseconds how long an answer holds, and how long it may take
   */
  constructor(probe: () => Promise<void>, clock: () => number, milliseconds: number) {
    this.probe = probe
    this.clock = clock
    this.milliseconds = milliseconds
  }

  async canWrite(): Promise<boolean> {
    const now = this.clock()
    if (!this.tried || Math.abs(now - this.tried.at) >= this.milliseconds) this.tried = { at: now, answer: this.try() }
    return await this.tried.answer
  }

  private async try(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(resolve, this.milliseconds, false)
    })
    try {
      const written = this.probe().then(() => true)
      return await Promise.race([written, late])
    } catch {
      return false
    } finally {
      clearTimeout(timer)
    }
  }
}
