import type { Adapter, Adapted, Spot } from './adapter.ts'
import { webhookKindOf } from './github-common.ts'
import { adaptEach, adaptList, idOf, mapOf, spotWithin, startsWith, textOf, type JsonMap } from './json-values.ts'
import { badDocument, untrustedEvent } from './problems.ts'
import { runWithoutJobs } from './run-without-jobs.ts'

/**
 * The webhook `workflow_run`, and runs of the REST API. A run hides the jobs that may fail, and has no
 * architecture: it is never evidence.
 */
export const githubWorkflowRun: Adapter = {
  name: 'github-workflow-run',
  title: 'GitHub Actions: a run (webhook `workflow_run`, REST); its jobs are evidence, it is none',
  recognises: (document) =>
    startsWith(
      document,
      (map) => webhookKindOf(map) === 'workflow_run' || Array.isArray(map.workflow_runs) || isRun(map),
    ),
  adapt: (document) =>
    adaptEach(document, 'run', (map, spot, adapted) => {
      if (Array.isArray(map.workflow_runs)) {
        adaptList(map.workflow_runs, spotWithin(spot, 'workflow_runs'), adapted, adaptRun)
      } else if (isRun(map)) adaptRun(map, spot, adapted)
      else adaptRun(map.workflow_run, spotWithin(spot, 'workflow_run'), adapted, mapOf(map.repository))
    }),
}

/**
 * Whether a run is of the project's own making. A repository dispatch is not: chat commands on pull
 * requests use it to run a stranger's code.
 */
export function isTrustedRun(run: JsonMap, repository: JsonMap | undefined): boolean {
  return typeof run.event === 'string' && trustedEvents.includes(run.event) && !isOfFork(run, repository)
}

/** What starts a run of the project's own making. */
export const trustedEvents: readonly string[] = ['push', 'schedule', 'workflow_dispatch', 'release']

function isRun(map: JsonMap): boolean {
  return 'workflow_id' in map && 'run_number' in map && 'event' in map
}

function adaptRun(value: unknown, at: Spot, adapted: Adapted, home?: JsonMap): void {
  const run = mapOf(value)
  const runId = idOf(run?.id)
  if (!run || runId === undefined) {
    adapted.problems.push(badDocument(at, 'run', value ?? '', 'a run with `id`'))
    return
  }
  const repository = home ?? mapOf(run.repository)
  const event = textOf(run.event) ?? ''
  if (!isTrustedRun(run, repository)) {
    const shown = isOfFork(run, repository) ? `${event} of a fork` : event
    adapted.problems.push(untrustedEvent(spotWithin(at, 'event'), shown))
    return
  }
  adapted.ignored += 1
  if (run.status === 'completed') {
    const name = textOf(repository?.full_name) ?? '{owner}/{repo}'
    adapted.problems.push(
      runWithoutJobs(at, runId, `send the jobs of the run: \`GET /repos/${name}/actions/runs/${runId}/jobs\``),
    )
  }
}

/** A fork that was deleted since is null. */
function isOfFork(run: JsonMap, repository: JsonMap | undefined): boolean {
  if (run.head_repository === null) return true
  const head = idOf(mapOf(run.head_repository)?.id)
  const own = idOf(repository?.id)
  return head !== undefined && own !== undefined && head !== own
}
