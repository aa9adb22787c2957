import { describe, expect, test } from 'vitest'
import { pullRun, pullSources } from '#hooks/pull.ts'
import { observedRun } from '#tests/builders.ts'
import {
  github,
  githubOf,
  job,
  jobsPath,
  pulling,
  registration,
  repository,
  repositoryName,
  run,
  runId,
  runsPath,
  storeOf,
  workflowId,
} from './pull-recordings.ts'
import { json, listed, recorded, replayOf, type Json } from './pull-replay.ts'

const codes = ({ problems }: { problems: readonly { code: string }[] }) => problems.map(({ code }) => code)
const paths = (asked: readonly { path: string }[]) => asked.map(({ path }) => path)

describe('a run of the default branch', () => {
  test('becomes evidence, without the event and with the names of the registration', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const pulled = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect(pulled).toMatchObject({
      read: 1,
      ignored: 0,
      problems: [],
      calls: 3,
      unfinished: 0,
      sources: [{ source: 'redis', runs: 1, attempts: 1, jobs: 1, calls: 3 }],
    })
    const [record] = pulled.evidence
    expect(record).toMatchObject({
      project: 'redis',
      architecture: 'amd64',
      outcome: 'passed',
      observedAt: '2022-06-17T21:19:20Z',
      run: { id: String(runId), attempt: 1, jobId: '6942977557' },
      provenance: { how: 'pulled', by: 'redis' },
    })
    expect(record?.source).toEqual({
      provider: 'github-actions',
      repository: repositoryName,
      repositoryId: '475265627',
      workflow: 'Push Metrics CI',
      job: 'my dummy job',
    })
  })

  test('is the same record as the job that a webhook brings, but for how it came', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const { evidence } = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    const { readResults } = await import('#ingest/read-results.ts')
    const { githubWorkflowJob } = await import('#ingest/github-workflow-job.ts')
    const webhook = { action: 'completed', workflow_job: job(), repository: repository() }
    const { words, registrations, projectOf, now } = pulling({ redis: registration() })
    const door = { words, registrations, projectOf, now, how: 'pulled' as const, said: {} }
    const received = readResults('hook', JSON.stringify(webhook), 'auto', [githubWorkflowJob], door)
    expect(received.evidence).toEqual(evidence)
  })

  test('of 2021, which does not tell its attempt, has one', async () => {
    const { repository: own, ...rest } = recorded('github/run-without-attempt.json')
    const { id, full_name } = own as { id: number; full_name: string }
    const replay = await replayOf({
      [`/repos/${full_name}`]: json(repository({ id, full_name })),
      [`/repos/${full_name}/actions/runs`]: listed('workflow_runs', [{ ...rest, repository: own }]),
      [`/repos/${full_name}/actions/runs/719643947/attempts/1/jobs`]: listed('jobs', [
        job({ run_id: 719643947, name: 'job1' }),
      ]),
    })
    const source = registration({ repository: full_name, repositoryId: String(id), job: 'job*' })
    const { evidence } = await pullSources(
      pulling({ redis: source }, { since: '2021-01-01T00:00:00Z' }),
      githubOf(replay),
    )
    expect(evidence.map(({ run }) => [run.id, run.attempt])).toEqual([['719643947', 1]])
  })

  test('with jobs that nobody registered costs a call and gives nothing', async () => {
    const jobs = recorded<{ jobs: Json[] }>('github/jobs-attempt-2.json').jobs.map((one) => ({ ...one, run_id: runId }))
    const replay = await replayOf(github([run()], { [`${runId}/1`]: jobs }))
    const site = pulling({ redis: registration({ job: 'test (arm64)' }) })
    const pulled = await pullSources(site, githubOf(replay))
    expect(pulled).toMatchObject({ read: 3, ignored: 3, evidence: [] })
    expect(pulled.problems).toMatchObject([
      {
        code: 'registration-unused',
        severity: 'warning',
        place: { file: 'sources/redis.yml' },
        actual: 'test (arm64)',
      },
    ])
    expect(pulled.problems[0]?.fix).toContain('`workflow`')
  })
})

