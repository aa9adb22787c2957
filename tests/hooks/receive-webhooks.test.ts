import { describe, expect, test } from 'vitest'
import { isRetraction, isRun, type StoredRecord } from '#domain/evidence.ts'
import type { HintedRun } from '#hooks/receive-hints.ts'
import { MemoryStore, type EvidenceStore } from '#store/evidence-store.ts'
import {
  buildkiteJob,
  changed,
  githubJob,
  githubSecret,
  gitlabJob,
  gitlabToken,
  payload,
  post,
  postGood,
  signedByBuildkite,
  signedByGithub,
  signedByGitlab,
  started,
} from './receive-started.ts'

/** One line for each record of a store. */
async function told(store: EvidenceStore): Promise<string[]> {
  const records: StoredRecord[] = await store.read()
  return records.map((record) =>
    isRetraction(record)
      ? `retracts ${record.retracts.slice(0, 6)}`
      : `${record.outcome} on ${record.architecture} by ${record.provenance.by ?? ''}, ${record.provenance.how}`,
  )
}

describe('a webhook that a CI system signed', () => {
  test('of GitHub is kept as evidence of its registration', async () => {
    const to = await started()
    const { status, body } = await postGood(to)
    expect({ status, ...body }).toMatchObject({ status: 202, became: 'stored', added: 1, problems: [] })
    expect(await told(to.store)).toEqual(['passed on amd64 by hello-amd64, received'])
  })

  test('of GitHub about the check of another system is kept too', async () => {
    const to = await started()
    // The recorded check was created by a workflow, for a pull request.
    const body = changed('github-check-run/completed-failure.json', ({ check_run: check }) => {
      const suite = { id: 5, head_branch: 'master' }
      Object.assign(check ?? {}, { app: { id: 77, slug: 'octocoders' }, pull_requests: [], check_suite: suite })
    })
    expect((await postGood(to, body)).body).toMatchObject({ became: 'stored' })
    expect(await told(to.store)).toEqual(['failed on arm64 by hello-check, received'])
    expect((await postGood(to, payload('github-check-run/completed-failure.json'))).body).toMatchObject({
      became: 'ignored',
      problems: [{ code: 'no-runner' }],
    })
  })

  test('of GitLab, by its signing token or by its secret token', async () => {
    for (const headers of [signedByGitlab(payload(gitlabJob)), { 'x-gitlab-token': gitlabToken }]) {
      const to = await started()
      const { status } = await post(to, '/hooks/gitlab', payload(gitlabJob), headers)
      expect(status).toBe(202)
      expect(await told(to.store)).toEqual(['passed on amd64 by tools-amd64, received'])
    }
  })

  test('of Buildkite', async () => {
    const to = await started()
    const body = payload(buildkiteJob)
    expect((await post(to, '/hooks/buildkite', body, signedByBuildkite(body))).body).toMatchObject({ became: 'stored' })
    expect(await told(to.store)).toEqual(['passed on arm64 by p-arm64, received'])
  })

  test('adds nothing when it is delivered again, and is answered alike', async () => {
    const to = await started()
    await postGood(to)
    const again = await Promise.all([postGood(to), postGood(to), postGood(to)])
    for (const { status, body } of again) {
      expect({ status, ...body }).toMatchObject({ status: 202, became: 'known', added: 0, known: 1 })
    }
    expect(await told(to.store)).toHaveLength(1)
  })

  test('is listened to with a charset and in capitals', async () => {
    const to = await started()
    const body = payload(githubJob)
    const headers = { ...signedByGithub(body), 'content-type': 'Application/JSON; charset=utf-8' }
    expect((await post(to, '/hooks/github', body, headers)).status).toBe(202)
  })
})

