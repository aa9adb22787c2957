/**
 * The rule by example: what runs say, what the newest claim says, and the status that follows.
 * Every row is a test of the rule, and `/status-words/` prints them.
 */
import { Evidence, evidenceId } from './evidence.ts'
import { addDays } from './day.ts'
import { claimKinds, type ClaimKind } from './rule-table.ts'
import type { Basis, ClaimedSupport, Execution, Support } from './status-words.ts'

/** The day on which all examples are looked at. */
export const exampleDay = '2026-11-21'

/** One run of an example. What is missing is that of most: a passed native test on arm64, yesterday. */
interface ExampleRun {
  level?: Evidence['level']
  outcome?: Evidence['outcome']
  execution?: Execution
  architecture?: 'amd64' | 'arm64'
  daysAgo?: number
  /** Number of the run; runs of several architectures share one. */
  run?: number
  attempt?: number
  job?: string
  version?: string
}

export interface ExampleScenario {
  /** What the runs say, for the row of a table. */
  says: string
  runs: readonly ExampleRun[]
  /** The status for each kind of claim: `support, basis`. */
  statuses: Partial<Record<ClaimKind, readonly [Support, Basis]>>
}

/** A claim of each kind, said a month before the day of the examples. */
export const exampleClaims: Record<Exclude<ClaimKind, 'none'>, ClaimedSupport> = {
  works: 'works',
  caveat: 'experimental',
  emulated: 'emulated',
  available: 'available',
  'in-progress': 'in-progress',
  broken: 'broken',
  removed: 'dropped',
  'not-applicable': 'not-applicable',
}

const onlyClaims = {
  none: ['unknown', 'none'],
  works: ['works', 'claimed'],
  caveat: ['experimental', 'claimed'],
  emulated: ['emulated', 'claimed'],
  available: ['available', 'claimed'],
  'in-progress': ['in-progress', 'claimed'],
  broken: ['broken', 'claimed'],
  removed: ['dropped', 'claimed'],
  'not-applicable': ['not-applicable', 'claimed'],
} as const

const nativePass = {
  none: ['works', 'verified'],
  works: ['works', 'verified'],
  caveat: ['experimental', 'verified'],
  emulated: ['works', 'verified'],
  available: ['works', 'verified'],
  'in-progress': ['works', 'verified'],
  broken: ['works', 'disputed'],
  removed: ['works', 'disputed'],
  'not-applicable': ['not-applicable', 'disputed'],
} as const

