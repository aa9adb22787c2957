import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { parseSecrets, speaksFor } from '#hooks/receive-secrets.ts'
import {
  standardKey,
  verifyBuildkite,
  verifyGithub,
  verifyGitlab,
  windowSeconds,
  type Verified,
} from '#hooks/receive-signatures.ts'
import { signedByBuildkite, signedByGithub, signedByGitlab } from './receive-started.ts'

const secretsOf = (setting: string) => parseSecrets(setting).secrets ?? []
const codeOf = ({ refusal }: Verified) => refusal?.code ?? 'verified'

describe('a signature of GitHub', () => {
  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
  const secret = "It's a Secret to Everybody"
  const body = Buffer.from('Hello, World!')
  const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
  const verified = async (headers: Record<string, string>, setting = secret, sent = body) =>
    codeOf(await verifyGithub({ headers, body: sent, receivedAt: 0 }, secretsOf(setting)))

  test("is the one of GitHub's documentation", async () => {
    expect(await verified({ 'x-hub-signature-256': signature })).toBe('verified')
  })

  test('may be of any secret that is set, so that one can replace the other', async () => {
    expect(await verified({ 'x-hub-signature-256': signature }, `new secret, ${secret}`)).toBe('verified')
    expect(await verified({ 'x-hub-signature-256': signature }, 'new secret')).toBe('bad-signature')
  })

  test.each([
    ['nothing', ''],
    ['another digest', `sha256=${'0'.repeat(64)}`],
    ['the digest in capitals', signature.replace(/[a-f]/g, (digit) => digit.toUpperCase())],
    ['the digest alone', signature.slice(7)],
    ['a part of it', signature.slice(0, 40)],
    ['SHA-1', 'sha1=2cd6b2d6b2d6b2d6b2d6b2d6b2d6b2d6b2d6b2d6'],
    ['two of them', `${signature}, ${signature}`],
    ['half a character', 'sha256=\ud800'],
  ])('is not %s', async (_, header) => {
    expect(await verified({ 'x-hub-signature-256': header })).toBe('bad-signature')
  })

  test('is not of a body that differs in one byte, or is empty, or is no UTF-8', async () => {
    for (const other of ['Hello, World?', '', 'Hello, World!\n']) {
      expect(await verified({ 'x-hub-signature-256': signature }, secret, Buffer.from(other))).toBe('bad-signature')
    }
    const bytes = Buffer.from([0xff, 0xfe, 0x7b])
    const overBytes = `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`
    expect(await verified({ 'x-hub-signature-256': overBytes }, secret, bytes)).toBe('bad-signature')
  })

  test('must be there', async () => {
    expect(await verified({ 'x-hub-signature': signature })).toBe('bad-signature')
  })
})

describe('a signing token of GitLab', () => {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/libraries/javascript/src/webhook.test.ts
  const token = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const body = Buffer.from('{"test": 2432232314}')
  const headers = {
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  }
  const signedAt = 1_614_265_330_000
  const verified = (changes: Record<string, string> = {}, receivedAt = signedAt, tokens = '') =>
    codeOf(verifyGitlab({ headers: { ...headers, ...changes }, body, receivedAt }, secretsOf(token), secretsOf(tokens)))

  test('gives the signature that Standard Webhooks publishes', () => {
    expect(verified()).toBe('verified')
  })

  test('may be one of several signatures', () => {
    const others = 'v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc='
    expect(verified({ 'webhook-signature': `${others} ${headers['webhook-signature']}` })).toBe('verified')
    expect(verified({ 'webhook-signature': others })).toBe('bad-signature')
  })

  test('holds for five minutes, before and after', () => {
    for (const seconds of [-windowSeconds, windowSeconds]) {
      expect(verified({}, signedAt + seconds * 1000)).toBe('verified')
    }
    for (const seconds of [-windowSeconds - 1, windowSeconds + 1, 86_400]) {
      expect(verified({}, signedAt + seconds * 1000)).toBe('outside-window')
    }
  })

  test.each([
    ['another id', { 'webhook-id': 'msg_2' }],
    ['no id', { 'webhook-id': '' }],
    ['another time', { 'webhook-timestamp': '1614265331' }],
    ['no time', { 'webhook-timestamp': 'hello' }],
    ['a time with more to it', { 'webhook-timestamp': '1614265330.5' }],
    ['a part of it', { 'webhook-signature': 'v1,g0hM9SsE' }],
    ['an empty one', { 'webhook-signature': 'v1,' }],
    ['another version of it', { 'webhook-signature': headers['webhook-signature'].replace('v1', 'v2') }],
    ['too many before it', { 'webhook-signature': `${'v1,x '.repeat(20)}${headers['webhook-signature']}` }],
  ])('does not fit %s', (_, changes) => {
    expect(verified(changes)).toBe('bad-signature')
  })

  test('is not made good by the token that is sent as it is', () => {
    expect(verified({ 'webhook-id': 'msg_2', 'x-gitlab-token': 'plain' }, signedAt, 'plain')).toBe('bad-signature')
  })

  test('is base64, with `whsec_` before it or not', () => {
    expect(standardKey('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw')).toEqual(standardKey(token))
    for (const none of ['', 'whsec_', 'no base64!', 'whsec_a b c d']) expect(standardKey(none)).toBeUndefined()
  })

  test('is what the senders of these tests sign with', () => {
    const receivedAt = 1_700_000_000_000
    const sent = signedByGitlab('{}', receivedAt, token)
    expect(codeOf(verifyGitlab({ headers: sent, body: Buffer.from('{}'), receivedAt }, secretsOf(token), []))).toBe(
      'verified',
    )
  })
})

