/** Reads what is new of one repository: its runs, attempt by attempt, each whole or not at all. */
import type { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Evidence, StoredRecord } from '#domain/evidence.ts'
import type { Problem } from '#domain/problem.ts'
import { matchesJob, type Source } from '#domain/source.ts'
import type { Door } from '#ingest/attribute.ts'
import { textOf } from '#ingest/json-values.ts'
import { readResults } from '#ingest/read-results.ts'
import type { CiApi, CiRun, Home } from './pull-api.ts'
import { isFailure, type Failure } from './pull-client.ts'
import { settleHome } from './pull-home.ts'
import { Proof, type Registration, type RepositoryPlan } from './pull-plan.ts'
import { incompleteList, problemOf, strangeAnswer, uncheckedRefs } from './pull-problems.ts'

/** What reading needs to know of the site. */
export interface Pulling {
  registrations: ReadonlyMap<string, Source>
  words: ArchitectureWords
  /** The project that an id means today; undefined where nobody knows it. */
  projectOf: (id: string) => string | undefined
  /** Records by project: what they prove to have been read is not read again. */
  evidence: ReadonlyMap<string, readonly StoredRecord[]>
  /** UTC, in whole seconds. */
  now: string
  /** Runs that were created (GitHub) or changed (GitLab) before are not looked at. */
  since: string
  /** Reads also what the store proves to have been read. */
  again?: boolean
  /** Is told what is being read. */
  progress?: (text: string) => void
}

/** What was read through one registration. */
export interface SourceSummary {
  source: string
  /** Runs of the project itself that may hold its job. */
  runs: number
  /** Attempts that were read; the others are recorded already. */
  attempts: number
  /** Its jobs in these attempts. */
  jobs: number
  /** Calls for its repository, which other registrations may share. */
  calls: number
}

export interface RepositoryReading {
  /** Jobs that were read. */
  read: number
  /** Jobs that no registration means, or that say nothing. */
  ignored: number
  evidence: Evidence[]
  problems: Problem[]
  sources: SourceSummary[]
  /** Runs whose newest attempt has not ended: it is read the next time. */
  unfinished: number
  /** Why reading stopped before its end. */
  failure: Failure | undefined
}

/** Whether pushes are of tags is asked of so many refs, the newest first. */
const maximumRefs = 20

/**
 * @param runId reads this run alone
 */
export async function readRepository(
  api: CiApi,
  plan: RepositoryPlan,
  pulling: Pulling,
  runId?: string,
): Promise<RepositoryReading> {
  const reading: RepositoryReading = {
    read: 0,
    ignored: 0,
    evidence: [],
    problems: [],
    sources: plan.registrations.map(({ id }) => ({ source: id, runs: 0, attempts: 0, jobs: 0, calls: 0 })),
    unfinished: 0,
    failure: undefined,
  }
  const callsBefore = api.client.calls
  const stopped = await readAll(api, plan, pulling, runId, reading)
  if (stopped) {
    reading.failure = stopped.failure
    reading.problems.push(problemOf(stopped.failure, stopped.asked, plan, api.client.address))
  }
  for (const summary of reading.sources) summary.calls = api.client.calls - callsBefore
  return reading
}

interface Stopped {
  failure: Failure
  asked: string
}

