/** Jobs of Buildkite. Queues and tags are called what their operator likes; only the agent itself tells its machine. */
import type { CiProvider } from '#domain/ci-provider.ts'
import type { OutcomeReason } from '#domain/evidence.ts'
import type { Outcome } from '#domain/status-words.ts'
import type { Adapted, Adapter, CiResult, Spot } from './adapter.ts'
import { toUtcSeconds } from './instant.ts'
import {
  adaptEach,
  adaptList,
  attemptAfter,
  commitOf,
  idOf,
  lineOf,
  linkOf,
  mapOf,
  namesOf,
  resultOf,
  spotWithin,
  startsWith,
  textOf,
  type JsonMap,
} from './json-values.ts'
import { badDocument, unknownOutcome, untrustedEvent, withoutRunner } from './problems.ts'
import { runWithoutJobs } from './run-without-jobs.ts'

export const buildkite: Adapter = {
  name: 'buildkite',
  title: 'Buildkite: a job (webhook `job.finished`), or a build with its jobs (REST)',
  recognises: (document) => startsWith(document, (map) => isWebhook(map) || isBuild(map) || isJob(map)),
  adapt: (document) =>
    adaptEach(document, 'build', (map, spot, adapted) => {
      if (isWebhook(map)) adaptWebhook(map, spot, adapted)
      else if (isJob(map)) adaptJob(map, {}, undefined, spot, adapted)
      else adaptBuild(map, spot, adapted)
    }),
}

function isWebhook({ event, build }: JsonMap): boolean {
  return typeof event === 'string' && /^(?:job|build)\.[a-z_]+$/.test(event) && mapOf(build) !== undefined
}

function isBuild({ jobs, pipeline, state, number }: JsonMap): boolean {
  return Array.isArray(jobs) && mapOf(pipeline) !== undefined && typeof state === 'string' && typeof number === 'number'
}

/** One job, as the REST API gives it: its build is only in its address. */
function isJob({ jobs, build, type, state, web_url: page }: JsonMap): boolean {
  const isStep = type === 'script' || type === 'trigger' || type === 'waiter' || type === 'manual'
  return jobs === undefined && build === undefined && isStep && typeof state === 'string' && typeof page === 'string'
}

function adaptWebhook(body: JsonMap, spot: Spot, adapted: Adapted): void {
  const build = mapOf(body.build) ?? {}
  if (body.event === 'job.finished') {
    adaptJob(body.job, build, mapOf(body.pipeline), spotWithin(spot, 'job'), adapted)
    return
  }
  adapted.ignored += 1
  if (body.event === 'build.finished') {
    const run = idOf(build.number) ?? ''
    adapted.problems.push(runWithoutJobs(spot, run, 'send the webhook `job.finished`, or the build of the REST API'))
  }
}

function adaptBuild(build: JsonMap, spot: Spot, adapted: Adapted): void {
  if (!Array.isArray(build.jobs)) {
    adapted.problems.push(badDocument(spot, 'build', '', 'a build with `jobs`'))
    return
  }
  adaptList(build.jobs, spotWithin(spot, 'jobs'), adapted, (job, at) => {
    adaptJob(job, build, mapOf(build.pipeline), at, adapted)
  })
}

function adaptJob(value: unknown, build: JsonMap, pipeline: JsonMap | undefined, spot: Spot, adapted: Adapted): void {
  const { results, problems } = adapted
  const job = mapOf(value)
  // Steps that wait, block or trigger have no name, and run nothing.
  if (job && job.type !== undefined && job.type !== 'script') {
    adapted.ignored += 1
    return
  }
  const jobId = idOf(job?.id)
  // Every document tells the number of the build, not every one its id.
  const runId = idOf(build.number) ?? numberOfBuild(job?.web_url)
  const name = textOf(job?.name) ?? textOf(job?.label) ?? textOf(job?.step_key) ?? textOf(job?.command)
  if (!job || jobId === undefined || runId === undefined || name === undefined) {
    problems.push(badDocument(spot, 'job', '', 'a job with `id` and `name`, in a build with `number`'))
    return
  }
  const state = textOf(job.state) ?? ''
  if (unfinished.includes(state)) {
    adapted.ignored += 1
    return
  }
  const end = endOf(job, state)
  if (!end) {
    problems.push(unknownOutcome(spotWithin(spot, 'state'), 'state', job.state, [...states.keys(), ...unfinished]))
    return
  }
  const untrusted = untrustedOrigin(build)
  if (untrusted !== undefined) {
    problems.push(untrustedEvent(spot, untrusted))
    return
  }
  const agent = mapOf(job.agent)
  if (end.outcome === 'passed' && !agent) {
    adapted.ignored += 1
    problems.push(withoutRunner(spot, name))
    return
  }
  results.push(
    resultOf(end.outcome, spot, {
      provider: 'buildkite' satisfies CiProvider,
      repository: repositoryOf(build, pipeline, job),
      repositoryId: idOf(pipeline?.id),
      workflows: namesOf(pipeline?.slug, pipeline?.name),
      job: name,
      jobId,
      event: lineOf(build.source, 60),
      ref: lineOf(build.tag, 250) ?? lineOf(build.branch, 250),
      commit: commitOf(build.commit),
      runId,
      // A job that is retried gets a new id, and the count of those before it.
      attempt: attemptAfter(job.retries_count),
      reason: end.reason,
      observedAt: toUtcSeconds(job.finished_at),
      link: linkOf(job.web_url) ?? linkOf(build.web_url),
      ...machineOf(agent),
    }),
  )
}