describe('a secret token of GitLab', () => {
  const verified = (token: string | undefined, tokens: string) =>
    codeOf(
      verifyGitlab(
        { headers: { 'x-gitlab-token': token, 'webhook-signature': 'v1,x' }, body: Buffer.from('{}'), receivedAt: 0 },
        [],
        secretsOf(tokens),
      ),
    )

  test('is the secret itself', () => {
    expect(verified('the token', 'another, the token')).toBe('verified')
    for (const wrong of ['the toke', 'the token ', '', undefined]) {
      expect(verified(wrong, 'the token')).toBe('bad-signature')
    }
  })

  test('is not taken where none is set', () => {
    expect(verified('', '')).toBe('bad-signature')
  })
})

describe('a signature of Buildkite', () => {
  const secret = 'a-token-of-buildkite'
  const body = Buffer.from('{"event":"ping"}')
  // Computed with: printf '1619071700.{"event":"ping"}' | openssl dgst -sha256 -hmac a-token-of-buildkite
  const signature = '23338afe06bc18a06fdad26f2488e78c2fbe67d4aa3668f428508a60125f17e8'
  const header = `timestamp=1619071700,signature=${signature}`
  const verified = (headers: Record<string, string>, receivedAt = 1_619_071_700_000, sent = body) =>
    codeOf(verifyBuildkite({ headers, body: sent, receivedAt }, secretsOf(secret)))

  test('is over time and body', () => {
    expect(verified({ 'x-buildkite-signature': header })).toBe('verified')
    expect(verified({ 'x-buildkite-signature': header.replace(',', ', ') })).toBe('verified')
    expect(verified({ 'x-buildkite-signature': header.replace('1619071700', '1619071701') })).toBe('bad-signature')
    expect(verified({ 'x-buildkite-signature': header }, 1_619_071_700_000, Buffer.from('{}'))).toBe('bad-signature')
  })

  test('holds for five minutes, before and after', () => {
    expect(verified({ 'x-buildkite-signature': header }, 1_619_072_000_000)).toBe('verified')
    expect(verified({ 'x-buildkite-signature': header }, 1_619_072_001_000)).toBe('outside-window')
    expect(verified({ 'x-buildkite-signature': header }, 1_619_071_399_000)).toBe('outside-window')
  })

  test('is not taken in another form, and no token makes it good', () => {
    for (const wrong of [signature, `signature=${signature}`, `timestamp=x,signature=${signature}`, '']) {
      expect(verified({ 'x-buildkite-signature': wrong, 'x-buildkite-token': secret }), wrong).toBe('bad-signature')
    }
  })

  test('may be the token itself instead', () => {
    expect(verified({ 'x-buildkite-token': secret })).toBe('verified')
    expect(verified({ 'x-buildkite-token': `${secret}x` })).toBe('bad-signature')
    expect(verified({})).toBe('bad-signature')
  })

  test('is what the senders of these tests sign with', () => {
    const sent = signedByBuildkite(body.toString(), 1_619_071_700_000, secret)
    expect(sent).toEqual({ 'x-buildkite-signature': header })
  })
})

test('what is refused names no secret and nothing that was sent', async () => {
  const secret = 'a-secret-of-ours'
  const body = Buffer.from('{"a":"what was sent"}')
  const refusals = [
    await verifyGithub({ headers: signedByGithub('other', 'guess'), body, receivedAt: 0 }, secretsOf(secret)),
    verifyGitlab({ headers: { 'x-gitlab-token': 'guess' }, body, receivedAt: 0 }, [], secretsOf(secret)),
    verifyBuildkite({ headers: { 'x-buildkite-token': 'guess' }, body, receivedAt: 0 }, secretsOf(secret)),
  ]
  const told = JSON.stringify(refusals)
  for (const word of [secret, 'guess', 'what was sent']) expect(told).not.toContain(word)
})

describe('a setting of secrets', () => {
  test('is a list with commas, each for every repository', () => {
    expect(secretsOf(' one , two,, ')).toEqual([
      { text: 'one', repositories: ['*'] },
      { text: 'two', repositories: ['*'] },
    ])
    expect(secretsOf('')).toEqual([])
    expect(parseSecrets(undefined).secrets).toEqual([])
  })

  test('is a JSON object where a secret is for some repositories', () => {
    const read = secretsOf('{"redis/redis": "one", "nginx/*": ["two", "one"], "__proto__": "three"}')
    expect(read.map(({ text, repositories }) => [text, ...repositories])).toEqual([
      ['one', 'redis/redis', 'nginx/*'],
      ['two', 'nginx/*'],
      ['three', '__proto__'],
    ])
  })

  test.each(['{', '{"a": 1}', '{"a": [""]}', '{"a": null}', '{"a": {"b": "c"}}'])('is not %s', (setting) => {
    expect(parseSecrets(setting).problem).toBeDefined()
  })

  test('lets a secret speak for its repositories alone', () => {
    const ofNginx = { repositories: ['nginx/*', 'redis/redis'] }
    expect(speaksFor(ofNginx, 'Nginx/nginx')).toBe(true)
    expect(speaksFor(ofNginx, 'redis/redis')).toBe(true)
    expect(speaksFor(ofNginx, 'redis/redis-py')).toBe(false)
    expect(speaksFor(ofNginx, undefined)).toBe(false)
    expect(speaksFor({ repositories: ['*'] }, undefined)).toBe(true)
  })
})
