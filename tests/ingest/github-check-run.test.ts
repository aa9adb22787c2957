import { describe, expect, test } from 'vitest'
import { githubCheckRun } from '#ingest/github-check-run.ts'
import { adaptJson, documentOf, onlyResult, recorded } from './adapting.ts'

function body(check: Record<string, unknown> = {}, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    action: 'completed',
    repository: { id: 156018, full_name: 'redis/redis', default_branch: 'unstable' },
    check_run: {
      id: 5,
      name: 'arm64 tests',
      status: 'completed',
      conclusion: 'success',
      completed_at: '2026-11-02T10:20:30Z',
      html_url: 'https://github.com/redis/redis/runs/5',
      head_sha: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0',
      check_suite: { id: 9, head_branch: 'unstable', pull_requests: [] },
      app: { id: 77, slug: 'cirrus-ci', name: 'Cirrus CI' },
      pull_requests: [],
      ...check,
    },
    ...changes,
  }
}

describe('the webhook `check_run`', () => {
  test('tells how a job of another CI system ended', () => {
    expect(onlyResult(adaptJson(githubCheckRun, body()))).toEqual({
      provider: 'github-checks',
      repository: 'redis/redis',
      repositoryId: '156018',
      workflows: ['cirrus-ci', 'Cirrus CI'],
      job: 'arm64 tests',
      jobId: '5',
      runId: '9',
      ref: 'unstable',
      commit: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0',
      outcome: 'passed',
      observedAt: '2026-11-02T10:20:30Z',
      link: 'https://github.com/redis/redis/runs/5',
      spot: ['check_run'],
    })
  })

  test.each([[{ id: 77, slug: 'github-actions' }], [{ id: 15368 }]])(
    'of GitHub Actions says nothing about a runner',
    (app) => {
      expect(adaptJson(githubCheckRun, body({ app }))).toMatchObject({
        results: [],
        ignored: 1,
        problems: [{ code: 'no-runner', severity: 'warning' }],
      })
    },
  )

  test.each(['created', 'rerequested', 'requested_action'])('with the action `%s` repeats an old end', (action) => {
    expect(adaptJson(githubCheckRun, body({}, { action }))).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test('of a fork has no branch, and is not trusted', () => {
    const adapted = adaptJson(githubCheckRun, body({ check_suite: { id: 9, head_branch: null, pull_requests: [] } }))
    expect(adapted).toMatchObject({ results: [], ignored: 0, problems: [{ code: 'untrusted-event' }] })
  })

  test('of a pull request is not trusted', () => {
    const pull_requests = [{ number: 2 }]
    const check_suite = { id: 9, head_branch: 'changes', pull_requests }
    expect(adaptJson(githubCheckRun, body({ check_suite, pull_requests })).problems).toMatchObject([
      { code: 'untrusted-event', actual: 'pull_request' },
    ])
  })

  test('of the default branch is trusted, whichever pull requests start from it', () => {
    expect(onlyResult(adaptJson(githubCheckRun, body({ pull_requests: [{ number: 2 }] }))).outcome).toBe('passed')
  })

  test('with an unknown conclusion is a problem', () => {
    expect(adaptJson(githubCheckRun, body({ conclusion: 'mostly' })).problems).toMatchObject([
      { code: 'unknown-outcome', spot: ['check_run', 'conclusion'] },
    ])
  })

  test('is not a deployment status, which holds a check, too', () => {
    expect(githubCheckRun.recognises(documentOf(body()))).toBe(true)
    expect(githubCheckRun.recognises(documentOf(body({}, { deployment_status: {}, deployment: {} })))).toBe(false)
    expect(githubCheckRun.recognises(documentOf({ action: 'completed', check_run: null }))).toBe(false)
  })
})

describe('the recorded check', () => {
  test.each(['created-queued', 'requested-action-in-progress', 'rerequested-neutral'])('%s is ignored', (name) => {
    const document = recorded(`github-check-run/${name}.json`)
    expect(githubCheckRun.recognises(document)).toBe(true)
    expect(githubCheckRun.adapt(document)).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test('of GitHub Actions says nothing', () => {
    const adapted = githubCheckRun.adapt(recorded('github-check-run/completed-failure.json'))
    expect(adapted).toMatchObject({ results: [], ignored: 1, problems: [{ code: 'no-runner' }] })
  })

  test('of a pull request is not trusted', () => {
    const adapted = githubCheckRun.adapt(recorded('github-check-run/completed-success.json'))
    expect(adapted).toMatchObject({
      results: [],
      ignored: 0,
      problems: [{ code: 'untrusted-event', actual: 'pull_request' }],
    })
  })

  test('of the REST API does not tell its branch, and is not read', () => {
    expect(githubCheckRun.recognises(recorded('github-check-run/rest-check-run-list.json'))).toBe(false)
  })
})
