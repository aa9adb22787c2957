/**
 * One question to an API over the network: in a bounded time and size, with the token for its own host
 * alone, and passed on within that host alone. The plugins of Octokit decide what is asked again.
 */
import { parseDocument } from '#ingest/document.ts'
import type { ApiAddress } from './pull-address.ts'

export interface PullLimits {
  /** For one try, body included. */
  timeoutMilliseconds: number
  maximumBytes: number
  /** The longest wait that an API may ask for; beyond it the API is left alone. */
  waitSeconds: number
  /** All waits of one run together. */
  totalWaitSeconds: number
  /** How long a second of waiting takes. */
  secondMilliseconds: number
}

export const usualPullLimits: PullLimits = {
  timeoutMilliseconds: 30_000,
  maximumBytes: 16 * 1024 * 1024,
  // GitHub's secondary limit asks for a minute where it says nothing else.
  waitSeconds: 90,
  totalWaitSeconds: 300,
  secondMilliseconds: 1000,
}

/** What asking again cannot mend. */
export type Fault = { kind: 'elsewhere'; origin: string } | { kind: 'too-large' } | { kind: 'unfit' }

/** What came of a question, through all its tries. */
export interface Exchange {
  /** Status of the last answer; undefined where the last try got none. */
  status: number | undefined
  headers: Headers | undefined
  json: unknown
  fault: Fault | undefined
  /** Why the last try came to nothing. */
  why: string | undefined
}

const maximumRedirects = 3
const cutShort = 'the answer ended before its end'

/** A `fetch` for one question of Octokit. */
export function guardedFetch(
  address: ApiAddress,
  limits: PullLimits,
  exchange: Exchange,
  count: () => void,
): (url: string, init: { headers?: Record<string, string> }) => Promise<Response> {
  return async (url, init) => {
    const give = (fault: Fault) => {
      exchange.fault = fault
      // A status that is not asked again.
      return new Response(null, { status: 400 })
    }
    const signal = AbortSignal.timeout(limits.timeoutMilliseconds)
    let target = new URL(url)
    for (let passedOn = 0; passedOn <= maximumRedirects; passedOn += 1) {
      if (target.origin !== address.base.origin) return give({ kind: 'elsewhere', origin: target.origin })
      const headers = new Headers(init.headers)
      if (address.token !== undefined) headers.set('authorization', `Bearer ${address.token}`)
      count()
      const response = await fetch(target, { headers, redirect: 'manual', signal }).catch((error: unknown) => {
        throw noAnswer(exchange, whyOf(error, limits, 'no connection'))
      })
      const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (next !== null) {
        await response.body?.cancel()
        const passedTo = URL.parse(next, target)
        if (!passedTo) return give({ kind: 'elsewhere', origin: 'no address' })
        target = passedTo
        continue
      }
      const text = await readText(response, limits.maximumBytes).catch((error: unknown) => {
        throw noAnswer(exchange, whyOf(error, limits, cutShort))
      })
      if (text === undefined) return give({ kind: 'too-large' })
      if (isRepeated(address.token, text)) return give({ kind: 'unfit' })
      exchange.status = response.status
      exchange.headers = response.headers
      if (!response.ok) return new Response(...forPlugins(response, text))
      const { json, refused } = parseDocument(text)
      if (refused === 'too-deep') return give({ kind: 'unfit' })
      if (json === undefined) throw noAnswer(exchange, cutShort)
      exchange.json = json
      // Octokit need not parse it once more.
      return new Response('', { status: 200 })
    }
    return give({ kind: 'unfit' })
  }
}

/**
 * An answer that refuses, in words that the throttling plugin understands. It looks for a text about the
 * secondary rate limit: a plain 429 with `Retry-After` would be asked again at once. And of
 * `x-ratelimit-reset` it takes 32 bits, so that a time after 2038, or one that is past, is no wait at all.
 */
function forPlugins({ status, headers: said }: Response, text: string): [string, ResponseInit] {
  const after = secondsOf(said.get('retry-after'))
  const remaining = said.get('x-ratelimit-remaining') ?? said.get('ratelimit-remaining')
  const reset = said.get('x-ratelimit-reset') ?? said.get('ratelimit-reset')
  const isLimit =
    status === 429 || (status === 403 && (after !== undefined || remaining === '0' || /\bsecondary rate\b/i.test(text)))
  if (!isLimit) return ['{}', { status }]
  const wait = after ?? (remaining === '0' && reset !== null ? secondsUntil(Number(reset) * 1000) : undefined)
  // Without a time the plugin waits a minute, as GitHub asks for.
  const headers: HeadersInit = wait === undefined ? {} : { 'retry-after': String(wait) }
  return ['{"message":"secondary rate limit"}', { status, headers: { ...headers, 'content-type': 'application/json' } }]
}

/** `60`, or a date: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function secondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined
  return /^\d{1,9}$/.test(retryAfter) ? Math.max(Number(retryAfter), 1) : secondsUntil(Date.parse(retryAfter))
}

const hundredYears = 3_155_760_000

function secondsUntil(milliseconds: number): number | undefined {
  if (Number.isNaN(milliseconds)) return undefined
  return Math.min(Math.max(Math.ceil((milliseconds - Date.now()) / 1000), 1), hundredYears)
}

/** Undefined where it is longer than it may be. A body that is cut off throws. */
async function readText(response: Response, maximumBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  // The standard library's types know no iterator of a response's body; Node.js's stream has one.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength
    // Leaving the loop cancels the rest.
    if (length > maximumBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Whether an answer would bring the token into a record or a problem. Shorter words are no tokens of these APIs. */
function isRepeated(token: string | undefined, text: string): boolean {
  return token !== undefined && token.length >= 20 && text.includes(token)
}

/** What Octokit takes for a fault of the network, and asks again. */
function noAnswer(exchange: Exchange, why: string): Error {
  exchange.status = undefined
  exchange.why = why
  return new TypeError(why)
}

function whyOf(error: unknown, { timeoutMilliseconds }: PullLimits, otherwise: string): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer in ${timeoutMilliseconds / 1000} s`
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : otherwise
}
