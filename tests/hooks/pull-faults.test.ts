import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressOf } from '#hooks/pull-address.ts'
import { pullSources } from '#hooks/pull.ts'
import { Source } from '#domain/source.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import {
  github,
  githubOf,
  gitlabOf,
  gitlabRegistration,
  job,
  jobsPath,
  projectId,
  pulling,
  registration,
  repository,
  repositoryId,
  repositoryName,
  run,
  runId,
  runsPath,
} from './pull-recordings.ts'
import { cutOff, json, listed, recorded, replayOf, truncated, type Answer, type Json } from './pull-replay.ts'

const good = () => github([run()], { [`${runId}/1`]: [job()] })
const home = `/repos/${repositoryName}`
const site = () => pulling({ redis: registration() })
const codes = ({ problems }: { problems: readonly { code: string }[] }) => problems.map(({ code }) => code)
const token = 'ghp_0123456789abcdefABCDEF'

/** How GitHub words its limits: https://github.com/octokit/plugin-throttling.js/pull/438 */
const secondary = {
  message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
}
const primary = { message: "API rate limit exceeded for 203.0.113.7. (But here's the good news: …)" }

describe('an API that was asked too often', () => {
  test.each<[string, Answer]>([
    ['a plain 429 with Retry-After', json({ message: 'Too many requests' }, 429, { 'retry-after': '60' })],
    ['the secondary limit of GitHub', json(secondary, 403, { 'retry-after': '60' })],
    ['the secondary limit without a time', json(secondary, 429)],
    ['an answer of GitLab', (response) => response.writeHead(429, { 'retry-after': '60' }).end('Retry later\n')],
  ])('is asked again when it may be: %s', async (_what, refusal) => {
    const answers = good()
    const replay = await replayOf({ ...answers, [runsPath]: [refusal, answers[runsPath] ?? refusal] })
    const pulled = await pullSources(site(), githubOf(replay))
    expect(pulled).toMatchObject({ problems: [], calls: 4 })
    expect(pulled.evidence).toHaveLength(1)
  })

  test('is waited for as long as it says, all waits together not longer than may be', async () => {
    const refusal = json({}, 429, { 'retry-after': '60' })
    const answers = good()
    const twice = { ...answers, [runsPath]: [refusal, refusal, answers[runsPath] ?? refusal] }
    const patient = await replayOf(twice)
    expect(codes(await pullSources(site(), githubOf(patient, { totalWaitSeconds: 120 })))).toEqual([])
    const hasty = await replayOf(twice)
    expect(codes(await pullSources(site(), githubOf(hasty, { totalWaitSeconds: 119 })))).toEqual(['rate-limited'])
  })

  test('is left alone where the wait is too long; when to come back is told, and what was read stays', async () => {
    const reset = Math.floor(Date.parse('2100-01-01T00:00:00Z') / 1000)
    const exhausted = json(primary, 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) })
    const runs = [run({ id: 22 }), run({ id: 21 })]
    const replay = await replayOf({
      ...github(runs, { '22/1': [job({ id: 1, run_id: 22 })] }),
      [jobsPath('21/1')]: exhausted,
    })
    const sources = { redis: registration(), valkey: registration({ repository: 'a/b', repositoryId: '5' }) }
    const pulled = await pullSources(pulling(sources), githubOf(replay))
    expect(pulled.evidence.map(({ run }) => run.id)).toEqual(['22'])
    expect(pulled.problems).toHaveLength(1)
    expect(pulled.problems[0]).toMatchObject({ code: 'rate-limited', place: { file: `${replay.origin}/` } })
    expect(pulled.problems[0]?.reason).toMatch(/It may be asked again at 2100-01-01T00:00:0\dZ\. Not asked: `a\/b`\.$/)
    expect(pulled.sources.map(({ source, calls }) => [source, calls])).toEqual([
      ['redis', 4],
      ['valkey', 0],
    ])
  })

  test('and says that it may be asked again since long is not asked for ever', async () => {
    const past = json(primary, 403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1664601436' })
    const replay = await replayOf({ ...good(), [runsPath]: past })
    const { problems, calls } = await pullSources(site(), githubOf(replay, { totalWaitSeconds: 5 }))
    expect(problems).toMatchObject([{ code: 'rate-limited' }])
    expect(calls).toBe(7)
  })

  test('tells its time in the headers of GitLab too', async () => {
    const reset = String(Math.floor(Date.parse('2100-01-01T00:00:00Z') / 1000))
    const limited = json({}, 429, { 'ratelimit-remaining': '0', 'ratelimit-reset': reset })
    const replay = await replayOf({ [`/projects/${projectId}`]: limited })
    const { problems } = await pullSources(pulling({ redis: gitlabRegistration() }), gitlabOf(replay))
    expect(problems[0]?.reason).toContain('GitLab: it was asked too often. It may be asked again at 2100-01-01')
    expect(problems[0]?.fix).toContain('with `GITLAB_TOKEN` there is room for more')
  })
})

