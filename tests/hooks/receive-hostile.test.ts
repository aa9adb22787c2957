/** What strangers send: none of it is kept, and who means it is answered meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import type { StoredRecord } from '#domain/evidence.ts'
import { MemoryStore, type Appended, type ReceivingStore } from '#store/evidence-store.ts'
import type { RefusedRun, RunOfRepository } from '#store/refused-runs.ts'
import {
  answered,
  buildkiteJob,
  githubJob,
  githubSecret,
  gitlabJob,
  now,
  payload,
  post,
  postGood,
  signedByBuildkite,
  signedByGithub,
  signedByGitlab,
  started,
  storeThat,
  stranger,
  type Started,
  type Stranger,
} from './receive-started.ts'

/** Limits that are reached in a moment. */
const impatient = { headersMilliseconds: 300, requestMilliseconds: 600, checkMilliseconds: 50 }

async function isEmpty({ store }: Started): Promise<boolean> {
  return (await store.read()).length === 0
}

/** A good delivery is answered, and kept as the only one. */
async function expectInService(to: Started): Promise<void> {
  expect(await isEmpty(to)).toBe(true)
  expect((await postGood(to)).status).toBe(202)
  expect(await to.store.read()).toHaveLength(1)
}

/** The answer on a connection, once it is there whole. */
async function heardBy(connection: Stranger): Promise<{ status: number; code: unknown }> {
  await connection.ended
  const [head = '', body = ''] = connection.heard.split('\r\n\r\n')
  expect(head).toMatch(/content-type: application\/problem\+json/i)
  const problem = JSON.parse(body) as { code: unknown }
  return { status: Number(head.split(' ')[1]), code: problem.code }
}

