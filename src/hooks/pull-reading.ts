/** What goes into the reading of a repository, and what comes out of it. */
import type { ArchitectureWords } from '#domain/architecture-words.ts'
import type { Evidence, StoredRecord } from '#domain/evidence.ts'
import type { Problem } from '#domain/problem.ts'
import type { Source } from '#domain/source.ts'
import type { Failure } from './pull-client.ts'
import type { JobSearch } from './pull-unused.ts'

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
  /** Which registered jobs were looked for, and found. */
  search: JobSearch
  /** Why reading stopped before its end. */
  failure: Failure | undefined
}

export function countIn(summary: SourceSummary | undefined, what: 'runs' | 'attempts' | 'jobs'): void {
  if (summary) summary[what] += 1
}