describe('a webhook that says nothing about a cell is answered, so that its sender goes on sending', () => {
  test.each([
    ['a ping', '{"zen":"Design for failure.","hook_id":1,"hook":{}}'],
    ['a push', '{"ref":"refs/heads/main","commits":[]}'],
    ['a job that is queued', payload('github-workflow-job/queued.json')],
    ['a job that is no more', payload('handmade/github-workflow-job/null-job.json')],
    ['a check without a runner', payload('github-workflow-job/check-run-success-no-runner.json')],
    ['a run', payload('github-workflow-run/completed-success.json')],
    [
      'a job that nobody registered',
      changed(githubJob, (body) => (body.workflow_job = { ...body.workflow_job, name: 'lint' })),
    ],
    [
      'a job of another repository',
      changed(githubJob, (body) => (body.repository = { full_name: 'Codertocat/Hello-World', id: 1 })),
    ],
    ['a report in our own format', '{"schema":"works-on-arm/report@1","project":"redis"}'],
  ])('%s', async (_, body) => {
    const to = await started()
    const { status, body: answer } = await postGood(to, body)
    expect({ status, became: answer.became }).toEqual({ status: 202, became: 'ignored' })
    expect(await told(to.store)).toEqual([])
  })

  test('of GitLab and Buildkite too', async () => {
    const to = await started()
    const mergeRequest = payload('gitlab-pipeline-hook/success-merge-request.json')
    const ping = '{"event":"ping","service":{}}'
    const answers = [
      await post(to, '/hooks/gitlab', mergeRequest, signedByGitlab(mergeRequest)),
      await post(to, '/hooks/buildkite', ping, signedByBuildkite(ping)),
    ]
    expect(answers.map(({ status, body }) => [status, body.became])).toEqual([
      [202, 'ignored'],
      [202, 'ignored'],
    ])
    expect(answers[0]?.body.problems).toMatchObject([{ code: 'untrusted-event' }])
    expect(await told(to.store)).toEqual([])
  })

  test('and what is wrong with it is told', async () => {
    const to = await started()
    const body = changed(
      githubJob,
      (webhook) => (webhook.workflow_job = { ...webhook.workflow_job, conclusion: 'fine' }),
    )
    expect((await postGood(to, body)).body).toMatchObject({
      became: 'ignored',
      problems: [{ code: 'unknown-outcome', reason: expect.stringContaining('`fine`') as string }],
    })
  })

  test('because nobody knows when it ended: it would be another record each time', async () => {
    const to = await started()
    const endless = (conclusion: string) =>
      changed(githubJob, (body) => (body.workflow_job = { ...body.workflow_job, completed_at: null, conclusion }))
    expect((await postGood(to, endless('success'))).body).toMatchObject({ problems: [{ code: 'missing-time' }] })
    expect((await postGood(to, endless('cancelled'))).body).toMatchObject({ became: 'ignored', problems: [] })
    expect(await told(to.store)).toEqual([])
  })
})

describe('a secret that is for some repositories', () => {
  const github = JSON.stringify({ 'Codertocat/*': ['the secret of Codertocat'], 'redis/redis': 'the secret of redis' })

  test('speaks for them', async () => {
    const to = await started({ github })
    const body = payload(githubJob)
    await post(to, '/hooks/github', body, signedByGithub(body, 'the secret of Codertocat'))
    expect(await told(to.store)).toHaveLength(1)
  })

  test('does not speak for others, whatever the body says', async () => {
    const to = await started({ github })
    // The id decides which registration is meant, and the name in the body is the sender's.
    const body = changed(githubJob, (webhook) => (webhook.repository = { full_name: 'redis/redis', id: 186_853_002 }))
    const { status, body: answer } = await post(to, '/hooks/github', body, signedByGithub(body, 'the secret of redis'))
    expect(status).toBe(202)
    expect(answer).toMatchObject({ became: 'ignored', problems: [{ code: 'secret-elsewhere' }] })
    expect(await told(to.store)).toEqual([])
  })
})