describe('what is not of the project itself', () => {
  test.each([
    ['a pull request', { event: 'pull_request' }],
    ['a repository dispatch', { event: 'repository_dispatch' }],
    ['a run of a fork', { head_repository: { id: 99 } }],
    ['a run of a fork that is gone', { head_repository: null }],
    ['a run that does not tell whose it is', { head_repository: undefined }],
    ['a run of another repository', { repository: { id: 99 } }],
    ['a branch', { head_branch: 'feature/gha-metrics' }],
  ])('%s is not read', async (_what, changes) => {
    const replay = await replayOf(github([run(changes)], { [`${runId}/1`]: [job()] }))
    const pulled = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect(pulled).toMatchObject({ evidence: [], problems: [], read: 0 })
    expect(paths(replay.asked)).not.toContain(jobsPath(`${runId}/1`))
  })

  test('a push of a tag is read, and which pushes are tags is asked once for each', async () => {
    const runs = [run({ id: 11, head_branch: 'v1.0' }), run({ id: 12, head_branch: 'v1.0' })]
    const jobs = { '11/1': [job({ id: 1, run_id: 11 })], '12/1': [job({ id: 2, run_id: 12 })] }
    const tag = `/repos/${repositoryName}/git/ref/tags/v1.0`
    const replay = await replayOf({ ...github(runs, jobs), [tag]: json({ ref: 'refs/tags/v1.0' }) })
    const { evidence } = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect(evidence.map(({ run }) => run.id)).toEqual(['12', '11'])
    expect(paths(replay.asked).filter((path) => path === tag)).toHaveLength(1)
  })

  test('a run of a release is read without a question', async () => {
    const replay = await replayOf(github([run({ event: 'release', head_branch: 'v1.0' })], { [`${runId}/1`]: [job()] }))
    const { evidence, calls } = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect({ records: evidence.length, calls }).toEqual({ records: 1, calls: 3 })
  })

  test('many branches are not all asked for, which is told', async () => {
    const runs = Array.from({ length: 23 }, (_, index) => run({ id: 100 + index, head_branch: `renovate/${index}` }))
    const replay = await replayOf(github(runs, {}))
    const pulled = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect(codes(pulled)).toEqual(['unchecked-refs'])
    expect(pulled.calls).toBe(22)
  })
})

describe('attempts', () => {
  const twice = [run({ run_attempt: 2 })]
  const jobs = {
    [`${runId}/1`]: [job({ id: 1, conclusion: 'failure' })],
    [`${runId}/2`]: [job({ id: 2, run_attempt: 2 })],
  }

  test('are read one by one, also those that were repeated', async () => {
    const replay = await replayOf(github(twice, jobs))
    const { evidence } = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect(evidence.map(({ run, outcome }) => [run.attempt, outcome])).toEqual([
      [1, 'failed'],
      [2, 'passed'],
    ])
  })

  test('that still run are left for the next time, and the earlier ones are read', async () => {
    const replay = await replayOf(github([run({ run_attempt: 2, status: 'in_progress', conclusion: null })], jobs))
    const pulled = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect(pulled.evidence.map(({ run }) => run.attempt)).toEqual([1])
    expect(pulled.unfinished).toBe(1)
  })

  test('that the store proves to have been read are not asked for', async () => {
    const replay = await replayOf(github(twice, jobs))
    const site = pulling({ redis: registration({ job: 'my*' }) })
    const first = await pullSources(site, githubOf(replay))
    replay.asked.length = 0
    const evidence = storeOf(first.evidence)
    const again = await pullSources({ ...site, evidence }, githubOf(replay))
    expect(again).toMatchObject({ evidence: [], calls: 2, sources: [{ runs: 1, attempts: 0, jobs: 0 }] })
    const all = await pullSources({ ...site, evidence, again: true }, githubOf(replay))
    expect(all.evidence).toEqual(first.evidence)
  })

  test('that came another way, or through another registration, are read', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const { evidence } = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    const received = evidence.map((record) => ({ ...record, provenance: { how: 'received' as const, by: 'redis' } }))
    const site = pulling({ redis: registration() }, { evidence: storeOf(received) })
    expect((await pullSources(site, githubOf(replay))).sources).toMatchObject([{ attempts: 1 }])
    const changed = pulling({ redis: registration({ level: 'starts' }) }, { evidence: storeOf(evidence) })
    expect((await pullSources(changed, githubOf(replay))).sources).toMatchObject([{ attempts: 1 }])
    const other = pulling({ valkey: registration() }, { evidence: storeOf(evidence) })
    expect((await pullSources(other, githubOf(replay))).sources).toMatchObject([{ attempts: 1 }])
  })

  test('in unbelievable numbers are not all asked for', async () => {
    const replay = await replayOf(github([run({ run_attempt: 9999 })], {}))
    const { calls, problems } = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect({ calls, problems }).toEqual({ calls: 53, problems: [] })
  })

  test('with an unknown word are told, and the registered job alone is looked at', async () => {
    const jobs = [job({ conclusion: 'probably' }), job({ id: 5, name: 'other', conclusion: 'perhaps' })]
    const replay = await replayOf(github([run()], { [`${runId}/1`]: jobs }))
    const pulled = await pullSources(pulling({ redis: registration() }), githubOf(replay))
    expect(pulled.problems).toMatchObject([
      { code: 'unknown-outcome', place: { file: `${replay.origin}${jobsPath(`${runId}/1`)}`, line: 1 } },
    ])
  })
})