describe('an API that fails', () => {
  test.each<[string, Answer]>([
    ['with 502', json({ message: 'Server Error' }, 502)],
    ['with 503', json({}, 503)],
    ['in the middle of a body', cutOff],
    ['with JSON that ends too early', truncated],
    ['with nothing', (response) => response.writeHead(200).end()],
    ['without an answer', (response) => response.destroy()],
  ])('%s is asked again', async (_what, fault) => {
    const answers = good()
    const some = [fault, fault, answers[runsPath] ?? fault]
    const replay = await replayOf({ ...answers, [runsPath]: some })
    const pulled = await pullSources(site(), githubOf(replay))
    expect(pulled).toMatchObject({ problems: [], calls: 5 })
    expect(pulled.evidence).toHaveLength(1)
  })

  test.each<[string, Answer, string]>([
    ['with 502', json({ message: 'Server Error' }, 502), 'it answers 502'],
    ['with JSON that ends too early', truncated, 'the answer ended before its end'],
    ['with a page of a proxy', (response) => response.writeHead(200).end('<html>'), 'the answer ended before its end'],
  ])('%s again and again is told', async (_what, fault, why) => {
    const replay = await replayOf({ ...good(), [runsPath]: fault })
    const { problems, calls } = await pullSources(site(), githubOf(replay))
    expect(problems).toMatchObject([
      { code: 'provider-unreachable', actual: why, place: { file: 'sources/redis.yml' } },
    ])
    expect(calls).toBe(5)
  })

  test('to answer in time is told', async () => {
    const replay = await replayOf({ ...good(), [runsPath]: () => undefined })
    const { problems } = await pullSources(site(), githubOf(replay, { timeoutMilliseconds: 150 }))
    expect(problems).toMatchObject([{ code: 'provider-unreachable', actual: 'no answer in 0.15 s' }])
  })

  test('to come to an end is told', async () => {
    const drip: Answer = (response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write(' '), 20)
      response.on('close', () => {
        clearInterval(timer)
      })
    }
    const replay = await replayOf({ ...good(), [runsPath]: drip })
    const { problems } = await pullSources(site(), githubOf(replay, { timeoutMilliseconds: 150 }))
    expect(problems).toMatchObject([{ code: 'provider-unreachable', actual: 'no answer in 0.15 s' }])
  })

  test('for one repository does not stop the others', async () => {
    const replay = await replayOf({ ...good(), '/repos/a/b': json({}, 502) })
    const sources = { broken: registration({ repository: 'a/b', repositoryId: '5' }), redis: registration() }
    const pulled = await pullSources(pulling(sources), githubOf(replay))
    expect(codes(pulled)).toEqual(['provider-unreachable'])
    expect(pulled.evidence).toHaveLength(1)
  })

  test('for three repositories in a row is down, and the others are not asked for', async () => {
    const replay = await replayOf(Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`/repos/a/${n}`, json({}, 503)])))
    const sources = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`s${n}`, registration({ repository: `a/${n}` })]))
    const { problems, calls } = await pullSources(pulling(sources), githubOf(replay))
    expect(problems).toHaveLength(3)
    expect(problems[2]?.reason).toContain('Not asked: `a/4`, `a/5`.')
    expect(calls).toBe(12)
  })

  test('does not stop the other API', async () => {
    const replay = await replayOf(good())
    const sources = { redis: registration(), valkey: gitlabRegistration() }
    const clients = new Map([...githubOf(replay), ...gitlabOf(replay)])
    const pulled = await pullSources(pulling(sources), clients)
    expect(codes(pulled)).toEqual(['repository-missing'])
    expect(pulled.evidence).toHaveLength(1)
  })
})

