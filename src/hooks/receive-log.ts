/** What a receiver tells its operator: one JSON object a line, without secrets, signatures, tokens and bodies. */

export type LogLevel = 'info' | 'warning' | 'error'

export interface LogEntry {
  level: LogLevel
  /** What happened: `request`, `listening`, `store-failed`. */
  event: string
  [key: string]: string | number | boolean | undefined
}

export type Log = (entry: LogEntry) => void

/** @param clock milliseconds since 1970 */
export function jsonLog(write: (line: string) => void, clock: () => number): Log {
  return (entry) => {
    write(`${JSON.stringify({ time: new Date(clock()).toISOString(), ...entry })}\n`)
  }
}

/**
 * A log that does not grow with what strangers send: of the entries that it is asked about, so many
 * a second, and then how many it left out.
 */
export class QuietLog {
  private readonly log: Log
  private readonly clock: () => number
  private readonly perSecond: number
  private second = 0
  private told = 0
  private leftOut = 0

  constructor(log: Log, clock: () => number, perSecond: number) {
    this.log = log
    this.clock = clock
    this.perSecond = perSecond
  }

  tell(entry: LogEntry): void {
    const second = Math.floor(this.clock() / 1000)
    if (second !== this.second) {
      this.second = second
      this.told = 0
    }
    if (this.told >= this.perSecond) {
      this.leftOut += 1
      return
    }
    this.told += 1
    this.log(this.leftOut > 0 ? { ...entry, leftOut: this.leftOut } : entry)
    this.leftOut = 0
  }
}