describe('a delivery is refused', () => {
  const body = payload(githubJob)
  const old = now - 301_000
  const ahead = now + 301_000

  test.each<[string, string, string, Record<string, string>, number, string]>([
    ['that is not signed', 'github', body, {}, 401, 'bad-signature'],
    ['that is signed with a guess', 'github', body, signedByGithub(body, 'guess'), 401, 'bad-signature'],
    ['that is signed for another body', 'github', body, signedByGithub('{}'), 401, 'bad-signature'],
    ['of GitLab that is not signed', 'gitlab', payload(gitlabJob), {}, 401, 'bad-signature'],
    ['of GitLab with a guess', 'gitlab', payload(gitlabJob), { 'x-gitlab-token': 'guess' }, 401, 'bad-signature'],
    [
      'of GitLab that was signed long ago',
      'gitlab',
      payload(gitlabJob),
      signedByGitlab(payload(gitlabJob), old),
      401,
      'outside-window',
    ],
    [
      'of GitLab that was signed in the future',
      'gitlab',
      payload(gitlabJob),
      signedByGitlab(payload(gitlabJob), ahead),
      401,
      'outside-window',
    ],
    [
      'of Buildkite that was signed long ago',
      'buildkite',
      payload(buildkiteJob),
      signedByBuildkite(payload(buildkiteJob), old),
      401,
      'outside-window',
    ],
    [
      'of Buildkite that was signed in the future',
      'buildkite',
      payload(buildkiteJob),
      signedByBuildkite(payload(buildkiteJob), ahead),
      401,
      'outside-window',
    ],
    [
      'that is a form',
      'github',
      body,
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'wrong-content-type',
    ],
    ['that is compressed', 'github', body, { 'content-encoding': 'gzip' }, 415, 'wrong-content-type'],
    ['that is too large', 'github', ' '.repeat(1024 * 1024 + 1), { 'x-hub-signature-256': 'x' }, 413, 'body-too-large'],
  ])('%s', async (_, hook, sent, headers, status, code) => {
    const to = await started()
    const answer = await post(to, `/hooks/${hook}`, sent, headers)
    expect(answer).toMatchObject({ status, body: { code, status } })
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    await expectInService(to)
  })

  test.each([
    ['no JSON', '{"action":', 'unreadable-document'],
    ['nothing', '', 'bad-signature'],
    ['a text', '"completed"', 'unreadable-document'],
    ['a list', `[${body}]`, 'unreadable-document'],
    ['several objects', '{"a":1}\n{"b":2}', 'unreadable-document'],
    ['JSON nested too deep', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'document-too-deep'],
    ['an object nested too deep', `${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, 'document-too-deep'],
  ])('that its sender signed, and is %s', async (_, sent, code) => {
    const to = await started()
    expect((await post(to, '/hooks/github', sent, signedByGithub(sent))).body).toMatchObject({ code })
    await expectInService(to)
  })

  test('that its sender signed, and means nothing but harm', async () => {
    const to = await started()
    const bodies = [
      '{"__proto__":{"polluted":true},"action":"completed","workflow_job":{"id":1,"run_id":1,"name":"x"}}',
      '{"action":"completed","workflow_job":{"constructor":{"prototype":1}},"repository":{"full_name":{}}}',
      `{"action":"completed","workflow_job":[${'1,'.repeat(200_000)}1]}`,
      body.replaceAll('linters', '../../etc/passwd'),
      body.replaceAll('success', '\\u0000\\u202e'),
    ]
    for (const sent of bodies) expect((await postGood(to, sent)).status).toBe(202)
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    await expectInService(to)
  })

  test('by addresses and methods that are not there, in words that repeat nothing of it', async () => {
    const to = await started()
    for (const [path, method, status, code] of [
      ['/', 'GET', 404, 'not-found'],
      ['/hooks/github/', 'POST', 404, 'not-found'],
      ['/hooks/../../etc/passwd', 'GET', 404, 'not-found'],
      ['/%3Cscript%3E?a=<script>', 'POST', 404, 'not-found'],
      ['/hooks/github', 'GET', 405, 'method-not-allowed'],
      ['/reports', 'DELETE', 405, 'method-not-allowed'],
      ['/healthz', 'POST', 405, 'method-not-allowed'],
    ] as const) {
      const answer = await answered(await fetch(`${to.origin}${path}`, { method }))
      expect(answer).toMatchObject({ status, body: { code } })
      expect(JSON.stringify(answer.body)).not.toMatch(/script|passwd/)
      if (status === 405) expect(answer.headers.get('allow')).toMatch(path === '/healthz' ? 'GET, HEAD' : 'POST')
    }
    await expectInService(to)
  })

  test('with a problem that has everything of RFC 9457, and is not stored on the way', async () => {
    const to = await started()
    const { status, headers, body: problem } = await post(to, '/hooks/github', body)
    expect(problem).toEqual({
      type: 'urn:works-on-arm:problem:bad-signature',
      title: expect.stringMatching(/\.$/) as string,
      status,
      detail: 'Send the header `X-Hub-Signature-256`.',
      instance: `urn:uuid:${headers.get('x-request-id') ?? ''}`,
      code: 'bad-signature',
    })
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('a connection ends', () => {
  test.each([
    ['on which comes no HTTP', 'hello\r\n\r\n', 400, 'bad-request'],
    ['on which comes TLS', '\u0016\u0003\u0001\u0002', 400, 'bad-request'],
    [
      'on which a body has two lengths',
      'POST /hooks/github HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
      'bad-request',
    ],
    ['whose headers are too large', `GET / HTTP/1.1\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'headers-too-large'],
    ['whose headers do not end', 'POST /hooks/github HTTP/1.1\r\nA: ', 408, 'request-timeout'],
    ['on which nothing comes', '', 408, 'request-timeout'],
  ])('%s', async (_, sent, status, code) => {
    const to = await started({ limits: impatient })
    const connection = await stranger(to.port)
    connection.socket.write(sent)
    expect(await heardBy(connection)).toEqual({ status, code })
    await expectInService(to)
  })

  test('whose body does not end', async () => {
    const to = await started({ limits: impatient })
    const connection = await stranger(to.port)
    const head = 'POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: x\r\n'
    connection.socket.write(`${head}Content-Length: 100\r\n\r\n{"a"`)
    expect(await heardBy(connection)).toEqual({ status: 408, code: 'request-timeout' })
    await expectInService(to)
  })

  test('whose body comes drop by drop', async () => {
    const to = await started({ limits: impatient })
    const connection = await stranger(to.port)
    const head = 'POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: x\r\n'
    connection.socket.write(`${head}Content-Length: 100000\r\n\r\n`)
    const drops = setInterval(() => connection.socket.write(' '), 20)
    await connection.ended
    clearInterval(drops)
    await expectInService(to)
  })

  test.each([
    ['with a signature', 'X-Hub-Signature-256: x\r\n', 413],
    ['without one', '', 401],
  ])('whose body has no length and no end, %s', async (_, header, status) => {
    const to = await started()
    const connection = await stranger(to.port)
    const head = `POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\n${header}`
    connection.socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n`)
    const chunk = `10000\r\n${' '.repeat(0x10000)}\r\n`
    let isOpen = true
    void connection.ended.then(() => {
      isOpen = false
    })
    while (isOpen) {
      connection.socket.write(chunk)
      await sleep(1)
    }
    // A sender that never listens may lose what it is told.
    if (connection.heard !== '') expect(connection.heard).toMatch(`HTTP/1.1 ${status} `)
    expect(to.receiver.intake.bytes).toBe(0)
    await expectInService(to)
  })

  test('after a refusal, where more was announced than is taken', async () => {
    const to = await started()
    const connection = await stranger(to.port)
    const head = 'POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: x\r\n'
    connection.socket.write(`${head}Content-Length: 99999999999\r\n\r\n`)
    expect(await heardBy(connection)).toEqual({ status: 413, code: 'body-too-large' })
    await expectInService(to)
  })
})

test('a body is only asked for where it would be taken', async () => {
  const to = await started()
  const ask = async (signature: string, length: number) => {
    const connection = await stranger(to.port)
    const head = `POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\n${signature}`
    connection.socket.write(`${head}Content-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`)
    await expect.poll(() => connection.heard).toMatch(/^HTTP/)
    return connection.heard.split('\r\n')[0]
  }
  const signature = 'X-Hub-Signature-256: x\r\n'
  expect(await ask(signature, 10)).toBe('HTTP/1.1 100 Continue')
  expect(await ask(signature, 2_000_000)).toBe('HTTP/1.1 413 Payload Too Large')
  expect(await ask('', 10)).toBe('HTTP/1.1 401 Unauthorized')
})

describe('too much at once', () => {
  test('200 connections that say nothing', async () => {
    const to = await started()
    const idle = await Promise.all(Array.from({ length: 200 }, async () => await stranger(to.port)))
    await expectInService(to)
    expect(idle.filter(({ socket }) => socket.destroyed)).toEqual([])
  })

  test('more connections than may be: those that have been silent longest go', async () => {
    const to = await started({ limits: { intake: { connections: 50, bytes: 1_000_000 } } })
    const idle: Stranger[] = []
    for (let count = 0; count < 200; count += 1) idle.push(await stranger(to.port))
    await expectInService(to)
    expect(to.receiver.intake.connections).toBeLessThanOrEqual(50)
    expect(to.receiver.intake.evicted).toBeGreaterThanOrEqual(150)
    await idle[0]?.ended
  })

  test('bodies that are held back: their bytes are bounded, and who ends his is answered', async () => {
    const bytes = 4 * 1024 * 1024
    const to = await started({ limits: { intake: { connections: 100, bytes } } })
    const head = 'POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: x\r\n'
    let most = 0
    for (let count = 0; count < 30; count += 1) {
      const { socket } = await stranger(to.port)
      socket.write(`${head}Content-Length: 1000000\r\n\r\n${' '.repeat(900_000)}`)
      await sleep(5)
      most = Math.max(most, to.receiver.intake.bytes)
    }
    await expectInService(to)
    expect(most).toBeGreaterThan(bytes / 2)
    expect(most).toBeLessThanOrEqual(bytes)
    expect(to.receiver.intake.evicted).toBeGreaterThan(20)
  })

  test('large deliveries that wait for a store: what they hold is bounded, and the others are told to come again', async () => {
    const store = new GatedStore()
    const bytes = 2 * 1024 * 1024
    const to = await started({ store, limits: { intake: { connections: 100, bytes }, answerMilliseconds: 200 } })
    const body = `${' '.repeat(700_000)}${payload(githubJob)}`
    // Some are cut off in the midst of their bodies, in favour of others.
    const send = async () => (await postGood(to, body).catch(() => ({ body: { code: 'cut off' } }))).body.code
    const codes = await Promise.all(Array.from({ length: 8 }, send))
    expect(codes).toContain('receiver-busy')
    expect(codes.filter((code) => code !== 'receiver-busy' && code !== 'cut off')).toEqual([])
    // Nobody waits for an answer any more; what is not kept yet is still there.
    expect(to.receiver.intake.bytes).toBeGreaterThan(700_000)
    expect(to.receiver.intake.bytes).toBeLessThanOrEqual(bytes)
    store.open()
    await expect.poll(() => to.receiver.intake.bytes).toBe(0)
    expect(await store.read()).toHaveLength(1)
  })

  test('requests on one connection: as many are answered as may be, the others are told to come again', async () => {
    const store = new GatedStore()
    const to = await started({ store, limits: { running: 10 } })
    const connection = await stranger(to.port)
    const body = payload(githubJob)
    const signature = signedByGithub(body)['x-hub-signature-256'] ?? ''
    const head = `POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: ${signature}\r\n`
    const request = `${head}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
    connection.socket.write(request.repeat(40))
    await expect.poll(() => to.log.filter(({ status }) => status === 503).length).toBeGreaterThan(0)
    store.open()
    await expect.poll(() => connection.heard.match(/HTTP\/1\.1 \d+/g)?.length).toBe(40)
    const statuses = connection.heard.match(/(?<=HTTP\/1\.1 )\d+/g) ?? []
    expect(new Set(statuses)).toEqual(new Set(['202', '503']))
    expect(await store.read()).toHaveLength(1)
  })

  test('refusals: the log has a few of them, and how many it left out', async () => {
    const to = await started({ limits: { refusalLinesPerSecond: 5 } })
    for (let count = 0; count < 40; count += 1) await post(to, '/hooks/github', '{}')
    // The clock of these tests stands still.
    expect(to.log).toHaveLength(5)
    await postGood(to)
    expect(to.log).toHaveLength(6)
  })
})

