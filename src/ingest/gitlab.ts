/** What GitLab's documents have in common: how a job ended, and where it ran. */
import type { CiProvider } from '#domain/ci-provider.ts'
import type { OutcomeReason } from '#domain/evidence.ts'
import type { Outcome } from '#domain/status-words.ts'
import type { Adapted, CiResult, Spot } from './adapter.ts'
import { toUtcSeconds } from './instant.ts'
import {
  idOf,
  lineOf,
  linkOf,
  listOf,
  mapOf,
  resultOf,
  spotWithin,
  textOf,
  type JsonMap,
  type Said,
} from './json-values.ts'
import { badDocument, unknownOutcome, withoutRunner } from './problems.ts'

/** One job, from whichever document tells it. The values are as the document has them. */
export interface GitlabJob {
  name: unknown
  id: unknown
  status: unknown
  /** Where in the document the status stands. */
  statusKey: string
  failureReason: unknown
  allowFailure: unknown
  runner: unknown
  startedAt: unknown
  /** Tags of the job, where the document gives those of the runner none. */
  tags?: unknown
  finishedAt: unknown
  pipelineId: unknown
  link: string | undefined
}

/** What a document says of all its jobs. */
export type GitlabOrigin = Pick<
  Said,
  'repository' | 'repositoryId' | 'workflows' | 'ref' | 'commit' | 'event' | 'attempt'
>

export function adaptGitlabJob(job: GitlabJob, origin: GitlabOrigin, spot: Spot, adapted: Adapted): void {
  const { results, problems } = adapted
  const name = textOf(job.name)
  const jobId = idOf(job.id)
  const runId = idOf(job.pipelineId)
  if (name === undefined || jobId === undefined || runId === undefined) {
    problems.push(badDocument(spot, 'job', '', 'a job with its id, its name and the id of its pipeline'))
    return
  }
  const status = textOf(job.status) ?? ''
  if (unfinished.includes(status)) {
    adapted.ignored += 1
    return
  }
  const ended = statuses.get(status)
  if (!ended) {
    const words = [...statuses.keys(), ...unfinished]
    problems.push(unknownOutcome(spotWithin(spot, job.statusKey), job.statusKey, job.status, words))
    return
  }
  const runner = mapOf(job.runner)
  // Old hooks do not tell the runner; where it is null, none took the job, or it was deleted since.
  const isWithout = job.runner === undefined ? job.startedAt === undefined || job.startedAt === null : !runner
  if (ended === 'passed' && isWithout) {
    adapted.ignored += 1
    problems.push(withoutRunner(spot, name))
    return
  }
  const { outcome, reason } = ended === 'failed' ? failureOf(job) : { outcome: ended, reason: undefined }
  results.push(
    resultOf(outcome, spot, {
      provider: 'gitlab' satisfies CiProvider,
      attempt: 1,
      ...origin,
      job: name,
      jobId,
      runId,
      reason,
      observedAt: toUtcSeconds(job.finishedAt),
      link: job.link,
      ...machineOf([...listOf(runner?.tags), ...listOf(job.tags)]),
    }),
  )
}

/** The page of a job: GitLab's documents give the project's. */
export function pageOfJob(project: unknown, jobId: unknown): string | undefined {
  const page = linkOf(project)
  const id = idOf(jobId)
  return page !== undefined && id !== undefined ? linkOf(`${page.replace(/\/+$/, '')}/-/jobs/${id}`) : undefined
}

/** `gitlab-org/gitlab-test` of `https://gitlab.com/gitlab-org/gitlab-test`, or of the page of a job in it. */
export function pathOfProject(page: unknown): string | undefined {
  return lineOf(/^https?:\/\/[^/]+\/([^?#]+?)(?:\/-\/.*)?\/?$/.exec(lineOf(page, 2000) ?? '')?.[1])
}

/** A pipeline of a merge request runs what its author wrote; GitLab gives its ref a name of its own. */
export function untrustedOrigin(source: unknown, ref: unknown): string | undefined {
  if (source === 'merge_request_event' || source === 'external_pull_request_event') return source
  return typeof ref === 'string' && ref.startsWith('refs/merge-requests/') ? 'merge_request_event' : undefined
}

/**
 * Whether a pipeline is of the project's own making. A trigger is not: whatever holds its token says what
 * is built, as with a repository dispatch of GitHub. A pipeline that does not tell what started it is none either.
 */
export function isTrustedPipeline({ source, ref }: JsonMap): boolean {
  return typeof source === 'string' && trustedSources.includes(source) && untrustedOrigin(source, ref) === undefined
}

// https://docs.gitlab.com/ci/jobs/job_rules/#ci_pipeline_source-predefined-variable
const trustedSources = ['push', 'schedule', 'web', 'api']

const statuses = new Map<string, Outcome>([
  ['success', 'passed'],
  ['failed', 'failed'],
  ['canceled', 'cancelled'],
  ['skipped', 'skipped'],
])

/** A manual job waits for somebody who may still start it. */
const unfinished = [
  'created',
  'waiting_for_resource',
  'preparing',
  'waiting_for_callback',
  'pending',
  'running',
  'canceling',
  'scheduled',
  'manual',
]

// `failure_reason` is also there on jobs that passed, so nobody may ask it before the status. Who
// has failed in a script has run, even where the runner is null: it may have been deleted since.
function failureOf({ failureReason, allowFailure }: GitlabJob): {
  outcome: Outcome
  reason?: OutcomeReason | undefined
} {
  if (failureReason !== 'script_failure') {
    return { outcome: 'infra', reason: typeof failureReason === 'string' ? reasons.get(failureReason) : undefined }
  }
  return { outcome: 'failed', reason: allowFailure === true ? 'tolerated' : undefined }
}

const reasons = new Map<string, OutcomeReason>([
  ['runner_system_failure', 'runner-lost'],
  ['runner_unsupported', 'setup'],
  ['missing_dependency_failure', 'setup'],
  ['stuck_or_timeout_failure', 'timeout'],
  ['job_execution_timeout', 'timeout'],
])

/**
 * The tags of GitLab's own runners. What a runner's manager says (`runner_manager.architecture`)
 * would be wrong: it starts machines of other architectures.
 */
function machineOf(tags: readonly unknown[]): Pick<CiResult, 'architecture' | 'os'> {
  const machines = tags.flatMap((tag) => (typeof tag === 'string' ? (readTag(tag) ?? []) : []))
  const [first] = machines
  return first && machines.every(({ architecture, os }) => architecture === first.architecture && os === first.os)
    ? first
    : {}
}

function readTag(tag: string): { architecture: string; os?: string } | undefined {
  const [, os, architecture] =
    /^saas-(linux|windows|macos)-[a-z0-9]+-(arm64|amd64|m\d[a-z]*)(?:-gpu-[a-z0-9-]+)?$/.exec(tag) ?? []
  if (os === undefined || architecture === undefined) return undefined
  // Apple's machines are named after their chips: `saas-macos-medium-m1`.
  if (os === 'macos') return architecture.startsWith('m') ? { architecture: 'arm64', os } : undefined
  if (architecture.startsWith('m')) return undefined
  return os === 'linux' ? { architecture } : { architecture, os }
}
