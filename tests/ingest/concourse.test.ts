import { describe, expect, test } from 'vitest'
import { concourse } from '#ingest/concourse.ts'
import { adaptJson, codesOf, documentOf, onlyResult } from './adapting.ts'
import { expectRecordings } from './recordings.ts'

function build(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 900,
    name: '12',
    status: 'succeeded',
    team_name: 'main',
    pipeline_name: 'redis',
    job_name: 'test-arm64',
    api_url: '/api/v1/builds/900',
    start_time: 1768039200,
    end_time: 1768039260,
    ...changes,
  }
}
const adapt = (changes?: Record<string, unknown>) => adaptJson(concourse, build(changes))

describe('a build', () => {
  test('tells how a job of a pipeline ended', () => {
    expect(onlyResult(adapt())).toEqual({
      provider: 'concourse',
      repository: 'main/redis',
      workflows: ['redis'],
      job: 'test-arm64',
      runId: '900',
      attempt: 1,
      outcome: 'passed',
      observedAt: '2026-01-10T10:01:00Z',
      spot: [],
    })
  })

  test.each([
    ['succeeded', 'passed'],
    ['failed', 'failed'],
    ['errored', 'infra'],
    ['aborted', 'cancelled'],
  ])('that %s is %s', (status, outcome) => {
    expect(onlyResult(adapt({ status })).outcome).toBe(outcome)
  })

  test.each(['pending', 'started'])('that is %s says nothing', (status) => {
    expect(adapt({ status })).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test.each(['SUCCEEDED', 'passed', 'constructor', null, 3])('with the status %s is no evidence', (status) => {
    expect(adapt({ status })).toMatchObject({ results: [], problems: [{ code: 'unknown-outcome', spot: ['status'] }] })
  })

  test('that was run again is another attempt of the first one', () => {
    const rerun = { id: 905, name: '12.2', rerun_of: { id: 900, name: '12' }, rerun_number: 2 }
    expect(onlyResult(adapt(rerun))).toMatchObject({ runId: '900', attempt: 3 })
  })

  test('of an instance of a pipeline is not one of the others: there may be one for each pull request', () => {
    const instance = { pipeline_instance_vars: { pr: 7, branch: 'feature' } }
    expect(onlyResult(adapt(instance)).repository).toBe('main/redis/branch:feature,pr:7')
  })

  test.each([
    ['executed from a laptop', { pipeline_name: undefined, job_name: undefined }],
    ['that checks a resource', { job_name: undefined, resource_name: 'git' }],
  ])('%s is of no job', (_, changes) => {
    expect(adapt(changes)).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test.each([{ end_time: undefined }, { end_time: '1768039260' }, { end_time: -1 }, { end_time: 1e300 }])(
    'without an end that can be read has none: %j',
    (changes) => {
      expect(onlyResult(adapt(changes))).not.toHaveProperty('observedAt')
    },
  )

  test.each([{ id: 'x' }, { id: -1 }, { team_name: 7 }, { job_name: 'a\nb' }, { job_name: {} }])(
    'of another shape is a problem: %j',
    (changes) => {
      const adapted = adapt(changes)
      expect(adapted.results).toEqual([])
      expect(codesOf(adapted)).toEqual(['bad-document'])
      expect(adapted.problems[0]?.spot).toEqual(Object.keys(changes))
    },
  )
})

test('a bad build in a list does not hide the good ones', () => {
  const { results, problems } = adaptJson(concourse, [build({ id: null }), 7, build()])
  expect(results).toMatchObject([{ spot: [2] }])
  expect(problems).toMatchObject([{ spot: [0, 'id'] }, { spot: [1] }])
})

test('builds are recognised by their address in the API', () => {
  expect(concourse.recognises(documentOf(build()))).toBe(true)
  expect(concourse.recognises(documentOf([build()]))).toBe(true)
  for (const json of [[], {}, build({ api_url: undefined }), build({ team_name: undefined }), 'builds', [[build()]]]) {
    expect(concourse.recognises(documentOf(json))).toBe(false)
  }
})

expectRecordings(concourse, 'concourse', {
  'concourse/build-one-off-started.json': { ignored: 1 },
  'concourse/build-succeeded.json': {
    results: ['passed at 1970-01-01T00:01:40Z in some-team/pipeline1 job1 attempt 1 of 1'],
  },
  'concourse/builds-list.json': {
    results: ['passed at 1970-01-01T00:03:20Z in some-team/pipeline1 job1 attempt 1 of 3'],
    ignored: 2,
  },
  'handmade/concourse/builds-errored-rerun.json': {
    results: [
      'infra at 2026-01-10T10:01:00Z in main/p test-arm64 attempt 2 of 899',
      'failed at 2026-01-10T09:58:20Z in main/p test-arm64 attempt 1 of 899',
      'cancelled at 2026-01-10T10:01:40Z in main/p test-arm64 attempt 1 of 901',
    ],
    ignored: 1,
  },
})
