/** What reading GitHub and reading GitLab have in common: the words between them and `pull-repository.ts`. */
import type { Problem } from '#domain/problem.ts'
import type { Adapter } from '#ingest/adapter.ts'
import type { JsonMap } from '#ingest/json-values.ts'
import type { ApiClient, Failure } from './pull-client.ts'
import type { List } from './pull-pages.ts'
import type { Proof, Registration, RepositoryPlan } from './pull-plan.ts'

/** A repository, as the API shows it today. */
export interface Home {
  kind: 'home'
  id: string
  /** `redis/redis` */
  name: string
  defaultBranch: string
}

/** A run of a workflow, or a pipeline. */
export interface CiRun {
  kind: 'run'
  id: string
  /** What its workflow is called besides what its jobs tell: files of GitHub, the name of a pipeline. */
  names: string[] | undefined
  /** Those that have ended, the newest last. GitLab retries jobs, not pipelines: there it is always the first. */
  attempts: readonly number[]
  /** Whether nothing of it runs any more. */
  hasEnded: boolean
  /** Whether the project itself started it, not a stranger. */
  isTrusted: boolean
  ref: string
  /** Whether the ref is the default branch or a tag; undefined where it has to be asked. */
  isOnRelease: boolean | undefined
  /** Whether it may have a job that a registration means. */
  mayHold(registration: Registration): boolean
  /** Whether the store proves that an attempt was read through a registration. */
  isProven(registration: Registration, attempt: number, proof: Proof): boolean
}

export interface RunList {
  kind: 'runs'
  runs: CiRun[]
  /** Those of the plan that can be read. */
  registrations: Registration[]
  problems: Problem[]
}

/** What the API of one CI system can be asked. Nothing here throws. */
export interface CiApi {
  readonly client: ApiClient
  findHome(plan: RepositoryPlan): Promise<Home | Failure>
  /** Runs since an instant, the newest first. */
  listRuns(home: Home, plan: RepositoryPlan, window: { since: string; now: string }): Promise<RunList | Failure>
  findRun(home: Home, id: string): Promise<CiRun | Failure>
  isTag(home: Home, ref: string): Promise<{ kind: 'tag'; isTag: boolean } | Failure>
  listJobs(home: Home, run: CiRun, attempt: number): Promise<List | Failure>
  /** Where the jobs of an attempt are, for whoever wants to see them. */
  addressOfJobs(home: Home, run: CiRun, attempt: number): string
  /** What is made of jobs: the document that the adapter reads. */
  documentOf(jobs: readonly JsonMap[]): object
  /** Reads such a document, and says of its jobs what only the run and the repository know. */
  adapterFor(home: Home, run: CiRun, jobs: readonly JsonMap[]): Adapter
  /** Whether a job belongs to a run: an answer to another question is none. */
  isOfRun(job: JsonMap, run: CiRun): boolean
}
