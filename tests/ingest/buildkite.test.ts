import { describe, expect, test } from 'vitest'
import { buildkite } from '#ingest/buildkite.ts'
import { adaptJson, codesOf, documentOf, onlyResult, recorded } from './adapting.ts'

const job = {
  id: '01900000-0000-4000-8000-000000000001',
  type: 'script',
  name: ':redis: test arm64',
  state: 'passed',
  exit_status: 0,
  soft_failed: false,
  web_url: 'https://buildkite.com/acme-inc/redis/builds/5#01900000-0000-4000-8000-000000000001',
  agent: { id: '1', user_agent: 'buildkite-agent/3.50.0 (linux; arm64)', meta_data: ['queue=x86', 'arch=amd64'] },
  finished_at: '2026-11-02T10:20:30.123Z',
  retries_count: null,
}
const build = {
  id: '01900000-0000-4000-8000-0000000000bb',
  number: 5,
  commit: 'abcd0b72a1e580e90712cdd9eb26d3fb41cd09c8',
  branch: 'main',
  source: 'schedule',
  pull_request: null,
}
const pipeline = {
  id: '01900000-0000-4000-8000-0000000000cc',
  slug: 'redis',
  name: 'Redis',
  url: 'https://api.buildkite.com/v2/organizations/acme-inc/pipelines/redis',
}

const webhook = (jobChanges: object = {}, buildChanges: object = {}) => ({
  event: 'job.finished',
  job: { ...job, ...jobChanges },
  build: { ...build, ...buildChanges },
  pipeline,
})

const end = (changes: object) => {
  const { outcome, reason } = onlyResult(adaptJson(buildkite, webhook(changes)))
  return [outcome, reason]
}