describe('a job of a run that anybody can have started', () => {
  const run = (action: string, changes: Record<string, unknown> = {}) =>
    changed('github-workflow-run/completed-success.json', (body) => {
      // The recorded run is of another repository than the recorded job.
      Object.assign(body, { action })
      body.workflow_run = { ...body.workflow_run, id: 2_202_229_078, event: 'pull_request', ...changes }
      body.repository = { ...body.repository, id: 186_853_002, full_name: 'Codertocat/Hello-World' }
    })

  test('is not kept, once the webhook about the run has said so', async () => {
    const to = await started()
    await postGood(to, run('requested'))
    expect((await postGood(to)).body).toMatchObject({ became: 'ignored', problems: [{ code: 'untrusted-event' }] })
    expect(await told(to.store)).toEqual([])
  })

  test('is taken back, where the webhook about the run comes later', async () => {
    const to = await started()
    await postGood(to)
    expect((await postGood(to, run('completed'))).body).toMatchObject({ added: 1 })
    const [record, retraction] = await to.store.read('redis')
    expect(record && isRun(record) && retraction && isRetraction(retraction)).toBe(true)
    expect(retraction).toMatchObject({ retracts: record?.id, why: expect.stringContaining('`pull_request`') as string })
    // The same webhooks once more change nothing.
    await postGood(to)
    expect((await postGood(to, run('completed'))).body).toMatchObject({ added: 0 })
    expect(await told(to.store)).toHaveLength(2)
  })

  test('is one of a fork too, whatever started it', async () => {
    const to = await started()
    await postGood(to, run('requested', { event: 'push', head_repository: { id: 7 } }))
    await postGood(to)
    expect(await told(to.store)).toEqual([])
  })

  test('leaves the jobs of other runs alone, and those that came by another way', async () => {
    const store = new MemoryStore()
    const to = await started({ store })
    await postGood(to)
    const [received] = store.read()
    if (!received || !isRun(received)) throw new Error('the job was kept')
    store.append([{ ...received, provenance: { how: 'pulled', by: 'hello-amd64' } }])
    await postGood(to, run('completed', { id: 5 }))
    expect(await told(store)).toHaveLength(2)
    await postGood(to, run('completed'))
    expect((await told(store)).filter((line) => line.startsWith('retracts'))).toHaveLength(1)
  })

  test('is not taken back on the word of a secret for another repository', async () => {
    const to = await started({ github: JSON.stringify({ '*': githubSecret, 'redis/redis': 'the secret of redis' }) })
    await postGood(to)
    const body = run('completed')
    await post(to, '/hooks/github', body, signedByGithub(body, 'the secret of redis'))
    expect(await told(to.store)).toHaveLength(1)
  })

  test('counts where the project itself started the run', async () => {
    const to = await started()
    await postGood(to, run('requested', { event: 'push', head_repository: { id: 186_853_002 } }))
    await postGood(to)
    expect(await told(to.store)).toHaveLength(1)
  })
})

describe('where there is a token for the provider', () => {
  const lookingUp = async (hint: (run: HintedRun) => Promise<void>) =>
    await started({ lookUp: { providers: ['github-actions'], hint } })

  test('a webhook is a reason to look the run up, and no evidence', async () => {
    const asked: HintedRun[] = []
    const to = await lookingUp((run) => {
      asked.push(run)
      return Promise.resolve()
    })
    expect((await postGood(to)).body).toMatchObject({ became: 'asked', added: 0 })
    await expect.poll(() => asked).toHaveLength(1)
    expect(asked).toEqual([{ provider: 'github-actions', repository: 'Codertocat/Hello-World', runId: '2202229078' }])
    expect(await told(to.store)).toEqual([])
  })

  test('looking up delays no answer', async () => {
    const to = await lookingUp(async () => await new Promise<void>(() => undefined))
    for (let count = 0; count < 3; count += 1) expect((await postGood(to)).status).toBe(202)
  })

  test('a sender is told to come again where too many runs wait', async () => {
    const to = await lookingUp(async () => await new Promise<void>(() => undefined))
    const ofRun = (id: number) =>
      changed(githubJob, (body) => (body.workflow_job = { ...body.workflow_job, run_id: id }))
    const statuses = []
    for (let id = 1; id <= 8; id += 1) statuses.push((await postGood(to, ofRun(id))).status)
    expect(statuses.slice(0, 3)).toEqual([202, 202, 202])
    expect(statuses.at(-1)).toBe(503)
    expect(to.receiver.hints?.waiting).toBeLessThanOrEqual(3)
  })

  test('the end of a run is a reason too, where a job of its repository is registered', async () => {
    const asked: string[] = []
    const to = await lookingUp((run) => {
      asked.push(run.runId)
      return Promise.resolve()
    })
    const ended = (id: number) =>
      changed('github-workflow-run/completed-success.json', (body) => {
        body.workflow_run = { ...body.workflow_run, id: 9, event: 'push', head_repository: { id } }
        body.repository = { ...body.repository, id, full_name: `a/${id}` }
      })
    expect((await postGood(to, ended(186_853_002))).body).toMatchObject({ became: 'asked' })
    expect((await postGood(to, ended(5))).body).toMatchObject({ became: 'ignored' })
    await expect.poll(() => asked).toEqual(['9'])
  })

  test('other providers are kept as they come', async () => {
    const to = await lookingUp(() => Promise.resolve())
    await post(to, '/hooks/gitlab', payload(gitlabJob), signedByGitlab(payload(gitlabJob)))
    expect(await told(to.store)).toHaveLength(1)
  })

  test('what goes wrong with looking up is told to the operator', async () => {
    const to = await lookingUp(() => Promise.reject(new Error('no network')))
    await postGood(to)
    await expect
      .poll(() => to.log.filter(({ event }) => event === 'look-up-failed'))
      .toMatchObject([{ reason: 'no network', runId: '2202229078' }])
  })
})
