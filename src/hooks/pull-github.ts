/** Reads runs of GitHub Actions: https://docs.github.com/en/rest/actions */
import { githubJobs } from '#ingest/github-jobs.ts'
import { countOf, idOf, lineOf, listOf, mapOf } from '#ingest/json-values.ts'
import type { CiApi, Home } from './pull-api.ts'
import { isFailure, type ApiClient, type Failure } from './pull-client.ts'
import { listGithubRuns, runOf } from './pull-github-runs.ts'
import { pageLength, readList, type Page } from './pull-pages.ts'

const repositoryPattern = /^(?!\.{1,2}\/)([\w.-]{1,100})\/(?!\.{1,2}$)([\w.-]{1,100})$/

/** A matrix has at most 256 jobs; a run may have several. */
const maximumJobPages = 20

export function githubApi(client: ApiClient): CiApi {
  const ask = (path: string, home: Home, parameters: Readonly<Record<string, string | number>> = {}) => {
    const [, owner = '', repo = ''] = repositoryPattern.exec(home.name) ?? []
    return client.ask(`/repos/{owner}/{repo}${path}`, { owner, repo, ...parameters })
  }
  const page =
    (path: string, key: string, home: Home, parameters: Readonly<Record<string, string | number>>) =>
    async (number: number): Promise<Page | Failure> => {
      const answer = await ask(path, home, { ...parameters, per_page: pageLength, page: number })
      return isFailure(answer) ? answer : pageOf(answer.json, key, number)
    }

  return {
    client,
    async findHome(plan) {
      const [, owner, repo] = repositoryPattern.exec(plan.repository) ?? []
      if (owner === undefined || repo === undefined) return { kind: 'missing' }
      const answer = await client.ask('/repos/{owner}/{repo}', { owner, repo })
      return isFailure(answer) ? answer : homeOf(answer.json)
    },

    listRuns: (home, plan, window) =>
      listGithubRuns(
        {
          pages: (path, key, parameters) => page(path, key, home, parameters),
          addressOf: (path) => addressOf(client, home, path),
        },
        home,
        plan,
        window,
      ),

    async findRun(home, id) {
      const answer = await ask('/actions/runs/{run_id}', home, { run_id: id })
      if (isFailure(answer)) return answer
      const run = mapOf(answer.json)
      const read = run && runOf(run, home, () => undefined)
      return read?.id === id ? read : { kind: 'unfit' }
    },

    async isTag(home, ref) {
      const answer = await ask('/git/ref/tags/{ref}', home, { ref })
      if (isFailure(answer)) return answer.kind === 'missing' ? { kind: 'tag', isTag: false } : answer
      return { kind: 'tag', isTag: mapOf(answer.json)?.ref === `refs/tags/${ref}` }
    },

    listJobs: (home, { id }, attempt) =>
      readList(
        page('/actions/runs/{run_id}/attempts/{attempt}/jobs', 'jobs', home, { run_id: id, attempt }),
        maximumJobPages,
      ),
    addressOfJobs: (home, { id }, attempt) => addressOf(client, home, `/actions/runs/${id}/attempts/${attempt}/jobs`),
    documentOf: (jobs) => ({ total_count: jobs.length, jobs }),
    isOfRun: (job, { id }) => idOf(job.run_id) === id,
    adapterFor: ({ id, name }, { names = [] }) => ({
      ...githubJobs,
      adapt: (document) => {
        const { results, ...rest } = githubJobs.adapt(document)
        // The event is left out: no webhook tells it of a job, and the same job is one record however it comes.
        // A job tells the title of its workflow alone.
        const named = results.map(({ workflows = [], ...result }) => ({
          ...result,
          workflows: [...workflows, ...names],
        }))
        return { ...rest, results: named.map((result) => ({ ...result, repository: name, repositoryId: id })) }
      },
    }),
  }
}

function homeOf(json: unknown): Home | Failure {
  const repository = mapOf(json)
  const [id, name] = [idOf(repository?.id), lineOf(repository?.full_name)]
  const defaultBranch = lineOf(repository?.default_branch, 250)
  if (id === undefined || name === undefined || defaultBranch === undefined || !repositoryPattern.test(name)) {
    return { kind: 'unfit' }
  }
  return { kind: 'home', id, name, defaultBranch }
}

function pageOf(json: unknown, key: string, number: number): Page | Failure {
  const map = mapOf(json)
  const items = map?.[key]
  const total = countOf(map?.total_count)
  if (!Array.isArray(items) || total === undefined) return { kind: 'unfit' }
  return { kind: 'page', items: listOf(items), total, hasMore: number * pageLength < total }
}

function addressOf({ address }: ApiClient, { name }: Home, path: string): string {
  return `${address.base.href.replace(/\/$/, '')}/repos/${name}${path}`
}
