/** Every format that `ingest` reads. A new one is one file and one line here. */
import type { Adapter } from './adapter.ts'
import { buildkite } from './buildkite.ts'
import { circleci } from './circleci.ts'
import { concourse } from './concourse.ts'
import { ctrf } from './ctrf.ts'
import { githubCheckRun } from './github-check-run.ts'
import { githubJobs } from './github-jobs.ts'
import { githubWorkflowJob } from './github-workflow-job.ts'
import { githubWorkflowRun } from './github-workflow-run.ts'
import { gitlabJob } from './gitlab-job.ts'
import { gitlabJobs } from './gitlab-jobs.ts'
import { gitlabPipeline } from './gitlab-pipeline.ts'
import { jenkins } from './jenkins.ts'
import { junit } from './junit.ts'
import { ociIndex } from './oci-index.ts'
import { ownReport } from './report.ts'
import { tap } from './tap.ts'
import { travis } from './travis.ts'

export const adapters: readonly Adapter[] = [
  ownReport,
  githubJobs,
  githubWorkflowRun,
  githubWorkflowJob,
  githubCheckRun,
  gitlabJob,
  gitlabPipeline,
  gitlabJobs,
  jenkins,
  buildkite,
  circleci,
  concourse,
  travis,
  junit,
  ctrf,
  tap,
  ociIndex,
]
