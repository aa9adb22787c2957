/** The webhook of Travis CI: a build with the jobs of its matrix. */
import { z } from 'zod'
import { WebLink } from '#domain/link.ts'
import type { Adapted } from './adapter.ts'
import { untrustedEvent } from './problems.ts'
import { addResult, badBuild, Config, Flag, Id, isUntrusted, Text, type Build, type Path } from './travis-job.ts'

const WebhookBuild = z.object({
  id: Id,
  type: Text(60),
  pull_request: Flag,
  branch: Text(250),
  tag: Text(250),
  commit: Text(64),
  build_url: WebLink.optional().catch(undefined),
  repository: z.object({ id: Id.optional().catch(undefined), owner_name: Text(100), name: Text(100) }),
  matrix: z.array(z.unknown()),
})

export function adaptWebhook(json: unknown, adapted: Adapted): void {
  const read = WebhookBuild.safeParse(json)
  if (!read.success) {
    adapted.problems.push(badBuild([], read.error))
    return
  }
  const { id, type, pull_request: isPull, branch, tag, commit, build_url: link, repository, matrix } = read.data
  const event = isPull === true ? 'pull_request' : type
  if (isUntrusted(event)) {
    adapted.problems.push(untrustedEvent(['type'], event))
    return
  }
  const { owner_name: owner, name } = repository
  const build: Build = {
    id,
    event,
    repository: owner !== undefined && name !== undefined ? `${owner}/${name}` : undefined,
    repositoryId: repository.id,
    ref: tag ?? branch,
    commit,
    link,
  }
  matrix.forEach((value, index) => {
    adaptMatrixJob(value, ['matrix', index], build, adapted)
  })
}

const MatrixJob = z.object({
  id: Id,
  state: z.unknown().optional(),
  result: z.unknown().optional(),
  status: z.unknown().optional(),
  finished_at: z.unknown().optional(),
  allow_failure: Flag,
  config: Config,
})

function adaptMatrixJob(value: unknown, spot: Path, build: Build, adapted: Adapted): void {
  const read = MatrixJob.safeParse(value)
  if (!read.success) {
    adapted.problems.push(badBuild(spot, read.error))
    return
  }
  const { id, state, result, status, finished_at: finishedAt, allow_failure: tolerated, config } = read.data
  // Until 2015 a job that had ended was only `finished`, and its result a number.
  const word = state === 'finished' || state === undefined || state === null ? wordOfResult(result ?? status) : state
  addResult({ id, word, finishedAt, tolerated, config }, spot, build, adapted)
}

function wordOfResult(result: unknown): unknown {
  if (result === 0) return 'passed'
  if (result === 1) return 'failed'
  return result === null || result === undefined ? 'started' : result
}
