/** An issuer of tokens on this machine, which says of a run what GitHub would. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { onTestFinished } from 'vitest'
import { remoteKeys, usualKeyLimits, type KeyLimits } from '#hooks/receive-keys.ts'
import { tokenVerifier, type TokenVerifier } from '#hooks/receive-oidc.ts'
import { now } from './receive-started.ts'

export const audience = 'https://example.org'
export const issuer = 'https://token.actions.githubusercontent.com'

/** Claims as GitHub's documentation shows them, for a push to redis. */
export const claims = {
  sub: 'repo:redis/redis:ref:refs/heads/main',
  repository: 'redis/redis',
  repository_id: '156018',
  repository_owner: 'redis',
  run_id: '1234567',
  run_number: '10',
  run_attempt: '2',
  event_name: 'push',
  ref: 'refs/heads/main',
  ref_type: 'branch',
  workflow: 'CI',
  workflow_ref: 'redis/redis/.github/workflows/ci.yml@refs/heads/main',
  job_workflow_ref: 'redis/redis/.github/workflows/ci.yml@refs/heads/main',
  runner_environment: 'github-hosted',
  jti: 'example-id',
}

export interface Issuer {
  verifier: TokenVerifier
  /** Address of the key set. */
  url: string
  /** A token that counts, but for the claims that are changed; those that are undefined are left out. */
  token(changes?: Record<string, unknown>, by?: Partial<Signing>): Promise<string>
  /** The public key as text, for those who would sign with it. */
  publicKey: string
  /** How often the key set was asked for. */
  asked: () => number
  /** What the address of the key set answers from now on. */
  serve(listener: RequestListener): void
}

interface Signing {
  key: CryptoKey | Uint8Array
  alg: string
  kid: string
}

const seconds = Math.floor(now / 1000)

/** Making keys takes some tenths of a second, so all tests have the same ones. */
const keys = generateKeyPair('RS256', { extractable: true })

/** Starts an issuer that is gone when the test is. */
export async function issuerOf(limits: Partial<KeyLimits> = {}, clock = () => now): Promise<Issuer> {
  const { publicKey, privateKey } = await keys
  const keySet = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] })
  let asked = 0
  let serve: RequestListener = (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(keySet)
  }
  const server = createServer((request, response) => {
    asked += 1
    serve(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  // A server that listens on a port has an address of this kind.
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks`)
  const keyOf = remoteKeys(url, clock, { ...usualKeyLimits, ...limits })
  return {
    verifier: tokenVerifier({ issuer, audiences: [audience], keyOf, clock }),
    url: url.href,
    publicKey: keySet,
    asked: () => asked,
    serve: (listener) => {
      serve = listener
    },
    token: async (changes = {}, by = {}) => {
      const times = { iss: issuer, aud: audience, nbf: seconds - 600, iat: seconds, exp: seconds + 300 }
      const all = Object.entries({ ...claims, ...times, ...changes }).filter(([, value]) => value !== undefined)
      const { key, alg, kid } = { key: privateKey, alg: 'RS256', kid: 'one', ...by }
      return await new SignJWT(Object.fromEntries(all)).setProtectedHeader({ alg, kid, typ: 'JWT' }).sign(key)
    },
  }
}
