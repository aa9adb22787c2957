import { describe, expect, test } from 'vitest'
import { githubJobs } from '#ingest/github-jobs.ts'
import { adaptJson, codesOf, documentOf, onlyResult, recorded } from './adapting.ts'

/** A job as the REST API writes it. */
export function job(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 399444496,
    run_id: 29679449,
    run_url: 'https://api.github.com/repos/octo-org/octo-repo/actions/runs/29679449',
    run_attempt: 2,
    workflow_name: 'CI',
    head_branch: 'main',
    head_sha: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0',
    html_url: 'https://github.com/octo-org/octo-repo/actions/runs/29679449/job/399444496',
    status: 'completed',
    conclusion: 'success',
    created_at: '2026-01-20T17:42:00Z',
    started_at: '2026-01-20T17:42:40Z',
    completed_at: '2026-01-20T17:44:39Z',
    name: 'build (arm64)',
    steps: [
      { name: 'Set up job', status: 'completed', conclusion: 'success', number: 1 },
      { name: 'Run actions/checkout@v4', status: 'completed', conclusion: 'success', number: 2 },
      { name: 'Run tests', status: 'completed', conclusion: 'success', number: 3 },
    ],
    labels: ['ubuntu-24.04-arm'],
    runner_id: 17,
    runner_name: 'GitHub Actions 17',
    runner_group_id: 0,
    runner_group_name: 'GitHub Actions',
    ...changes,
  }
}

const stepsThatEnd = (conclusions: Record<string, string>) =>
  Object.entries(conclusions).map(([name, conclusion], index) => ({ name, conclusion, number: index + 1 }))

