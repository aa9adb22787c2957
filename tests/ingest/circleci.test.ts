import { describe, expect, test } from 'vitest'
import { circleci } from '#ingest/circleci.ts'
import { adaptJson, codesOf, documentOf, onlyResult, recorded } from './adapting.ts'

const webhook = (status: unknown = 'success', vcs: unknown = undefined, parameters: unknown = undefined) => ({
  type: 'job-completed',
  id: 'e7346c18-44cb-331d-9d45-698a38edb2e0',
  project: { id: 'c4fa043c-d2ba-4d97-a6ca-2745b3518114', slug: 'gh/octo-org/octo-repo' },
  pipeline: { id: 'p', trigger: { type: 'webhook' }, vcs, trigger_parameters: parameters },
  workflow: { id: '7381218b-d04c-4aa3-b8b8-8c00a9319d1f', name: 'ci', url: 'https://app.circleci.com/x' },
  job: {
    id: 'bc772f25-9fd4-49f3-a3b8-d5a0cb5a2ab6',
    name: 'test',
    status,
    number: 6,
    stopped_at: '2026-01-10T10:01:12.599Z',
  },
})

const apiJob = (changes: object = {}) => ({
  web_url: 'https://circleci.com/gh/octo-org/octo-repo/6',
  project: { id: 'c4fa043c-d2ba-4d97-a6ca-2745b3518114', slug: 'gh/octo-org/octo-repo' },
  latest_workflow: { id: '7381218b-d04c-4aa3-b8b8-8c00a9319d1f', name: 'ci' },
  name: 'test',
  number: 6,
  status: 'success',
  stopped_at: '2026-01-10T10:01:12.599Z',
  executor: { resource_class: 'arm.medium', type: 'machine' },
  ...changes,
})

