/** Concourse: `fly builds --json`, which is what `GET /api/v1/builds` answers. */
import { z } from 'zod'
import type { CiProvider } from '#domain/ci-provider.ts'
import { CiText } from '#domain/evidence.ts'
import type { Adapted, Adapter, CiResult, Spot } from './adapter.ts'
import { toUtcSeconds } from './instant.ts'
import { badDocument, unknownOutcome } from './problems.ts'

export const concourse: Adapter = {
  name: 'concourse',
  title: 'Concourse: builds (`fly builds --json`, or GET /api/v1/builds)',
  recognises: ({ json }) => (Array.isArray(json) ? json.some(looksLikeBuild) : looksLikeBuild(json)),
  adapt({ json }) {
    const adapted: Adapted = { results: [], problems: [], ignored: 0 }
    if (Array.isArray(json)) json.forEach((value, index) => void adaptBuild(value, [index], adapted))
    else adaptBuild(json, [], adapted)
    return adapted
  },
}

const Look = z.object({
  id: z.number(),
  status: z.string(),
  team_name: z.string(),
  api_url: z.string().startsWith('/api/v1/builds/'),
})

function looksLikeBuild(value: unknown): boolean {
  return Look.safeParse(value).success
}

const Id = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const Time = z.number().optional().catch(undefined)

const Build = z.object({
  id: Id,
  status: z.unknown().optional(),
  team_name: CiText(80),
  pipeline_name: CiText(100).optional(),
  pipeline_instance_vars: z.record(z.string(), z.unknown()).optional().catch(undefined),
  job_name: CiText(200).optional(),
  end_time: Time,
  rerun_of: z.object({ id: Id }).optional().catch(undefined),
  rerun_number: z.number().int().min(1).max(9_999).optional().catch(undefined),
})
type Build = z.infer<typeof Build>

const words = ['succeeded', 'failed', 'errored', 'aborted', 'pending', 'started'] as const
const Word = z.enum(words)

function adaptBuild(value: unknown, spot: readonly (string | number)[], adapted: Adapted): void {
  const build = Build.safeParse(value)
  if (!build.success) {
    const key = build.error.issues[0]?.path[0]
    const at: Spot = typeof key === 'string' ? [...spot, key] : spot
    adapted.problems.push(badDocument(at, 'build', undefined, 'an object with an id, a team and a status'))
    return
  }
  const status = Word.safeParse(build.data.status)
  if (!status.success) {
    adapted.problems.push(unknownOutcome([...spot, 'status'], 'status', build.data.status, words))
    return
  }
  const { pipeline_name: pipeline, job_name: job } = build.data
  const outcome = outcomeOf(status.data)
  // Without a job it is a check of a resource, or what somebody executed from a laptop.
  if (outcome === undefined || pipeline === undefined || job === undefined) adapted.ignored += 1
  else adapted.results.push(resultOf(build.data, pipeline, job, outcome, spot))
}

/** Undefined while a build has not ended. */
function outcomeOf(status: z.infer<typeof Word>): CiResult['outcome'] | undefined {
  switch (status) {
    case 'succeeded':
      return 'passed'
    case 'failed':
      return 'failed'
    // A task that could not be run, which says nothing about what it would have shown.
    case 'errored':
      return 'infra'
    case 'aborted':
      return 'cancelled'
    case 'pending':
    case 'started':
      return undefined
  }
}

function resultOf(build: Build, pipeline: string, job: string, outcome: CiResult['outcome'], spot: Spot): CiResult {
  const observedAt = toUtcSeconds(build.end_time)
  return {
    provider: 'concourse' satisfies CiProvider,
    repository: `${build.team_name}/${pipeline}${instanceOf(build)}`.slice(0, 200),
    workflows: [pipeline],
    job,
    // A rerun is a build of its own that tries the same versions again.
    runId: String(build.rerun_of?.id ?? build.id),
    attempt: build.rerun_of ? (build.rerun_number ?? 1) + 1 : 1,
    outcome,
    ...(observedAt === undefined ? {} : { observedAt }),
    spot,
  }
}

/**
 * What tells the instances of a pipeline apart, as Concourse writes it: `/branch:main`. There may
 * be one for each pull request, and a registration must not take them for one another.
 */
function instanceOf({ pipeline_instance_vars: variables = {} }: Build): string {
  const pairs = Object.entries(variables).map(([key, value]) => `${key}:${oneLine(value)}`)
  return pairs.length === 0 ? '' : `/${pairs.sort().join(',')}`
}

function oneLine(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
