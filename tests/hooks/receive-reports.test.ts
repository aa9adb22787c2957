import { describe, expect, test } from 'vitest'
import { isRun, type Evidence } from '#domain/evidence.ts'
import { maximumReports } from '#hooks/receive-reports.ts'
import type { EvidenceStore } from '#store/evidence-store.ts'
import { asOf } from '#tests/builders.ts'
import { claims, issuerOf } from './receive-issuer.ts'
import { post, started, type Answered, type Started } from './receive-started.ts'

/** A report of the arm64 job of redis, and what else it is told to say. */
function report(changes: Record<string, unknown> = {}, run: Record<string, unknown> = {}) {
  return {
    schema: 'works-on-arm/report@1',
    project: 'redis',
    architecture: 'aarch64',
    version: '8.2.1',
    level: 'tested',
    outcome: 'passed',
    observedAt: '2026-11-21T11:58:00Z',
    link: 'https://evil.example/',
    run: { id: claims.run_id, job: 'test (arm64)', ...run },
    counts: { passed: 412, failed: 0, skipped: 3 },
    ...changes,
  }
}

/** A receiver that trusts an issuer, and a job that sends it something. */
async function reporting(tokenClaims: Record<string, unknown> = {}) {
  const issuer = await issuerOf()
  const to = await started({ reports: issuer.verifier })
  const token = await issuer.token(tokenClaims)
  const send = async (body: unknown, type = 'application/json'): Promise<Answered> => {
    const text = typeof body === 'string' || isBytes(body) ? body : JSON.stringify(body)
    return await post(to, '/reports', text, { authorization: `Bearer ${token}`, 'content-type': type })
  }
  return { to, send }
}

function isBytes(body: unknown): body is Uint8Array<ArrayBuffer> {
  return body instanceof Uint8Array
}

async function recordsOf({ store }: Pick<Started, 'store'>): Promise<Evidence[]> {
  return (await (store satisfies EvidenceStore).read()).filter(isRun)
}

describe('a report', () => {
  test('is kept with what its sender saw, and the run that its token names', async () => {
    const { to, send } = await reporting()
    expect(await send(report())).toMatchObject({ status: 202, body: { became: 'stored', added: 1, problems: [] } })
    const [record] = await recordsOf(to)
    expect(record).toMatchObject({
      project: 'redis',
      architecture: 'arm64',
      version: '8.2.1',
      level: 'tested',
      outcome: 'passed',
      execution: 'native',
      source: {
        provider: 'github-actions',
        repository: 'redis/redis',
        repositoryId: '156018',
        workflow: 'CI',
        job: 'test (arm64)',
        event: 'push',
        ref: 'main',
      },
      run: { id: '1234567', attempt: 2 },
      link: 'https://github.com/redis/redis/actions/runs/1234567/attempts/2',
      counts: { passed: 412, failed: 0, skipped: 3 },
      provenance: { how: 'received', by: 'redis-arm64' },
    })
  })

  test('may leave out everything that the token says', async () => {
    const { to, send } = await reporting()
    expect((await send(report({}, { provider: undefined }))).status).toBe(202)
    expect(await recordsOf(to)).toHaveLength(1)
  })

  test('may say of its run what the token says', async () => {
    const { send } = await reporting()
    const run = { provider: 'github-actions', repository: 'Redis/redis', repositoryId: '156018', attempt: 2 }
    expect((await send(report({}, run))).body).toMatchObject({ became: 'stored' })
  })

  test('never decides about its attempt or the id of its job', async () => {
    const { to, send } = await reporting()
    await send(report({}, { attempt: 9, jobId: '666' }))
    expect((await recordsOf(to))[0]?.run).toEqual({ id: '1234567', attempt: 2 })
  })

  test('that is sent twice, with the same token or another one, is one record', async () => {
    const { to, send } = await reporting()
    await send(report())
    expect((await send(report())).body).toMatchObject({ became: 'known', added: 0 })
    expect(await recordsOf(to)).toHaveLength(1)
  })

  test('may come with others: those that count are kept, and what is wrong with the rest is told', async () => {
    const { to, send } = await reporting()
    const answer = await send([
      report(),
      report({ architecture: 'amd64' }, { job: 'test (amd64)' }),
      report({}, { job: 'lint' }),
      report({ outcome: 'fine' }),
    ])
    expect(answer).toMatchObject({ status: 202, body: { became: 'stored', added: 2, ignored: 1 } })
    expect(answer.body.problems).toMatchObject([{ code: 'bad-document' }])
    expect((await recordsOf(to)).map(({ architecture }) => architecture).sort()).toEqual(['amd64', 'arm64'])
  })

  test.each(['application/x-ndjson', 'application/jsonl'])('may come with others as %s', async (type) => {
    const { to, send } = await reporting()
    const lines = [report(), report({ architecture: 'amd64' }, { job: 'test (amd64)' })]
    await send(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), type)
    expect(await recordsOf(to)).toHaveLength(2)
  })

  test('in which no test ran shows nothing, and is kept as that', async () => {
    const { to, send } = await reporting()
    await send(report({ counts: { passed: 0, failed: 0, skipped: 9 } }))
    expect((await recordsOf(to))[0]).toMatchObject({ outcome: 'skipped', reason: 'no-tests' })
  })

  test('that says it passed, and counts failed tests, is kept as a failure', async () => {
    const { to, send } = await reporting()
    await send(report({ outcome: 'passed', counts: { passed: 412, failed: 7, skipped: 0 } }))
    expect((await recordsOf(to))[0]).toMatchObject({ outcome: 'failed', counts: { failed: 7 } })
  })
})

