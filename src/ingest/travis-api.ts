/** Builds and jobs of the API of Travis CI, version 3. */
import { z } from 'zod'
import type { Adapted } from './adapter.ts'
import { badDocument, untrustedEvent } from './problems.ts'
import { runWithoutJobs } from './run-without-jobs.ts'
import { addResult, badBuild, Config, Flag, Id, isUntrusted, Text, type Build, type Path } from './travis-job.ts'

const ApiRepository = z
  .object({ id: Id.optional().catch(undefined), slug: Text(200) })
  .optional()
  .catch(undefined)
const Commit = z
  .object({ sha: Text(64) })
  .optional()
  .catch(undefined)

const ApiBuild = z.object({
  id: Id,
  event_type: Text(60),
  repository: ApiRepository,
  branch: z
    .object({ name: Text(250) })
    .nullish()
    .catch(undefined),
  tag: z
    .object({ name: Text(250) })
    .nullish()
    .catch(undefined),
  commit: Commit,
  jobs: z.array(z.unknown()).optional().catch(undefined),
})

function buildOf({ id, event_type: event, repository, branch, tag, commit }: z.infer<typeof ApiBuild>): Build {
  return {
    id,
    event,
    repository: repository?.slug,
    repositoryId: repository?.id,
    ref: tag?.name ?? branch?.name,
    commit: commit?.sha,
    link: undefined,
  }
}

export function adaptBuild(value: unknown, spot: Path, adapted: Adapted): void {
  const read = ApiBuild.safeParse(value)
  if (!read.success) {
    adapted.problems.push(badBuild(spot, read.error))
    return
  }
  const build = buildOf(read.data)
  if (isUntrusted(build.event)) {
    adapted.problems.push(untrustedEvent([...spot, 'event_type'], build.event))
    return
  }
  let known = 0
  for (const [index, job] of (read.data.jobs ?? []).entries()) {
    if (!Detailed.safeParse(job).success) continue
    known += 1
    adaptJob(job, [...spot, 'jobs', index], build, adapted)
  }
  if (known === 0) {
    adapted.problems.push(runWithoutJobs(spot, build.id, 'ask the API for `?include=build.jobs,job.config`'))
  }
}

/** Without being asked for more, a build only names its jobs. */
const Detailed = z.object({ state: z.string() })

const ApiJob = z.object({
  id: Id,
  state: z.unknown().optional(),
  finished_at: z.unknown().optional(),
  allow_failure: Flag,
  config: Config,
  repository: ApiRepository,
  commit: Commit,
  build: ApiBuild.optional().catch(undefined),
})

export function adaptJob(value: unknown, spot: Path, ofBuild: Build | undefined, adapted: Adapted): void {
  const read = ApiJob.safeParse(value)
  if (!read.success) {
    adapted.problems.push(badBuild(spot, read.error))
    return
  }
  const { id, state, finished_at: finishedAt, allow_failure: tolerated, config, repository, commit } = read.data
  const build = ofBuild ?? (read.data.build && buildOf(read.data.build))
  if (!build) {
    adapted.problems.push(badDocument([...spot, 'build'], 'job', undefined, 'a job that names its build'))
    return
  }
  if (isUntrusted(build.event)) {
    adapted.problems.push(untrustedEvent([...spot, 'build', 'event_type'], build.event))
    return
  }
  const whole: Build = {
    ...build,
    repository: build.repository ?? repository?.slug,
    repositoryId: build.repositoryId ?? repository?.id,
    commit: build.commit ?? commit?.sha,
  }
  addResult({ id, word: state, finishedAt, tolerated, config }, spot, whole, adapted)
}
