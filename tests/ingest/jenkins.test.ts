import { describe, expect, test } from 'vitest'
import { jenkins } from '#ingest/jenkins.ts'
import { adaptJson, codesOf, documentOf, onlyResult, recorded } from './adapting.ts'

const build = {
  _class: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
  actions: [{}, { _class: 'hudson.tasks.junit.TestResultAction', failCount: 0, skipCount: 3, totalCount: 40 }],
  building: false,
  duration: 30_500,
  number: 12,
  result: 'SUCCESS',
  timestamp: 1_768_039_200_000,
  url: 'https://ci.example.org/jenkins/job/Core/job/redis%2Farm/12/',
}

const end = (changes: object) => {
  const { outcome, reason } = onlyResult(adaptJson(jenkins, { ...build, ...changes }))
  return [outcome, reason]
}

describe('a build of Jenkins', () => {
  test('is told with its server, its job, its start and its end', () => {
    expect(onlyResult(adaptJson(jenkins, build))).toEqual({
      provider: 'jenkins',
      repository: 'ci.example.org/jenkins',
      workflows: ['Core/redis/arm'],
      job: 'Core/redis/arm',
      runId: '12-1768039200000',
      attempt: 1,
      outcome: 'passed',
      counts: { passed: 37, failed: 0, skipped: 3 },
      observedAt: '2026-01-10T10:00:30Z',
      link: 'https://ci.example.org/jenkins/job/Core/job/redis%2Farm/12/',
      spot: [],
    })
  })

  test.each([
    ['SUCCESS', 'passed'],
    ['FAILURE', 'failed'],
    ['UNSTABLE', 'failed'],
    ['ABORTED', 'cancelled'],
    ['NOT_BUILT', 'skipped'],
  ])('with the result %s is %s', (result, outcome) => {
    expect(end({ result })).toEqual([outcome, undefined])
  })

  test.each(['success', 'BROKEN', '', 1, {}])('with the unknown result %j is a problem', (result) => {
    expect(adaptJson(jenkins, { ...build, result })).toMatchObject({
      results: [],
      problems: [{ code: 'unknown-outcome', spot: ['result'] }],
    })
  })

  test.each([{ result: null }, { building: true }, { inProgress: true }])(
    'that still runs is ignored: %j',
    (changes) => {
      expect(adaptJson(jenkins, { ...build, ...changes })).toEqual({ results: [], problems: [], ignored: 1 })
    },
  )

  test('in which no test ran is skipped', () => {
    const actions = [{ failCount: 0, skipCount: 4, totalCount: 4 }]
    expect(end({ actions })).toEqual(['skipped', 'no-tests'])
    expect(end({ actions, result: 'FAILURE' })).toEqual(['failed', undefined])
  })

  test('that tolerates failed tests has failed', () => {
    const actions = [{ failCount: 1, skipCount: 0, totalCount: 4 }]
    expect(end({ actions })).toEqual(['failed', undefined])
  })

  test('that has a number of an earlier one is another run, for a job that was made anew counts again', () => {
    const later = onlyResult(adaptJson(jenkins, { ...build, timestamp: build.timestamp + 1000 }))
    expect(later.runId).not.toBe(onlyResult(adaptJson(jenkins, build)).runId)
  })

  test('of a matrix names its axes', () => {
    const url = 'https://ci.example.org/view/all/job/p/ARCH=arm64,OS=linux/9/'
    expect(onlyResult(adaptJson(jenkins, { ...build, url }))).toMatchObject({
      repository: 'ci.example.org',
      job: 'p/ARCH=arm64,OS=linux',
    })
  })

  test.each([
    { url: 'https://ci.example.org/job/redis/job/PR-7/12/' },
    { url: 'https://ci.example.org/job/redis/job/MR-7-merge/12/' },
    { actions: [{ parameters: [{ name: 'ghprbPullId', value: '7' }] }] },
    { actions: [{ parameters: [{ name: 'CHANGE_ID', value: 7 }] }] },
    { actions: [{ causes: [{ _class: 'org.jenkinsci.plugins.ghprb.GhprbCause' }] }] },
    {
      actions: [
        { causes: [{ _class: 'jenkins.branch.BranchEventCause', shortDescription: 'Pull request #7 updated' }] },
      ],
    },
  ])('of a pull request is not trusted: %j', (changes) => {
    expect(adaptJson(jenkins, { ...build, ...changes })).toMatchObject({
      results: [],
      problems: [{ code: 'untrusted-event', severity: 'warning' }],
    })
  })

  test('with an empty parameter of a pull request is trusted', () => {
    expect(end({ actions: [{ parameters: [{ name: 'ghprbPullId', value: '' }] }] })).toEqual(['passed', undefined])
  })

  test('does not tell which of several revisions is the software', () => {
    const revision = (digit: string) => ({ lastBuiltRevision: { SHA1: digit.repeat(40) } })
    expect(onlyResult(adaptJson(jenkins, { ...build, actions: [revision('a')] })).commit).toBe('a'.repeat(40))
    expect(onlyResult(adaptJson(jenkins, { ...build, actions: [revision('a'), revision('b')] })).commit).toBeUndefined()
  })

  test.each([
    'https://user:secret@ci.example.org/job/p/1/',
    'https://ci.example.org/job/p/lastBuild/',
    'https://ci.example.org/x/y/',
    'javascript:/job/p/1/',
  ])('with the address %s is a problem', (url) => {
    expect(codesOf(adaptJson(jenkins, { ...build, url }))).toEqual(['bad-document'])
  })
})