describe('a report is refused', () => {
  const refused = async (body: unknown, tokenClaims: Record<string, unknown> = {}) => {
    const { to, send } = await reporting(tokenClaims)
    const { status, body: answer } = await send(body)
    expect(await recordsOf(to)).toEqual([])
    const problems = answer.problems as { code: string }[] | undefined
    return { status, code: answer.code, problem: problems?.[0]?.code }
  }

  test.each([
    ['run', report({}, { id: '7654321' }), 'run-differs'],
    ['repository', report({}, { repository: 'nginx/nginx' }), 'run-differs'],
    ['id of a repository', report({}, { repositoryId: '1' }), 'run-differs'],
    ['provider', report({}, { provider: 'gitlab' }), 'run-differs'],
    ['project', report({ project: 'nginx' }), 'project-differs'],
    ['architecture', report({ architecture: 'amd64' }), 'architecture-differs'],
    ['architecture that nobody knows', report({ architecture: 'constructor' }), 'unknown-architecture'],
  ])('that names another %s than its token and its registration', async (_, body, problem) => {
    expect(await refused(body)).toEqual({ status: 422, code: 'report-refused', problem })
  })

  test('that proves less, or more, than its job is registered for', async () => {
    for (const level of ['builds', 'starts']) {
      expect(await refused(report({ level }))).toMatchObject({ status: 422, problem: 'report-differs' })
    }
  })

  test('of a cross build through the registration of a native one', async () => {
    expect(await refused(report({ execution: 'cross' }))).toMatchObject({ status: 422, problem: 'report-differs' })
  })

  test('that names no job', async () => {
    expect(await refused(report({}, { job: undefined }))).toMatchObject({ status: 422, problem: 'missing-job' })
    expect(await refused(report({ run: undefined }))).toMatchObject({ status: 422, problem: 'missing-job' })
  })

  test('of the future, or of longer ago than any run', async () => {
    expect(await refused(report({ observedAt: '2026-11-21T12:11:00Z' }))).toMatchObject({
      problem: 'observed-in-future',
    })
    expect(await refused(report({ observedAt: '2026-10-01T00:00:00Z' }))).toMatchObject({
      problem: 'observed-before-run',
    })
    expect(asOf).toBe('2026-11-21T12:00:00Z')
  })

  test('of a job that nobody registered', async () => {
    expect(await refused(report({}, { job: 'lint' }))).toMatchObject({ status: 403, code: 'not-registered' })
  })

  test('of a repository that nobody registered, before it is read', async () => {
    const other = { repository: 'evil/redis', repository_id: '666' }
    expect(await refused('not even JSON', other)).toMatchObject({ status: 403, code: 'not-registered' })
  })

  test('of a repository that has taken the name of a registered one', async () => {
    expect(await refused(report(), { repository_id: '666' })).toMatchObject({ status: 403, code: 'not-registered' })
  })

  test('of a pull request', async () => {
    expect(await refused(report(), { event_name: 'pull_request' })).toMatchObject({
      status: 403,
      code: 'untrusted-event',
    })
  })

  test('that is not UTF-8, for nothing is kept that its sender did not write', async () => {
    const { to, send } = await reporting()
    const body = Buffer.from(JSON.stringify(report({ version: '8.2.?' })))
    body[body.indexOf('?')] = 0xff
    expect(await send(new Uint8Array(body))).toMatchObject({ status: 400, body: { code: 'unreadable-document' } })
    expect(await recordsOf(to)).toEqual([])
  })

  test('that is none', async () => {
    expect(await refused('{"schema":')).toMatchObject({ status: 400, code: 'unreadable-document' })
    expect(await refused({ workflow_job: {} })).toMatchObject({ status: 422, code: 'report-refused' })
    expect(await refused([])).toMatchObject({ status: 422, code: 'report-refused' })
    expect(await refused(report({ unknown: 'key' }))).toMatchObject({ status: 422, problem: 'bad-document' })
  })

  test('with too many others', async () => {
    const many = Array.from({ length: maximumReports + 1 }, () => 1)
    expect(await refused(many)).toMatchObject({ status: 422, code: 'too-many-reports' })
  })

  test('without a token, and its body is not read', async () => {
    const { to } = await reporting()
    const { status, headers, body } = await post(to, '/reports', JSON.stringify(report()))
    expect({ status, code: body.code }).toEqual({ status: 401, code: 'bad-token' })
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  })
})

test('reports are not taken where no audience is set', async () => {
  const to = await started()
  expect(await post(to, '/reports', JSON.stringify(report()))).toMatchObject({
    status: 404,
    body: { code: 'not-configured' },
  })
})

test('a report whose issuer cannot be asked is asked to come again', async () => {
  const issuer = await issuerOf()
  issuer.serve((_, response) => response.writeHead(500).end())
  const to = await started({ reports: issuer.verifier })
  const headers = { authorization: `Bearer ${await issuer.token()}` }
  const answer = await post(to, '/reports', JSON.stringify(report()), headers)
  expect(answer).toMatchObject({ status: 503, body: { code: 'keys-unreachable' } })
  expect(answer.headers.get('retry-after')).toBe('5')
})
