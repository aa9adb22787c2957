import { describe, expect, test } from 'vitest'
import { gitlabJobs } from '#ingest/gitlab-jobs.ts'
import { adaptJson, codesOf, documentOf, onlyResult, recorded } from './adapting.ts'

const job = {
  id: 8,
  name: 'rspec arm64',
  stage: 'test',
  status: 'success',
  ref: 'main',
  started_at: '2026-11-02T10:00:00.000Z',
  finished_at: '2026-11-02T10:20:30.886Z',
  web_url: 'https://gitlab.com/group/project/-/jobs/8',
  tag_list: ['saas-linux-small-arm64'],
  runner: { id: 32, runner_type: 'instance_type' },
  runner_manager: { platform: 'linux', architecture: 'amd64' },
  commit: { id: '0ff3ae198f8601a285adcf5c0fff204ee6fba5fd' },
  pipeline: { id: 6, project_id: 1, ref: 'main', source: 'push' },
}

describe('a job of the REST API of GitLab', () => {
  test('ran where its tags say, not where the manager of its runner runs', () => {
    expect(onlyResult(adaptJson(gitlabJobs, job))).toEqual({
      provider: 'gitlab',
      repository: 'group/project',
      repositoryId: '1',
      job: 'rspec arm64',
      jobId: '8',
      event: 'push',
      ref: 'main',
      commit: '0ff3ae198f8601a285adcf5c0fff204ee6fba5fd',
      runId: '6',
      attempt: 1,
      outcome: 'passed',
      observedAt: '2026-11-02T10:20:30Z',
      link: 'https://gitlab.com/group/project/-/jobs/8',
      architecture: 'arm64',
      spot: [],
    })
    expect(onlyResult(adaptJson(gitlabJobs, { ...job, tag_list: [] }))).not.toHaveProperty('architecture')
  })

  test('that is green without a runner is no evidence', () => {
    expect(codesOf(adaptJson(gitlabJobs, { ...job, runner: null }))).toEqual(['no-runner'])
    expect(codesOf(adaptJson(gitlabJobs, { ...job, runner: undefined, started_at: null }))).toEqual(['no-runner'])
  })

  test.each([
    { ref: 'refs/merge-requests/1/head' },
    { pipeline: { id: 6, ref: 'refs/merge-requests/1/merge' } },
    { pipeline: { id: 6, source: 'merge_request_event' } },
  ])('of a merge request is not trusted: %j', (changes) => {
    expect(adaptJson(gitlabJobs, { ...job, ...changes })).toMatchObject({
      results: [],
      problems: [{ code: 'untrusted-event' }],
    })
  })

  test('is recognised alone and in a list', () => {
    expect([job, [job], [null, job]].map((value) => gitlabJobs.recognises(documentOf(value)))).toEqual([
      true,
      true,
      true,
    ])
    expect(
      [[], {}, [1], { stage: 'test', status: 'x' }].some((value) => gitlabJobs.recognises(documentOf(value))),
    ).toBe(false)
  })
})

describe('the recorded jobs', () => {
  test('that never started say nothing about the software', () => {
    const result = onlyResult(gitlabJobs.adapt(recorded('gitlab-jobs/rest-failed-never-started.json')))
    expect(result).toMatchObject({
      outcome: 'infra',
      job: 'format',
      jobId: '152',
      runId: '73',
      repository: 'merico/pip_test',
    })
  })

  test('that failed for no reason that they tell say nothing either', () => {
    const result = onlyResult(gitlabJobs.adapt(recorded('gitlab-jobs/rest-failed-runner-null-but-ran.json')))
    expect(result).toMatchObject({ outcome: 'infra', observedAt: '2022-07-25T13:41:11Z', runId: '16' })
  })

  test('of a list are failed where a script failed', () => {
    const document = recorded('gitlab-jobs/rest-list-failed.json')
    expect(gitlabJobs.recognises(document)).toBe(true)
    const { results, problems, ignored } = gitlabJobs.adapt(document)
    expect(results.map(({ job, outcome, runId, spot }) => [job, outcome, runId, spot])).toEqual([
      ['teaspoon', 'failed', '6', [0]],
      ['rspec:other', 'infra', '6', [1]],
    ])
    expect([problems, ignored]).toEqual([[], 0])
    expect(results[0]).toMatchObject({ repository: 'foo/bar', link: 'https://example.com/foo/bar/-/jobs/7' })
  })
})
