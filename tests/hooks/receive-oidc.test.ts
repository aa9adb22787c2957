import { generateKeyPair } from 'jose'
import { describe, expect, test } from 'vitest'
import type { TokenVerified } from '#hooks/receive-oidc.ts'
import { audience, issuerOf } from './receive-issuer.ts'
import { now } from './receive-started.ts'

const seconds = Math.floor(now / 1000)
const codeOf = ({ refusal, run }: TokenVerified) => refusal?.code ?? `run ${run?.runId ?? ''}`

test('a token says which run it was given to', async () => {
  const { verifier, token } = await issuerOf()
  expect(await verifier(`Bearer ${await token()}`)).toEqual({
    run: {
      repository: 'redis/redis',
      repositoryId: '156018',
      runId: '1234567',
      attempt: 2,
      event: 'push',
      ref: 'main',
      page: 'https://github.com/redis/redis/actions/runs/1234567/attempts/2',
      workflows: ['CI', '.github/workflows/ci.yml', 'redis/redis/.github/workflows/ci.yml'],
    },
  })
})

test('a token that names its job leads to the page of the job', async () => {
  const { verifier, token } = await issuerOf()
  for (const id of ['35483121697', 35_483_121_697]) {
    const { run } = await verifier(`Bearer ${await token({ check_run_id: id })}`)
    expect(run?.page).toBe('https://github.com/redis/redis/actions/runs/1234567/job/35483121697')
  }
})

test('a reusable workflow is one of the names of the workflow that calls it', async () => {
  const { verifier, token } = await issuerOf()
  const { run } = await verifier(
    `bearer ${await token({ job_workflow_ref: 'acme/shared/.github/workflows/test.yml@v1' })}`,
  )
  expect(run?.workflows).toEqual(['CI', '.github/workflows/ci.yml', 'acme/shared/.github/workflows/test.yml'])
})

test('the keys are asked for once', async () => {
  const { verifier, token, asked } = await issuerOf()
  for (let count = 0; count < 5; count += 1) await verifier(`Bearer ${await token()}`)
  expect(asked()).toBe(1)
})

describe('a token is refused', () => {
  test.each<[string, Record<string, unknown>]>([
    ['that is for somebody else', { aud: 'https://github.com/redis' }],
    ['that is for nobody', { aud: undefined }],
    ['of another issuer', { iss: 'https://token.example.org' }],
    ['of an issuer that begins like ours', { iss: 'https://token.actions.githubusercontent.com/evil' }],
    ['that has expired', { exp: seconds - 61 }],
    ['that never expires', { exp: undefined }],
    ['that does not hold yet', { nbf: seconds + 61 }],
    ['without the time from which it holds', { nbf: undefined }],
    ['that was issued in the future', { iat: seconds + 61, exp: seconds + 400 }],
    ['that was issued too long ago', { iat: seconds - 700 }],
    ['without the time of its issue', { iat: undefined }],
    ['without a repository', { repository: undefined }],
    ['with a repository that is none', { repository: 'redis/redis/../../other' }],
    ['with an id that is no number', { repository_id: 'abc' }],
    ['without a run', { run_id: undefined }],
    ['with an attempt that is none', { run_attempt: '0' }],
    ['without an event', { event_name: undefined }],
    ['with a claim that is no text', { ref: 5 }],
    ['with a job that is none', { check_run_id: '../..' }],
  ])('%s', async (_, changes) => {
    const { verifier, token } = await issuerOf()
    expect(codeOf(await verifier(`Bearer ${await token(changes)}`))).toBe('bad-token')
  })

  test('that is one of several audiences and one of them is ours is not', async () => {
    const { verifier, token } = await issuerOf()
    expect(codeOf(await verifier(`Bearer ${await token({ aud: ['other', audience] })}`))).toBe('run 1234567')
  })

  test.each(['pull_request', 'pull_request_target', 'workflow_run', 'issue_comment', 'repository_dispatch'])(
    'of a run that %s started',
    async (event) => {
      const { verifier, token } = await issuerOf()
      expect(codeOf(await verifier(`Bearer ${await token({ event_name: event })}`))).toBe('untrusted-event')
    },
  )

  test('of a run on what a pull request brings', async () => {
    const { verifier, token } = await issuerOf()
    expect(codeOf(await verifier(`Bearer ${await token({ ref: 'refs/pull/7/merge' })}`))).toBe('untrusted-event')
  })

  test('that nobody signed', async () => {
    const { verifier, token } = await issuerOf()
    const [, payload = ''] = (await token()).split('.')
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const unsigned of [`${none}.${payload}.`, `${none}.${payload}.x`]) {
      expect(codeOf(await verifier(`Bearer ${unsigned}`))).toBe('bad-token')
    }
  })

  test('that is signed with the public key as a secret', async () => {
    const { verifier, token, publicKey } = await issuerOf()
    const forged = await token({}, { alg: 'HS256', key: new TextEncoder().encode(publicKey) })
    expect(codeOf(await verifier(`Bearer ${forged}`))).toBe('bad-token')
  })

  test('that is signed with another key, whichever name it gives it', async () => {
    const { verifier, token } = await issuerOf()
    const { privateKey } = await generateKeyPair('RS256')
    for (const kid of ['one', 'two']) {
      expect(codeOf(await verifier(`Bearer ${await token({}, { key: privateKey, kid })}`))).toBe('bad-token')
    }
  })

  test('that is signed with a kind of key that the issuer does not use', async () => {
    const { verifier, token } = await issuerOf()
    const { privateKey } = await generateKeyPair('ES256')
    expect(codeOf(await verifier(`Bearer ${await token({}, { key: privateKey, alg: 'ES256' })}`))).toBe('bad-token')
  })

  test('whose claims were changed after it was signed', async () => {
    const { verifier, token } = await issuerOf()
    const [header = '', , signature = ''] = (await token()).split('.')
    const [, other = ''] = (await token({ repository: 'nginx/nginx' })).split('.')
    expect(codeOf(await verifier(`Bearer ${header}.${other}.${signature}`))).toBe('bad-token')
  })

  test.each([undefined, '', 'Bearer', 'Bearer a.b', 'Basic YTpi', 'Bearer a.b.c', `Bearer ${'a'.repeat(9000)}.b.c`])(
    'that is none: %j',
    async (authorization) => {
      const { verifier, asked } = await issuerOf()
      expect(codeOf(await verifier(authorization))).toBe('bad-token')
      expect(asked()).toBe(0)
    },
  )
})