/** A store whose writes end when it is let. */
class GatedStore implements ReceivingStore {
  private readonly memory = new MemoryStore()
  private isOpen = false
  private readonly gates: (() => void)[] = []

  async append(records: readonly StoredRecord[]): Promise<Appended> {
    if (!this.isOpen) await new Promise<void>((resolve) => this.gates.push(resolve))
    return this.memory.append(records)
  }

  read(): StoredRecord[] {
    return this.memory.read()
  }

  refuseRuns(runs: readonly RefusedRun[]): void {
    this.memory.refuseRuns(runs)
  }

  refusedAmong(runs: readonly RunOfRepository[]): RefusedRun[] {
    return this.memory.refusedAmong(runs)
  }

  open(): void {
    this.isOpen = true
    for (const gate of this.gates) gate()
  }
}

describe('a store', () => {
  test('that does not answer holds no sender for long, and only so many of them', async () => {
    const store = new GatedStore()
    const limits = { answerMilliseconds: 100, commit: { waiting: 3, together: 1 } }
    const to = await started({ store, limits })
    const answers = await Promise.all(Array.from({ length: 10 }, async () => await postGood(to)))
    for (const { status, headers, body } of answers) {
      expect({ status, code: body.code, after: headers.get('retry-after') }).toEqual({
        status: 503,
        code: 'receiver-busy',
        after: '5',
      })
    }
    expect(to.receiver.commits.waiting).toBeLessThanOrEqual(3)
    expect((await fetch(`${to.origin}/healthz`)).status).toBe(200)
    store.open()
    expect((await postGood(to)).status).toBe(202)
    expect(store.read()).toHaveLength(1)
  })

  test('that cannot be written is told to senders and to whoever asks for health, until it can be again', async () => {
    let time = now
    const memory = new MemoryStore()
    let isFull = true
    const write = () => (isFull ? Promise.reject(new Error('ENOSPC')) : Promise.resolve())
    const store = storeThat(memory, async (records) => {
      await write()
      return memory.append(records)
    })
    const to = await started({ store, probe: write, clock: () => time })
    const refused = await postGood(to)
    expect(refused).toMatchObject({ status: 503, body: { code: 'store-failed' } })
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(JSON.stringify(refused.body)).not.toContain('ENOSPC')
    expect(await answered(await fetch(`${to.origin}/healthz`))).toMatchObject({
      status: 503,
      body: { code: 'store-failed' },
    })
    expect(to.log.find(({ event }) => event === 'store-failed')).toMatchObject({ reason: 'ENOSPC' })
    isFull = false
    time += 5000
    expect((await fetch(`${to.origin}/healthz`)).status).toBe(200)
    expect((await postGood(to)).status).toBe(202)
  })

  test('that fails where it looks as if it could be written is told to whoever asks for health', async () => {
    const store = storeThat(new MemoryStore(), () => Promise.reject(new Error('EDQUOT')))
    const to = await started({ store, probe: () => Promise.resolve() })
    expect((await fetch(`${to.origin}/healthz`)).status).toBe(200)
    expect((await postGood(to)).status).toBe(503)
    expect(await answered(await fetch(`${to.origin}/healthz`))).toMatchObject({ body: { code: 'store-failed' } })
  })

  test('is not tried each time that somebody asks for health', async () => {
    let tried = 0
    const to = await started({
      probe: () => {
        tried += 1
        return Promise.resolve()
      },
    })
    for (let count = 0; count < 10; count += 1) await fetch(`${to.origin}/healthz`)
    expect(tried).toBe(1)
  })
})