describe('a job of Jenkins', () => {
  const url = 'https://ci.example.org/job/p/'
  const builds = [
    { ...build, number: 13, result: null, building: true, url: `${url}13/` },
    { number: 12, result: 'FAILURE', timestamp: 1_768_039_200_000, duration: 1 },
    { number: 11, url: `${url}11/` },
  ]

  test('tells those of its builds that tell a result', () => {
    const adapted = adaptJson(jenkins, {
      _class: 'hudson.model.FreeStyleProject',
      url,
      builds,
      lastCompletedBuild: builds[1],
    })
    expect(adapted.results).toMatchObject([{ job: 'p', outcome: 'failed', link: `${url}12/`, spot: ['builds', 1] }])
    expect(adapted.ignored).toBe(1)
  })

  test('tells its last build', () => {
    const adapted = adaptJson(jenkins, { buildable: true, url, lastCompletedBuild: { ...build, url: `${url}12/` } })
    expect(onlyResult(adapted)).toMatchObject({ job: 'p', spot: ['lastCompletedBuild'] })
  })

  test('that only numbers its builds is a problem that says what to ask for', () => {
    const adapted = adaptJson(jenkins, { _class: 'x', fullName: 'p', url, builds: [{ number: 1, url: `${url}1/` }] })
    expect(codesOf(adapted)).toEqual(['bad-document'])
    expect(adapted.problems[0]?.fix).toContain('api/json?depth=1')
  })
})

describe('the recorded build', () => {
  test.each([
    [
      'jenkins/build-success-2014.json',
      {
        outcome: 'passed',
        repository: 'localhost:8080',
        job: 'test-7ea39228-5841-4a0f-b83c-1d971713f9c6',
        runId: '1-1406265317652',
        observedAt: '2014-07-25T05:15:17Z',
      },
    ],
    [
      'jenkins/build-success-parameters.json',
      { outcome: 'passed', repository: 'localhost:32769', job: 'fish', observedAt: '2016-04-19T18:52:33Z' },
    ],
    [
      'jenkins/freestyle-success-no-building-key.json',
      {
        outcome: 'passed',
        job: 'Test-jenkins-dir/test-jenkins-sub-dir/test-sub-sub-dir/devlake',
        commit: '0f886c74949c3ee7e489188911c7dc0c1d547418',
        observedAt: '2022-04-15T12:00:50Z',
      },
    ],
    [
      'jenkins/workflow-run-success-push.json',
      {
        outcome: 'passed',
        job: 'my-org/devlake-jenkins/main',
        commit: 'c83ae02076382670e286ac2474b7a7327fc28cde',
        observedAt: '2024-03-24T10:53:02Z',
      },
    ],
    ['handmade/jenkins/build-not-built.json', { outcome: 'skipped', job: 'p', observedAt: '2026-01-10T10:00:00Z' }],
    [
      'handmade/jenkins/build-unstable.json',
      { outcome: 'failed', counts: { passed: 37, failed: 2, skipped: 1 }, link: 'https://ci.example.org/job/p/7/' },
    ],
  ])('%s says what it says', (path, expected) => {
    const document = recorded(path)
    expect(jenkins.recognises(document)).toBe(true)
    expect(onlyResult(jenkins.adapt(document))).toMatchObject(expected)
  })

  test.each(['jenkins/freestyle-failure-still-building.json', 'handmade/jenkins/build-running-null.json'])(
    '%s still runs',
    (path) => {
      expect(jenkins.adapt(recorded(path))).toEqual({ results: [], problems: [], ignored: 1 })
    },
  )

  test('of a pull request is not trusted', () => {
    const adapted = jenkins.adapt(recorded('jenkins/workflow-run-aborted-timeout-pr.json'))
    expect(adapted).toMatchObject({ results: [], problems: [{ code: 'untrusted-event', actual: 'PR-2' }] })
  })

  test('that a clock stopped was cancelled by a timeout', () => {
    const { json } = recorded('jenkins/workflow-run-aborted-timeout-pr.json')
    const { actions } = json as { actions: unknown[] }
    expect(end({ result: 'ABORTED', actions: actions.slice(1) })).toEqual(['cancelled', 'timeout'])
  })

  test('report of its tests is not one', () => {
    expect(jenkins.recognises(recorded('jenkins/test-report-children.json'))).toBe(false)
    expect(jenkins.recognises(documentOf({ id: 1, number: '290', result: 0, matrix: [] }))).toBe(false)
  })
})
