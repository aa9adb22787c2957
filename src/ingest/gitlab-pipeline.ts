import type { Adapter, Adapted, Spot } from './adapter.ts'
import { adaptGitlabJob, pageOfJob, pathOfProject, untrustedOrigin, type GitlabOrigin } from './gitlab.ts'
import {
  adaptEach,
  adaptList,
  commitOf,
  idOf,
  lineOf,
  mapOf,
  namesOf,
  spotWithin,
  startsWith,
  type JsonMap,
} from './json-values.ts'
import { badDocument, untrustedEvent } from './problems.ts'

/** The Pipeline Hook of GitLab. The pipeline's own status hides jobs that may fail, so only its jobs count. */
export const gitlabPipeline: Adapter = {
  name: 'gitlab-pipeline',
  title: 'GitLab: the jobs of a pipeline (webhook, Pipeline Hook)',
  recognises: (document) => startsWith(document, (body) => body.object_kind === 'pipeline'),
  adapt: (document) => adaptEach(document, 'webhook', adaptPipeline),
}

function adaptPipeline(body: JsonMap, spot: Spot, adapted: Adapted): void {
  const { problems } = adapted
  const pipeline = mapOf(body.object_attributes)
  if (!pipeline || !Array.isArray(body.builds)) {
    problems.push(badDocument(spot, 'pipeline', '', 'a pipeline with `object_attributes` and `builds`'))
    return
  }
  const untrusted = untrustedOrigin(pipeline.source, pipeline.ref)
  if (untrusted !== undefined) {
    problems.push(untrustedEvent(spotWithin(spot, 'object_attributes', 'source'), untrusted))
    return
  }
  const project = mapOf(body.project)
  const origin: GitlabOrigin = {
    repository: lineOf(project?.path_with_namespace) ?? pathOfProject(project?.web_url),
    repositoryId: idOf(project?.id),
    event: lineOf(pipeline.source, 60),
    ref: lineOf(pipeline.ref, 250),
    commit: commitOf(pipeline.sha),
    workflows: namesOf(pipeline.name),
  }
  adaptList(body.builds, spotWithin(spot, 'builds'), adapted, (value, at) => {
    const build = mapOf(value)
    if (!build) {
      problems.push(badDocument(at, 'job', value, 'a JSON object'))
      return
    }
    adaptGitlabJob(
      {
        name: build.name,
        id: build.id,
        status: build.status,
        statusKey: 'status',
        failureReason: build.failure_reason,
        allowFailure: build.allow_failure,
        runner: build.runner,
        startedAt: build.started_at,
        finishedAt: build.finished_at,
        pipelineId: pipeline.id,
        link: pageOfJob(project?.web_url, build.id),
      },
      origin,
      at,
      adapted,
    )
  })
}