describe('a job of CircleCI', () => {
  test('is the same one in the webhook and in the API', () => {
    const hooked = onlyResult(adaptJson(circleci, webhook()))
    expect(hooked).toEqual({
      provider: 'circleci',
      repository: 'gh/octo-org/octo-repo',
      repositoryId: 'c4fa043c-d2ba-4d97-a6ca-2745b3518114',
      workflows: ['ci'],
      job: 'test',
      jobId: '6',
      event: 'webhook',
      runId: '7381218b-d04c-4aa3-b8b8-8c00a9319d1f',
      attempt: 1,
      outcome: 'passed',
      observedAt: '2026-01-10T10:01:12Z',
      link: 'https://app.circleci.com/x',
      spot: ['job'],
    })
    const asked = onlyResult(adaptJson(circleci, apiJob()))
    for (const key of ['provider', 'repository', 'repositoryId', 'job', 'jobId', 'runId', 'attempt'] as const) {
      expect(asked[key]).toBe(hooked[key])
    }
  })

  test.each([
    ['success', 'passed', undefined],
    ['failed', 'failed', undefined],
    ['canceled', 'cancelled', undefined],
    ['not_run', 'skipped', undefined],
    ['timedout', 'infra', 'timeout'],
    ['infrastructure_fail', 'infra', 'runner-lost'],
    ['unauthorized', 'infra', 'setup'],
    ['terminated-unknown', 'infra', undefined],
  ])('of the status `%s` is %s', (status, outcome, reason) => {
    const result = onlyResult(adaptJson(circleci, webhook(status)))
    expect([result.outcome, result.reason]).toEqual([outcome, reason])
  })

  test.each(['fixed', '', null, 0, 'hasOwnProperty'])('of the unknown status `%s` is a problem', (status) => {
    expect(adaptJson(circleci, webhook(status))).toMatchObject({
      results: [],
      problems: [{ code: 'unknown-outcome', spot: ['job', 'status'] }],
    })
  })

  test.each(['running', 'queued', 'not_running', 'on_hold', 'blocked'])('that is %s is ignored', (status) => {
    expect(adaptJson(circleci, apiJob({ status }))).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test('that is sent twice counts once', () => {
    const adapted = adaptJson(circleci, [webhook(), webhook()])
    expect([adapted.results.length, adapted.ignored]).toEqual([1, 1])
  })

  test.each([
    [
      'a fork',
      { origin_repository_url: 'https://github.com/mallory/x', target_repository_url: 'https://github.com/octo/x' },
      {},
    ],
    ['the branch of a fork', { branch: 'pull/7' }, {}],
    ['a merge request', undefined, { gitlab: { type: 'merge_request' } }],
    ['a fork on GitLab', undefined, { gitlab: { type: 'push', is_fork_merge_request: true } }],
    ['a pull request', undefined, { circleci: { event_type: 'pull_request' } }],
  ])('of %s is not trusted', (_, vcs, parameters) => {
    const adapted = adaptJson(circleci, webhook('success', vcs, parameters))
    expect(adapted).toMatchObject({ results: [], problems: [{ code: 'untrusted-event', spot: ['pipeline'] }] })
  })

  test('of a pipeline without `vcs` tells its branch all the same', () => {
    const parameters = {
      git: { branch: 'main', tag: '', checkout_sha: 'c'.repeat(40) },
      circleci: { event_type: 'push' },
    }
    expect(onlyResult(adaptJson(circleci, webhook('success', undefined, parameters)))).toMatchObject({
      ref: 'main',
      commit: 'c'.repeat(40),
      event: 'push',
    })
  })

  test.each([
    [{ resource_class: 'arm.medium', type: 'machine' }, 'arm64', undefined],
    [{ resource_class: 'arm.2xlarge', type: 'docker' }, 'arm64', undefined],
    [{ resource_class: 'm4pro.medium', type: 'macos' }, 'arm64', 'macos'],
    [{ resource_class: 'macos.m1.medium.gen1', type: 'macos' }, 'arm64', 'macos'],
    [{ resource_class: 'medium+', type: 'docker' }, 'amd64', undefined],
    [{ resource_class: 'large', type: 'machine' }, undefined, undefined],
    [{ resource_class: 'octo-org/arm.big', type: 'machine' }, undefined, undefined],
    [null, undefined, undefined],
  ])('on the machine %j ran on %s', (executor, architecture, os) => {
    const result = onlyResult(adaptJson(circleci, apiJob({ executor })))
    expect([result.architecture, result.os]).toEqual([architecture, os])
  })
})

describe('the jobs of a workflow of CircleCI', () => {
  const item = {
    dependencies: [],
    job_number: 2,
    id: 'x',
    name: 'test',
    project_slug: 'gh/o/r',
    status: 'failed',
    type: 'build',
  }

  test('are told, without what waits for a person', () => {
    const items = [
      item,
      { ...item, type: 'approval', job_number: undefined, status: 'on_hold' },
      { ...item, status: 'running' },
      null,
    ]
    const adapted = adaptJson(circleci, { items, next_page_token: null })
    expect(adapted.results).toMatchObject([{ outcome: 'failed', jobId: '2', repository: 'gh/o/r', spot: ['items', 0] }])
    expect(adapted.results[0]).not.toHaveProperty('runId')
    expect([adapted.ignored, codesOf(adapted)]).toEqual([2, ['bad-document']])
  })

  test('are not other lists of the API', () => {
    const workflow = { id: 'x', name: 'ci', project_slug: 'gh/o/r', status: 'success', pipeline_id: 'y' }
    const recognised = (value: unknown) => circleci.recognises(documentOf(value))
    expect(recognised({ items: [item] })).toBe(true)
    expect([{ items: [workflow] }, { items: [] }, workflow].some(recognised)).toBe(false)
  })
})

test('the end of a whole workflow says which jobs to send', () => {
  const body = { ...webhook(), type: 'workflow-completed', job: undefined }
  expect(adaptJson(circleci, body)).toMatchObject({ results: [], ignored: 1, problems: [{ code: 'run-without-jobs' }] })
})

describe('the recorded document', () => {
  test.each([
    [
      'circleci/webhook-job-completed-github.json',
      {
        outcome: 'passed',
        repository: 'gh/zulip-testing/circleci-webhook-test',
        job: 'build-and-test',
        jobId: '6',
        runId: '7381218b-d04c-4aa3-b8b8-8c00a9319d1f',
        ref: 'main',
        commit: 'a5e30a908224e46626a796d058289475f6d387b5',
        observedAt: '2022-09-20T12:54:38Z',
      },
    ],
    [
      'circleci/webhook-job-completed-bitbucket.json',
      {
        outcome: 'passed',
        repository: 'bb/hariprashant1/circleci-webhook-testing',
        ref: 'master',
        jobId: '4',
        observedAt: '2022-11-07T15:42:14Z',
      },
    ],
    [
      'circleci/webhook-job-completed-gitlab-no-vcs.json',
      {
        outcome: 'passed',
        repository: 'circleci/89xcrx7UvWQfzcUPAEmu5Q/63AY3yf3XeUQojmQcGZTtB',
        event: 'push',
        ref: 'main',
        commit: 'c31f86994c54672f97b5bd5e544315b7bd40e4c1',
        jobId: '2',
      },
    ],
    [
      'circleci/api-v2-workflow-job-success.json',
      {
        outcome: 'passed',
        job: 'say-hello',
        jobId: '2',
        observedAt: '2023-03-25T17:12:23Z',
        repository: 'gh/coldgust/coldgust.github.io',
      },
    ],
    [
      'circleci/api-v2-workflow-job-failed.json',
      { outcome: 'failed', job: 'build', jobId: '5', observedAt: '2023-03-25T17:52:23Z' },
    ],
    [
      'handmade/circleci/api-v2-job-arm.json',
      { outcome: 'failed', job: 'test-arm64', jobId: '127', architecture: 'arm64', observedAt: '2026-01-10T10:01:12Z' },
    ],
  ])('%s says what it says', (path, expected) => {
    const document = recorded(path)
    expect(circleci.recognises(document)).toBe(true)
    expect(onlyResult(circleci.adapt(document))).toMatchObject(expected)
  })

  test('of a fork is not trusted', () => {
    const adapted = circleci.adapt(recorded('handmade/circleci/webhook-job-completed-fork.json'))
    expect(adapted).toMatchObject({ results: [], problems: [{ code: 'untrusted-event' }] })
  })

  test('of the old API is another format', () => {
    expect(circleci.recognises(recorded('circleci/legacy-notify-canceled.json'))).toBe(false)
  })
})
