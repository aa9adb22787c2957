import { describe, expect, test } from 'vitest'
import { githubWorkflowJob } from '#ingest/github-workflow-job.ts'
import { adaptJson, documentOf, onlyResult, recorded } from './adapting.ts'

const job = {
  id: 11,
  run_id: 22,
  run_attempt: 1,
  name: 'test (arm64)',
  workflow_name: 'Tests',
  status: 'completed',
  conclusion: 'success',
  completed_at: '2026-11-02T10:20:30Z',
  html_url: 'https://github.com/redis/redis/actions/runs/22/job/11',
  labels: ['ubuntu-24.04-arm'],
  runner_id: 3,
  runner_group_name: 'GitHub Actions',
  steps: [{ name: 'Set up job', conclusion: 'success' }],
}
const repository = { id: 156018, full_name: 'redis/redis', default_branch: 'unstable' }

describe('the webhook `workflow_job`', () => {
  test('names the repository by its id, too', () => {
    expect(onlyResult(adaptJson(githubWorkflowJob, { action: 'completed', workflow_job: job, repository }))).toEqual({
      provider: 'github-actions',
      repository: 'redis/redis',
      repositoryId: '156018',
      workflows: ['Tests'],
      job: 'test (arm64)',
      jobId: '11',
      runId: '22',
      attempt: 1,
      outcome: 'passed',
      observedAt: '2026-11-02T10:20:30Z',
      link: 'https://github.com/redis/redis/actions/runs/22/job/11',
      architecture: 'arm64',
      spot: ['workflow_job'],
    })
  })

  test('whose job is null is ignored', () => {
    expect(adaptJson(githubWorkflowJob, { action: 'completed', workflow_job: null, repository })).toEqual({
      results: [],
      problems: [],
      ignored: 1,
    })
  })

  test('that nobody has finished is ignored', () => {
    const queued = { ...job, status: 'queued', conclusion: null, runner_id: null, steps: [] }
    expect(adaptJson(githubWorkflowJob, { action: 'queued', workflow_job: queued, repository }).ignored).toBe(1)
  })

  test('is known from other webhooks by its keys', () => {
    const recognised = (value: unknown) => githubWorkflowJob.recognises(documentOf(value))
    expect(recognised({ action: 'completed', workflow_job: null })).toBe(true)
    expect(recognised({ action: 'queued', workflow_job: job, deployment: {} })).toBe(true)
    expect(recognised({ action: 'completed', workflow_run: {} })).toBe(false)
    expect(recognised({ workflow_job: job })).toBe(false)
  })
})

describe('the recorded webhook', () => {
  test.each([
    [
      'completed-success',
      {
        outcome: 'passed',
        repository: 'Codertocat/Hello-World',
        repositoryId: '186853002',
        workflows: ['CodeQL'],
        job: 'linters',
        jobId: '289782451',
        runId: '2202229078',
        attempt: 1,
        observedAt: '2021-08-05T10:38:16Z',
        architecture: 'amd64',
      },
    ],
    ['completed-failure', { outcome: 'failed', job: 'linters', architecture: 'amd64' }],
    [
      'skipped-attempt-13',
      { outcome: 'skipped', attempt: 13, job: 'build', workflows: ['skip-me'], observedAt: '2025-05-02T14:15:54Z' },
    ],
  ])('%s says what it says', (name, expected) => {
    const document = recorded(`github-workflow-job/${name}.json`)
    expect(githubWorkflowJob.recognises(document)).toBe(true)
    expect(onlyResult(githubWorkflowJob.adapt(document))).toMatchObject(expected)
  })

  test.each(['check-run-success-no-runner', 'check-run-failure-no-runner', 'check-run-success-2025'])(
    '%s was created by a script, and is no evidence',
    (name) => {
      const adapted = githubWorkflowJob.adapt(recorded(`github-workflow-job/${name}.json`))
      expect(adapted).toMatchObject({ results: [], ignored: 1, problems: [{ code: 'no-runner', severity: 'warning' }] })
    },
  )

  test.each([
    ...['github-workflow-job/in-progress-self-hosted.json', 'github-workflow-job/in-progress-with-queued-steps.json'],
    ...['github-workflow-job/in-progress.json', 'github-workflow-job/queued-action-status-waiting.json'],
    ...['github-workflow-job/queued.json', 'github-workflow-job/waiting.json'],
    'handmade/github-workflow-job/null-job.json',
  ])('%s is ignored', (path) => {
    const document = recorded(path)
    expect(githubWorkflowJob.recognises(document)).toBe(true)
    expect(githubWorkflowJob.adapt(document)).toEqual({ results: [], problems: [], ignored: 1 })
  })
})
