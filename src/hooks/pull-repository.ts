/** Reads what is new of one repository: its runs, attempt by attempt, each whole or not at all. */
import type { CiApi, CiRun, Home } from './pull-api.ts'
import { readAttempt } from './pull-attempt.ts'
import { isFailure, type Failure } from './pull-client.ts'
import { settleHome } from './pull-home.ts'
import { Proof, type Registration, type RepositoryPlan } from './pull-plan.ts'
import { problemOf, uncheckedRefs } from './pull-problems.ts'
import { countIn, type Pulling, type RepositoryReading } from './pull-reading.ts'
import { JobSearch } from './pull-unused.ts'

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
    search: new JobSearch(),
    failure: undefined,
  }
  const callsBefore = api.client.calls
  const stopped = await readAll(api, plan, pulling, runId, reading)
  if (stopped) {
    reading.failure = stopped.failure
    reading.problems.push(problemOf(stopped.failure, stopped.asked, plan, api.client.address))
  }
  const calls = api.client.calls - callsBefore
  for (const summary of reading.sources) summary.calls = calls
  // What one run lacks, others may have; so may those that could not be read.
  if (runId === undefined && !stopped) reading.problems.push(...reading.search.problems(pulling, calls))
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
    for (const { id } of candidates) countIn(summaryById.get(id), 'runs')
    for (const attempt of due) {
      pulling.progress?.(`${plan.repository}: run ${index + 1} of ${runs.length}`)
      const failure = await readAttempt(api, home, run, attempt, { candidates, plan, pulling, reading })
      // A run may be deleted while others are read.
      if (failure && failure.kind !== 'missing') return stop(failure, `${plan.repository} run ${run.id}`)
      if (!failure) for (const { id } of candidates) countIn(summaryById.get(id), 'attempts')
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
