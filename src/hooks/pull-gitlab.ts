/** Reads pipelines of GitLab: https://docs.gitlab.com/api/pipelines/ and https://docs.gitlab.com/api/jobs/ */
import { gitlabJobs } from '#ingest/gitlab-jobs.ts'
import { isTrustedPipeline } from '#ingest/gitlab.ts'
import { toUtcSeconds } from '#ingest/instant.ts'
import { countOf, idOf, lineOf, mapOf, namesOf, textOf, type JsonMap } from '#ingest/json-values.ts'
import type { CiApi, CiRun, Home } from './pull-api.ts'
import { isFailure, type ApiAnswer, type ApiClient, type Failure } from './pull-client.ts'
import { pageLength, readList, type Page } from './pull-pages.ts'
import { incompleteList } from './pull-problems.ts'

const maximumPipelinePages = 30
const maximumJobPages = 20

/** A pipeline that waits for somebody to press a button has run all that runs by itself. */
const ended = ['success', 'failed', 'canceled', 'skipped', 'manual']

/** A pipeline is updated a moment after its last job has ended; nobody retries a job within so few seconds. */
const settledSeconds = 5

export function gitlabApi(client: ApiClient): CiApi {
  const page =
    (path: string, home: Home, parameters: Readonly<Record<string, string | number>>) =>
    async (number: number): Promise<Page | Failure> => {
      const all = { ...parameters, id: home.id, per_page: pageLength, page: number }
      const answer = await client.ask(`/projects/{id}${path}`, all)
      return isFailure(answer) ? answer : pageOf(answer)
    }
  const jobsOf = (run: CiRun) => `/pipelines/${run.id}/jobs`

  return {
    client,
    async findHome({ repository, repositoryId }) {
      if (!isPath(repository)) return { kind: 'missing' }
      const answer = await client.ask('/projects/{id}', { id: repositoryId ?? repository })
      return isFailure(answer) ? answer : homeOf(answer.json)
    },

    async listRuns(home, { registrations }, { since }) {
      const problems = []
      const pipelines = new Map<string, { pipeline: JsonMap; isTag: boolean }>()
      // `scope=tags` gives the newest pipeline of each tag: https://gitlab.com/gitlab-org/gitlab/-/issues/589123
      for (const parameters of [{ ref: home.defaultBranch }, { scope: 'tags' }]) {
        const list = await readList(
          page('/pipelines', home, { ...parameters, updated_after: since }),
          maximumPipelinePages,
        )
        if (isFailure(list)) return list
        const { items, total, isComplete } = list
        if (!isComplete) problems.push(incompleteList(addressOf(client, home, '/pipelines'), items.length, total, true))
        for (const pipeline of items) {
          const id = idOf(pipeline.id) ?? ''
          if (!pipelines.has(id)) pipelines.set(id, { pipeline, isTag: 'scope' in parameters })
        }
      }
      const runs = [...pipelines.values()].flatMap(({ pipeline, isTag }) => runOf(pipeline, home, isTag) ?? [])
      return { kind: 'runs', runs: runs.sort((a, b) => Number(b.id) - Number(a.id)), registrations, problems }
    },

    async findRun(home, id) {
      const answer = await client.ask('/projects/{id}/pipelines/{pipeline_id}', { id: home.id, pipeline_id: id })
      if (isFailure(answer)) return answer
      const pipeline = mapOf(answer.json)
      const run = pipeline && runOf(pipeline, home, pipeline.tag === true)
      return run?.id === id ? run : { kind: 'unfit' }
    },

    // A list of tags, and a single pipeline, tell it by themselves.
    isTag: () => Promise.resolve({ kind: 'tag', isTag: false }),
    listJobs: (home, run) => readList(page(jobsOf(run), home, { include_retried: 'true' }), maximumJobPages),
    addressOfJobs: (home, run) => addressOf(client, home, jobsOf(run)),
    documentOf: (jobs) => jobs,
    isOfRun: (job, { id }) => idOf(mapOf(job.pipeline)?.id) === id,
    adapterFor: ({ id, name }, run, jobs) => {
      const attempts = attemptsOf(jobs)
      // Only lists of pipelines tell the name of one; its jobs do not.
      const workflows = run.names ? { workflows: run.names } : {}
      return {
        ...gitlabJobs,
        adapt: (document) => {
          const { results, ...rest } = gitlabJobs.adapt(document)
          return {
            ...rest,
            results: results.map((result) => ({
              ...result,
              repository: name,
              repositoryId: id,
              attempt: attempts.get(result.jobId ?? '') ?? 1,
              ...workflows,
            })),
          }
        },
      }
    },
  }
}

