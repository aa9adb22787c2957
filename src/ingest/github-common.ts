/** What GitHub's documents have in common: how something ended, whose it is, where it ran. */
import type { CiProvider } from '#domain/ci-provider.ts'
import type { OutcomeReason } from '#domain/evidence.ts'
import type { Outcome } from '#domain/status-words.ts'
import type { Adapted, Spot } from './adapter.ts'
import { architectureOfLabels } from './github-runners.ts'
import { toUtcSeconds } from './instant.ts'
import {
  attemptOf,
  commitOf,
  idOf,
  lineOf,
  linkOf,
  listOf,
  mapOf,
  namesOf,
  resultOf,
  spotWithin,
  textOf,
  type JsonMap,
} from './json-values.ts'
import { badDocument, unknownOutcome, withoutRunner } from './problems.ts'

export interface Repository {
  repository?: string | undefined
  repositoryId?: string | undefined
}

/** The repository that a webhook came from. */
export function repositoryOf(body: JsonMap): Repository {
  const repository = mapOf(body.repository)
  return { repository: lineOf(repository?.full_name), repositoryId: idOf(repository?.id) }
}

export type WebhookKind = 'workflow_job' | 'workflow_run' | 'check_run'

/**
 * Which webhook a body is. The event's name is in a header that is not kept, and bodies about
 * deployments hold a `workflow_run` or a `check_run` too.
 */
export function webhookKindOf(body: JsonMap): WebhookKind | undefined {
  if (typeof body.action !== 'string') return undefined
  if ('workflow_job' in body) return 'workflow_job'
  if ('deployment' in body || 'deployment_status' in body) return undefined
  if (mapOf(body.check_run)) return 'check_run'
  return mapOf(body.workflow_run) ? 'workflow_run' : undefined
}

/** Adapts one job, as the REST API and the webhook write it. */
export function adaptJob(value: unknown, spot: Spot, adapted: Adapted, home?: Repository): void {
  const { results, problems } = adapted
  const job = mapOf(value)
  const name = textOf(job?.name)
  const runId = idOf(job?.run_id)
  const jobId = idOf(job?.id)
  if (!job || name === undefined || runId === undefined || jobId === undefined) {
    problems.push(badDocument(spot, 'job', value ?? '', 'a job with `id`, `run_id` and `name`'))
    return
  }
  const end = endOf(job, spot, adapted)
  if (!end) return
  let { outcome, reason } = end
  const ran = hasRun(job)
  // Check runs that a workflow creates with its token look like jobs, without labels, runner and steps.
  if (!ran && (outcome === 'passed' || (outcome === 'failed' && listOf(job.labels).length === 0))) {
    adapted.ignored += 1
    problems.push(withoutRunner(spot, name))
    return
  }
  if (outcome === 'failed' && !ran) [outcome, reason] = ['infra', 'runner-lost']
  else if (outcome === 'failed' && failedInSetUp(job)) [outcome, reason] = ['infra', 'setup']

  const observedAt = toUtcSeconds(job.completed_at)
  results.push(
    resultOf(outcome, spot, {
      provider: 'github-actions' satisfies CiProvider,
      ...(home ?? { repository: repositoryOfRun(job.run_url) }),
      workflows: namesOf(job.workflow_name),
      job: name,
      jobId,
      ref: lineOf(job.head_branch, 250),
      commit: commitOf(job.head_sha),
      runId,
      attempt: attemptOf(job.run_attempt),
      reason,
      observedAt,
      link: linkOf(job.html_url),
      ...architectureOfLabels(listOf(job.labels), observedAt),
    }),
  )
}

export interface End {
  outcome: Outcome
  reason?: OutcomeReason | undefined
}

/**
 * How a job or a check ended; undefined where it has not ended, which is counted, or where its word
 * is unknown, which is a problem. The words are of GitHub's OpenAPI description and its webhooks,
 * which list different ones.
 */
export function endOf(thing: JsonMap, spot: Spot, adapted: Adapted): End | undefined {
  const { status, conclusion } = thing
  if (typeof status === 'string' && unfinished.includes(status)) {
    adapted.ignored += 1
    return undefined
  }
  if (status !== undefined && status !== 'completed') {
    const words = ['completed', ...unfinished]
    adapted.problems.push(unknownOutcome(spotWithin(spot, 'status'), 'status', status, words))
    return undefined
  }
  const end = typeof conclusion === 'string' ? conclusions.get(conclusion) : undefined
  if (end) return end
  adapted.problems.push(
    unknownOutcome(spotWithin(spot, 'conclusion'), 'conclusion', conclusion, [...conclusions.keys()]),
  )
  return undefined
}

const unfinished = ['queued', 'in_progress', 'waiting', 'requested', 'pending']

const conclusions = new Map<string, End>([
  ['success', { outcome: 'passed' }],
  ['failure', { outcome: 'failed' }],
  ['cancelled', { outcome: 'cancelled' }],
  ['skipped', { outcome: 'skipped' }],
  ['neutral', { outcome: 'skipped' }],
  ['timed_out', { outcome: 'infra', reason: 'timeout' }],
  ['startup_failure', { outcome: 'infra', reason: 'setup' }],
  ['action_required', { outcome: 'infra' }],
  ['stale', { outcome: 'infra' }],
])

function hasRun(job: JsonMap): boolean {
  const { runner_id: runner } = job
  return typeof runner === 'number' && runner > 0 && listOf(job.labels).length > 0 && listOf(job.steps).length > 0
}

const setUpSteps = ['set up job', 'set up runner', 'initialize containers']

/** Whether the first step that failed comes before anything of the project ran. */
function failedInSetUp(job: JsonMap): boolean {
  const steps = listOf(job.steps).map((step) => mapOf(step))
  const failed = steps.find((step) => step?.conclusion === 'failure' || step?.conclusion === 'timed_out')
  const name = textOf(failed?.name)?.toLowerCase()
  if (name === undefined) return false
  if (setUpSteps.includes(name) || name.startsWith('run actions/checkout@')) return true
  // A checkout may have a name of its own; only at the start, for `Check out and build` could come later.
  const before = steps.slice(0, steps.indexOf(failed)).map((step) => textOf(step?.name)?.toLowerCase() ?? '')
  return /^(?:run )?(?:actions\/)?check ?-?out\b/.test(name) && before.every((step) => setUpSteps.includes(step))
}

/** `octo-org/octo-repo` of `https://api.github.com/repos/octo-org/octo-repo/actions/runs/1`. */
function repositoryOfRun(address: unknown): string | undefined {
  return lineOf(/\/repos\/([\w.-]{1,100}\/[\w.-]{1,100})\/actions\/runs\//.exec(textOf(address) ?? '')?.[1])
}
