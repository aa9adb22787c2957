/** What the action may know of the outside, handed in so that tests can bring their own. */
export interface World {
  environment: Readonly<Record<string, string | undefined>>
  machine: Machine
  /** Folder that paths are read from. */
  directory: string
  /** Milliseconds since 1970. */
  now(): number
  sleep(milliseconds: number): Promise<void>
  /** How long an answer may take, in milliseconds. */
  patience: number
  print(text: string): void
}

/** The machine that the action runs on, as its system and as Node.js call it. */
export interface Machine {
  uname: string
  node: string
  endianness: 'BE' | 'LE'
}

export interface Counts {
  passed: number
  failed: number
  skipped: number
}

export type Outcome = 'passed' | 'failed' | 'skipped' | 'cancelled' | 'infra'
export type Execution = 'native' | 'emulated' | 'cross'
export type Level = 'available' | 'builds' | 'starts' | 'tested'

/** The report of DESIGN, `works-on-arm/report@1`. */
export interface Report {
  schema: 'works-on-arm/report@1'
  project: string
  architecture: string
  os?: string
  libc?: string
  version?: string
  commit?: string
  level: Level
  outcome: Outcome
  execution?: Execution
  observedAt: string
  link: string
  run: {
    provider: 'github-actions'
    repository: string
    repositoryId?: string
    workflow?: string
    id: string
    attempt: number
    job: string
    jobId?: string
  }
  counts?: Counts
}