describe('a job of GitHub Actions', () => {
  test('is told with its run, its attempt, its names and its page', () => {
    expect(onlyResult(adaptJson(githubJobs, { total_count: 1, jobs: [job()] }))).toEqual({
      provider: 'github-actions',
      repository: 'octo-org/octo-repo',
      workflows: ['CI'],
      job: 'build (arm64)',
      jobId: '399444496',
      runId: '29679449',
      attempt: 2,
      ref: 'main',
      commit: 'f83a356604ae3c5d03e1b46ef4d1ca77d64a90b0',
      outcome: 'passed',
      observedAt: '2026-01-20T17:44:39Z',
      link: 'https://github.com/octo-org/octo-repo/actions/runs/29679449/job/399444496',
      architecture: 'arm64',
      spot: ['jobs', 0],
    })
  })

  test.each([
    ['success', 'passed', undefined],
    ['failure', 'failed', undefined],
    ['cancelled', 'cancelled', undefined],
    ['skipped', 'skipped', undefined],
    ['neutral', 'skipped', undefined],
    ['timed_out', 'infra', 'timeout'],
    ['startup_failure', 'infra', 'setup'],
    ['action_required', 'infra', undefined],
    ['stale', 'infra', undefined],
  ])('that concluded `%s` is %s', (conclusion, outcome, reason) => {
    const result = onlyResult(adaptJson(githubJobs, job({ conclusion })))
    expect([result.outcome, result.reason]).toEqual([outcome, reason])
  })

  test.each(['succeeded', 'SUCCESS', '', null, 7, '__proto__', 'constructor'])(
    'that concluded `%s` is a problem and no result',
    (conclusion) => {
      const adapted = adaptJson(githubJobs, job({ conclusion }))
      expect(adapted.results).toEqual([])
      expect(adapted.problems).toMatchObject([{ code: 'unknown-outcome', spot: ['conclusion'] }])
    },
  )

  test.each(['queued', 'in_progress', 'waiting', 'requested', 'pending'])('that is %s is ignored', (status) => {
    expect(adaptJson(githubJobs, job({ status, conclusion: null }))).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test('of an unknown status is a problem', () => {
    expect(adaptJson(githubJobs, job({ status: 'paused' }))).toMatchObject({
      results: [],
      problems: [{ code: 'unknown-outcome', spot: ['status'], actual: 'paused' }],
    })
  })

  test.each([
    ['no runner', { runner_id: null }],
    ['a runner that never came', { runner_id: 0, runner_group_name: '' }],
    ['no steps', { steps: [] }],
    ['no labels', { labels: [] }],
    ['none of these keys', { steps: undefined, labels: undefined, runner_id: undefined }],
  ])('that is green with %s is no evidence', (_, changes) => {
    const adapted = adaptJson(githubJobs, job(changes))
    expect(adapted).toMatchObject({ results: [], problems: [{ code: 'no-runner', severity: 'warning' }], ignored: 1 })
  })

  test('that failed without a runner says nothing about the software', () => {
    expect(onlyResult(adaptJson(githubJobs, job({ conclusion: 'failure', runner_id: null, steps: [] })))).toMatchObject(
      { outcome: 'infra', reason: 'runner-lost' },
    )
  })

  test('that a script created as a failed check is no evidence', () => {
    const check = job({ conclusion: 'failure', runner_id: null, steps: [], labels: [] })
    expect(adaptJson(githubJobs, check)).toMatchObject({ results: [], problems: [{ code: 'no-runner' }], ignored: 1 })
  })

  test('that was skipped has no runner, and an end before its start', () => {
    const skipped = { conclusion: 'skipped', runner_id: null, runner_group_name: null, labels: [], steps: [] }
    const result = onlyResult(adaptJson(githubJobs, job({ ...skipped, completed_at: '2026-01-20T17:41:59Z' })))
    expect(result).toMatchObject({ outcome: 'skipped', observedAt: '2026-01-20T17:41:59Z' })
    expect(result).not.toHaveProperty('architecture')
  })

  test('whose end is not told has no time', () => {
    expect(onlyResult(adaptJson(githubJobs, job({ completed_at: null })))).not.toHaveProperty('observedAt')
  })

  test('whose page is no web page has no link', () => {
    expect(onlyResult(adaptJson(githubJobs, job({ html_url: 'javascript:alert(1)' })))).not.toHaveProperty('link')
  })
})

describe('a failed job of GitHub Actions', () => {
  test.each([
    ['the set-up of the job', { 'Set up job': 'failure', 'Run tests': 'skipped' }],
    ['the containers', { 'Set up job': 'success', 'Initialize containers': 'failure' }],
    ['the checkout', { 'Set up job': 'success', 'Run actions/checkout@v4': 'failure', 'Run tests': 'skipped' }],
    ['a checkout with a name', { 'Set up job': 'success', 'Check out the code': 'failure' }],
    ['a later checkout', { 'Set up job': 'success', 'Run a': 'success', 'Run actions/checkout@v4': 'failure' }],
  ])('says nothing where %s failed first', (_, steps) => {
    const result = onlyResult(adaptJson(githubJobs, job({ conclusion: 'failure', steps: stepsThatEnd(steps) })))
    expect([result.outcome, result.reason]).toEqual(['infra', 'setup'])
  })

  test.each([
    ['its tests', { 'Set up job': 'success', 'Run actions/checkout@v4': 'success', 'Run tests': 'failure' }],
    [
      'a step that checks something out late',
      { 'Set up job': 'success', Build: 'success', 'Checkout tests': 'failure' },
    ],
    ['tests and then the set-up of something', { 'Run tests': 'failure', 'Run actions/checkout@v4': 'failure' }],
    ['no step that is named', { 'Set up job': 'success' }],
  ])('is failed where %s failed', (_, steps) => {
    const result = onlyResult(adaptJson(githubJobs, job({ conclusion: 'failure', steps: stepsThatEnd(steps) })))
    expect([result.outcome, result.reason]).toEqual(['failed', undefined])
  })
})

describe('the labels of a job', () => {
  const machineOf = (labels: unknown[], completed_at = '2026-11-01T00:00:00Z') => {
    const { architecture, os } = onlyResult(adaptJson(githubJobs, job({ labels, completed_at })))
    return [architecture, os]
  }

  test.each([
    ['ubuntu-latest', 'amd64', undefined],
    ['ubuntu-22.04', 'amd64', undefined],
    ['ubuntu-slim', 'amd64', undefined],
    ['ubuntu-22.04-arm', 'arm64', undefined],
    ['ubuntu-24.04-arm', 'arm64', undefined],
    ['ubuntu-26.04-arm', 'arm64', undefined],
    ['Ubuntu-24.04-ARM', 'arm64', undefined],
    ['windows-11-arm', 'arm64', 'windows'],
    ['windows-latest', 'amd64', 'windows'],
    ['windows-2025', 'amd64', 'windows'],
    ['macos-13', 'amd64', 'macos'],
    ['macos-13-xlarge', 'arm64', 'macos'],
    ['macos-14', 'arm64', 'macos'],
    ['macos-14-large', 'amd64', 'macos'],
    ['macos-15', 'arm64', 'macos'],
    ['macos-15-intel', 'amd64', 'macos'],
    ['macos-26', 'arm64', 'macos'],
    ['macos-latest', 'arm64', 'macos'],
    ['macos-latest-large', 'amd64', 'macos'],
    ['ubuntu-24.04-ppc64le', 'ppc64le', undefined],
    ['ubuntu-24.04-ppc64le-p10', 'ppc64le', undefined],
    ['ubuntu-24.04-s390x', 's390x', undefined],
    ['ubuntu-24.04-riscv', 'riscv64', undefined],
  ])('`%s` is %s', (label, architecture, os) => {
    expect(machineOf([label])).toEqual([architecture, os])
  })

  test.each([
    ['2024-03-01T00:00:00Z', 'amd64'],
    ['2024-05-15T00:00:00Z', undefined],
    ['2024-08-01T00:00:00Z', 'arm64'],
  ])('`macos-latest` meant another machine in the past (%s)', (end, architecture) => {
    expect(machineOf(['macos-latest'], end)).toEqual([architecture, 'macos'])
  })

  test.each([
    [['self-hosted', 'Linux', 'ARM64'], 'arm64', undefined],
    [['self-hosted', 'Windows', 'X64', 'gpu'], 'amd64', 'windows'],
    [['self-hosted', 'macOS', 'ARM64'], 'arm64', 'macos'],
    [['self-hosted', 'linux', 'ARM'], undefined, undefined],
    [['self-hosted', 'X64', 'ARM64'], undefined, undefined],
    [['self-hosted', 'ubuntu-24.04'], undefined, undefined],
  ])('%j of an own runner say %s', (labels, architecture, os) => {
    expect(machineOf(labels)).toEqual([architecture, os])
  })

  test.each([
    [['ubuntu-arm64-16core']],
    [['depot-ubuntu-24.04-arm-small']],
    [['ubuntu-latest-8-cores']],
    [['arm64']],
    [['ubuntu-24.04', 'ubuntu-24.04-arm']],
    [[{ name: 'ubuntu-24.04' }]],
  ])('%j are not defined by GitHub, and say nothing', (labels) => {
    expect(machineOf(labels)).toEqual([undefined, undefined])
  })
})

describe('the jobs of a run', () => {
  test('are read from a page, from pages, from a list, and from one job', () => {
    const page = { total_count: 2, jobs: [job(), job({ id: 2 })] }
    const ids = (value: unknown) => adaptJson(githubJobs, value).results.map(({ jobId }) => jobId)
    for (const document of [page, [page], [job(), job({ id: 2 })]]) expect(ids(document)).toEqual(['399444496', '2'])
    expect(ids(job())).toEqual(['399444496'])
    expect(adaptJson(githubJobs, [page]).results[1]?.spot).toEqual([0, 'jobs', 1])
  })

  test('with a bad one among them keep the good ones', () => {
    const adapted = adaptJson(githubJobs, {
      total_count: 4,
      jobs: [null, job(), 'x', job({ run_id: -1 }), job({ name: '' })],
    })
    expect(adapted.results).toHaveLength(1)
    expect(codesOf(adapted)).toEqual(['bad-document', 'bad-document', 'bad-document', 'bad-document'])
    expect(adapted.problems[3]?.spot).toEqual(['jobs', 4])
  })

  test('are read up to a limit', () => {
    const adapted = adaptJson(githubJobs, { total_count: 1, jobs: Array.from({ length: 10_001 }, () => job()) })
    expect(adapted.results).toHaveLength(10_000)
    expect(codesOf(adapted)).toEqual(['bad-document'])
  })

  test('are recognised, and what looks like them is not', () => {
    const recognised = (value: unknown) => githubJobs.recognises(documentOf(value))
    expect([{ total_count: 0, jobs: [] }, { jobs: [job()] }, [job()], job()].map(recognised)).toEqual([
      true,
      true,
      true,
      true,
    ])
    const others = [
      { jobs: [{ name: 'x', url: 'https://ci.example.org/job/x/', color: 'blue' }], _class: 'hudson' },
      [],
      {},
    ]
    expect([...others, { jobs: [], state: 'passed', number: 1, pipeline: {} }].map(recognised)).not.toContain(true)
  })
})

describe('the recorded jobs', () => {
  test.each(['github-jobs/rest-job.json', 'github-jobs/rest-list.json'])('%s passed on an own runner', (path) => {
    const document = recorded(path)
    expect(githubJobs.recognises(document)).toBe(true)
    const result = onlyResult(githubJobs.adapt(document))
    expect(result).toMatchObject({
      outcome: 'passed',
      repository: 'octo-org/octo-repo',
      workflows: ['CI'],
      job: 'build',
      jobId: '399444496',
      runId: '29679449',
      ref: 'main',
      observedAt: '2020-01-20T17:44:39Z',
      link: 'https://github.com/octo-org/octo-repo/runs/29679449/jobs/399444496',
    })
    for (const key of ['architecture', 'attempt', 'event']) expect(result).not.toHaveProperty(key)
  })

  test.each(['github-jobs/job-success-old-no-runner.json', 'github-jobs/job-failure-all-steps-success.json'])(
    '%s is too old to tell its runner, and no evidence',
    (path) => {
      expect(githubJobs.adapt(recorded(path))).toMatchObject({
        results: [],
        ignored: 1,
        problems: [{ code: 'no-runner' }],
      })
    },
  )

  test('that was cancelled is so, whatever its runner', () => {
    const result = onlyResult(githubJobs.adapt(recorded('github-jobs/job-cancelled-old-no-runner.json')))
    expect(result).toMatchObject({ outcome: 'cancelled', job: 'deployubuntu', observedAt: '2021-02-18T07:01:18Z' })
  })

  test('of a run on several machines are told apart', () => {
    const adapted = githubJobs.adapt(recorded('handmade/github-jobs/arm64-and-control.json'))
    expect(
      adapted.results.map(({ job, outcome, reason, architecture }) => [job, outcome, reason, architecture]),
    ).toEqual([
      ['test (ubuntu-24.04-arm)', 'passed', undefined, 'arm64'],
      ['test (ubuntu-24.04)', 'passed', undefined, 'amd64'],
      ['call / test (3.12, arm64)', 'failed', undefined, 'arm64'],
      ['timed out', 'infra', 'timeout', 'arm64'],
      ['no runner came', 'cancelled', undefined, 'riscv64'],
      ['set up failed', 'infra', 'setup', 'arm64'],
      ['qemu arm64', 'passed', undefined, 'amd64'],
    ])
    expect(adapted).toMatchObject({ ignored: 1, problems: [{ code: 'unknown-outcome', actual: 'some_new_word' }] })
  })
})
