/** What a receiver tells its operator: one JSON object a line, without secrets, signatures, tokens and bodies. */
import type { IncomingMessage } from 'node:http'

export type LogLevel = 'info' | 'warning' | 'error'

export interface LogEntry {
  level: LogLevel
  /** What happened: `request`, `listening`, `store-failed`. */
  event: string
  [key: string]: string | number | boolean | undefined
}

export type Log = (entry: LogEntry) => void

/** What came of a request. */
export interface Outcome {
  status: number
  outcome: string
  added?: number
}

/** @param clock milliseconds since 1970 */
export function jsonLog(write: (line: string) => void, clock: () => number): Log {
  return (entry) => {
    write(`${JSON.stringify({ time: new Date(clock()).toISOString(), ...entry })}\n`)
  }
}

/** What is said of a request that is answered. */
export function entryOf(
  request: IncomingMessage,
  id: string,
  route: string,
  outcome: Outcome,
  startedAt: number,
): LogEntry {
  const { status } = outcome
  return {
    level: status < 400 ? 'info' : status < 500 ? 'warning' : 'error',
    event: 'request',
    request: id,
    delivery: deliveryOf(request),
    method: request.method,
    route,
    address: request.socket.remoteAddress,
    ...outcome,
    milliseconds: Math.round((performance.now() - startedAt) * 10) / 10,
  }
}

const deliveryHeaders = ['x-github-delivery', 'webhook-id', 'x-gitlab-event-uuid'] as const

/** The sender's own name for a delivery, by which it can be found in its log too. */
function deliveryOf({ headers }: IncomingMessage): string | undefined {
  const name = deliveryHeaders.map((header) => headers[header]).find((value) => typeof value === 'string')
  return typeof name === 'string' && /^[\w.-]{1,100}$/.test(name) ? name : undefined
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