interface End {
  outcome: Outcome
  reason?: OutcomeReason
}

/** How a job ended: https://buildkite.com/docs/agent/lifecycle has the exit codes, `-1` is a lost agent. */
function endOf(job: JsonMap, state: string): End | undefined {
  const known = state === 'finished' ? finished(job.exit_status) : states.get(state)
  if (known?.outcome !== 'failed') return known
  if (job.exit_status === -1 || job.signal_reason === 'agent_stop') return { outcome: 'infra', reason: 'runner-lost' }
  return job.soft_failed === true ? { outcome: 'failed', reason: 'tolerated' } : known
}

const states = new Map<string, End>([
  ['passed', { outcome: 'passed' }],
  ['failed', { outcome: 'failed' }],
  ['timed_out', { outcome: 'infra', reason: 'timeout' }],
  // No agent took it.
  ['expired', { outcome: 'infra' }],
  ['canceled', { outcome: 'cancelled' }],
  ['skipped', { outcome: 'skipped' }],
  // It was not run: a condition was false, or a step before it failed.
  ['broken', { outcome: 'skipped' }],
  ['waiting_failed', { outcome: 'skipped' }],
  ['blocked_failed', { outcome: 'skipped' }],
  ['unblocked_failed', { outcome: 'skipped' }],
])

const unfinished = [
  'pending',
  'waiting',
  'blocked',
  'unblocked',
  'limiting',
  'limited',
  'platform_limiting',
  'platform_limited',
  'scheduled',
  'reserved',
  'assigned',
  'accepted',
  'running',
  'timing_out',
  'canceling',
]

/** Some documents only say that a job finished. */
function finished(exitStatus: unknown): End | undefined {
  if (exitStatus === 0) return { outcome: 'passed' }
  return typeof exitStatus === 'number' ? { outcome: 'failed' } : undefined
}

/** Branches of forks are called `owner:branch`; a colon cannot be in the name of a branch. */
function untrustedOrigin(build: JsonMap): string | undefined {
  // Without a pull request it is null, or has nothing in it.
  if (Object.keys(mapOf(build.pull_request) ?? {}).length > 0) return 'pull_request'
  return typeof build.branch === 'string' && build.branch.includes(':') ? 'push of a fork' : undefined
}

/** `acme-inc/my-pipeline`: the organisation is only in the addresses. */
function repositoryOf(build: JsonMap, pipeline: JsonMap | undefined, job: JsonMap): string | undefined {
  for (const address of [pipeline?.url, build.url]) {
    const [, organisation, slug] = /\/organizations\/([\w-]+)\/pipelines\/([\w-]+)/.exec(textOf(address) ?? '') ?? []
    if (organisation !== undefined && slug !== undefined) return lineOf(`${organisation}/${slug}`)
  }
  for (const address of [pipeline?.web_url, build.web_url, job.web_url]) {
    const path = /^https:\/\/buildkite\.com\/([\w-]+\/[\w-]+)(?:\/|$)/.exec(textOf(address) ?? '')?.[1]
    if (path !== undefined) return lineOf(path)
  }
  return lineOf(pipeline?.slug)
}

function numberOfBuild(page: unknown): string | undefined {
  return /\/builds\/(\d{1,12})(?:#|$)/.exec(textOf(page) ?? '')?.[1]
}

/** `arch` of new agents; before, `buildkite-agent/3.50.0 (linux; arm64)`, in Go's words. Its `arm` is any 32-bit Arm. */
function machineOf(agent: JsonMap | undefined): Pick<CiResult, 'architecture' | 'os'> {
  const [, system, goArchitecture] =
    /^buildkite-agent\/\S{1,80} \(([a-z0-9]{1,20}); ([a-z0-9]{1,20})\)/.exec(textOf(agent?.user_agent) ?? '') ?? []
  const architecture = lineOf(agent?.arch, 40) ?? goArchitecture
  const os = system === 'darwin' ? 'macos' : system
  return {
    ...(architecture === undefined || architecture === 'arm' ? {} : { architecture }),
    ...(os === undefined || os === 'linux' ? {} : { os }),
  }
}
