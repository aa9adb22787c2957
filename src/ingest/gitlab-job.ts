import type { Adapter } from './adapter.ts'
import { adaptGitlabJob, pageOfJob, pathOfProject, untrustedOrigin } from './gitlab.ts'
import {
  adaptEach,
  attemptAfter,
  commitOf,
  idOf,
  lineOf,
  mapOf,
  namesOf,
  startsWith,
  type JsonMap,
} from './json-values.ts'
import { untrustedEvent } from './problems.ts'

/** The Job Hook of GitLab. */
export const gitlabJob: Adapter = {
  name: 'gitlab-job',
  title: 'GitLab: a job (webhook, Job Hook)',
  recognises: (document) => startsWith(document, (body) => body.object_kind === 'build'),
  adapt: (document) =>
    adaptEach(document, 'webhook', (body, spot, adapted) => {
      const untrusted = untrustedOrigin(undefined, body.ref)
      if (untrusted !== undefined) {
        adapted.problems.push(untrustedEvent(spot, untrusted))
        return
      }
      const project = mapOf(body.project)
      const page = project?.web_url ?? mapOf(body.repository)?.homepage
      adaptGitlabJob(
        {
          name: body.build_name,
          id: body.build_id,
          status: body.build_status,
          statusKey: 'build_status',
          failureReason: body.build_failure_reason,
          allowFailure: body.build_allow_failure,
          runner: body.runner,
          startedAt: body.build_started_at,
          finishedAt: body.build_finished_at,
          // It is no commit's: old hooks have the id of the pipeline only there.
          pipelineId: body.pipeline_id ?? mapOf(body.commit)?.id,
          link: pageOfJob(page, body.build_id),
        },
        {
          repository: lineOf(project?.path_with_namespace) ?? pathOfProject(page) ?? pathOf(body),
          repositoryId: idOf(body.project_id),
          ref: lineOf(body.ref, 250),
          commit: commitOf(body.sha),
          workflows: namesOf(mapOf(body.commit)?.name),
          attempt: attemptAfter(body.retries_count),
        },
        spot,
        adapted,
      )
    }),
}

/** `project_name` is a path in old versions, and names with spaces in new ones. */
function pathOf({ project_name: name }: JsonMap): string | undefined {
  const line = lineOf(name)
  return line !== undefined && /^[^\s/]+(?:\/[^\s/]+)+$/.test(line) ? line : undefined
}
