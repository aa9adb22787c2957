import { describe, expect, test } from 'vitest'
import { Report } from '#ingest/report.ts'
import { answering, idToken, requestToken, runAction, serverOf, tokenService } from './job.ts'

const accepted = answering(202, '{"accepted":1}')

async function send(
  receiver: Awaited<ReturnType<typeof serverOf>>,
  inputs: Record<string, string | undefined> = {},
  service?: Awaited<ReturnType<typeof tokenService>>,
) {
  const { environment } = service ?? (await tokenService())
  return runAction({ ...environment, INPUT_RECEIVER: receiver.origin, ...inputs })
}

test('a report goes to the receiver with a token for it', async () => {
  const receiver = await serverOf(accepted)
  const service = await tokenService()
  const reported = await send(receiver, {}, service)
  expect(reported).toMatchObject({ code: 0, printed: 'Sent: redis on arm64, tested: passed\n', pauses: [] })
  expect(reported.outputs).toMatch(/^sent<<(\S+)\ntrue\n\1\n$/)
  expect(service.seen).toEqual([
    {
      method: 'GET',
      url: `/token?api-version=2.0&audience=${encodeURIComponent(receiver.origin)}`,
      authorization: `Bearer ${requestToken}`,
      contentType: undefined,
      body: '',
    },
  ])
  expect(receiver.seen).toMatchObject([
    { method: 'POST', url: '/reports', authorization: `Bearer ${idToken}`, contentType: 'application/json' },
  ])
  expect(Report.parse(JSON.parse(receiver.seen[0]?.body ?? ''))).toMatchObject({ project: 'redis', outcome: 'passed' })
})

test('a receiver below a path, and an audience of its own, are taken as they are given', async () => {
  const receiver = await serverOf(accepted)
  const service = await tokenService()
  await runAction({
    ...service.environment,
    INPUT_RECEIVER: `${receiver.origin}/arm/`,
    INPUT_AUDIENCE: 'works on arm & more',
  })
  expect(receiver.seen.map(({ url }) => url)).toEqual(['/arm/reports'])
  expect(new URL(service.seen[0]?.url ?? '', service.origin).searchParams.get('audience')).toBe('works on arm & more')
})

describe('it is tried again, with a new token', () => {
  test.each([500, 502, 503, 429, 408])('after %i', async (status) => {
    const receiver = await serverOf(answering(status), accepted)
    const service = await tokenService()
    expect(await send(receiver, {}, service)).toMatchObject({
      code: 0,
      pauses: [1000],
      printed: expect.stringContaining('Sent') as string,
    })
    expect(receiver.seen).toHaveLength(2)
    expect(service.seen).toHaveLength(2)
  })

  test('after a connection that broke', async () => {
    const receiver = await serverOf((response) => response.destroy(), accepted)
    expect(await send(receiver)).toMatchObject({
      code: 0,
      pauses: [1000],
      printed: expect.stringContaining('Sent') as string,
    })
  })

  test('after an answer that does not come', async () => {
    const receiver = await serverOf(() => undefined, accepted)
    const { environment } = await tokenService()
    const reported = await runAction({ ...environment, INPUT_RECEIVER: receiver.origin }, { patience: 200 })
    expect(reported.printed).toBe('Sent: redis on arm64, tested: passed\n')
  })

  test('at most five times, each time after a longer pause', async () => {
    const receiver = await serverOf(answering(503))
    expect(await send(receiver)).toMatchObject({
      code: 0,
      pauses: [1000, 2000, 4000, 8000],
      printed: '::warning title=Works on ARM::The receiver answered 503.\n',
    })
    expect(receiver.seen).toHaveLength(5)
  })

  test.each([
    ['30', 30_000],
    ['999999', 60_000],
    ['Sat, 21 Nov 2026 12:00:10 GMT', 9_250],
    ['Sat, 21 Nov 2020 12:00:00 GMT', 1_000],
    ['soon', 1_000],
    ['-5', 1_000],
  ])('when the receiver wants it: Retry-After %s', async (after, pause) => {
    const receiver = await serverOf(answering(429, '', { 'retry-after': after }), accepted)
    expect((await send(receiver)).pauses).toEqual([pause])
  })

  test('where the token service stumbles', async () => {
    const receiver = await serverOf(accepted)
    const service = await tokenService(answering(500), answering(200, JSON.stringify({ value: idToken })))
    expect(await send(receiver, {}, service)).toMatchObject({
      pauses: [1000],
      printed: expect.stringContaining('Sent') as string,
    })
  })
})

