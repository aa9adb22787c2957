/** Asks the REST API of GitHub or GitLab, with patience that has an end. */
import { Octokit } from '@octokit/core'
import { retry } from '@octokit/plugin-retry'
import { throttling } from '@octokit/plugin-throttling'
import { toInstant } from '#domain/clock.ts'
import type { ApiAddress } from './pull-address.ts'
import { guardedFetch, usualPullLimits, type Exchange, type Fault, type PullLimits } from './pull-fetch.ts'

/** Why there is no answer. */
export type Failure =
  | Fault
  /** The API has no such thing, or not for whoever asks. */
  | { kind: 'missing' }
  /** The token is none that the API knows. */
  | { kind: 'token' }
  | { kind: 'refused'; status: number }
  /** Asked too often: it may be asked again at an instant. */
  | { kind: 'limited'; until: string }
  /** Asked several times, and nothing came that can be used. */
  | { kind: 'unreachable'; why: string }

export interface ApiAnswer {
  kind: 'answer'
  json: unknown
  header: (name: string) => string | null
}

export interface ApiClient {
  readonly address: ApiAddress
  /** Questions so far, those that were asked again included. */
  readonly calls: number
  /**
   * Asks for one thing. Never throws.
   * @param path       `/repos/{owner}/{repo}`; what stands in braces comes from the parameters, encoded
   * @param parameters what is in no brace becomes the query
   */
  ask(path: string, parameters?: Readonly<Record<string, string | number>>): Promise<ApiAnswer | Failure>
}

const PullOctokit = Octokit.plugin(retry, throttling)
const ignore = () => undefined
// Otherwise Octokit would put on the console what a server says of itself.
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }

const headers = {
  // GitHub keeps this version until March 2028 at least: https://github.blog/changelog/2026-03-12-rest-api-version-2026-03-10-is-now-available
  'github-actions': { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' },
  gitlab: { accept: 'application/json' },
} as const

/** One client serves one run of a command: what it has waited is counted. */
export function apiClient(address: ApiAddress, limits: PullLimits = usualPullLimits): ApiClient {
  let calls = 0
  let waited = 0
  let refusedWait: number | undefined
  const mayWait = (seconds: number): boolean => {
    if (seconds > limits.waitSeconds || waited + seconds > limits.totalWaitSeconds) {
      refusedWait = seconds
      return false
    }
    waited += seconds
    return true
  }
  const octokit = new PullOctokit({
    baseUrl: address.base.href.replace(/\/$/, ''),
    userAgent: 'works-on-arm',
    log: silent,
    // The throttling plugin answers for 429, which the retry plugin would ask again too soon.
    retry: {
      doNotRetry: [400, 401, 403, 404, 410, 413, 422, 429, 451],
      retryAfterBaseValue: limits.secondMilliseconds,
    },
    throttle: {
      id: address.base.origin,
      retryAfterBaseValue: limits.secondMilliseconds,
      // Every limit comes in the words of the other one: see `guardedFetch`.
      onRateLimit: () => false,
      onSecondaryRateLimit: mayWait,
    },
  })

  return {
    address,
    get calls() {
      return calls
    },
    async ask(path, parameters = {}) {
      const exchange: Exchange = {
        status: undefined,
        headers: undefined,
        json: undefined,
        fault: undefined,
        why: undefined,
      }
      refusedWait = undefined
      const count = () => {
        calls += 1
      }
      try {
        await octokit.request(`GET ${path}`, {
          ...parameters,
          headers: headers[address.provider],
          request: { fetch: guardedFetch(address, limits, exchange, count), log: silent },
        })
      } catch {
        // What went wrong stands in the exchange; the error of Octokit may repeat what the server says.
        return failureOf(exchange, refusedWait)
      }
      const { json, headers: said } = exchange
      return { kind: 'answer', json, header: (name) => said?.get(name) ?? null }
    },
  }
}

export function isFailure<T extends { kind: string }>(value: T | Failure): value is Failure {
  return failureKinds.has(value.kind)
}

const failureKinds: ReadonlySet<string> = new Set<Failure['kind']>([
  'elsewhere',
  'too-large',
  'unfit',
  'missing',
  'token',
  'refused',
  'limited',
  'unreachable',
])

function failureOf({ fault, status, why }: Exchange, refusedWait: number | undefined): Failure {
  if (fault) return fault
  if (refusedWait !== undefined) return { kind: 'limited', until: toInstant(Date.now() + refusedWait * 1000) }
  if (status === undefined) return { kind: 'unreachable', why: why ?? 'no answer' }
  if (status === 401) return { kind: 'token' }
  if (status === 404) return { kind: 'missing' }
  return status < 500 ? { kind: 'refused', status } : { kind: 'unreachable', why: `it answers ${status}` }
}
