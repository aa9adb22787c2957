/** Jobs of CircleCI: its webhook, and two answers of its API, which tell different things. */
import type { CiProvider } from '#domain/ci-provider.ts'
import type { OutcomeReason } from '#domain/evidence.ts'
import type { Outcome } from '#domain/status-words.ts'
import type { Adapted, Adapter, CiResult, Spot } from './adapter.ts'
import { toUtcSeconds } from './instant.ts'
import {
  adaptEach,
  adaptList,
  commitOf,
  idOf,
  lineOf,
  linkOf,
  listOf,
  mapOf,
  namesOf,
  resultOf,
  spotWithin,
  startsWith,
  textOf,
  type JsonMap,
  type Said,
} from './json-values.ts'
import { badDocument, unknownOutcome, untrustedEvent } from './problems.ts'
import { runWithoutJobs } from './run-without-jobs.ts'

export const circleci: Adapter = {
  name: 'circleci',
  title: 'CircleCI: a job (webhook `job-completed`, API v2), or the jobs of a workflow (API v2)',
  recognises: (document) =>
    startsWith(document, (map) => isWebhook(map) || isJobList(map) || isListed(map) || isApiJob(map)),
  adapt(document) {
    // CircleCI may send a webhook twice; `id` is the event's.
    const seen = new Set<string>()
    return adaptEach(document, 'job', (map, spot, adapted) => {
      if (Array.isArray(map.items)) {
        adaptList(map.items, spotWithin(spot, 'items'), adapted, adaptListed)
      } else if (isListed(map)) adaptListed(map, spot, adapted)
      else if (!isWebhook(map)) adaptApiJob(map, spot, adapted)
      else {
        const event = idOf(map.id)
        if (event !== undefined && seen.has(event)) {
          adapted.ignored += 1
          return
        }
        if (event !== undefined) seen.add(event)
        adaptWebhook(map, spot, adapted)
      }
    })
  },
}

function isWebhook({ type, pipeline, workflow }: JsonMap): boolean {
  return (type === 'job-completed' || type === 'workflow-completed') && Boolean(mapOf(pipeline) ?? mapOf(workflow))
}

function isJobList({ items }: JsonMap): boolean {
  return listOf(items).some((item) => isListed(mapOf(item) ?? {}))
}

function isListed(job: JsonMap): boolean {
  const isJob = 'job_number' in job || 'dependencies' in job
  return isJob && typeof job.project_slug === 'string' && typeof job.status === 'string'
}

function isApiJob({ executor, project, latest_workflow: workflow, status }: JsonMap): boolean {
  return mapOf(project) !== undefined && typeof status === 'string' && Boolean(mapOf(executor) ?? mapOf(workflow))
}

function adaptWebhook(body: JsonMap, spot: Spot, adapted: Adapted): void {
  const workflow = mapOf(body.workflow)
  if (body.type === 'workflow-completed') {
    adapted.ignored += 1
    adapted.problems.push(
      runWithoutJobs(spot, idOf(workflow?.id) ?? '', 'send the webhook `job-completed`, or the jobs of the workflow'),
    )
    return
  }
  const pipeline = mapOf(body.pipeline)
  const origin = originOf(pipeline)
  if (origin.untrusted !== undefined) {
    adapted.problems.push(untrustedEvent(spotWithin(spot, 'pipeline'), origin.untrusted))
    return
  }
  const job = mapOf(body.job)
  const project = mapOf(body.project)
  adaptJob(
    { name: job?.name, number: job?.number, id: job?.id, status: job?.status, stoppedAt: job?.stopped_at },
    {
      ...origin.said,
      repository: slugOf(project?.slug),
      repositoryId: idOf(project?.id),
      workflows: namesOf(workflow?.name),
      runId: idOf(workflow?.id),
      link: linkOf(workflow?.url),
    },
    spotWithin(spot, 'job'),
    adapted,
  )
}

/** `GET /project/{slug}/job/{number}`. Only here is the machine. */
function adaptApiJob(job: JsonMap, spot: Spot, adapted: Adapted): void {
  const project = mapOf(job.project)
  const workflow = mapOf(job.latest_workflow)
  adaptJob(
    { name: job.name, number: job.number, id: undefined, status: job.status, stoppedAt: job.stopped_at },
    {
      repository: slugOf(project?.slug),
      repositoryId: idOf(project?.id),
      workflows: namesOf(workflow?.name),
      runId: idOf(workflow?.id),
      link: linkOf(job.web_url),
      ...machineOf(mapOf(job.executor)),
    },
    spot,
    adapted,
  )
}

/** An element of `GET /workflow/{id}/job`, which does not repeat the id of the workflow. */
function adaptListed(value: unknown, spot: Spot, adapted: Adapted): void {
  const job = mapOf(value)
  if (job?.type === 'approval') {
    adapted.ignored += 1
    return
  }
  adaptJob(
    { name: job?.name, number: job?.job_number, id: job?.id, status: job?.status, stoppedAt: job?.stopped_at },
    { repository: slugOf(job?.project_slug) },
    spot,
    adapted,
  )
}

