/** What is to be read: which repositories, for which registrations, since when. Pure. */
import { isRun, type StoredRecord } from '#domain/evidence.ts'
import { matchesJob, type Source } from '#domain/source.ts'
import { isPullProvider, type PullProvider } from './pull-address.ts'

/** A registration: the name of its file, and what it says. */
export interface Registration {
  id: string
  source: Source
}

export interface RepositoryPlan {
  provider: PullProvider
  /** As the registrations name it. */
  repository: string
  repositoryId: string | undefined
  registrations: Registration[]
}

/**
 * The repositories to read, each once, for all registrations that name it.
 * @param since a registration that had expired by then counts for nothing
 */
export function planRepositories(registrations: Iterable<readonly [string, Source]>, since: string): RepositoryPlan[] {
  const plans = new Map<string, RepositoryPlan>()
  for (const [id, source] of registrations) {
    const { provider, repository, repositoryId } = source
    if (!isPullProvider(provider) || (source.expires !== undefined && source.expires <= since.slice(0, 10))) continue
    const key = `${provider} ${repository.toLowerCase()}`
    const plan = plans.get(key) ?? { provider, repository, repositoryId: undefined, registrations: [] }
    plan.repositoryId ??= repositoryId
    plan.registrations.push({ id, source })
    plans.set(key, plan)
  }
  return [...plans.values()]
}

/** What a message from outside says of a run. */
export interface RunHint {
  provider: PullProvider
  /** `redis/redis`; capitals do not matter. */
  repository: string
  /** Wins over the name where a registration has one too. */
  repositoryId?: string
  /** Number of the run; of the pipeline for GitLab. */
  runId: string
}

/** Whether a registration means the repository of a hint; the same rule as for results. */
export function isMeant({ provider, repository, repositoryId }: Source, hint: RunHint): boolean {
  if (provider !== hint.provider) return false
  return repositoryId !== undefined && hint.repositoryId !== undefined
    ? repositoryId === hint.repositoryId
    : repository.toLowerCase() === hint.repository.toLowerCase()
}

/**
 * What the store proves to have been read. An attempt is read as a whole, once it has ended, and all
 * records of one registration are written in one go: so one record that was pulled through a
 * registration stands for all that the attempt could tell it.
 */
export class Proof {
  /** When the last job ended, by registration and run, and by attempt too. */
  private readonly lastEndByKey = new Map<string, string>()

  constructor(
    registrations: readonly Registration[],
    evidence: ReadonlyMap<string, readonly StoredRecord[]>,
    projectOf: (id: string) => string | undefined,
  ) {
    for (const { id, source } of registrations) {
      const records = evidence.get(projectOf(source.project) ?? '') ?? []
      for (const record of records) {
        if (!isRun(record) || record.provenance.how !== 'pulled' || record.provenance.by !== id) continue
        // The registration may have meant something else when the record came.
        if (record.architecture !== source.architecture || record.level !== source.level) continue
        if (record.source.provider !== source.provider || !isOfRepository(record.source, source)) continue
        if (!matchesJob(source.job, record.source.job ?? '')) continue
        const { run, observedAt } = record
        for (const key of [keyOf(id, run.id), keyOf(id, run.id, run.attempt)]) {
          const last = this.lastEndByKey.get(key)
          if (last === undefined || last < observedAt) this.lastEndByKey.set(key, observedAt)
        }
      }
    }
  }

  /** End of the newest job that was pulled of a run, or of one attempt; undefined where there is none. */
  lastEnd(registration: string, runId: string, attempt?: number): string | undefined {
    return this.lastEndByKey.get(keyOf(registration, runId, attempt))
  }
}

function keyOf(registration: string, runId: string, attempt?: number): string {
  return JSON.stringify([registration, runId, attempt])
}

function isOfRepository(
  record: { repository?: string | undefined; repositoryId?: string | undefined },
  source: Source,
): boolean {
  // What a registration says stands in its records, word for word.
  return record.repositoryId === source.repositoryId && record.repository === source.repository
}

/** A part of a list that GitHub gives at once: it has at most a thousand runs. */
export interface Slice {
  from: string
  to: string
  event?: string
}

/** Runs that are listed together, where most of them may have been started by strangers. */
export const comfortableRuns = 400
/** https://docs.github.com/en/rest/actions/workflow-runs#list-workflow-runs-for-a-repository */
export const maximumRuns = 1000

/**
 * Cuts a list that is too long: first by what started the runs, then by time.
 * @returns nothing where it need not be cut, or cannot be
 */
export function cut({ from, to, event }: Slice, total: number, events: readonly string[]): Slice[] {
  if (event === undefined) return total > comfortableRuns ? events.map((one) => ({ from, to, event: one })) : []
  const [start, end] = [Date.parse(from), Date.parse(to)]
  if (total <= maximumRuns || end - start < 2 * 3_600_000) return []
  const middle = `${new Date((start + end) / 2).toISOString().slice(0, 19)}Z`
  return [
    { from: middle, to, event },
    { from, to: middle, event },
  ]
}
