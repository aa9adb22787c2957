/**
 * Whether a delivery shows that its sender knows a secret. Looked at over the bytes that came,
 * before anything in them is read.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { verify } from '@octokit/webhooks-methods'
import { refusals, refuse, type Refusal } from './receive-refusals.ts'
import type { Secret } from './receive-secrets.ts'

export interface Delivery {
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: Buffer
  /** Milliseconds since 1970. */
  receivedAt: number
}

export type Verified = { secret: Secret; refusal?: undefined } | { refusal: Refusal; secret?: undefined }

/** Five minutes, as Standard Webhooks and Buildkite propose. */
export const windowSeconds = 300

/** `X-Hub-Signature-256: sha256=<hex>` over the body. GitHub signs no time. */
export async function verifyGithub({ headers, body }: Delivery, secrets: readonly Secret[]): Promise<Verified> {
  const signature = headers['x-hub-signature-256']
  if (typeof signature !== 'string') return unsigned('X-Hub-Signature-256')
  // What is no UTF-8 would be signed as something else, and so fits no signature.
  const text = body.toString('utf8')
  if (text !== '' && signature !== '') {
    for (const secret of secrets) if (await verify(secret.text, text, signature)) return { secret }
  }
  return unfit()
}

/**
 * GitLab: a signing token as Standard Webhooks has it, `webhook-signature: v1,<base64>` over id, time
 * and body; else `X-Gitlab-Token`, which is the secret itself. A bad signature is never made good
 * by a token.
 */
export function verifyGitlab(delivery: Delivery, signing: readonly Secret[], tokens: readonly Secret[]): Verified {
  const { headers } = delivery
  if (headers['webhook-signature'] !== undefined && signing.length > 0) return verifyStandard(delivery, signing)
  if (headers['x-gitlab-token'] !== undefined && tokens.length > 0) {
    return verifyPlain(headers['x-gitlab-token'], tokens)
  }
  return unsigned(signing.length > 0 ? 'webhook-signature' : 'X-Gitlab-Token')
}

/** The key of a signing token: the base64 after `whsec_`. Undefined where it is none. */
export function standardKey(token: string): Buffer | undefined {
  const encoded = token.replace(/^whsec_/, '')
  const key = Buffer.from(encoded, 'base64')
  return key.byteLength > 0 && key.toString('base64').replace(/=+$/, '') === encoded.replace(/=+$/, '')
    ? key
    : undefined
}

/** A sender that replaces its key signs with both; nobody needs more than a few. */
const maximumSignatures = 10

function verifyStandard({ headers, body, receivedAt }: Delivery, secrets: readonly Secret[]): Verified {
  const id = headers['webhook-id']
  const time = headers['webhook-timestamp']
  const signatures = headers['webhook-signature']
  if (typeof id !== 'string' || id === '') return unsigned('webhook-id')
  if (typeof time !== 'string' || !/^\d{1,12}$/.test(time)) return unsigned('webhook-timestamp')
  if (typeof signatures !== 'string') return unsigned('webhook-signature')
  const given = signatures
    .split(' ', maximumSignatures)
    .flatMap((signature) => (signature.startsWith('v1,') ? [signature.slice(3)] : []))
  for (const secret of secrets) {
    const key = standardKey(secret.text)
    if (!key) continue
    const expected = createHmac('sha256', key).update(`${id}.${time}.`).update(body).digest('base64')
    if (given.some((signature) => isSame(signature, expected))) return inWindow(secret, time, receivedAt)
  }
  return unfit()
}

/**
 * Buildkite: `X-Buildkite-Signature: timestamp=<seconds>,signature=<hex>` over time and body, or
 * `X-Buildkite-Token`, which is the secret itself. It sends the one that its owner has chosen.
 */
export function verifyBuildkite({ headers, body, receivedAt }: Delivery, secrets: readonly Secret[]): Verified {
  const header = headers['x-buildkite-signature']
  if (header === undefined) {
    const token = headers['x-buildkite-token']
    return token === undefined ? unsigned('X-Buildkite-Signature') : verifyPlain(token, secrets)
  }
  const [, time, signature] = /^timestamp=(\d{1,12}), ?signature=([0-9a-f]{64})$/.exec(String(header)) ?? []
  if (time === undefined || signature === undefined) return unfit()
  for (const secret of secrets) {
    const expected = createHmac('sha256', secret.text).update(`${time}.`).update(body).digest('hex')
    if (isSame(signature, expected)) return inWindow(secret, time, receivedAt)
  }
  return unfit()
}

function verifyPlain(token: string | string[], secrets: readonly Secret[]): Verified {
  const secret = secrets.find(({ text }) => isSame(String(token), text))
  return secret ? { secret } : unfit()
}

/** The time is only looked at where it is known who wrote it. */
function inWindow(secret: Secret, time: string, receivedAt: number): Verified {
  const age = receivedAt / 1000 - Number(time)
  if (Math.abs(age) <= windowSeconds) return { secret }
  const side = age > 0 ? 'ago' : 'ahead of this clock'
  const detail = `It was signed ${Math.round(Math.abs(age))} seconds ${side}; ${windowSeconds} are allowed. Send it anew, or set the clock.`
  return { refusal: refuse(refusals.outsideWindow, detail) }
}

/** Takes the same time wherever two texts differ, and however long they are. */
function isSame(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest())
}

function unsigned(header: string): Verified {
  return { refusal: refuse(refusals.badSignature, `Send the header \`${header}\`.`) }
}

function unfit(): Verified {
  const detail =
    'The signature does not fit the body and any secret of this receiver. Compare the secrets on both sides.'
  return { refusal: refuse(refusals.badSignature, detail) }
}
