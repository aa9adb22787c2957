import { describe, expect, test } from 'vitest'
import { gitlabPipeline } from '#ingest/gitlab-pipeline.ts'
import { adaptJson, codesOf, recorded } from './adapting.ts'

const job = {
  id: 7,
  name: 'test',
  status: 'success',
  finished_at: '2026-11-02 10:20:30 UTC',
  runner: { id: 1, tags: [] },
}
const pipeline = {
  object_kind: 'pipeline',
  object_attributes: { id: 31, name: 'Nightly', ref: 'main', source: 'schedule', status: 'success' },
  project: { id: 1, path_with_namespace: 'group/project', web_url: 'https://gitlab.example.org/group/project' },
  builds: [
    job,
    { ...job, id: 8, name: 'may fail', status: 'failed', failure_reason: 'script_failure', allow_failure: true },
    { ...job, id: 9, name: 'deploy', status: 'manual', runner: null },
    { ...job, id: 10, name: 'green on paper', runner: null },
  ],
}

describe('a Pipeline Hook of GitLab', () => {
  test('tells each job, also those that the green pipeline hides', () => {
    const adapted = adaptJson(gitlabPipeline, pipeline)
    expect(adapted.results).toMatchObject([
      {
        outcome: 'passed',
        provider: 'gitlab',
        repository: 'group/project',
        repositoryId: '1',
        workflows: ['Nightly'],
        event: 'schedule',
        job: 'test',
        jobId: '7',
        runId: '31',
        attempt: 1,
        observedAt: '2026-11-02T10:20:30Z',
        link: 'https://gitlab.example.org/group/project/-/jobs/7',
        spot: ['builds', 0],
      },
      { outcome: 'failed', reason: 'tolerated', job: 'may fail' },
    ])
    expect(adapted.ignored).toBe(2)
    expect(codesOf(adapted)).toEqual(['no-runner'])
  })

  test.each(['merge_request_event', 'external_pull_request_event'])(
    'of a %s is one problem, and no result',
    (source) => {
      const adapted = adaptJson(gitlabPipeline, { ...pipeline, object_attributes: { id: 31, source } })
      expect(adapted).toMatchObject({
        results: [],
        problems: [{ code: 'untrusted-event', actual: source }],
        ignored: 0,
      })
    },
  )

  test('of a child of a merge request is known by its ref', () => {
    const object_attributes = { id: 31, source: 'parent_pipeline', ref: 'refs/merge-requests/3/merge' }
    expect(codesOf(adaptJson(gitlabPipeline, { ...pipeline, object_attributes }))).toEqual(['untrusted-event'])
  })

  test('with a bad job keeps the good ones', () => {
    const adapted = adaptJson(gitlabPipeline, { ...pipeline, builds: [null, 'x', { name: 1 }, job] })
    expect(adapted.results).toHaveLength(1)
    expect(codesOf(adapted)).toEqual(['bad-document', 'bad-document', 'bad-document'])
  })

  test('without jobs is a problem', () => {
    expect(codesOf(adaptJson(gitlabPipeline, { object_kind: 'pipeline' }))).toEqual(['bad-document'])
  })

  test('that was recorded is of a merge request', () => {
    const document = recorded('gitlab-pipeline-hook/success-merge-request.json')
    expect(gitlabPipeline.recognises(document)).toBe(true)
    expect(gitlabPipeline.adapt(document)).toMatchObject({ results: [], problems: [{ code: 'untrusted-event' }] })
  })

  test('that was recorded tells five jobs, if its source were a push', () => {
    const { json } = recorded('gitlab-pipeline-hook/success-merge-request.json')
    const { builds, project } = json as Record<string, unknown>
    const object_attributes = { id: 31, source: 'push', ref: 'master' }
    const adapted = adaptJson(gitlabPipeline, { object_kind: 'pipeline', object_attributes, builds, project })
    expect(adapted.results.map(({ job, outcome, observedAt }) => [job, outcome, observedAt])).toEqual([
      ['production', 'skipped', undefined],
      ['test-image', 'passed', undefined],
      ['test-build', 'passed', '2016-08-12T15:26:29Z'],
      ['build-image', 'passed', '2016-08-12T15:25:26Z'],
    ])
    expect(adapted.ignored).toBe(1)
  })
})
