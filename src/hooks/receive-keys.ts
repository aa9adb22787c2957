/** The public keys of an issuer of tokens: fetched in a bounded time and size, and not again and again. */
import { createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from 'jose'

export interface KeyLimits {
  timeoutMilliseconds: number
  maximumBytes: number
  /** How long nobody asks again after a failure. */
  pauseMilliseconds: number
}

export const usualKeyLimits: KeyLimits = {
  timeoutMilliseconds: 5000,
  maximumBytes: 256 * 1024,
  pauseMilliseconds: 5000,
}

/** The issuer does not answer, or not with keys: nobody knows whether a token is good. */
export class KeysUnreachable extends Error {}

/**
 * Finds the key of a token.
 * @param url   address of the key set
 * @param clock milliseconds since 1970
 */
export function remoteKeys(url: URL, clock: () => number, limits = usualKeyLimits): JWTVerifyGetKey {
  const keySet = createRemoteJWKSet(url, {
    timeoutDuration: limits.timeoutMilliseconds,
    // A stranger's token with a key id of its own shall not make us ask each time.
    cooldownDuration: 30_000,
    cacheMaxAge: 600_000,
    [customFetch]: async (address, options) => await fetchCapped(address, options, limits.maximumBytes),
  })
  let failedAt = Number.NEGATIVE_INFINITY
  return async (header, token) => {
    if (clock() - failedAt < limits.pauseMilliseconds && !keySet.fresh) throw new KeysUnreachable()
    try {
      return await keySet(header, token)
    } catch (error) {
      const isOfToken = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys
      if (isOfToken || error instanceof errors.JOSENotSupported) throw error
      failedAt = clock()
      throw new KeysUnreachable(error instanceof Error ? error.message : String(error), { cause: error })
    }
  }
}

async function fetchCapped(address: string, options: RequestInit, maximumBytes: number): Promise<Response> {
  const response = await fetch(address, options)
  const chunks: Uint8Array[] = []
  let length = 0
  // The standard library's types know no iterator of a response's body; Node.js's stream has one.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength
    // Leaving the loop cancels the rest.
    if (length > maximumBytes) throw new KeysUnreachable(`the key set is larger than ${maximumBytes} bytes`)
    chunks.push(chunk)
  }
  return new Response(Buffer.concat(chunks), { status: response.status })
}