describe('registrations', () => {
  test('that name a workflow have its runs listed, by its number', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const site = pulling({ redis: registration({ workflow: 'Push Metrics CI' }) })
    const { evidence } = await pullSources(site, githubOf(replay))
    expect(evidence).toHaveLength(1)
    expect(paths(replay.asked)).toContain(`/repos/${repositoryName}/actions/workflows/${workflowId}/runs`)
    expect(paths(replay.asked)).not.toContain(runsPath)
  })

  test.each(['.github/workflows/push-metrics-ci.yml', `${repositoryName}/.github/workflows/push-metrics-ci.yml`])(
    'that name the file of a workflow have its runs listed too: %s',
    async (workflow) => {
      const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
      const site = pulling({ redis: registration({ workflow }) })
      const { evidence, problems } = await pullSources(site, githubOf(replay))
      expect(problems).toEqual([])
      expect(evidence.map(({ source }) => source.workflow)).toEqual([workflow])
      expect(paths(replay.asked)).not.toContain(runsPath)
    },
  )

  test('that name a file of another repository mean the runs that call it', async () => {
    const called = 'example/shared/.github/workflows/test.yml'
    const calling = run({ id: 12, referenced_workflows: [{ path: `${called}@v1`, sha: '1', ref: 'refs/tags/v1' }] })
    const jobs = { '12/1': [job({ id: 1, run_id: 12 })], [`${runId}/1`]: [job()] }
    const replay = await replayOf(github([run(), calling], jobs))
    const site = pulling({ redis: registration({ workflow: called }) })
    const { evidence, problems } = await pullSources(site, githubOf(replay))
    expect(problems).toEqual([])
    expect(evidence.map(({ run }) => run.id)).toEqual(['12'])
    expect(paths(replay.asked)).not.toContain(jobsPath(`${runId}/1`))
  })

  test('that name a file mean no job of another workflow', async () => {
    const other = run({ workflow_id: 5, path: '.github/workflows/titles.yml' })
    const replay = await replayOf(github([other], { [`${runId}/1`]: [job()] }))
    const site = pulling({ redis: registration({ workflow: '.github/workflows/push-metrics-ci.yml' }) })
    expect((await pullSources(site, githubOf(replay))).evidence).toEqual([])
    const hint = { provider: 'github-actions', repository: repositoryName, runId: String(runId) } as const
    expect((await pullRun(hint, site, githubOf(replay))).evidence).toEqual([])
  })

  test('that name no workflow of the repository are told, and the others are read', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const site = pulling({ redis: registration({ workflow: 'CI' }), valkey: registration({ project: 'valkey' }) })
    const pulled = await pullSources(site, githubOf(replay))
    expect(pulled.problems).toMatchObject([
      { code: 'unknown-workflow', place: { file: 'sources/redis.yml' }, expected: 'Push Metrics CI' },
    ])
    expect(pulled.evidence.map(({ project }) => project)).toEqual(['valkey'])
  })

  test('whose jobs report themselves are told to name their workflow, until they do', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const reporting = async (changes: { workflow?: string }, how: 'received' | 'pulled') => {
      const source = registration({ job: 'test (arm64)', ...changes })
      const record = observedRun({ provenance: { how, by: 'redis' } })
      return codes(await pullSources(pulling({ redis: source }, { evidence: storeOf([record]) }), githubOf(replay)))
    }
    expect(await reporting({}, 'received')).toEqual(['registration-unused'])
    expect(await reporting({ workflow: 'Push Metrics CI' }, 'received')).toEqual([])
    expect(await reporting({}, 'pulled')).toEqual([])
  })

  test('of one repository share its calls; those that are not asked for get nothing', async () => {
    const jobs = [job(), job({ id: 7, name: 'test (arm64)' })]
    const replay = await replayOf(github([run()], { [`${runId}/1`]: jobs }))
    const sources = { redis: registration(), other: registration({ job: 'test (*)' }) }
    const both = await pullSources(pulling(sources), githubOf(replay))
    expect(both).toMatchObject({
      calls: 3,
      sources: [
        { source: 'other', jobs: 1 },
        { source: 'redis', jobs: 1 },
      ],
    })
    const one = await pullSources(pulling(sources), githubOf(replay), new Set(['redis']))
    expect(one.evidence.map(({ provenance }) => provenance.by)).toEqual(['redis'])
  })

  test('that can mean one job are both refused, also where only one of them is asked for', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const site = pulling({ redis: registration(), wide: registration({ job: '*' }) })
    const pulled = await pullSources(site, githubOf(replay), new Set(['redis']))
    expect(codes(pulled)).toEqual(['registered-twice'])
    expect(pulled.evidence).toEqual([])
  })

  test('that have expired are not asked for, and what ran after their day is no problem', async () => {
    const replay = await replayOf(github([run()], { [`${runId}/1`]: [job()] }))
    const old = await pullSources(pulling({ redis: registration({ expires: '2021-12-31' }) }), githubOf(replay))
    expect(old).toMatchObject({ calls: 0, sources: [] })
    const late = await pullSources(pulling({ redis: registration({ expires: '2022-06-17' }) }), githubOf(replay))
    expect(late).toMatchObject({ evidence: [], problems: [], read: 1, ignored: 1 })
  })

  test.each(['redis', 'https://github.com/redis/redis', '../redis', 'redis/..', 'redis/redis/actions', 'a b/c'])(
    'cannot lead elsewhere by their repository `%s`',
    async (name) => {
      const replay = await replayOf({})
      // Content refuses it too; what reads it does not rely on that.
      const source = { ...registration(), repository: name }
      const pulled = await pullSources(pulling({ redis: source }), githubOf(replay))
      expect(codes(pulled)).toEqual(['repository-missing'])
      expect(replay.asked).toEqual([])
    },
  )
})