function homeOf(json: unknown): Home | Failure {
  const project = mapOf(json)
  const [id, name] = [idOf(project?.id), lineOf(project?.path_with_namespace)]
  const defaultBranch = lineOf(project?.default_branch, 250)
  if (id === undefined || name === undefined || defaultBranch === undefined) return { kind: 'unfit' }
  return { kind: 'home', id, name, defaultBranch }
}

/** `group/project`, with groups in groups: nothing that could be read as another path. */
function isPath(repository: string): boolean {
  const parts = repository.split('/')
  return parts.length > 1 && parts.every((part) => /^[\w.+-]{1,255}$/.test(part) && part !== '.' && part !== '..')
}

/** Long lists have no total; then the number of the next page tells whether there is one. */
function pageOf({ json, header }: ApiAnswer): Page | Failure {
  if (!Array.isArray(json)) return { kind: 'unfit' }
  const items: readonly unknown[] = json
  const next = header('x-next-page')
  const total = header('x-total')
  return {
    kind: 'page',
    items,
    total: total === null || !/^\d+$/.test(total) ? undefined : countOf(Number(total)),
    hasMore: next === null ? items.length >= pageLength : next !== '',
  }
}

function runOf(pipeline: JsonMap, home: Home, isTag: boolean): CiRun | undefined {
  const id = idOf(pipeline.id)
  if (id === undefined || !/^\d+$/.test(id)) return undefined
  if (pipeline.project_id !== undefined && idOf(pipeline.project_id) !== home.id) return undefined
  const ref = lineOf(pipeline.ref, 250) ?? ''
  const hasEnded = ended.includes(textOf(pipeline.status) ?? '')
  const updatedAt = toUtcSeconds(pipeline.updated_at)
  const names = namesOf(pipeline.name)
  return {
    kind: 'run',
    id,
    names,
    attempts: hasEnded ? [1] : [],
    hasEnded,
    isTrusted: isTrustedPipeline(pipeline),
    ref,
    isOnRelease: isTag || ref === home.defaultBranch,
    mayHold: ({ source }) => source.workflow === undefined || names?.includes(source.workflow) === true,
    // A retried job is a new one in the same pipeline; the time of the pipeline tells that there is one.
    isProven: ({ id: registration }, _attempt, proof) => {
      const lastEnd = proof.lastEnd(registration, id)
      if (lastEnd === undefined || updatedAt === undefined) return false
      return Date.parse(updatedAt) - Date.parse(lastEnd) <= settledSeconds * 1000
    },
  }
}

/** A retried job is a later one of the same name; GitLab's webhook counts the earlier ones as its retries. */
function attemptsOf(jobs: readonly JsonMap[]): ReadonlyMap<string, number> {
  const attempts = new Map<string, number>()
  for (const ofName of Map.groupBy(jobs, ({ name }) => name).values()) {
    const ids = ofName.map(({ id }) => idOf(id) ?? '').sort((a, b) => Number(a) - Number(b))
    ids.forEach((id, index) => attempts.set(id, index + 1))
  }
  return attempts
}

function addressOf({ address }: ApiClient, { id }: Home, path: string): string {
  return `${address.base.href.replace(/\/$/, '')}/projects/${id}${path}`
}