describe('it is not tried again', () => {
  test.each([400, 401, 403, 404, 413, 422])('after %i', async (status) => {
    const receiver = await serverOf(answering(status))
    expect(await send(receiver)).toMatchObject({ code: 0, pauses: [] })
    expect(receiver.seen).toHaveLength(1)
  })

  test('and a problem document says why', async () => {
    const problem = {
      title: 'No report of the request counts.',
      status: 422,
      detail: 'Mend it.',
      problems: [{ code: 'missing-job', reason: 'Missing `run.job`.' }, { reason: 'Something else.' }],
    }
    const receiver = await serverOf(
      answering(422, JSON.stringify(problem), { 'content-type': 'application/problem+json' }),
    )
    expect((await send(receiver)).printed).toBe(
      '::warning title=Works on ARM::The receiver answered 422: No report of the request counts. Mend it. Missing `run.job`.\n',
    )
  })

  test('and what a problem document says twice is said once', async () => {
    const problem = { title: 'No.', detail: 'Missing `run.job`.', problems: [{ reason: 'Missing `run.job`.' }] }
    const { printed } = await send(await serverOf(answering(422, JSON.stringify(problem))))
    expect(printed).toBe('::warning title=Works on ARM::The receiver answered 422: No. Missing `run.job`.\n')
  })

  test('at another address: a redirection would hand the token on', async () => {
    const elsewhere = await serverOf(accepted)
    const receiver = await serverOf(answering(307, '', { location: `${elsewhere.origin}/reports` }))
    expect((await send(receiver)).printed).toContain('The receiver answered 307.')
    expect(elsewhere.seen).toEqual([])
  })
})

describe('what strangers answer', () => {
  test('gives the log no commands', async () => {
    const detail = 'x\n::add-mask::everything\r\n::set-output name=sent::true\u2028::error::boo'
    const receiver = await serverOf(answering(400, JSON.stringify({ title: '::error::', detail })))
    const { printed } = await send(receiver)
    expect(printed.match(/^::/gm)).toEqual(['::'])
    expect(printed.split('\n')).toHaveLength(2)
  })

  test('may be long, or no JSON, or null', async () => {
    for (const body of ['x'.repeat(10_000_000), '<html>', 'null', '[]', '{"title":{},"detail":7,"problems":[null]}']) {
      const receiver = await serverOf(answering(400, body))
      expect((await send(receiver)).printed).toBe('::warning title=Works on ARM::The receiver answered 400.\n')
    }
  })

  test('may be no token', async () => {
    const receiver = await serverOf(accepted)
    for (const body of ['', '{}', '{"value":7}', JSON.stringify({ value: 'a\r\nx-admin: 1' }), 'null']) {
      const service = await tokenService(answering(200, body))
      expect((await send(receiver, {}, service)).printed).toContain('an answer without a token')
    }
    expect(receiver.seen).toEqual([])
  })
})

test('without the right to ask for a token it says which permission is missing', async () => {
  const receiver = await serverOf(accepted)
  const reported = await runAction({ INPUT_RECEIVER: receiver.origin })
  expect(reported).toMatchObject({ code: 0, printed: expect.stringContaining('id-token: write') as string })
  expect(receiver.seen).toEqual([])
})

test.each([
  'http://hooks.example.org',
  'ftp://hooks.example.org',
  'hooks.example.org',
  'https://user:secret@example.org',
  'https://example.org/?a=b',
  'http://127.0.0.1.example.org',
])('a token is not sent to %s', async (address) => {
  const service = await tokenService()
  const reported = await runAction({ ...service.environment, INPUT_RECEIVER: address })
  expect(reported.printed).toContain('Unexpected receiver')
  expect(service.seen).toEqual([])
})

test('the job fails where it asks for that, and only there', async () => {
  const receiver = await serverOf(answering(400))
  expect(await send(receiver, { 'INPUT_FAIL-ON-ERROR': 'true' })).toMatchObject({
    code: 1,
    printed: '::error title=Works on ARM::The receiver answered 400.\n',
  })
  for (const word of ['false', '', 'TRUE', 'yes']) {
    expect(await send(receiver, { 'INPUT_FAIL-ON-ERROR': word })).toMatchObject({ code: 0 })
  }
})

test.each(['pull_request', 'pull_request_target', 'issue_comment', 'workflow_run', ''])(
  'a run that %s started is not reported',
  async (event) => {
    const receiver = await serverOf(accepted)
    const reported = await send(receiver, { GITHUB_EVENT_NAME: event, 'INPUT_FAIL-ON-ERROR': 'true' })
    expect(reported).toMatchObject({ code: 0, printed: expect.stringMatching(/^::notice /) as string })
    expect(receiver.seen).toEqual([])
  },
)

test('no token is ever printed', async () => {
  const echo = answering(400, JSON.stringify({ detail: 'no' }))
  for (const answer of [accepted, echo, answering(500)]) {
    const { printed, outputs } = await send(await serverOf(answer))
    for (const secret of [idToken, requestToken]) expect(printed + outputs).not.toContain(secret)
  }
})

test('a receiver that repeats the token does not get it into the log', async () => {
  const receiver = await serverOf((response, { headers }) => {
    answering(400, JSON.stringify({ title: 'Bad token', detail: headers.authorization }))(response, {} as never)
  })
  expect((await send(receiver)).printed).not.toContain(idToken)
})
