/** Repositories, runs and jobs as they were recorded, with what a test says differently. */
import { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Evidence } from '#domain/evidence.ts'
import { Source } from '#domain/source.ts'
import { addressOf, type PullProvider } from '#hooks/pull-address.ts'
import { apiClient, type ApiClient } from '#hooks/pull-client.ts'
import { usualPullLimits, type PullLimits } from '#hooks/pull-fetch.ts'
import type { Pulling } from '#hooks/pull-reading.ts'
import { architecture } from '#tests/builders.ts'
import { gitlabListed, json, listed, recorded, type Answer, type Json, type Replay } from './pull-replay.ts'

export const repositoryName = 'smartcontractkit/push-gha-metrics-action'
export const repositoryId = '475265627'
export const runId = 2499110742
export const workflowId = 28123629
const api = `/repos/${repositoryName}`

/** The repository that the recorded runs are of. */
export function repository(changes: Json = {}): Json {
  return {
    ...recorded('github/repository.json'),
    id: Number(repositoryId),
    full_name: repositoryName,
    default_branch: 'main',
    ...changes,
  }
}

/** A run that the project itself started on its default branch, and that has ended. */
export function run(changes: Json = {}): Json {
  return {
    ...recorded('github/run-push.json'),
    head_branch: 'main',
    status: 'completed',
    conclusion: 'success',
    ...changes,
  }
}

/** The recorded job that has ended. */
export function job(changes: Json = {}): Json {
  const [ended] = recorded<{ jobs: Json[] }>('github/jobs-attempt-2.json').jobs
  return { ...ended, run_id: runId, run_attempt: 1, workflow_name: 'Push Metrics CI', ...changes }
}

/** What GitHub answers about a repository: its runs, and their jobs by run and attempt. */
export function github(runs: readonly Json[], jobs: Record<string, readonly Json[]>): Record<string, Answer> {
  const workflows = [{ ...recorded<{ workflows: Json[] }>('github/workflows.json').workflows[0], ...workflowChanges }]
  return {
    [api]: json(repository()),
    [`${api}/actions/workflows`]: listed('workflows', workflows),
    [`${api}/actions/runs`]: listed('workflow_runs', runs),
    [`${api}/actions/workflows/${workflowId}/runs`]: listed('workflow_runs', runs),
    ...Object.fromEntries(
      runs.map((one) => [`${api}/actions/runs/${String(one.id)}`, json(one)] satisfies [string, Answer]),
    ),
    ...Object.fromEntries(
      Object.entries(jobs).map(([key, some]) => [jobsPath(key), listed('jobs', some)] satisfies [string, Answer]),
    ),
  }
}

const workflowChanges = { id: workflowId, name: 'Push Metrics CI', path: '.github/workflows/push-metrics-ci.yml' }

/** @param key run and attempt: `2499110742/1` */
export function jobsPath(key: string): string {
  const [id = '', attempt = ''] = key.split('/')
  return `${api}/actions/runs/${id}/attempts/${attempt}/jobs`
}

export const runsPath = `${api}/actions/runs`

export const projectName = 'yeyo11/agentry'
export const projectId = '87089091'
export const pipelineId = 2898383585

export function project(changes: Json = {}): Json {
  return {
    ...recorded('gitlab/project.json'),
    id: Number(projectId),
    path_with_namespace: projectName,
    default_branch: 'main',
    ...changes,
  }
}

/** The recorded pipeline of a push, as one of the default branch that has ended. */
export function pipeline(changes: Json = {}): Json {
  const [one] = recorded<{ pipeline: Json }[]>('gitlab/jobs.json')
  return { ...one?.pipeline, name: null, ref: 'main', status: 'failed', ...changes }
}

/** The recorded job that has failed. */
export function gitlabJob(changes: Json = {}): Json {
  const failed = recorded<Json[]>('gitlab/jobs.json')[1]
  return { ...failed, ref: 'main', pipeline: pipeline(), ...changes }
}

/** What GitLab answers about a project: pipelines of its default branch, of its tags, and their jobs. */
export function gitlab(
  pipelines: readonly Json[],
  jobs: Record<string, readonly Json[]>,
  tags: readonly Json[] = [],
): Record<string, Answer> {
  const api = `/projects/${projectId}`
  const home: Answer = json(project())
  return {
    [api]: home,
    [`/projects/${encodeURIComponent(projectName)}`]: home,
    [`${api}/pipelines`]: (response, asked) => {
      const ofRef = pipelines.filter(({ ref }) => ref === asked.query.get('ref'))
      gitlabListed(asked.query.get('scope') === 'tags' ? tags : ofRef)(response, asked)
    },
    ...Object.fromEntries(
      [...pipelines, ...tags].map(
        (one) =>
          [`${api}/pipelines/${String(one.id)}`, json({ ...one, tag: tags.includes(one) })] satisfies [string, Answer],
      ),
    ),
    ...Object.fromEntries(
      Object.entries(jobs).map(
        ([id, some]) => [`${api}/pipelines/${id}/jobs`, gitlabListed(some)] satisfies [string, Answer],
      ),
    ),
  }
}

export function registration(changes: Partial<Record<keyof Source, string>> = {}): Source {
  return Source.parse({
    provider: 'github-actions',
    repository: repositoryName,
    repositoryId,
    job: 'my dummy job',
    project: 'redis',
    architecture: 'amd64',
    level: 'tested',
    ...changes,
  })
}

export function gitlabRegistration(changes: Partial<Record<keyof Source, string>> = {}): Source {
  return registration({
    provider: 'gitlab',
    repository: projectName,
    repositoryId: projectId,
    job: 'probe-fail',
    ...changes,
  })
}

/** The recorded runs are of 2022. */
export function pulling(sources: Record<string, Source>, changes: Partial<Pulling> = {}): Pulling {
  return {
    registrations: new Map(Object.entries(sources)),
    words: new ArchitectureWords(
      new Map([
        ['amd64', architecture({ name: 'x86 64-bit', control: 'true' })],
        ['arm64', architecture()],
      ]),
    ),
    projectOf: (id) => id,
    evidence: new Map(),
    now: '2026-11-21T12:00:00Z',
    since: '2022-01-01T00:00:00Z',
    ...changes,
  }
}

/** What a store would give back of what was pulled. */
export function storeOf(evidence: readonly Evidence[]): Pulling['evidence'] {
  return Map.groupBy(evidence, ({ project }) => project)
}

/** A second takes a millisecond. */
export const fastLimits: PullLimits = { ...usualPullLimits, secondMilliseconds: 1, timeoutMilliseconds: 5000 }

export function clientOf(
  provider: PullProvider,
  { origin }: Replay,
  limits: Partial<PullLimits> = {},
  token?: string,
): ApiClient {
  const environment = {
    GITHUB_API_URL: origin,
    GITLAB_API_URL: origin,
    ...(token === undefined ? {} : { GITHUB_TOKEN: token, GITLAB_TOKEN: token }),
  }
  const { address, fault } = addressOf(provider, environment)
  if (!address) throw new Error(fault)
  return apiClient(address, { ...fastLimits, ...limits })
}

export function githubOf(replay: Replay, limits: Partial<PullLimits> = {}, token?: string) {
  return new Map([['github-actions' as const, clientOf('github-actions', replay, limits, token)]])
}

export function gitlabOf(replay: Replay, limits: Partial<PullLimits> = {}, token?: string) {
  return new Map([['gitlab' as const, clientOf('gitlab', replay, limits, token)]])
}