async function readAll(
  api: CiApi,
  plan: RepositoryPlan,
  pulling: Pulling,
  runId: string | undefined,
  reading: RepositoryReading,
): Promise<Stopped | undefined> {
  const stop = (failure: Failure, asked = plan.repository): Stopped => ({ failure, asked })
  pulling.progress?.(plan.repository)
  const home = await api.findHome(plan)
  if (isFailure(home)) return stop(home)
  const settled = settleHome(plan, home)
  reading.problems.push(...settled.problems)
  if (settled.registrations.length === 0) return undefined
  const readable = { ...plan, registrations: settled.registrations }

  const listed =
    runId === undefined ? await api.listRuns(home, readable, pulling) : await oneRun(api, home, readable, runId)
  if (isFailure(listed)) return stop(listed, `${plan.repository} ${runId === undefined ? 'runs' : `run ${runId}`}`)
  reading.problems.push(...listed.problems)
  const { registrations, runs } = listed
  const proof = new Proof(registrations, pulling.again ? new Map() : pulling.evidence, pulling.projectOf)
  const summaryById = new Map(reading.sources.map((summary) => [summary.source, summary]))
  const isRelease = releaseRefs(api, home)
  for (const [index, run] of runs.entries()) {
    const candidates = registrations.filter((registration) => run.isTrusted && run.mayHold(registration))
    if (candidates.length === 0) continue
    const lacks = (attempt: number) => (registration: Registration) => !run.isProven(registration, attempt, proof)
    const due = run.attempts.filter((attempt) => candidates.some(lacks(attempt)))
    if (due.length > 0 || !run.hasEnded) {
      const release = await isRelease(run)
      if (typeof release !== 'boolean') return stop(release, `${plan.repository} ${run.ref}`)
      if (!release) continue
    }
    if (!run.hasEnded) reading.unfinished += 1
    for (const { id } of candidates) count(summaryById.get(id), 'runs')
    for (const attempt of due) {
      pulling.progress?.(`${plan.repository}: run ${index + 1} of ${runs.length}`)
      const failure = await readAttempt(api, home, run, attempt, { candidates, plan, pulling, reading })
      // A run may be deleted while others are read.
      if (failure && failure.kind !== 'missing') return stop(failure, `${plan.repository} run ${run.id}`)
      if (!failure) for (const { id } of candidates) count(summaryById.get(id), 'attempts')
    }
  }
  const unchecked = isRelease.unchecked.size
  if (unchecked > 0) reading.problems.push(uncheckedRefs(readable, unchecked))
  return undefined
}

async function oneRun(api: CiApi, home: Home, plan: RepositoryPlan, runId: string) {
  const run = await api.findRun(home, runId)
  if (isFailure(run)) return run
  return { kind: 'runs' as const, runs: [run], registrations: plan.registrations, problems: [] }
}

/** Tells runs of the default branch and of tags from those of other branches; each ref is asked for once. */
function releaseRefs(api: CiApi, home: Home) {
  const known = new Map<string, boolean>()
  const unchecked = new Set<string>()
  const isRelease = async ({ isOnRelease, ref }: CiRun): Promise<boolean | Failure> => {
    const answer = isOnRelease ?? known.get(ref)
    if (answer !== undefined) return answer
    if (known.size >= maximumRefs) {
      unchecked.add(ref)
      return false
    }
    const asked = await api.isTag(home, ref)
    if (isFailure(asked)) return asked
    known.set(ref, asked.isTag)
    return asked.isTag
  }
  return Object.assign(isRelease, { unchecked })
}

interface Attempt {
  candidates: readonly Registration[]
  plan: RepositoryPlan
  pulling: Pulling
  reading: RepositoryReading
}

async function readAttempt(
  api: CiApi,
  home: Home,
  run: CiRun,
  attempt: number,
  { candidates, plan, pulling, reading }: Attempt,
): Promise<Failure | undefined> {
  const list = await api.listJobs(home, run, attempt)
  if (isFailure(list)) return list
  const address = api.addressOfJobs(home, run, attempt)
  // Half an attempt may lack the failure, or the control: it is no observation.
  if (!list.isComplete) {
    reading.problems.push(incompleteList(address, list.items.length, list.total, false))
    return undefined
  }
  if (!list.items.every((job) => api.isOfRun(job, run))) {
    reading.problems.push(strangeAnswer(`${plan.repository} run ${run.id}`, plan, api.client.address))
    return undefined
  }
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
    count(
      reading.sources.find(({ source }) => source === provenance.by),
      'jobs',
    )
  }
  return undefined
}

function doorOf({ registrations, words, projectOf, now }: Pulling): Door {
  return { registrations, words, projectOf, how: 'pulled', now, said: {} }
}

function count(summary: SourceSummary | undefined, what: 'runs' | 'attempts' | 'jobs'): void {
  if (summary) summary[what] += 1
}
