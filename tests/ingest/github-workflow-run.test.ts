import { describe, expect, test } from 'vitest'
import { githubWorkflowRun } from '#ingest/github-workflow-run.ts'
import { adaptJson, documentOf, recorded } from './adapting.ts'

const repository = { id: 156018, full_name: 'redis/redis' }

function body(run: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    action: 'completed',
    repository,
    workflow_run: {
      id: 22,
      event: 'push',
      status: 'completed',
      conclusion: 'success',
      head_repository: repository,
      ...run,
    },
  }
}

describe('the webhook `workflow_run`', () => {
  test('is no evidence, and says which jobs are', () => {
    const adapted = adaptJson(githubWorkflowRun, body())
    expect(adapted).toMatchObject({
      results: [],
      ignored: 1,
      problems: [{ code: 'run-without-jobs', severity: 'warning' }],
    })
    expect(adapted.problems[0]?.fix).toContain('/repos/redis/redis/actions/runs/22/jobs')
  })

  test('of a run that still runs is ignored', () => {
    expect(adaptJson(githubWorkflowRun, body({ status: 'in_progress', conclusion: null }))).toEqual({
      results: [],
      problems: [],
      ignored: 1,
    })
  })

  test.each(['push', 'schedule', 'workflow_dispatch', 'release'])('of a run by `%s` is trusted', (event) => {
    expect(adaptJson(githubWorkflowRun, body({ event })).problems).toMatchObject([{ code: 'run-without-jobs' }])
  })

  test.each([
    'pull_request',
    'pull_request_target',
    'workflow_run',
    'issue_comment',
    'repository_dispatch',
    '',
    null,
    {},
  ])('of a run by `%s` is not trusted', (event) => {
    const adapted = adaptJson(githubWorkflowRun, body({ event }))
    expect(adapted).toMatchObject({
      results: [],
      ignored: 0,
      problems: [{ code: 'untrusted-event', severity: 'warning' }],
    })
  })

  test.each([
    ['another repository', { id: 7, full_name: 'mallory/redis' }],
    ['a repository that is gone', null],
  ])('of a push in %s is not trusted', (_, head_repository) => {
    expect(adaptJson(githubWorkflowRun, body({ head_repository })).problems).toMatchObject([
      { code: 'untrusted-event', actual: 'push of a fork' },
    ])
  })

  test('is not a deployment, which holds a run, too', () => {
    const recognised = (value: unknown) => githubWorkflowRun.recognises(documentOf(value))
    expect(recognised(body())).toBe(true)
    expect(recognised({ ...body(), deployment: {} })).toBe(false)
    expect(recognised({ ...body(), deployment: {}, deployment_status: {}, check_run: {} })).toBe(false)
  })

  test('without a run is a problem', () => {
    expect(adaptJson(githubWorkflowRun, { action: 'completed', workflow_run: {} }).problems).toMatchObject([
      { code: 'bad-document' },
    ])
  })
})

describe('the recorded run', () => {
  test('of a schedule says where its jobs are', () => {
    const document = recorded('github-workflow-run/completed-schedule-reusable.json')
    expect(githubWorkflowRun.recognises(document)).toBe(true)
    const adapted = githubWorkflowRun.adapt(document)
    expect(adapted).toMatchObject({
      results: [],
      ignored: 1,
      problems: [{ code: 'run-without-jobs', actual: '12730301372' }],
    })
    expect(adapted.problems[0]?.fix).toContain('/repos/example/example-repo/actions/runs/12730301372/jobs')
  })

  test.each([
    ['completed-success', 'repository_dispatch'],
    ['requested-action-required', 'repository_dispatch'],
    ['requested-queued', 'repository_dispatch'],
    ['completed-action-status-queued', 'workflow_dispatch of a fork'],
    ['rest-run', 'push of a fork'],
    ['rest-run-list', 'push of a fork'],
  ])('%s is not trusted, being by %s', (name, event) => {
    const document = recorded(`github-workflow-run/${name}.json`)
    expect(githubWorkflowRun.recognises(document)).toBe(true)
    expect(githubWorkflowRun.adapt(document)).toMatchObject({
      results: [],
      ignored: 0,
      problems: [{ code: 'untrusted-event', actual: event }],
    })
  })
})
