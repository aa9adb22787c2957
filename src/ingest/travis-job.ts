/** What the webhook and the API of Travis CI have in common: a job with its build becomes a result. */
import { z } from 'zod'
import type { CiProvider } from '#domain/ci-provider.ts'
import { CiText } from '#domain/evidence.ts'
import type { Adapted, CiResult, DocumentProblem } from './adapter.ts'
import { toUtcSeconds } from './instant.ts'
import { badDocument, unknownOutcome } from './problems.ts'

export type Path = readonly (string | number)[]

export const Id = z
  .union([z.number().int().min(1).max(Number.MAX_SAFE_INTEGER), z.string().regex(/^\d{1,20}$/)])
  .transform(String)
export const Text = (maximum: number) => CiText(maximum).optional().catch(undefined)
export const Flag = z.boolean().optional().catch(undefined)

export const Config = z
  .object({ name: Text(200), arch: Text(64), os: Text(40) })
  .optional()
  .catch(undefined)

/** What a build says of all its jobs. */
export interface Build {
  id: string
  event: string | undefined
  repository: string | undefined
  repositoryId: string | undefined
  ref: string | undefined
  commit: string | undefined
  link: string | undefined
}

export interface Job {
  id: string
  word: unknown
  finishedAt: unknown
  tolerated: boolean | undefined
  config: z.infer<typeof Config>
}

const ended = ['passed', 'failed', 'errored', 'canceled'] as const
const running = ['created', 'queued', 'received', 'started', 'booting'] as const
const State = z.enum([...ended, ...running])

export function addResult(job: Job, spot: Path, build: Build, adapted: Adapted): void {
  const state = State.safeParse(job.word)
  if (!state.success) {
    adapted.problems.push(unknownOutcome([...spot, 'state'], 'state', job.word, State.options))
    return
  }
  const outcome = outcomeOf(state.data)
  if (outcome === undefined) {
    adapted.ignored += 1
    return
  }
  const { name, arch, os } = job.config ?? {}
  const observedAt = toUtcSeconds(job.finishedAt)
  const title = name ?? titleOf(os, arch)
  adapted.results.push({
    provider: 'travis' satisfies CiProvider,
    ...(build.repository === undefined ? {} : { repository: build.repository }),
    ...(build.repositoryId === undefined ? {} : { repositoryId: build.repositoryId }),
    ...(title === undefined ? {} : { job: title }),
    jobId: job.id,
    ...(build.event === undefined ? {} : { event: build.event }),
    ...(build.ref === undefined ? {} : { ref: build.ref }),
    runId: build.id,
    outcome,
    ...(outcome === 'failed' && job.tolerated === true ? { reason: 'tolerated' } : {}),
    ...(observedAt === undefined ? {} : { observedAt }),
    ...(build.link === undefined ? {} : { link: build.link }),
    // A job without the word ran on what Travis gives by default; that is for a registration to say.
    ...(arch === undefined ? {} : { architecture: arch === 'arm64-graviton2' ? 'arm64' : arch }),
    ...(os === undefined || os === 'linux' ? {} : { os: os === 'osx' ? 'macos' : os }),
    ...(build.commit === undefined ? {} : { commit: build.commit }),
    spot,
  })
}

/** Undefined while a job has not ended. */
function outcomeOf(state: z.infer<typeof State>): CiResult['outcome'] | undefined {
  switch (state) {
    case 'passed':
      return 'passed'
    case 'failed':
      return 'failed'
    // The set-up failed, or the machine was lost: the tests were not reached.
    case 'errored':
      return 'infra'
    case 'canceled':
      return 'cancelled'
    case 'created':
    case 'queued':
    case 'received':
    case 'started':
    case 'booting':
      return undefined
  }
}

/** What a registration can name a job by that has no name of its own; its number changes with the matrix. */
function titleOf(os: string | undefined, arch: string | undefined): string | undefined {
  return arch === undefined ? os : `${os ?? 'linux'} ${arch}`
}

export function isUntrusted(event: string | undefined): event is 'pull_request' {
  return event === 'pull_request'
}

export function badBuild(spot: Path, error: z.ZodError): DocumentProblem {
  const path = error.issues[0]?.path.map((key) => (typeof key === 'symbol' ? '' : key)) ?? []
  return badDocument([...spot, ...path], 'build or job', undefined, 'an object with an id')
}
