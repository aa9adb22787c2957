import { describe, expect, test } from 'vitest'
import { pullRun, pullSources } from '#hooks/pull.ts'
import {
  gitlab,
  gitlabJob,
  gitlabOf,
  gitlabRegistration,
  pipeline,
  pipelineId,
  project,
  projectId,
  projectName,
  pulling,
  storeOf,
} from './pull-recordings.ts'
import { gitlabListed, json, recorded, replayOf, type Json } from './pull-replay.ts'

const jobsPath = `/projects/${projectId}/pipelines/${pipelineId}/jobs`
const site = () => pulling({ redis: gitlabRegistration() })
const codes = ({ problems }: { problems: readonly { code: string }[] }) => problems.map(({ code }) => code)

describe('a pipeline of the default branch', () => {
  test('becomes evidence; what waits for a button and what still runs says nothing', async () => {
    const jobs = recorded<Json[]>('gitlab/jobs.json').map((job) => ({ ...job, ref: 'main', pipeline: pipeline() }))
    const replay = await replayOf(gitlab([pipeline()], { [pipelineId]: jobs }))
    const pulled = await pullSources(pulling({ redis: gitlabRegistration({ job: 'probe-*' }) }), gitlabOf(replay))
    expect(pulled).toMatchObject({
      read: 3,
      ignored: 2,
      problems: [],
      calls: 4,
      sources: [{ source: 'redis', runs: 1, attempts: 1, jobs: 1, calls: 4 }],
    })
    expect(pulled.evidence).toMatchObject([
      {
        outcome: 'failed',
        observedAt: '2026-09-30T17:54:59Z',
        run: { id: String(pipelineId), attempt: 1, jobId: '16845636949' },
        link: 'https://gitlab.com/yeyo11/agentry/-/jobs/16845636949',
        source: { provider: 'gitlab', repository: projectName, repositoryId: projectId, job: 'probe-fail' },
        provenance: { how: 'pulled', by: 'redis' },
      },
    ])
    const listed = replay.asked.filter(({ path }) => path.endsWith('/pipelines')).map(({ query }) => String(query))
    expect(listed).toEqual([
      'ref=main&updated_after=2022-01-01T00%3A00%3A00Z&per_page=100&page=1',
      'scope=tags&updated_after=2022-01-01T00%3A00%3A00Z&per_page=100&page=1',
    ])
  })

  test('has an attempt for each time that a job was retried, as the webhook counts them', async () => {
    const retried = recorded<Json[]>('gitlab/jobs-with-retried.json').map((job) => ({
      ...job,
      ref: 'main',
      pipeline: pipeline(),
      // Recorded while the second ones ran.
      ...(job.status === 'running' ? { status: 'success', finished_at: '2026-10-01T10:44:00.123Z' } : {}),
    }))
    const replay = await replayOf(gitlab([pipeline()], { [pipelineId]: retried }))
    const { evidence } = await pullSources(site(), gitlabOf(replay))
    expect(evidence.map(({ run, outcome }) => [run.jobId, run.attempt, outcome])).toEqual([
      ['16862729819', 2, 'passed'],
      ['16862617992', 1, 'failed'],
    ])
    expect(replay.asked.at(-1)?.query.get('include_retried')).toBe('true')
  })

  test('is known by the name that the list gives it', async () => {
    const named = pipeline({ name: 'Nightly' })
    const replay = await replayOf(gitlab([named, pipeline({ id: 5, name: 'Docs' })], { [pipelineId]: [gitlabJob()] }))
    const sources = { redis: gitlabRegistration({ workflow: 'Nightly' }) }
    const pulled = await pullSources(pulling(sources), gitlabOf(replay))
    expect(pulled.evidence.map(({ source }) => source.workflow)).toEqual(['Nightly'])
    expect(pulled.sources).toMatchObject([{ runs: 1, attempts: 1 }])
  })

  test('that has not ended is left for the next time; one that waits for somebody has', async () => {
    const pipelines = [pipeline({ id: 7, status: 'running' }), pipeline({ id: 8, status: 'manual' })]
    const job = gitlabJob({ pipeline: pipeline({ id: 8 }) })
    const replay = await replayOf(gitlab(pipelines, { '8': [job] }))
    const pulled = await pullSources(site(), gitlabOf(replay))
    expect(pulled).toMatchObject({ unfinished: 1 })
    expect(pulled.evidence.map(({ run }) => run.id)).toEqual(['8'])
  })

  test('is not asked for again until something in it changes', async () => {
    const settled = pipeline({ updated_at: '2026-09-30T17:54:59.819Z' })
    const first = await replayOf(gitlab([settled], { [pipelineId]: [gitlabJob()] }))
    const { evidence } = await pullSources(site(), gitlabOf(first))
    const again = { ...site(), evidence: storeOf(evidence) }
    expect(await pullSources(again, gitlabOf(first))).toMatchObject({ calls: 3, evidence: [] })
    const changed = pipeline({ updated_at: '2026-10-01T10:00:00.000Z' })
    const second = await replayOf(gitlab([changed], { [pipelineId]: [gitlabJob()] }))
    expect((await pullSources(again, gitlabOf(second))).evidence).toEqual(evidence)
  })
})

