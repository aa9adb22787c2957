import type { Adapter } from './adapter.ts'
import { adaptGitlabJob, pathOfProject, untrustedOrigin } from './gitlab.ts'
import {
  adaptEach,
  commitOf,
  idOf,
  lineOf,
  linkOf,
  mapOf,
  namesOf,
  spotWithin,
  startsWith,
  type JsonMap,
} from './json-values.ts'
import { untrustedEvent } from './problems.ts'

/** The jobs of a pipeline, `GET /projects/:id/pipelines/:id/jobs`, or one of them. */
export const gitlabJobs: Adapter = {
  name: 'gitlab-jobs',
  title: 'GitLab: jobs of a pipeline (REST), or one job',
  recognises: (document) => startsWith(document, isJob),
  adapt: (document) =>
    adaptEach(document, 'job', (job, spot, adapted) => {
      const pipeline = mapOf(job.pipeline)
      const untrusted = untrustedOrigin(pipeline?.source, job.ref) ?? untrustedOrigin(undefined, pipeline?.ref)
      if (untrusted !== undefined) {
        adapted.problems.push(untrustedEvent(spotWithin(spot, 'pipeline'), untrusted))
        return
      }
      adaptGitlabJob(
        {
          name: job.name,
          id: job.id,
          status: job.status,
          statusKey: 'status',
          failureReason: job.failure_reason,
          allowFailure: job.allow_failure,
          runner: job.runner,
          startedAt: job.started_at,
          tags: job.tag_list,
          finishedAt: job.finished_at,
          pipelineId: pipeline?.id,
          link: linkOf(job.web_url),
        },
        {
          repository: pathOfProject(job.web_url),
          repositoryId: idOf(pipeline?.project_id),
          event: lineOf(pipeline?.source, 60),
          ref: lineOf(job.ref, 250),
          commit: commitOf(mapOf(job.commit)?.id) ?? commitOf(pipeline?.sha),
          workflows: namesOf(pipeline?.name),
        },
        spot,
        adapted,
      )
    }),
}

function isJob(map: JsonMap): boolean {
  return mapOf(map.pipeline) !== undefined && typeof map.stage === 'string' && typeof map.status === 'string'
}