test('a mistake of ours is told in general, and the next delivery is taken', async () => {
  const to = await started({
    reports: () => {
      throw new Error('something secret at /home/operator')
    },
  })
  const answer = await post(to, '/reports', '{}')
  expect(answer).toMatchObject({ status: 500, body: { code: 'internal-error' } })
  expect(JSON.stringify(answer.body)).not.toMatch(/secret|home/)
  expect(to.log.find(({ event }) => event === 'internal-error')).toMatchObject({
    request: answer.headers.get('x-request-id'),
    reason: 'something secret at /home/operator',
  })
  await expectInService(to)
})

describe('a receiver that is stopped', () => {
  test('ends what has begun, and takes nothing new', async () => {
    const store = new GatedStore()
    const to = await started({ store })
    const running = postGood(to)
    await expect.poll(() => to.receiver.requests).toBe(1)
    const stopped = to.receiver.stop()
    await expect(postGood(to)).rejects.toThrow()
    store.open()
    expect((await running).status).toBe(202)
    await stopped
    expect(store.read()).toHaveLength(1)
  })

  test('tells so to those whose request comes too late', async () => {
    const store = new GatedStore()
    const to = await started({ store })
    const running = postGood(to)
    const late = await stranger(to.port)
    late.socket.write('POST /hooks/github HTTP/1.1\r\n')
    const ofHealth = await stranger(to.port)
    ofHealth.socket.write('GET /healthz HTTP/1.1\r\n')
    await expect.poll(() => to.receiver.requests).toBe(1)
    const stopped = to.receiver.stop()
    late.socket.write('Content-Length: 2\r\n\r\n{}')
    ofHealth.socket.write('\r\n')
    expect(await heardBy(late)).toEqual({ status: 503, code: 'receiver-stopping' })
    expect(await heardBy(ofHealth)).toEqual({ status: 503, code: 'receiver-stopping' })
    store.open()
    expect((await running).headers.get('connection')).toBe('close')
    await stopped
  })

  test('does not wait for a sender who never ends', async () => {
    const to = await started({ limits: { partMilliseconds: 50 } })
    const connection = await stranger(to.port)
    const head = 'POST /hooks/github HTTP/1.1\r\nContent-Type: application/json\r\nX-Hub-Signature-256: x\r\n'
    connection.socket.write(`${head}Content-Length: 100\r\n\r\n{`)
    await expect.poll(() => to.receiver.requests).toBe(1)
    await to.receiver.stop()
    await connection.ended
  })
})

test('the log tells what came of each delivery, and holds no secret, signature or body', async () => {
  const to = await started()
  const body = payload(githubJob)
  const signature = signedByGithub(body)
  await post(to, '/hooks/github', body, { ...signature, 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' })
  await post(to, '/hooks/github', body, { 'x-hub-signature-256': 'sha256=guess', 'x-github-delivery': 'a "b"\tc' })
  expect(to.log).toMatchObject([
    {
      level: 'info',
      event: 'request',
      delivery: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
      method: 'POST',
      route: '/hooks/github',
      address: '127.0.0.1',
      status: 202,
      outcome: 'stored',
      added: 1,
      milliseconds: expect.any(Number) as number,
    },
    { level: 'warning', delivery: undefined, status: 401, outcome: 'bad-signature' },
  ])
  const text = JSON.stringify(to.log)
  for (const word of [githubSecret, 'sha256', 'guess', 'linters']) expect(text).not.toContain(word)
})
