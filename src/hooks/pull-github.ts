/** Reads runs of GitHub Actions: https://docs.github.com/en/rest/actions */
import type { Problem } from '#domain/problem.ts'
import { githubJobs } from '#ingest/github-jobs.ts'
import { isTrustedRun, trustedEvents } from '#ingest/github-workflow-run.ts'
import { attemptOf, countOf, idOf, lineOf, listOf, mapOf, textOf, type JsonMap } from '#ingest/json-values.ts'
import type { CiApi, CiRun, Home, RunList } from './pull-api.ts'
import { isFailure, type ApiClient, type Failure } from './pull-client.ts'
import { pageLength, readList, type List, type Page } from './pull-pages.ts'
import { cut, maximumRuns, type Registration, type RepositoryPlan, type Slice } from './pull-plan.ts'
import { incompleteList, unknownWorkflow } from './pull-problems.ts'

const repositoryPattern = /^(?!\.{1,2}\/)([\w.-]{1,100})\/(?!\.{1,2}$)([\w.-]{1,100})$/

/** GitHub lets nobody start a run again more often: https://docs.github.com/en/actions/reference/limits */
const maximumAttempts = 51
/** A matrix has at most 256 jobs; a run may have several. */
const maximumJobPages = 20
const maximumWorkflowPages = 5
/** More parts are no longer a list that somebody reads. */
const maximumSlices = 64

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

    async listRuns(home, plan, { since, now }) {
      const named = await workflowIds(page('/actions/workflows', 'workflows', home, {}), plan)
      if (isFailure(named)) return named
      const { idsOf, registrations, problems } = named
      const isEverywhere = registrations.some((registration) => idsOf(registration) === undefined)
      const workflows = new Set(registrations.flatMap((registration) => [...(idsOf(registration) ?? [])]))
      const paths = isEverywhere
        ? [{ path: '/actions/runs', workflow: {} }]
        : [...workflows].map((id) => ({ path: '/actions/workflows/{workflow_id}/runs', workflow: { workflow_id: id } }))
      const runs = new Map<string, JsonMap>()
      for (const { path, workflow } of paths) {
        const slices: Slice[] = [{ from: since, to: now }]
        for (let number = 0; number < slices.length; number += 1) {
          const slice = slices[number]
          if (!slice) continue
          const { from, to, event } = slice
          const parameters = {
            ...workflow,
            created: `${from}..${to}`,
            exclude_pull_requests: 'true',
            ...(event === undefined ? {} : { event }),
          }
          const list = await readRuns(page(path, 'workflow_runs', home, parameters), slice)
          if (isFailure(list)) return list
          const parts = number + 1 < maximumSlices ? cut(slice, list.total ?? 0, trustedEvents) : []
          slices.push(...parts)
          if (parts.length > 0) continue
          if (!list.isComplete) {
            problems.push(incompleteList(addressOf(client, home, path, workflow), list.items.length, list.total, true))
          }
          for (const run of list.items) runs.set(idOf(run.id) ?? '', run)
        }
      }
      const newest = [...runs.values()].map((run) => runOf(run, home, idsOf)).filter((run) => run !== undefined)
      return { kind: 'runs', runs: newest.sort(byNewest), registrations, problems } satisfies RunList
    },

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
    adapterFor: ({ id, name }) => ({
      ...githubJobs,
      adapt: (document) => {
        const { results, ...rest } = githubJobs.adapt(document)
        // The event is left out: no webhook tells it of a job, and the same job is one record however it comes.
        return { ...rest, results: results.map((result) => ({ ...result, repository: name, repositoryId: id })) }
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

/** A list is read to its end only where it need not be cut. */
async function readRuns(askPage: (page: number) => Promise<Page | Failure>, slice: Slice): Promise<List | Failure> {
  const first = await askPage(1)
  if (isFailure(first)) return first
  if (cut(slice, first.total ?? 0, trustedEvents).length > 0) {
    return { kind: 'list', items: [], total: first.total, isComplete: false }
  }
  let isFirst = true
  return await readList(async (page) => {
    if (page !== 1 || !isFirst) return await askPage(page)
    isFirst = false
    return first
  }, maximumRuns / pageLength)
}

interface Workflows {
  kind: 'workflows'
  /** Ids of the workflows that a registration names; undefined where it names none. */
  idsOf: (registration: Registration) => ReadonlySet<string> | undefined
  registrations: Registration[]
  problems: Problem[]
}

/** Registrations name workflows as people do; runs name them by number, for their names may be anything. */
async function workflowIds(
  askPage: (page: number) => Promise<Page | Failure>,
  plan: RepositoryPlan,
): Promise<Workflows | Failure> {
  const { registrations } = plan
  if (registrations.every(({ source }) => source.workflow === undefined)) {
    return { kind: 'workflows', idsOf: () => undefined, registrations, problems: [] }
  }
  const list = await readList(askPage, maximumWorkflowPages)
  if (isFailure(list)) return list
  const idsByName = new Map<string, Set<string>>()
  for (const workflow of list.items) {
    const name = textOf(workflow.name) ?? ''
    idsByName.set(name, (idsByName.get(name) ?? new Set()).add(idOf(workflow.id) ?? ''))
  }
  const isKnown = ({ source }: Registration) => source.workflow === undefined || idsByName.has(source.workflow)
  return {
    kind: 'workflows',
    idsOf: ({ source }) => (source.workflow === undefined ? undefined : idsByName.get(source.workflow)),
    registrations: registrations.filter(isKnown),
    problems: registrations
      .filter((registration) => !isKnown(registration))
      .map((registration) =>
        unknownWorkflow({ ...plan, registrations: [registration] }, registration.source.workflow ?? '', [
          ...idsByName.keys(),
        ]),
      ),
  }
}

function runOf(run: JsonMap, home: Home, idsOf: Workflows['idsOf']): CiRun | undefined {
  const id = idOf(run.id)
  const own = mapOf(run.repository)
  const ref = lineOf(run.head_branch, 250) ?? ''
  if (id === undefined || (own && idOf(own.id) !== home.id)) return undefined
  // Old servers do not tell the attempt.
  const newest = run.run_attempt === undefined ? 1 : attemptOf(run.run_attempt)
  if (newest === undefined) return undefined
  const hasEnded = run.status === 'completed'
  const last = hasEnded ? newest : newest - 1
  const first = Math.max(1, last - maximumAttempts + 1)
  const workflow = idOf(run.workflow_id) ?? ''
  return {
    kind: 'run',
    id,
    names: undefined,
    attempts: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index),
    hasEnded,
    isTrusted: isTrustedRun(run, { id: home.id }) && idOf(mapOf(run.head_repository)?.id) === home.id,
    ref,
    // Whoever can make a release can push a tag. A run does not tell a tag from a branch.
    isOnRelease: ref === home.defaultBranch || run.event === 'release' ? true : ref === '' ? false : undefined,
    mayHold: (registration) => idsOf(registration)?.has(workflow) ?? true,
    isProven: (registration, attempt, proof) => proof.lastEnd(registration.id, id, attempt) !== undefined,
  }
}

function byNewest(a: CiRun, b: CiRun): number {
  return b.id.length - a.id.length || (a.id < b.id ? 1 : -1)
}

function addressOf(
  { address }: ApiClient,
  { name }: Home,
  path: string,
  workflow: { workflow_id?: string } = {},
): string {
  return `${address.base.href.replace(/\/$/, '')}/repos/${name}${path.replace('{workflow_id}', workflow.workflow_id ?? '')}`
}
