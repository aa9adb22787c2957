import { describe, expect, test } from 'vitest'
import { gitlabJob } from '#ingest/gitlab-job.ts'
import { adaptJson, codesOf, documentOf, onlyResult, recorded } from './adapting.ts'

const build = {
  object_kind: 'build',
  ref: 'main',
  sha: '95d49d1efbd941908580e79d65e4b5ecaf4a8305',
  build_id: 12,
  build_name: 'test: [arm64]',
  build_status: 'success',
  build_failure_reason: 'unknown_failure',
  build_started_at: '2026-11-02 10:20:00 UTC',
  build_finished_at: '2026-11-02 11:20:30 +0100',
  build_allow_failure: false,
  pipeline_id: 34,
  project_id: 56,
  runner: { id: 1, tags: ['saas-linux-small-arm64'] },
  commit: { id: 34, name: 'Nightly' },
  repository: { homepage: 'https://gitlab.com/group/sub/project' },
}

const end = (changes: object) => {
  const { outcome, reason } = onlyResult(adaptJson(gitlabJob, { ...build, ...changes }))
  return [outcome, reason]
}

describe('a Job Hook of GitLab', () => {
  test('that passed has a failure reason all the same', () => {
    expect(onlyResult(adaptJson(gitlabJob, build))).toEqual({
      provider: 'gitlab',
      repository: 'group/sub/project',
      repositoryId: '56',
      workflows: ['Nightly'],
      job: 'test: [arm64]',
      jobId: '12',
      ref: 'main',
      commit: '95d49d1efbd941908580e79d65e4b5ecaf4a8305',
      runId: '34',
      attempt: 1,
      outcome: 'passed',
      observedAt: '2026-11-02T10:20:30Z',
      link: 'https://gitlab.com/group/sub/project/-/jobs/12',
      architecture: 'arm64',
      spot: [],
    })
  })

  test.each([
    ['script_failure', 'failed', undefined],
    ['job_execution_timeout', 'infra', 'timeout'],
    ['stuck_or_timeout_failure', 'infra', 'timeout'],
    ['runner_system_failure', 'infra', 'runner-lost'],
    ['missing_dependency_failure', 'infra', 'setup'],
    ['ci_quota_exceeded', 'infra', undefined],
    ['a_new_word', 'infra', undefined],
    [null, 'infra', undefined],
  ])('that failed for `%s` is %s', (build_failure_reason, outcome, reason) => {
    expect(end({ build_status: 'failed', build_failure_reason })).toEqual([outcome, reason])
  })

  test('that may fail is failed, and tolerated', () => {
    const changes = { build_status: 'failed', build_failure_reason: 'script_failure', build_allow_failure: true }
    expect(end(changes)).toEqual(['failed', 'tolerated'])
  })

  test.each([
    ['canceled', 'cancelled'],
    ['skipped', 'skipped'],
  ])('that was %s is %s', (build_status, outcome) => {
    expect(end({ build_status, runner: null })).toEqual([outcome, undefined])
  })

  test.each(['created', 'pending', 'running', 'manual', 'scheduled', 'waiting_for_resource', 'canceling'])(
    'that is %s is ignored',
    (build_status) => {
      expect(adaptJson(gitlabJob, { ...build, build_status })).toEqual({ results: [], problems: [], ignored: 1 })
    },
  )

  test.each(['succeeded', '', 3, '__proto__'])('of the unknown status `%s` is a problem', (build_status) => {
    expect(adaptJson(gitlabJob, { ...build, build_status })).toMatchObject({
      results: [],
      problems: [{ code: 'unknown-outcome', spot: ['build_status'] }],
    })
  })

  test('that is green without a runner is no evidence', () => {
    expect(adaptJson(gitlabJob, { ...build, runner: null })).toMatchObject({
      results: [],
      ignored: 1,
      problems: [{ code: 'no-runner', severity: 'warning' }],
    })
  })

  test('that was retried is a later attempt of the same pipeline', () => {
    const retried = onlyResult(adaptJson(gitlabJob, { ...build, build_id: 13, retries_count: 2 }))
    expect(retried).toMatchObject({ runId: '34', jobId: '13', attempt: 3 })
  })

  test('of a merge request is not trusted', () => {
    const adapted = adaptJson(gitlabJob, { ...build, ref: 'refs/merge-requests/7/head' })
    expect(adapted).toMatchObject({
      results: [],
      problems: [{ code: 'untrusted-event', actual: 'merge_request_event' }],
    })
  })

  test('without the ids of its pipeline is a problem', () => {
    expect(codesOf(adaptJson(gitlabJob, { ...build, pipeline_id: null, commit: null }))).toEqual(['bad-document'])
  })

  test.each([
    ['saas-linux-medium-amd64', 'amd64', undefined],
    ['saas-linux-large-arm64', 'arm64', undefined],
    ['saas-linux-medium-amd64-gpu-standard', 'amd64', undefined],
    ['saas-windows-medium-amd64', 'amd64', 'windows'],
    ['saas-macos-medium-m1', 'arm64', 'macos'],
    ['saas-macos-large-m2pro', 'arm64', 'macos'],
    ['arm64', undefined, undefined],
    ['my-saas-linux-small-arm64', undefined, undefined],
  ])('on a runner with the tag `%s` ran on %s', (tag, architecture, os) => {
    const result = onlyResult(adaptJson(gitlabJob, { ...build, runner: { tags: ['docker', tag] } }))
    expect([result.architecture, result.os]).toEqual([architecture, os])
  })

  test('on a runner that is two machines ran on neither', () => {
    const runner = { tags: ['saas-linux-small-arm64', 'saas-linux-small-amd64'] }
    expect(onlyResult(adaptJson(gitlabJob, { ...build, runner }))).not.toHaveProperty('architecture')
  })

  test('is known by its kind', () => {
    expect(gitlabJob.recognises(documentOf(build))).toBe(true)
    expect(gitlabJob.recognises(documentOf({ object_kind: 'pipeline' }))).toBe(false)
  })
})

