/** How much a receiver takes upon itself. */
import type { CommitLimits } from './receive-commit.ts'
import type { HintLimits } from './receive-hints.ts'
import type { IntakeLimits } from './receive-intake.ts'

export interface ReceiverLimits {
  intake: IntakeLimits
  commit: CommitLimits
  hints: HintLimits
  /** Requests that are answered at a time. */
  running: number
  /** From the first byte of a connection, or of its next request, to the end of the headers. */
  headersMilliseconds: number
  /** To the end of the body. */
  requestMilliseconds: number
  /** How often these two are looked at. */
  checkMilliseconds: number
  /** Until a connection without a request is closed. */
  idleMilliseconds: number
  /** Until a sender is told to come again: GitHub and GitLab wait ten seconds. */
  answerMilliseconds: number
  /** How long a store that can be written is believed to be one, and one that has just failed to be none. */
  probeMilliseconds: number
  /** How long requests may go on coming when the receiver is stopped. */
  partMilliseconds: number
  /** How long those that have come may take to be answered then. */
  stopMilliseconds: number
  /** Lines about refused requests. */
  refusalLinesPerSecond: number
  /** Lines about a store that fails, and other troubles of our own. */
  troubleLinesPerSecond: number
}

export const usualLimits: ReceiverLimits = {
  intake: { connections: 512, bytes: 64 * 1024 * 1024 },
  commit: { waiting: 1000, together: 200 },
  hints: { waiting: 1000, lookUpMilliseconds: 120_000, settleMilliseconds: 10_000 },
  running: 1024,
  headersMilliseconds: 10_000,
  requestMilliseconds: 20_000,
  checkMilliseconds: 1000,
  idleMilliseconds: 5000,
  answerMilliseconds: 9000,
  probeMilliseconds: 5000,
  partMilliseconds: 2000,
  stopMilliseconds: 15_000,
  refusalLinesPerSecond: 20,
  troubleLinesPerSecond: 5,
}

export function limitsOf(changes: Partial<ReceiverLimits> = {}): ReceiverLimits {
  return { ...usualLimits, ...changes }
}
