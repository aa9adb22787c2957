/** Reads a manifest from a registry: as a stranger, in a bounded time and size, and with its digest checked. */
import { hash } from 'node:crypto'
import type { Problem } from '#domain/problem.ts'
import { digestPattern, isLoopback, mayBeAsked, type ImageAddress } from './probe-oci-address.ts'
import { parseChallenge, tokenAddress, tokenOf } from './probe-oci-challenge.ts'
import { differentDigest, noManifest, refused, tooLarge, unreachable } from './probe-oci-problems.ts'

export type FetchedManifest = { text: string; problem?: undefined } | { problem: Problem; text?: undefined }

export interface FetchLimits {
  /** For each of the few requests that one manifest takes. */
  timeoutMilliseconds: number
  maximumBytes: number
}

/** Registries take no manifest over 4 MiB: https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-manifests */
export const usualLimits: FetchLimits = { timeoutMilliseconds: 30_000, maximumBytes: 4 * 1024 * 1024 }

// A single manifest is accepted too, so that an image without an index is told from one that is not there.
const accept = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const maximumTokenBytes = 64 * 1024
const maximumRedirects = 3

export async function fetchManifest(address: ImageAddress, limits = usualLimits): Promise<FetchedManifest> {
  const name = address.manifest.href
  let answer = await ask(address.manifest, address, limits)
  if (answer.kind === 'answer' && answer.status === 401) {
    const token = await tokenFor(answer.challenge, address, limits)
    if (token.problem) return { problem: token.problem }
    answer = await ask(address.manifest, address, limits, token.value)
  }
  if (answer.kind === 'failed') return { problem: answer.problem }
  if (answer.status !== 200) return { problem: refused(name, answer.status) }
  const { bytes, digest } = answer
  const expected = [...(digest === undefined ? [] : [digest]), ...(address.isDigest ? [address.reference] : [])]
  for (const one of expected) {
    const actual = digestLike(one, bytes)
    if (actual !== one) return { problem: differentDigest(name, one, actual) }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    return { problem: noManifest(name) }
  }
}

type Answer =
  | { kind: 'answer'; status: number; bytes: Uint8Array; digest: string | undefined; challenge: string | null }
  | { kind: 'failed'; problem: Problem }

/** One question, and where it is passed on, the next one. The token goes to the registry alone. */
async function ask(first: URL, address: ImageAddress, limits: FetchLimits, token?: string): Promise<Answer> {
  const isRegistryHere = isLoopback(address.manifest)
  const failed = (problem: Problem): Answer => ({ kind: 'failed', problem })
  let url = first
  for (let passedOn = 0; passedOn <= maximumRedirects; passedOn += 1) {
    if (!mayBeAsked(url, isRegistryHere)) return failed(unreachable(first.href, `it is passed on to \`${url.origin}\``))
    const headers = new Headers({ accept, 'accept-encoding': 'identity' })
    if (token !== undefined && url.origin === first.origin) headers.set('authorization', `Bearer ${token}`)
    try {
      const signal = AbortSignal.timeout(limits.timeoutMilliseconds)
      const response = await fetch(url, { headers, redirect: 'manual', signal })
      const next = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (next !== null) {
        await response.body?.cancel()
        const target = URL.parse(next, url)
        if (!target) return failed(unreachable(first.href, 'it is passed on to no address'))
        url = target
        continue
      }
      const bytes = await readBody(response, limits.maximumBytes)
      if (!bytes) return failed(tooLarge(first.href, limits.maximumBytes))
      const digest = response.headers.get('docker-content-digest') ?? undefined
      const challenge = response.headers.get('www-authenticate')
      return { kind: 'answer', status: response.status, bytes, digest, challenge }
    } catch (error) {
      return failed(unreachable(first.href, whyOf(error, limits)))
    }
  }
  return failed(unreachable(first.href, `it is passed on more than ${maximumRedirects} times`))
}

/** Undefined where it is longer than it may be. A body that is cut off throws. */
async function readBody(response: Response, maximumBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  // The standard library's types know no iterator of a response's body; Node.js's stream has one.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength
    // Leaving the loop cancels the rest.
    if (length > maximumBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function tokenFor(
  header: string | null,
  address: ImageAddress,
  limits: FetchLimits,
): Promise<{ value: string; problem?: undefined } | { problem: Problem; value?: undefined }> {
  const challenge = parseChallenge(header)
  const url = challenge && tokenAddress(challenge, address.name)
  if (!url || !mayBeAsked(url, isLoopback(address.manifest))) return { problem: refused(address.manifest.href, 401) }
  const answer = await ask(url, address, { ...limits, maximumBytes: maximumTokenBytes })
  if (answer.kind === 'failed') return { problem: answer.problem }
  const value = answer.status === 200 ? tokenOf(Buffer.from(answer.bytes).toString('utf8')) : undefined
  return value === undefined ? { problem: refused(address.manifest.href, 401) } : { value }
}

/** The digest of bytes, in the algorithm that another one is in. */
function digestLike(digest: string, bytes: Uint8Array): string {
  const algorithm = digestPattern.test(digest) && digest.startsWith('sha512:') ? 'sha512' : 'sha256'
  return `${algorithm}:${hash(algorithm, bytes)}`
}

function whyOf(error: unknown, { timeoutMilliseconds }: FetchLimits): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer in ${timeoutMilliseconds / 1000} s`
  const cause = error instanceof Error ? error.cause : undefined
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? code : 'the answer ended before its end'
}
