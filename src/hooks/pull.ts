/**
 * Reads the runs of registered jobs through the APIs of GitHub and GitLab. What is read becomes evidence by
 * the same road as a file that is given to `ingest`; recording it is the caller's business.
 */
import type { Evidence } from '#domain/evidence.ts'
import { compareText, type Problem } from '#domain/problem.ts'
import { pullProviders, type PullProvider } from './pull-address.ts'
import type { CiApi } from './pull-api.ts'
import type { ApiClient, Failure } from './pull-client.ts'
import { githubApi } from './pull-github.ts'
import { gitlabApi } from './pull-gitlab.ts'
import { isMeant, planRepositories, type RepositoryPlan, type RunHint } from './pull-plan.ts'
import type { Pulling, RepositoryReading, SourceSummary } from './pull-reading.ts'
import { readRepository } from './pull-repository.ts'

export interface Pulled {
  /** Jobs that were read. */
  read: number
  /** Jobs that no registration means, or that say nothing. */
  ignored: number
  /** What the jobs show, known or new: the store tells these apart. */
  evidence: Evidence[]
  problems: Problem[]
  sources: SourceSummary[]
  /** Calls of all APIs together. */
  calls: number
  /** Runs whose newest attempt has not ended. */
  unfinished: number
}

/** Clients by CI system; one that is missing is not asked. */
export type Clients = ReadonlyMap<PullProvider, ApiClient>

/** An API that has not answered for so many repositories in a row is down. */
const patience = 3

/**
 * Reads what is new for some registrations. Never throws; a repository that cannot be read stops no other.
 * @param ids registrations to read for; all of them where it is left out
 */
export async function pullSources(pulling: Pulling, clients: Clients, ids?: ReadonlySet<string>): Promise<Pulled> {
  const wanted = [...pulling.registrations].filter(([id]) => ids?.has(id) ?? true)
  return await pullPlans(planRepositories(wanted, pulling.since), pulling, clients)
}

/**
 * Reads one run, because somebody outside says that it has ended: a webhook is a hint and no fact. Only the
 * run's number is taken from the hint; whose it is, and what it shows, the API says. A run that is not
 * of a registered repository, not of the project's own making, or not of its default branch or a tag gives nothing.
 * Attempts that have not ended are counted in `unfinished` and not read. Never throws.
 *
 *     const { evidence, problems } = await pullRun({ provider: 'github-actions', repository: 'redis/redis', runId: '123' }, pulling, clients)
 */
export async function pullRun(hint: RunHint, pulling: Pulling, clients: Clients): Promise<Pulled> {
  const isNumber = /^[1-9]\d{0,19}$/.test(hint.runId)
  const meant = [...pulling.registrations].filter(([, source]) => isNumber && isMeant(source, hint))
  return await pullPlans(planRepositories(meant, pulling.since), pulling, clients, hint.runId)
}

async function pullPlans(
  plans: readonly RepositoryPlan[],
  pulling: Pulling,
  clients: Clients,
  runId?: string,
): Promise<Pulled> {
  const apis = pullProviders.flatMap((provider) => {
    const client = clients.get(provider)
    return client ? { provider, api: apiOf(provider, client) } : []
  })
  const readings = await Promise.all(
    apis.map(({ provider, api }) =>
      readOneByOne(
        api,
        plans.filter((plan) => plan.provider === provider),
        pulling,
        runId,
      ),
    ),
  )
  const all = readings.flat()
  return {
    read: all.reduce((sum, { read }) => sum + read, 0),
    ignored: all.reduce((sum, { ignored }) => sum + ignored, 0),
    evidence: all.flatMap(({ evidence }) => evidence),
    problems: all.flatMap(({ problems }) => problems),
    sources: all.flatMap(({ sources }) => sources).sort((a, b) => compareText(a.source, b.source)),
    calls: apis.reduce((sum, { api }) => sum + api.client.calls, 0),
    unfinished: all.reduce((sum, { unfinished }) => sum + unfinished, 0),
  }
}

function apiOf(provider: PullProvider, client: ApiClient): CiApi {
  switch (provider) {
    case 'github-actions':
      return githubApi(client)
    case 'gitlab':
      return gitlabApi(client)
    default:
      return provider satisfies never
  }
}

/** One question at a time, as GitHub asks its guests: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
async function readOneByOne(
  api: CiApi,
  plans: readonly RepositoryPlan[],
  pulling: Pulling,
  runId: string | undefined,
): Promise<RepositoryReading[]> {
  const readings: RepositoryReading[] = []
  let unanswered = 0
  for (const plan of plans) {
    const reading = await readRepository(api, plan, pulling, runId)
    readings.push(reading)
    unanswered = reading.failure?.kind === 'unreachable' ? unanswered + 1 : 0
    if (unanswered >= patience || isOfAll(reading.failure)) break
  }
  const left = plans.slice(readings.length)
  const last = readings.at(-1)
  if (left.length > 0 && last) {
    last.problems = last.problems.map((problem, index) =>
      index === last.problems.length - 1 ? withLeft(problem, left) : problem,
    )
    last.sources.push(
      ...left
        .flatMap(({ registrations }) => registrations)
        .map(({ id }) => ({ source: id, runs: 0, attempts: 0, jobs: 0, calls: 0 })),
    )
  }
  return readings
}

/** Whether a failure is one for every other question too. */
function isOfAll(failure: Failure | undefined): boolean {
  return failure?.kind === 'token' || failure?.kind === 'limited'
}

/** The problem that stopped the reading, and what was not even asked because of it. */
function withLeft(problem: Problem, left: readonly RepositoryPlan[]): Problem {
  const names = left.slice(0, 5).map(({ repository }) => `\`${repository}\``)
  const more = left.length > 5 ? ` and ${left.length - 5} more` : ''
  return { ...problem, reason: `${problem.reason} Not asked: ${names.join(', ')}${more}.` }
}
