import { matchesJob } from '#domain/source.ts'
import type { Door } from '#ingest/attribute.ts'
import { textOf } from '#ingest/json-values.ts'
import { readResults } from '#ingest/read-results.ts'
import type { CiApi, CiRun, Home } from './pull-api.ts'
import { isFailure, type Failure } from './pull-client.ts'
import type { Registration, RepositoryPlan } from './pull-plan.ts'
import { incompleteList, strangeAnswer } from './pull-problems.ts'
import { countIn, type Pulling, type RepositoryReading } from './pull-reading.ts'

interface Attempt {
  candidates: readonly Registration[]
  plan: RepositoryPlan
  pulling: Pulling
  reading: RepositoryReading
}

/**
 * Reads the jobs of one attempt, whole or not at all: half an attempt may lack the failure, or the control.
 * @returns why there is no answer; problems of the answer itself are in the reading
 */
export async function readAttempt(
  api: CiApi,
  home: Home,
  run: CiRun,
  attempt: number,
  { candidates, plan, pulling, reading }: Attempt,
): Promise<Failure | undefined> {
  const list = await api.listJobs(home, run, attempt)
  if (isFailure(list)) return list
  const address = api.addressOfJobs(home, run, attempt)
  if (!list.isComplete) {
    reading.problems.push(incompleteList(address, list.items.length, list.total, false))
    return undefined
  }
  if (!list.items.every((job) => api.isOfRun(job, run))) {
    reading.problems.push(strangeAnswer(`${plan.repository} run ${run.id}`, plan, api.client.address))
    return undefined
  }
  const names = list.items.map(({ name }) => textOf(name) ?? '')
  for (const registration of candidates) reading.search.note(registration, names)
  const isRegistered = (name: string) => candidates.some(({ source }) => matchesJob(source.job, name))
  const jobs = list.items.filter((job) => isRegistered(textOf(job.name) ?? ''))
  reading.read += list.items.length - jobs.length
  reading.ignored += list.items.length - jobs.length
  if (jobs.length === 0) return undefined

  const adapter = api.adapterFor(home, run, list.items)
  const text = JSON.stringify(api.documentOf(jobs))
  const results = readResults(address, text, adapter.name, [adapter], doorOf(pulling))
  const wanted = results.evidence.filter(({ provenance }) => candidates.some(({ id }) => id === provenance.by))
  const problems = results.problems
    // After its day a registration counts for nothing, and its job still runs.
    .filter(({ code }) => code !== 'registration-expired')
    // What was read is no file: it was put together from pages.
    .map((problem) => ({ ...problem, place: { file: address, line: 1, column: 1 } }))
  reading.read += results.read
  reading.ignored +=
    results.ignored + results.evidence.length - wanted.length + results.problems.length - problems.length
  reading.evidence.push(...wanted)
  reading.problems.push(...problems)
  for (const { provenance } of wanted) {
    countIn(
      reading.sources.find(({ source }) => source === provenance.by),
      'jobs',
    )
  }
  return undefined
}

function doorOf({ registrations, words, projectOf, now }: Pulling): Door {
  return { registrations, words, projectOf, how: 'pulled', now, said: {} }
}