export const exampleScenarios: readonly ExampleScenario[] = [
  { says: 'nothing', runs: [], statuses: onlyClaims },
  { says: 'a native run passes its tests', runs: [{}], statuses: nativePass },
  { says: 'a native run starts', runs: [{ level: 'starts' }], statuses: nativePass },
  {
    says: 'only an emulated run passes',
    runs: [{ execution: 'emulated' }],
    statuses: {
      none: ['emulated', 'verified'],
      works: ['works', 'claimed'],
      caveat: ['experimental', 'claimed'],
      emulated: ['emulated', 'verified'],
      available: ['emulated', 'verified'],
      'in-progress': ['emulated', 'verified'],
      broken: ['emulated', 'disputed'],
      removed: ['emulated', 'disputed'],
      'not-applicable': ['not-applicable', 'disputed'],
    },
  },
  {
    says: 'it only builds, or a package exists',
    runs: [
      { level: 'builds', execution: 'cross' },
      { level: 'available', job: 'image' },
    ],
    statuses: {
      none: ['available', 'verified'],
      works: ['works', 'claimed'],
      caveat: ['experimental', 'claimed'],
      emulated: ['emulated', 'claimed'],
      available: ['available', 'verified'],
      'in-progress': ['available', 'verified'],
      broken: ['broken', 'claimed'],
      removed: ['dropped', 'disputed'],
      'not-applicable': ['not-applicable', 'disputed'],
    },
  },
  { says: 'one run failed, and nothing before', runs: [{ outcome: 'failed' }], statuses: onlyClaims },
  {
    says: 'two native runs in a row failed',
    runs: [{ outcome: 'failed', daysAgo: 2 }, { outcome: 'failed' }],
    statuses: {
      none: ['broken', 'verified'],
      works: ['broken', 'disputed'],
      caveat: ['broken', 'disputed'],
      emulated: ['broken', 'verified'],
      available: ['broken', 'verified'],
      'in-progress': ['broken', 'verified'],
      broken: ['broken', 'verified'],
      removed: ['dropped', 'verified'],
      'not-applicable': ['not-applicable', 'claimed'],
    },
  },
  {
    says: 'its tests failed twice, but it starts',
    runs: [{ outcome: 'failed', daysAgo: 2 }, { outcome: 'failed' }, { level: 'starts' }],
    statuses: {
      none: ['partial', 'verified'],
      works: ['partial', 'disputed'],
      caveat: ['experimental', 'verified'],
      emulated: ['partial', 'verified'],
      available: ['partial', 'verified'],
      'in-progress': ['partial', 'verified'],
      broken: ['partial', 'disputed'],
      removed: ['partial', 'disputed'],
      'not-applicable': ['not-applicable', 'disputed'],
    },
  },
  {
    says: 'its last pass is older than 180 days',
    runs: [{ daysAgo: 181 }],
    statuses: {
      none: ['works', 'stale'],
      works: ['works', 'stale'],
      caveat: ['experimental', 'stale'],
      emulated: ['works', 'stale'],
      available: ['works', 'stale'],
      'in-progress': ['works', 'stale'],
      broken: ['works', 'stale'],
      removed: ['works', 'stale'],
      'not-applicable': ['not-applicable', 'stale'],
    },
  },
  {
    says: 'two failures in a row are older than 180 days',
    runs: [
      { outcome: 'failed', daysAgo: 200 },
      { outcome: 'failed', daysAgo: 190 },
    ],
    statuses: { none: ['broken', 'stale'], works: ['broken', 'stale'], broken: ['broken', 'stale'] },
  },
  {
    says: 'its last pass is 180 days old',
    runs: [{ daysAgo: 180 }],
    statuses: { none: ['works', 'verified'], works: ['works', 'verified'] },
  },
  {
    says: 'it passed, then failed once',
    runs: [{ daysAgo: 2 }, { outcome: 'failed' }],
    statuses: { none: ['works', 'verified'], broken: ['works', 'disputed'] },
  },
  {
    says: 'it failed twice, then passed',
    runs: [{ outcome: 'failed', daysAgo: 3 }, { outcome: 'failed', daysAgo: 2 }, {}],
    statuses: { none: ['works', 'verified'], works: ['works', 'verified'] },
  },
  {
    says: 'the first attempt failed, the second passed',
    runs: [
      { outcome: 'failed', run: 1, attempt: 1 },
      { run: 1, attempt: 2 },
    ],
    statuses: { none: ['works', 'verified'] },
  },
  {
    says: 'it failed twice, and so did the control column in the same runs',
    runs: [
      { outcome: 'failed', daysAgo: 2, run: 1 },
      { outcome: 'failed', daysAgo: 2, run: 1, architecture: 'amd64' },
      { outcome: 'failed', run: 2 },
      { outcome: 'failed', run: 2, architecture: 'amd64' },
    ],
    statuses: { none: ['unknown', 'none'], works: ['works', 'claimed'] },
  },
  {
    says: 'it failed twice, while the control column passed',
    runs: [
      { outcome: 'failed', daysAgo: 2, run: 1 },
      { daysAgo: 2, run: 1, architecture: 'amd64' },
      { outcome: 'failed', run: 2 },
      { run: 2, architecture: 'amd64' },
    ],
    statuses: { none: ['broken', 'verified'] },
  },
  {
    says: 'native runs failed twice, while an emulated one passes',
    runs: [{ outcome: 'failed', daysAgo: 2 }, { outcome: 'failed' }, { execution: 'emulated', daysAgo: 0 }],
    statuses: { none: ['broken', 'verified'] },
  },
  {
    says: 'an emulated run failed twice',
    runs: [
      { outcome: 'failed', execution: 'emulated', daysAgo: 2 },
      { outcome: 'failed', execution: 'emulated' },
    ],
    statuses: { none: ['unknown', 'none'], works: ['works', 'claimed'] },
  },
  {
    says: 'one job failed twice, and another one passed later',
    runs: [
      { outcome: 'failed', daysAgo: 3 },
      { outcome: 'failed', daysAgo: 2 },
      { job: 'another', daysAgo: 1 },
    ],
    statuses: { none: ['works', 'verified'] },
  },
  {
    says: 'it started, and later failed to build twice',
    runs: [
      { level: 'starts', daysAgo: 9 },
      { level: 'builds', outcome: 'failed', daysAgo: 2 },
      { level: 'builds', outcome: 'failed' },
    ],
    statuses: { none: ['broken', 'verified'] },
  },
  {
    says: 'version 8.2 passed; later an older 7.9 failed twice',
    runs: [
      { version: '8.2', daysAgo: 9 },
      { version: '7.9', outcome: 'failed', daysAgo: 2 },
      { version: '7.9', outcome: 'failed' },
    ],
    statuses: { none: ['works', 'verified'] },
  },
  {
    says: 'version 8.2 passed; 9.0-rc1 failed twice',
    runs: [
      { version: '8.2', daysAgo: 9 },
      { version: '9.0-rc1', outcome: 'failed', daysAgo: 2 },
      { version: '9.0-rc1', outcome: 'failed' },
    ],
    statuses: { none: ['works', 'verified'] },
  },
  {
    says: 'runs were skipped, cancelled, or lost with their machine',
    runs: [{ outcome: 'skipped' }, { outcome: 'cancelled', daysAgo: 2 }, { outcome: 'infra', daysAgo: 3 }],
    statuses: { none: ['unknown', 'none'], 'in-progress': ['in-progress', 'claimed'] },
  },
]

/** One row of the rule by example. */
export interface WorkedExample {
  says: string
  claim: ClaimKind
  runs: readonly ExampleRun[]
  support: Support
  basis: Basis
}

export const workedExamples: readonly WorkedExample[] = exampleScenarios.flatMap(({ says, runs, statuses }) =>
  claimKinds.flatMap((claim) => {
    const status = statuses[claim]
    return status ? [{ says, claim, runs, support: status[0], basis: status[1] }] : []
  }),
)

/** The records of an example, on both architectures. */
export function recordsOfExample(runs: readonly ExampleRun[]): Evidence[] {
  return runs.map((example, index) => {
    const {
      level = 'tested',
      outcome = 'passed',
      execution = 'native',
      architecture = 'arm64',
      daysAgo = 1,
      run = index + 100,
      attempt = 1,
      job = 'test',
      version,
    } = example
    const record = {
      schema: 1 as const,
      project: 'example',
      architecture,
      ...(version === undefined ? {} : { version }),
      level,
      outcome,
      execution,
      source: { provider: 'github-actions', repository: 'example/example', job },
      run: { id: String(run), attempt },
      observedAt: `${addDays(exampleDay, -daysAgo)}T10:00:00Z`,
      link: `https://example.org/runs/${run}`,
      provenance: { how: 'imported' as const },
    }
    return Evidence.parse({ ...record, id: evidenceId(record) })
  })
}