/** `gh/octo-org/octo-repo`, as the API writes it. Webhooks write `github/octo-org/octo-repo`. */
function slugOf(slug: unknown): string | undefined {
  return lineOf(slug)
    ?.replace(/^github\//, 'gh/')
    .replace(/^bitbucket\//, 'bb/')
}

interface CircleJob {
  name: unknown
  number: unknown
  id: unknown
  status: unknown
  stoppedAt: unknown
}

function adaptJob(job: CircleJob, known: Said, spot: Spot, adapted: Adapted): void {
  const { results, problems } = adapted
  const name = textOf(job.name)
  // Every document tells the number; the id is missing in one of them.
  const jobId = idOf(job.number) ?? idOf(job.id)
  const status = textOf(job.status) ?? ''
  if (unfinished.includes(status)) {
    adapted.ignored += 1
    return
  }
  if (name === undefined) {
    problems.push(badDocument(spot, 'job', '', 'a job with `name` and `status`'))
    return
  }
  const end = statuses.get(status)
  if (!end) {
    problems.push(unknownOutcome(spotWithin(spot, 'status'), 'status', job.status, [...statuses.keys(), ...unfinished]))
    return
  }
  results.push(
    resultOf(end.outcome, spot, {
      ...known,
      provider: 'circleci' satisfies CiProvider,
      job: name,
      jobId,
      // What is run again is a new workflow, with new jobs.
      attempt: 1,
      reason: end.reason,
      observedAt: toUtcSeconds(job.stoppedAt),
    }),
  )
}

const statuses = new Map<string, { outcome: Outcome; reason?: OutcomeReason }>([
  ['success', { outcome: 'passed' }],
  ['failed', { outcome: 'failed' }],
  ['canceled', { outcome: 'cancelled' }],
  ['not_run', { outcome: 'skipped' }],
  ['skipped', { outcome: 'skipped' }],
  ['timedout', { outcome: 'infra', reason: 'timeout' }],
  ['infrastructure_fail', { outcome: 'infra', reason: 'runner-lost' }],
  ['retried', { outcome: 'infra' }],
  ['terminated-unknown', { outcome: 'infra' }],
  // Nobody was allowed to start it: a context is restricted.
  ['unauthorized', { outcome: 'infra', reason: 'setup' }],
])

const unfinished = ['running', 'queued', 'not_running', 'pending', 'on_hold', 'blocked']

interface Origin {
  untrusted?: string
  said: Pick<Said, 'event' | 'ref' | 'commit'>
}

/** What started a pipeline. `vcs` is missing where the code is not on GitHub's OAuth app or Bitbucket. */
function originOf(pipeline: JsonMap | undefined): Origin {
  const vcs = mapOf(pipeline?.vcs)
  const parameters = mapOf(pipeline?.trigger_parameters)
  const git = mapOf(parameters?.git)
  const gitlab = mapOf(parameters?.gitlab)
  const type = textOf(mapOf(parameters?.circleci)?.event_type) ?? textOf(gitlab?.type)
  const branch = textOf(vcs?.branch) ?? textOf(git?.branch)
  const said = {
    event: lineOf(type ?? mapOf(pipeline?.trigger)?.type, 60),
    ref: lineOf(vcs?.tag, 250) ?? lineOf(git?.tag, 250) ?? lineOf(branch, 250),
    commit: commitOf(vcs?.revision) ?? commitOf(git?.checkout_sha),
  }
  if (type !== undefined && /(?:pull|merge)[\s_-]?request/i.test(type)) return { untrusted: type, said }
  const { origin_repository_url: origin, target_repository_url: target } = vcs ?? {}
  const isFork = typeof origin === 'string' && typeof target === 'string' && origin !== target
  // CircleCI calls the branches of pull requests from forks `pull/12`.
  if (isFork || gitlab?.is_fork_merge_request === true || /^pull\/\d+/.test(branch ?? '')) {
    return { untrusted: 'pull_request of a fork', said }
  }
  return { said }
}

/** The machines that CircleCI defines. A class `namespace/name` is somebody's own runner. */
function machineOf(executor: JsonMap | undefined): Pick<CiResult, 'architecture' | 'os'> {
  const resource = textOf(executor?.resource_class) ?? ''
  if (/^arm\.[a-z0-9+]+$/.test(resource)) return { architecture: 'arm64' }
  if (/^(?:macos\.)?m\d(?:pro|max)?\.[a-z0-9.]+$/.test(resource)) return { architecture: 'arm64', os: 'macos' }
  // Images of Windows run on machines with the same names, but not in Docker.
  const isPlain = /^(?:small|medium\+?|large|xlarge|2xlarge\+?)$/.test(resource)
  return executor?.type === 'docker' && isPlain ? { architecture: 'amd64' } : {}
}