describe('keys that cannot be had', () => {
  const verify = async (serve: Parameters<Awaited<ReturnType<typeof issuerOf>>['serve']>[0]) => {
    const { verifier, token, serve: serveInstead } = await issuerOf({ timeoutMilliseconds: 300 })
    serveInstead(serve)
    return codeOf(await verifier(`Bearer ${await token()}`))
  }

  test('because their address answers with an error', async () => {
    expect(await verify((_, response) => response.writeHead(500).end())).toBe('keys-unreachable')
  })

  test('because it leads elsewhere', async () => {
    const elsewhere = { location: 'http://127.0.0.1:1/' }
    expect(await verify((_, response) => response.writeHead(302, elsewhere).end())).toBe('keys-unreachable')
  })

  test('because it answers with something else', async () => {
    expect(await verify((_, response) => response.end('<html>'))).toBe('keys-unreachable')
    expect(await verify((_, response) => response.end('{"keys": 1}'))).toBe('keys-unreachable')
  })

  test('because they are too many', async () => {
    const key = JSON.stringify({ kty: 'RSA', n: 'x'.repeat(1000), e: 'AQAB' })
    const huge = `{"keys":[${Array.from({ length: 400 }, () => key).join(',')}]}`
    expect(await verify((_, response) => response.end(huge))).toBe('keys-unreachable')
  })

  test('because they never end', async () => {
    expect(
      await verify((_, response) => {
        response.write('{"keys":[')
        const more = setInterval(() => response.write('{},'), 10)
        response.on('close', () => {
          clearInterval(more)
        })
      }),
    ).toBe('keys-unreachable')
  })

  test('because nothing is answered', async () => {
    expect(await verify(() => undefined)).toBe('keys-unreachable')
  })

  test('are not asked for again at once, and are after some seconds', async () => {
    let time = now
    const { verifier, token, serve, asked } = await issuerOf({}, () => time)
    serve((_, response) => response.writeHead(503).end())
    for (let count = 0; count < 5; count += 1) await verifier(`Bearer ${await token()}`)
    expect(asked()).toBe(1)
    time += 5000
    await verifier(`Bearer ${await token()}`)
    expect(asked()).toBe(2)
  })
})

test('why a token is refused holds nothing of it', async () => {
  const { verifier, token } = await issuerOf()
  const { refusal } = await verifier(`Bearer ${await token({ aud: 'a-strange-audience', iss: 'a-strange-issuer' })}`)
  expect(JSON.stringify(refusal)).not.toContain('strange')
})