describe('the recorded Job Hook', () => {
  test('that was just created is ignored, whatever its failure reason', () => {
    const document = recorded('gitlab-job-hook/created-with-failure-reason.json')
    expect(gitlabJob.adapt(document)).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test.each([
    [
      'gitlab-job-hook/failed-script-failure.json',
      {
        outcome: 'failed',
        job: 'build-job',
        jobId: '1978',
        runId: '2367',
        attempt: 1,
        repository: 'gitlab-org/gitlab-test',
        repositoryId: '380',
        observedAt: '2021-02-23T03:05:00Z',
      },
    ],
    ['gitlab-job-hook/skipped-no-runner.json', { outcome: 'skipped', job: 'skip-job', runId: '2369' }],
    [
      'gitlab-job-hook/success-2016-allow-failure.json',
      {
        outcome: 'passed',
        job: 'job_name',
        runId: '4413028',
        repository: 'TomaszKolek/my-awesome-project',
        observedAt: '2016-09-28T18:34:32Z',
        link: 'https://gitlab.com/TomaszKolek/my-awesome-project/-/jobs/4537823',
      },
    ],
    [
      'gitlab-job-hook/success-with-failure-reason.json',
      {
        outcome: 'passed',
        job: 'auto_deploy:start',
        jobId: '3580121225',
        runId: '743121198',
        attempt: 2,
        workflows: ['Build pipeline'],
        repository: 'jsmithy2/release-tools-fake',
        observedAt: '2023-01-10T13:50:54Z',
        architecture: 'amd64',
      },
    ],
    [
      'handmade/gitlab-job-hook/failed-runner-system-failure.json',
      {
        outcome: 'infra',
        reason: 'runner-lost',
        architecture: 'arm64',
        observedAt: '2026-01-10T10:05:00Z',
        attempt: 1,
      },
    ],
  ])('%s says what it says', (path, expected) => {
    const document = recorded(path)
    expect(gitlabJob.recognises(document)).toBe(true)
    expect(onlyResult(gitlabJob.adapt(document))).toMatchObject(expected)
  })

  test('whose project has a name and no path does not guess one', () => {
    const document = recorded('handmade/gitlab-job-hook/failed-runner-system-failure.json')
    expect(onlyResult(gitlabJob.adapt(document))).not.toHaveProperty('repository')
  })
})
