/**
 * What an adapter is: one file, one pure function from a CI system's text to results in our
 * words. Their vocabulary goes no further. What a result counts for is decided afterwards, by
 * registrations (`attribute.ts`).
 */
import type { Counts, Metric, OutcomeReason } from '#domain/evidence.ts'
import type { Execution, Level, Outcome } from '#domain/status-words.ts'
import type { CiDocument } from './document.ts'

/** Where in a document something stands: a path into its JSON, or a line and a column from 1. */
export type Spot = readonly (string | number)[] | { line: number; column: number }

/** What one job, test report or image said. */
export interface CiResult {
  /** CI system: `github-actions`, `gitlab`. Missing in test reports, which do not know theirs. */
  provider?: string
  repository?: string
  /** Id of the repository that outlives a rename. */
  repositoryId?: string
  /** Every name that the document gives the workflow or pipeline: its file, its title. */
  workflows?: readonly string[]
  /** Full name of the job. */
  job?: string
  jobId?: string
  event?: string
  ref?: string
  /** Id of the run within the repository; missing where the document does not tell. */
  runId?: string
  /** From 1. */
  attempt?: number
  /** The run of all architectures, where it is not the run itself. */
  group?: string
  outcome: Outcome
  reason?: OutcomeReason
  /** End of the run, in whole seconds, UTC: `2026-11-02T10:20:30Z`; missing where the document does not tell. */
  observedAt?: string
  link?: string
  /** The architecture as the document calls it, past what only the adapter can know. */
  architecture?: string
  /** Operating system; Linux where it is missing. */
  os?: string
  libc?: string
  level?: Level
  execution?: Execution
  version?: string
  commit?: string
  artifact?: { name: string; digest?: string }
  counts?: Counts
  flaky?: true
  metrics?: Metric[]
  /** Only in our own reports. */
  project?: string
  /** Where it stands, for problems that are found later. */
  spot: Spot
}

/** Something wrong with a document; the file and the line are put on it afterwards. */
export interface DocumentProblem {
  code: string
  severity: 'error' | 'warning'
  spot: Spot
  reason: string
  expected: string
  actual: string
  fix: string
}

export interface Adapted {
  results: CiResult[]
  problems: DocumentProblem[]
  /** What was read and says nothing: a job that still runs, a platform that is no architecture. */
  ignored: number
}

export interface Adapter {
  /** The word for `--format`. */
  readonly name: string
  /** What it reads, for a list: "GitHub Actions: jobs of a run (REST)". */
  readonly title: string
  /** Whether a document is of this kind. Never true for two adapters. */
  recognises(document: CiDocument): boolean
  /** Translates one document. Never throws: what it cannot read comes back as problems. */
  adapt(document: CiDocument): Adapted
}