describe('the webhook `job.finished` of Buildkite', () => {
  test('tells the machine as the agent does, not as its operator calls it', () => {
    expect(onlyResult(adaptJson(buildkite, webhook()))).toEqual({
      provider: 'buildkite',
      repository: 'acme-inc/redis',
      repositoryId: '01900000-0000-4000-8000-0000000000cc',
      workflows: ['redis', 'Redis'],
      job: ':redis: test arm64',
      jobId: '01900000-0000-4000-8000-000000000001',
      event: 'schedule',
      ref: 'main',
      commit: 'abcd0b72a1e580e90712cdd9eb26d3fb41cd09c8',
      runId: '5',
      attempt: 1,
      outcome: 'passed',
      observedAt: '2026-11-02T10:20:30Z',
      link: 'https://buildkite.com/acme-inc/redis/builds/5#01900000-0000-4000-8000-000000000001',
      architecture: 'arm64',
      spot: ['job'],
    })
  })

  test.each([
    [{ state: 'failed', exit_status: 1 }, 'failed', undefined],
    [{ state: 'failed', exit_status: 1, soft_failed: true }, 'failed', 'tolerated'],
    [{ state: 'failed', exit_status: -1 }, 'infra', 'runner-lost'],
    [{ state: 'failed', exit_status: 255, signal_reason: 'agent_stop' }, 'infra', 'runner-lost'],
    [{ state: 'timed_out', exit_status: 143 }, 'infra', 'timeout'],
    [{ state: 'expired', agent: null }, 'infra', undefined],
    [{ state: 'canceled' }, 'cancelled', undefined],
    [{ state: 'skipped', agent: null }, 'skipped', undefined],
    [{ state: 'broken', agent: null }, 'skipped', undefined],
    [{ state: 'waiting_failed', agent: null }, 'skipped', undefined],
    [{ state: 'finished', exit_status: 0 }, 'passed', undefined],
    [{ state: 'finished', exit_status: 2 }, 'failed', undefined],
  ])('with %j is %s', (changes, outcome, reason) => {
    expect(end(changes)).toEqual([outcome, reason])
  })

  test.each([{ state: 'won' }, { state: null }, { state: 'finished', exit_status: null }])(
    'with %j is a problem',
    (changes) => {
      expect(adaptJson(buildkite, webhook(changes))).toMatchObject({
        results: [],
        problems: [{ code: 'unknown-outcome', spot: ['job', 'state'] }],
      })
    },
  )

  test.each(['waiter', 'manual', 'trigger'])('of a step of the type `%s` is ignored', (type) => {
    expect(adaptJson(buildkite, webhook({ type, name: null }))).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test('that is green without an agent is no evidence', () => {
    expect(adaptJson(buildkite, webhook({ agent: null }))).toMatchObject({
      results: [],
      ignored: 1,
      problems: [{ code: 'no-runner' }],
    })
  })

  test('of a job that was retried is a later attempt', () => {
    expect(onlyResult(adaptJson(buildkite, webhook({ retries_count: 2 }))).attempt).toBe(3)
  })

  test.each([
    { pull_request: { id: '7', repository: 'https://github.com/mallory/redis.git' } },
    { branch: 'mallory:main' },
  ])('of a pull request is not trusted: %j', (changes) => {
    expect(adaptJson(buildkite, webhook({}, changes))).toMatchObject({
      results: [],
      problems: [{ code: 'untrusted-event' }],
    })
  })

  test.each([
    [{ user_agent: 'buildkite-agent/3.50.0.1 (darwin; arm64)' }, 'arm64', 'macos'],
    [{ user_agent: 'buildkite-agent/3.50.0 (windows; amd64)' }, 'amd64', 'windows'],
    [{ user_agent: 'buildkite-agent/3.50.0 (linux; arm)' }, undefined, undefined],
    [{ user_agent: 'curl/8 (linux; arm64)' }, undefined, undefined],
    [{ arch: 'aarch64', user_agent: 'buildkite-agent/3.110.0 (linux; arm64)' }, 'aarch64', undefined],
  ])('of an agent %j ran on %s', (agent, architecture, os) => {
    const result = onlyResult(adaptJson(buildkite, webhook({ agent })))
    expect([result.architecture, result.os]).toEqual([architecture, os])
  })

  test.each(['job.started', 'job.scheduled', 'job.promised_exit_status', 'build.running'])(
    'and `%s`, which is ignored',
    (event) => {
      expect(adaptJson(buildkite, { ...webhook(), event })).toEqual({ results: [], problems: [], ignored: 1 })
    },
  )

  test('and `build.finished`, which says which jobs to send', () => {
    expect(adaptJson(buildkite, { event: 'build.finished', build, pipeline })).toMatchObject({
      results: [],
      ignored: 1,
      problems: [{ code: 'run-without-jobs' }],
    })
  })
})

describe('a build of the REST API of Buildkite', () => {
  test('tells its jobs', () => {
    const rest = {
      ...build,
      state: 'failed',
      pipeline,
      jobs: [job, { type: 'waiter', id: 'x' }, { ...job, id: 'y', state: 'running' }, 7],
    }
    const adapted = adaptJson(buildkite, rest)
    expect(adapted.results).toMatchObject([{ outcome: 'passed', spot: ['jobs', 0] }])
    expect([adapted.ignored, codesOf(adapted)]).toEqual([2, ['bad-document']])
  })

  test('is told apart from other documents with jobs', () => {
    const recognised = (value: unknown) => buildkite.recognises(documentOf(value))
    expect(recognised({ ...build, state: 'passed', pipeline, jobs: [] })).toBe(true)
    expect(
      [{ total_count: 0, jobs: [] }, { event: 'push', build }, { event: 'job.finished' }, []].some(recognised),
    ).toBe(false)
  })

  test('names one job by the number in its address', () => {
    expect(onlyResult(adaptJson(buildkite, job))).toMatchObject({
      repository: 'acme-inc/redis',
      runId: '5',
      outcome: 'passed',
    })
  })
})

describe('the recorded document', () => {
  test('of a build says what it says', () => {
    const document = recorded('buildkite/rest-build.json')
    expect(buildkite.recognises(document)).toBe(true)
    expect(onlyResult(buildkite.adapt(document))).toMatchObject({
      outcome: 'passed',
      repository: 'my-great-org/my-pipeline',
      job: 'RSpec',
      jobId: 'b63254c0-3271-4a98-8270-7cfbd6c2f14e',
      runId: '2',
      attempt: 2,
      event: 'webhook',
      ref: 'main',
      observedAt: '2015-05-09T21:08:59Z',
      architecture: 'amd64',
    })
  })

  test.each(['buildkite/rest-trigger-job.json', 'buildkite/webhook-job-finished-outline.json'])(
    '%s ran nothing',
    (path) => {
      const document = recorded(path)
      expect(buildkite.recognises(document)).toBe(true)
      expect(buildkite.adapt(document)).toEqual({ results: [], problems: [], ignored: 1 })
    },
  )

  test.each([
    ['passed', { outcome: 'passed', repository: 'p', observedAt: '2026-01-10T10:05:00Z', job: 'test', runId: '5' }],
    ['soft-failed', { outcome: 'failed', reason: 'tolerated' }],
    ['agent-lost', { outcome: 'infra', reason: 'runner-lost' }],
    ['broken', { outcome: 'skipped' }],
  ])('job-finished-%s says what it says', (name, expected) => {
    expect(onlyResult(buildkite.adapt(recorded(`handmade/buildkite/job-finished-${name}.json`)))).toMatchObject(
      expected,
    )
  })
})
