/**
 * What a receiver does with a hint: it asks the provider for the run, where somebody gave it a token. What the
 * API answers outweighs what a webhook says, and knows what started the run.
 */
import { toInstant } from '#domain/clock.ts'
import { pullRun } from '#hooks/pull.ts'
import { addressOf, isPullProvider, pullProviders, type PullProvider } from '#hooks/pull-address.ts'
import { apiClient } from '#hooks/pull-client.ts'
import type { Hint } from '#hooks/receive-hints.ts'
import type { Log } from '#hooks/receive-log.ts'
import type { KnownRegistrations } from '#hooks/receive-server.ts'
import type { EvidenceStore } from '#store/evidence-store.ts'
import { CannotRun, type World } from './world.ts'

/** GitHub keeps runs for 400 days; a hint is about one of them, however old it is. */
const oldestRunMilliseconds = 400 * 86_400_000

export interface LookUp {
  /** Those that there is a token for. */
  providers: readonly PullProvider[]
  hint: Hint
}

interface LookingUp {
  registrations: () => KnownRegistrations
  store: EvidenceStore
  /** Milliseconds since 1970. */
  clock: () => number
  log: Log
}

/** Undefined where the environment holds no token: then a webhook itself is the evidence. */
export function lookUpOf(
  environment: World['environment'],
  { registrations, store, clock, log }: LookingUp,
): LookUp | undefined {
  const clients = new Map(
    pullProviders.flatMap((provider) => {
      const { address, fault } = addressOf(provider, environment)
      if (!address) throw new CannotRun(fault)
      return address.token === undefined ? [] : [[provider, apiClient(address)] as const]
    }),
  )
  if (clients.size === 0) return undefined
  return {
    providers: [...clients.keys()],
    hint: async ({ provider, repository, runId }, signal) => {
      if (!isPullProvider(provider)) return
      const now = clock()
      const known = registrations()
      if (known.isGone === true) throw new Error('the content folder is not there')
      const found = await pullRun(
        { provider, repository, runId },
        {
          ...known,
          // What is read again is recorded once.
          evidence: new Map(),
          now: toInstant(now),
          since: toInstant(now - oldestRunMilliseconds),
        },
        clients,
      )
      // Nobody waits for it any more, or the store is about to be closed.
      if (signal.aborted) return
      const { added } = await store.append(found.evidence)
      log({
        level: found.problems.length > 0 ? 'warning' : 'info',
        event: 'looked-up',
        provider,
        repository,
        run: runId,
        read: found.read,
        added: added.length,
        unfinished: found.unfinished,
        ...(found.problems[0] ? { code: found.problems[0].code, reason: found.problems[0].reason } : {}),
      })
    },
  }
}