describe('an answer', () => {
  test('that is too large is told and not asked for again', async () => {
    const large = json({ total_count: 0, workflow_runs: [], more: 'x'.repeat(10_000) })
    const replay = await replayOf({ ...good(), [runsPath]: large })
    const { problems, calls } = await pullSources(site(), githubOf(replay, { maximumBytes: 9_000 }))
    expect(problems).toMatchObject([{ code: 'document-too-large' }])
    expect(calls).toBe(2)
  })

  test.each<[string, unknown]>([
    ['another thing', []],
    ['a list without its number', { workflow_runs: [] }],
    ['a list without its entries', { total_count: 1 }],
    ['a number that is none', { total_count: -1, workflow_runs: [] }],
    ['nothing but depth', JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`)],
  ])('that is %s is told', async (_what, strange) => {
    const replay = await replayOf({ ...good(), [runsPath]: json(strange) })
    const { problems, calls } = await pullSources(site(), githubOf(replay))
    expect(problems).toMatchObject([{ code: 'bad-document', place: { file: 'sources/redis.yml' } }])
    expect(calls).toBe(2)
  })

  test('about another run is none', async () => {
    const replay = await replayOf({ ...good(), [jobsPath(`${runId}/1`)]: listed('jobs', [job({ run_id: 5 })]) })
    expect(codes(await pullSources(site(), githubOf(replay)))).toEqual(['bad-document'])
  })

  test.each([
    [401, 'token-refused'],
    [403, 'access-refused'],
    [404, 'repository-missing'],
    [451, 'access-refused'],
    [422, 'access-refused'],
  ])('%i is told as %s, at once', async (status, code) => {
    const replay = await replayOf({ ...good(), [home]: json({ message: 'No' }, status) })
    const { problems, calls } = await pullSources(site(), githubOf(replay, {}, token))
    expect(problems).toMatchObject([{ code }])
    expect(problems[0]?.fix).toContain('GITHUB_TOKEN')
    expect(calls).toBe(1)
  })

  test('401 is one for all repositories', async () => {
    const replay = await replayOf({ [home]: json({ message: 'Bad credentials' }, 401) })
    const sources = { redis: registration(), other: registration({ repository: 'a/b' }) }
    const { problems, calls } = await pullSources(pulling(sources), githubOf(replay, {}, token))
    expect(calls).toBe(1)
    expect(problems[0]?.reason).toContain('Not asked: `a/b`.')
  })

  test('that a run is gone meanwhile is no problem', async () => {
    const replay = await replayOf(github([run(), run({ id: 5 })], { '5/1': [job({ run_id: 5 })] }))
    const pulled = await pullSources(site(), githubOf(replay))
    expect(pulled).toMatchObject({ problems: [], sources: [{ runs: 2, attempts: 1 }] })
  })
})

describe('a list', () => {
  const many = (count: number, from = 1) =>
    Array.from({ length: count }, (_, index) => job({ id: from + index, name: `j${index}` }))
  const path = jobsPath(`${runId}/1`)
  const wide = () => pulling({ redis: registration({ job: 'j*' }) })
  const page = (items: readonly Json[], total: number) => json({ total_count: total, jobs: items })

  test('is read page by page', async () => {
    const replay = await replayOf({ ...good(), [path]: listed('jobs', many(250)) })
    const pulled = await pullSources(wide(), githubOf(replay))
    expect(pulled.evidence).toHaveLength(250)
    expect(replay.asked.filter((asked) => asked.path === path).map(({ query }) => query.get('page'))).toEqual([
      '1',
      '2',
      '3',
    ])
  })

  test('that moves between two pages gives each entry once, and is read again where one is missing', async () => {
    const all = many(120)
    const moved = [
      page(all.slice(0, 100), 119),
      // A new entry has come in front: the last of the first page is the first of the second.
      page(all.slice(99, 119), 120),
      page(all.slice(0, 100), 120),
      page(all.slice(100), 120),
    ]
    const replay = await replayOf({ ...good(), [path]: moved })
    const pulled = await pullSources(wide(), githubOf(replay))
    expect(pulled.problems).toEqual([])
    expect(new Set(pulled.evidence.map(({ run }) => run.jobId)).size).toBe(120)
    expect(pulled.evidence).toHaveLength(120)
  })

  test('of jobs that stays incomplete is no observation: recorded with one of two jobs', async () => {
    const half = recorded<{ jobs: Json[] }>('github/jobs-page-1-of-2.json')
    const replay = await replayOf({
      ...good(),
      [path]: json({ ...half, jobs: half.jobs.map((one) => ({ ...one, run_id: runId })) }),
    })
    const pulled = await pullSources(pulling({ redis: registration({ job: '*' }) }), githubOf(replay))
    expect(pulled.problems).toMatchObject([
      {
        code: 'incomplete-list',
        severity: 'error',
        place: { file: `${replay.origin}${path}` },
        expected: '2',
        actual: '1',
      },
    ])
    expect(pulled.evidence).toEqual([])
  })

  test('of runs that stays incomplete is read as far as it goes', async () => {
    const answers = good()
    const replay = await replayOf({ ...answers, [runsPath]: json({ total_count: 2, workflow_runs: [run()] }) })
    const pulled = await pullSources(site(), githubOf(replay))
    expect(pulled.problems).toMatchObject([{ code: 'incomplete-list', severity: 'warning' }])
    expect(pulled.evidence).toHaveLength(1)
  })

  test('that gives the same page for ever has an end', async () => {
    const same = page(many(100), 1000)
    const replay = await replayOf({ ...good(), [path]: same })
    const pulled = await pullSources(wide(), githubOf(replay))
    expect(codes(pulled)).toEqual(['incomplete-list'])
    expect(replay.asked.filter((asked) => asked.path === path)).toHaveLength(4)
  })

  test('that gives new entries for ever has an end', async () => {
    let next = 1
    const endless: Answer = (response, asked) => {
      page(many(100, (next += 100)), 1900)(response, asked)
    }
    const replay = await replayOf({ ...good(), [path]: endless })
    const pulled = await pullSources(wide(), githubOf(replay))
    expect(codes(pulled)).toEqual([])
    expect(replay.asked.filter((asked) => asked.path === path)).toHaveLength(19)
  })

  test('that claims to be endless is not begun', async () => {
    const replay = await replayOf({ ...good(), [path]: page(many(100), 100_000_000) })
    const pulled = await pullSources(wide(), githubOf(replay))
    expect(codes(pulled)).toEqual(['incomplete-list'])
    expect(replay.asked.filter((asked) => asked.path === path)).toHaveLength(1)
  })

  test('whose next page is elsewhere is asked for here', async () => {
    const link = '<http://127.0.0.1:9/steal?page=2>; rel="next"'
    const [first, second] = [many(100), many(20, 101)]
    const replay = await replayOf({
      ...good(),
      [path]: [json({ total_count: 120, jobs: first }, 200, { link }), page(second, 120)],
    })
    expect((await pullSources(wide(), githubOf(replay, {}, token))).evidence).toHaveLength(120)
  })

  test('of too many runs is cut by what started them', async () => {
    const pulls = Array.from({ length: 390 }, (_, index) => run({ id: 1000 + index, event: 'pull_request' }))
    const pushes = Array.from({ length: 20 }, (_, index) => run({ id: 5000 + index }))
    const replay = await replayOf(github([...pulls, ...pushes], {}))
    const pulled = await pullSources(site(), githubOf(replay))
    expect(pulled.sources).toMatchObject([{ runs: 20 }])
    const events = replay.asked.filter((asked) => asked.path === runsPath).map(({ query }) => query.get('event'))
    expect(events).toEqual([null, 'push', 'schedule', 'workflow_dispatch', 'release'])
  })

  test('of more runs than GitHub gives at once is cut by time', async () => {
    const at = (index: number) =>
      new Date(Date.parse('2022-06-01T00:00:00Z') + index * 3_600_000).toISOString().slice(0, 19)
    const runs = Array.from({ length: 1300 }, (_, index) =>
      run({ id: 1000 + index, created_at: `${at(index)}Z`, status: 'queued' }),
    )
    const replay = await replayOf(github(runs, {}))
    const pulled = await pullSources(site(), githubOf(replay))
    expect(pulled).toMatchObject({ problems: [], unfinished: 1300, sources: [{ runs: 1300 }] })
  })
})

describe('a token', () => {
  test('is sent to the API, with every question, and shown nowhere', async () => {
    const replay = await replayOf(good())
    const pulled = await pullSources(site(), githubOf(replay, {}, token))
    expect(new Set(replay.asked.map(({ authorization }) => authorization))).toEqual(new Set([`Bearer ${token}`]))
    expect(JSON.stringify(pulled)).not.toContain(token)
  })

  test('is not sent where an answer passes on to', async () => {
    const other = await replayOf({ [runsPath]: json({ total_count: 0, workflow_runs: [] }) })
    const moved: Answer = (response) => {
      response.writeHead(302, { location: `${other.origin}${runsPath}` })
      response.end()
    }
    const replay = await replayOf({ ...good(), [runsPath]: moved })
    const { problems } = await pullSources(site(), githubOf(replay, {}, token))
    expect(problems).toMatchObject([{ code: 'provider-unreachable', actual: `it is passed on to ${other.origin}` }])
    expect(other.asked).toEqual([])
  })

  test('that comes back is not recorded', async () => {
    const replay = await replayOf({ ...good(), [jobsPath(`${runId}/1`)]: listed('jobs', [job({ name: token })]) })
    const pulled = await pullSources(pulling({ redis: registration({ job: '*' }) }), githubOf(replay, {}, token))
    expect(codes(pulled)).toEqual(['bad-document'])
    expect(JSON.stringify(pulled)).not.toContain(token)
  })

  test.each<[string, number]>([
    ['in a refusal', 403],
    ['in a fault', 500],
  ])('that comes back %s is shown nowhere', async (_what, status) => {
    const replay = await replayOf({ ...good(), [home]: json({ message: `bad ${token}` }, status) })
    expect(JSON.stringify(await pullSources(site(), githubOf(replay, {}, token)))).not.toContain(token)
  })

  test.each([
    ['two words', 'two words'],
    ['another line', 'abc\nX-Other: 1'],
    ['letters that no header holds', 'schlüssel'],
  ])('with %s is refused without being repeated', (_what, word) => {
    const { fault } = addressOf('github-actions', { GITHUB_TOKEN: word })
    expect(fault).toContain('Unexpected `GITHUB_TOKEN`')
    expect(fault).not.toContain(word)
  })

  test('that is empty, as GitHub Actions writes what is not set, is none', () => {
    expect(addressOf('gitlab', { GITLAB_TOKEN: ' ', GITLAB_API_URL: '' }).address).toMatchObject({
      token: undefined,
      base: new URL('https://gitlab.com/api/v4'),
    })
  })

  test.each([
    'http://example.org/api',
    'https://user:secret@example.org',
    'ftp://example.org',
    'no address',
    'https://example.org/?a=b',
  ])('is not sent to %s', (base) => {
    const { fault } = addressOf('gitlab', { GITLAB_API_URL: base })
    expect(fault).toContain('Unexpected `GITLAB_API_URL`')
    expect(fault).not.toContain('secret')
  })

  test.each([
    ['http://127.0.0.1:3000/api/v3/', 'http://127.0.0.1:3000/api/v3'],
    ['https://github.example.org/api/v3', 'https://github.example.org/api/v3'],
  ])('may be sent to %s', (base, expected) => {
    expect(addressOf('github-actions', { GITHUB_API_URL: base }).address?.base.href).toBe(expected)
  })
})

describe('a repository', () => {
  const [moved, there] =
    recorded<{ status: number; headers: Record<string, string>; response: Json }[]>('github/renamed.json')
  const renamed = (id: string): Record<string, Answer> => ({
    '/repos/octokit-fixture-org/rename-repository': json(moved?.response, moved?.status, {
      location: '/repositories/1000',
    }),
    '/repositories/1000': json({ ...there?.response, id: Number(id) }),
    '/repos/octokit-fixture-org/rename-repository-newname/actions/runs': listed('workflow_runs', []),
  })
  const old = (changes: Record<string, string>) => {
    const { repositoryId: _, ...rest } = registration({ repository: 'octokit-fixture-org/rename-repository' })
    return pulling({ redis: Source.parse({ ...rest, ...changes }) })
  }

  test('that was renamed is followed within the API, by its id', async () => {
    const replay = await replayOf(renamed('1000'))
    const pulled = await pullSources(old({ repositoryId: '1000' }), githubOf(replay, {}, token))
    expect(pulled.problems).toMatchObject([
      { code: 'repository-renamed', severity: 'warning', expected: 'octokit-fixture-org/rename-repository-newname' },
    ])
    expect(replay.asked.map(({ path }) => path)).toEqual([
      '/repos/octokit-fixture-org/rename-repository',
      '/repositories/1000',
      '/repos/octokit-fixture-org/rename-repository-newname/actions/runs',
    ])
  })

  test('that was renamed and has no id in its registration is not believed', async () => {
    const replay = await replayOf(renamed('1000'))
    const pulled = await pullSources(old({}), githubOf(replay))
    expect(pulled.problems).toMatchObject([{ code: 'repository-renamed', severity: 'error' }])
    expect(replay.asked).toHaveLength(2)
  })

  test('that took over the name of another one is not read', async () => {
    const replay = await replayOf({ ...good(), [home]: json(repository({ id: 99 })) })
    const pulled = await pullSources(site(), githubOf(replay))
    expect(pulled.problems).toMatchObject([
      { code: 'repository-differs', expected: repositoryId, actual: '99', place: { file: 'sources/redis.yml' } },
    ])
    expect(pulled.calls).toBe(1)
  })

  test('that passes on and on has an end', async () => {
    const replay = await replayOf({ [home]: json({}, 301, { location: home }) })
    const { problems, calls } = await pullSources(site(), githubOf(replay))
    expect(problems).toMatchObject([{ code: 'bad-document' }])
    expect(calls).toBe(4)
  })
})

test(
  'whatever an API answers, nothing is thrown, and only the registered job is evidence',
  async () => {
    const anything = fc.jsonValue({ maxDepth: 4 })
    const mangled = (value: Json) =>
      fc
        .record({ key: fc.constantFrom(...Object.keys(value), '__proto__', 'id', 'total_count'), with: anything })
        .map((change) => Object.assign(Object.create(null) as Json, value, { [change.key]: change.with }))
    const replay = await replayOf({})
    const answers = fc.record({
      home: mangled(repository()),
      run: mangled(run()),
      job: mangled(job()),
      total: fc.oneof(fc.constant(1), anything),
    })
    await fc.assert(
      fc.asyncProperty(answers, async (given) => {
        const served = await replayOf({
          [home]: json(given.home),
          [runsPath]: json({ total_count: given.total, workflow_runs: [given.run] }),
          [jobsPath(`${runId}/1`)]: json({ total_count: 1, jobs: [given.job] }),
        })
        const pulled = await pullSources(site(), githubOf(served))
        expect(pulled.evidence.every((record) => record.source.job === 'my dummy job')).toBe(true)
        expect(pulled.problems.every(({ code }) => /^[a-z-]+$/.test(code))).toBe(true)
      }),
      { numRuns: runsOf(40) },
    )
    expect(replay.asked).toEqual([])
  },
  propertyTimeout,
)