describe('a hint', () => {
  const hint = { provider: 'github-actions', repository: repositoryName.toUpperCase(), runId: String(runId) } as const
  const answers = github([run()], { [`${runId}/1`]: [job()] })

  test('leads to the one run that it names', async () => {
    const replay = await replayOf(answers)
    const { evidence, calls } = await pullRun(hint, pulling({ redis: registration() }), githubOf(replay))
    expect(evidence).toHaveLength(1)
    expect(calls).toBe(3)
    expect(paths(replay.asked)).not.toContain(runsPath)
  })

  test('about a renamed repository is known by its id', async () => {
    const replay = await replayOf(answers)
    const moved = { ...hint, repository: 'new/name', repositoryId: '475265627' }
    expect((await pullRun(moved, pulling({ redis: registration() }), githubOf(replay))).evidence).toHaveLength(1)
  })

  test.each([
    ['another repository', { repository: 'a/b' }],
    ['another CI system', { provider: 'gitlab' as const }],
    ['a run that is no number', { runId: '../../../user' }],
    ['a run that is no number', { runId: '1e9' }],
  ])('about %s asks nobody', async (_what, changes) => {
    const replay = await replayOf(answers)
    const pulled = await pullRun({ ...hint, ...changes }, pulling({ redis: registration() }), githubOf(replay))
    expect(pulled).toMatchObject({ evidence: [], problems: [], calls: 0 })
  })

  test('about a pull request, or a run that still runs, gives nothing', async () => {
    const pull = await replayOf(github([run({ event: 'pull_request' })], { [`${runId}/1`]: [job()] }))
    expect((await pullRun(hint, pulling({ redis: registration() }), githubOf(pull))).evidence).toEqual([])
    const running = await replayOf(github([run({ status: 'in_progress' })], { [`${runId}/1`]: [job()] }))
    const pulled = await pullRun(hint, pulling({ redis: registration() }), githubOf(running))
    expect(pulled).toMatchObject({ evidence: [], unfinished: 1, problems: [] })
  })

  test('about a run that is not there is told', async () => {
    const replay = await replayOf(github([], {}))
    expect(codes(await pullRun(hint, pulling({ redis: registration() }), githubOf(replay)))).toEqual([
      'repository-missing',
    ])
  })
})
