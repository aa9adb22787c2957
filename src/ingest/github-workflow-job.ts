import type { Adapter } from './adapter.ts'
import { adaptJob, repositoryOf, webhookKindOf } from './github-common.ts'
import { adaptEach, spotWithin, startsWith } from './json-values.ts'

/**
 * The webhook `workflow_job`. It does not tell what started the run, and a branch of a fork may be
 * called `main`: whoever receives it looks the run up before it counts.
 */
export const githubWorkflowJob: Adapter = {
  name: 'github-workflow-job',
  title: 'GitHub Actions: a job (webhook `workflow_job`)',
  recognises: (document) => startsWith(document, (body) => webhookKindOf(body) === 'workflow_job'),
  adapt: (document) =>
    adaptEach(document, 'webhook', (body, spot, adapted) => {
      // GitHub has sent bodies whose job is null.
      if (body.workflow_job === null) adapted.ignored += 1
      else adaptJob(body.workflow_job, spotWithin(spot, 'workflow_job'), adapted, repositoryOf(body))
    }),
}