test('a pipeline of a tag is read', async () => {
  const tag = pipeline({ ref: 'v1.0' })
  const replay = await replayOf(gitlab([], { [pipelineId]: [gitlabJob({ tag: true, ref: 'v1.0' })] }, [tag]))
  expect((await pullSources(site(), gitlabOf(replay))).evidence).toHaveLength(1)
})

test.each([
  ['merge request', { source: 'merge_request_event' }],
  ['merge request, told by its ref alone', { ref: 'refs/merge-requests/12/head' }],
  ['trigger', { source: 'trigger' }],
  ['pipeline of another project', { source: 'pipeline' }],
  ['nobody who is named', { source: undefined }],
  ['another project', { project_id: 5 }],
  ['another branch', { ref: 'probe/ci' }],
])('a pipeline of a %s is not read', async (_what, changes) => {
  const one = pipeline(changes)
  const replay = await replayOf({
    ...gitlab([one], { [pipelineId]: [gitlabJob()] }),
    // A server that does not filter.
    [`/projects/${projectId}/pipelines`]: (response, asked) => {
      gitlabListed(asked.query.has('ref') ? [one, ...recorded<Json[]>('gitlab/pipelines.json')] : [])(response, asked)
    },
  })
  const pulled = await pullSources(site(), gitlabOf(replay))
  expect(pulled).toMatchObject({ evidence: [], problems: [], read: 0 })
  expect(replay.asked.map(({ path }) => path)).not.toContain(jobsPath)
})

describe('pages', () => {
  const many = Array.from({ length: 130 }, (_, index) => gitlabJob({ id: 1000 + index, name: `j ${index}` }))
  const wide = pulling({ redis: gitlabRegistration({ job: 'j *' }) })

  test('are followed as the headers say', async () => {
    const replay = await replayOf(gitlab([pipeline()], { [pipelineId]: many }))
    expect((await pullSources(wide, gitlabOf(replay))).evidence).toHaveLength(130)
  })

  test('are followed without headers until one is not full', async () => {
    const replay = await replayOf({
      ...gitlab([pipeline()], {}),
      [jobsPath]: [json(many.slice(0, 100)), json(many.slice(100))],
    })
    expect((await pullSources(wide, gitlabOf(replay))).evidence).toHaveLength(130)
  })

  test('that lack what the headers count are no observation', async () => {
    const lacking = json(many.slice(0, 50), 200, { 'x-total': '51', 'x-next-page': '' })
    const replay = await replayOf({ ...gitlab([pipeline()], {}), [jobsPath]: lacking })
    const pulled = await pullSources(wide, gitlabOf(replay))
    expect(codes(pulled)).toEqual(['incomplete-list'])
    expect(pulled.evidence).toEqual([])
  })
})

describe('a project', () => {
  test('is asked for by its id, and by its path where there is none', async () => {
    const replay = await replayOf(gitlab([], {}))
    await pullSources(site(), gitlabOf(replay))
    const { repositoryId: _, ...rest } = gitlabRegistration()
    await pullSources(pulling({ redis: rest }), gitlabOf(replay))
    const homes = replay.asked.map(({ path }) => path).filter((path) => !path.endsWith('/pipelines'))
    expect(homes).toEqual([`/projects/${projectId}`, '/projects/yeyo11%2Fagentry'])
  })

  test('that moved is read by its id, and its new path is told', async () => {
    const replay = await replayOf({
      ...gitlab([], {}),
      [`/projects/${projectId}`]: json(project({ path_with_namespace: 'new/agentry' })),
    })
    expect((await pullSources(site(), gitlabOf(replay))).problems).toMatchObject([
      { code: 'repository-renamed', severity: 'warning', expected: 'new/agentry' },
    ])
  })

  test.each(['agentry', 'a/../b', 'a/b?c', 'a/b c'])('cannot lead elsewhere by its path `%s`', async (path) => {
    const replay = await replayOf({})
    // Content refuses it too; what reads it does not rely on that.
    const source = { ...gitlabRegistration(), repository: path }
    expect(codes(await pullSources(pulling({ redis: source }), gitlabOf(replay)))).toEqual(['repository-missing'])
    expect(replay.asked).toEqual([])
  })
})

test('a hint leads to the one pipeline that it names', async () => {
  const hint = { provider: 'gitlab', repository: projectName, runId: String(pipelineId) } as const
  const replay = await replayOf(gitlab([pipeline()], { [pipelineId]: [gitlabJob()] }))
  expect(await pullRun(hint, site(), gitlabOf(replay))).toMatchObject({ calls: 3, evidence: [{ outcome: 'failed' }] })
  const branch = await replayOf(gitlab([pipeline({ ref: 'probe/ci' })], { [pipelineId]: [gitlabJob()] }))
  expect(await pullRun(hint, site(), gitlabOf(branch))).toMatchObject({ calls: 2, evidence: [] })
})
