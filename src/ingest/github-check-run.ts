import type { CiProvider } from '#domain/ci-provider.ts'
import type { Adapter, Adapted, Spot } from './adapter.ts'
import { endOf, repositoryOf, webhookKindOf } from './github-common.ts'
import { toUtcSeconds } from './instant.ts'
import {
  adaptEach,
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
} from './json-values.ts'
import { badDocument, untrustedEvent, withoutRunner } from './problems.ts'

/** The webhook `check_run`: what a CI system other than GitHub Actions reports on a commit. */
export const githubCheckRun: Adapter = {
  name: 'github-check-run',
  title: 'GitHub: a check of another CI system (webhook `check_run`)',
  recognises: (document) => startsWith(document, (body) => webhookKindOf(body) === 'check_run'),
  adapt: (document) => adaptEach(document, 'webhook', adaptCheck),
}

function adaptCheck(body: JsonMap, spot: Spot, adapted: Adapted): void {
  const check = mapOf(body.check_run)
  const at = spotWithin(spot, 'check_run')
  const name = textOf(check?.name)
  const jobId = idOf(check?.id)
  if (!check || name === undefined || jobId === undefined) {
    adapted.problems.push(badDocument(at, 'check', body.check_run ?? '', 'a check with `id` and `name`'))
    return
  }
  // `rerequested` and `requested_action` repeat how the check ended before.
  if (body.action !== 'completed') {
    adapted.ignored += 1
    return
  }
  const end = endOf(check, at, adapted)
  if (!end) return
  const app = mapOf(check.app)
  if (isGithubActions(app)) {
    adapted.ignored += 1
    adapted.problems.push(withoutRunner(at, name))
    return
  }
  const suite = mapOf(check.check_suite)
  const untrusted = untrustedOrigin(check, suite, mapOf(body.repository)?.default_branch)
  if (untrusted !== undefined) {
    adapted.problems.push(untrustedEvent(at, untrusted))
    return
  }
  adapted.results.push(
    resultOf(end.outcome, at, {
      provider: 'github-checks' satisfies CiProvider,
      ...repositoryOf(body),
      workflows: namesOf(app?.slug, app?.name),
      job: name,
      jobId,
      ref: lineOf(suite?.head_branch, 250),
      commit: commitOf(check.head_sha),
      runId: idOf(suite?.id) ?? jobId,
      reason: end.reason,
      observedAt: toUtcSeconds(check.completed_at),
      link: linkOf(check.html_url) ?? linkOf(check.details_url),
    }),
  )
}

/** A check of GitHub Actions is a job, which `workflow_job` tells with its runner, or was created by a script. */
function isGithubActions(app: JsonMap | undefined): boolean {
  return app?.slug === 'github-actions' || app?.id === githubActionsApp
}

const githubActionsApp = 15368

/**
 * Checks of forks have neither branch nor pull requests (GitHub's documentation of check suites);
 * pull requests from the default branch, such as those of a release, are the project's own.
 */
function untrustedOrigin(check: JsonMap, suite: JsonMap | undefined, defaultBranch: unknown): string | undefined {
  const branch = textOf(suite?.head_branch)
  if (branch === undefined) return 'push of a fork'
  const isOfPull = listOf(check.pull_requests).length > 0 || listOf(suite?.pull_requests).length > 0
  return isOfPull && branch !== defaultBranch ? 'pull_request' : undefined
}
