/**
 * What may be recorded about a cell, at random but dense: few jobs, few runs and few days, so that
 * runs repeat, contradict and answer each other, and lie on both sides of what is fresh.
 */
import fc from 'fast-check'
import type { Claim } from '#domain/claim.ts'
import { addDays, addMonths, firstDayOf } from '#domain/day.ts'
import { derive, deriveWithAccount, type Derivation, type Status } from '#domain/derive.ts'
import { Evidence, identified, provenanceWords, type Retraction, type StoredRecord } from '#domain/evidence.ts'
import {
  executionWords,
  levelWords,
  outcomeWords,
  supportWords,
  type ClaimedSupport,
  type Execution,
} from '#domain/status-words.ts'
import { claim, observedRun, retractionOf } from '#tests/builders.ts'

export const exampleDay = '2026-11-21'

/** Everything that the rule looks at. */
export interface History {
  evidence: readonly StoredRecord[]
  control: readonly StoredRecord[]
  claims: readonly Claim[]
  releases: readonly string[]
  asOf: string
}

export function statusOf({ evidence, claims, asOf, control, releases }: History): Status {
  return derive(evidence, claims, asOf, { control, releases })
}

export function accountOf({ evidence, claims, asOf, control, releases }: History): Derivation {
  return deriveWithAccount(evidence, claims, asOf, { control, releases })
}

/** What a status says, without how it says it. */
export function essenceOf({ support, basis, staleOn, witnesses }: Status) {
  return { support, basis, staleOn, witnesses }
}

export const claimedSupports = supportWords.filter((word): word is ClaimedSupport => word !== 'unknown')

const versions = [
  '7.9',
  '8.2',
  '8.10',
  'v8.2',
  '9.0-rc1',
  '9.0-rc10',
  '9.0',
  '1:8.2-1+b1',
  'r5',
  '8.x',
  '8.2-1a',
  '8.2-2',
]
const daysAgo = [-40, -1, 0, 0, 1, 1, 2, 3, 5, 30, 100, 178, 179, 180, 181, 182, 190, 200, 361, 365, 366, 400]

interface Job {
  job: string
  level: Evidence['level']
  execution: Execution | 'unknown'
  os: string | undefined
  libc: string | undefined
  /** How its runs usually end. */
  usually: Evidence['outcome'] | 'either'
}

const someJob: fc.Arbitrary<Job> = fc.record({
  job: fc.constantFrom('test', 'other'),
  level: fc.constantFrom('tested', 'tested', 'starts', 'starts', 'builds', 'available'),
  execution: fc.constantFrom('native', 'native', 'native', 'native', 'emulated', 'emulated', 'cross', 'unknown'),
  os: optional(fc.constantFrom('linux', 'linux', 'windows'), 5),
  libc: optional(fc.constant('musl'), 8),
  usually: fc.constantFrom('passed', 'passed', 'failed', 'failed', 'either'),
})

const onLinux = { execution: 'native', os: undefined, libc: undefined } as const

/** Jobs that chance alone seldom brings together. */
const testsFailButItStarts = fc.constant<Job[]>([
  { ...onLinux, job: 'test', level: 'tested', usually: 'failed' },
  { ...onLinux, job: 'other', level: 'starts', usually: 'passed' },
])

interface Density {
  /** How many records, at most. */
  records?: number
  attempts?: number
  versions?: readonly (string | undefined)[]
}

/** Records of a few jobs on one architecture. */
function someRecords(architecture: string, jobs: readonly Job[], density: Density): fc.Arbitrary<Evidence[]> {
  const record = fc
    .record({
      job: fc.constantFrom(...jobs),
      isUsual: fc.boolean(),
      otherwise: fc.constantFrom(...outcomeWords, 'passed' as const, 'failed' as const),
      run: fc.integer({ min: 1, max: 12 }),
      attempt: fc.integer({ min: 1, max: density.attempts ?? 2 }),
      ago: fc.constantFrom(...daysAgo),
      hour: fc.constantFrom('08', '12', '20'),
      version: fc.constantFrom(...(density.versions ?? [undefined, undefined, ...versions])),
      group: optional(fc.constantFrom('nightly-1', 'nightly-2'), 3),
      flaky: optional(fc.constant(true as const), 20),
    })
    .map(
      ({ job: { job, os, libc, execution, level, usually }, isUsual, otherwise, run, attempt, ago, hour, ...rest }) =>
        observedRun({
          architecture,
          level,
          outcome: isUsual && usually !== 'either' ? usually : otherwise,
          execution,
          source: { job },
          run: { id: String(run), attempt },
          observedAt: `${addDays(exampleDay, -ago)}T${hour}:00:00Z`,
          ...defined({ os, libc, ...rest }),
        }),
    )
  return fc.array(record, { maxLength: density.records ?? 10 })
}

const someClaim: fc.Arbitrary<Claim> = fc
  .record({
    support: fc.constantFrom('works' as const, 'works' as const, 'works' as const, ...claimedSupports),
    date: fc.constantFrom(
      ...[0, 1, 6, 11, 12, 13, 17, 18, 19, 30].map((months) => addMonths(exampleDay, -months)),
      '2026',
      '2025-05',
      '2026-12-01',
    ),
    scope: optional(fc.constant({ os: 'freebsd' }), 6),
  })
  .map((changes) => claim(defined(changes)))

/** A cell and its control column; some records are taken back. */
export function someHistory(density: Density = {}): fc.Arbitrary<History> {
  return fc
    .oneof({ weight: 5, arbitrary: fc.array(someJob, { minLength: 1, maxLength: 3 }) }, testsFailButItStarts)
    .chain((jobs) =>
      fc.record({
        evidence: someRecords('arm64', jobs, density),
        control: someRecords('amd64', jobs, density),
        claims: fc.array(someClaim, { maxLength: 2 }),
        releases: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          fc.shuffledSubarray(versions, { minLength: 2, maxLength: 5 }),
        ),
        asOf: fc.constantFrom('12:00:00', '12:00:00', '23:59:59').map((time) => `${exampleDay}T${time}Z`),
        takenBack: optional(fc.nat({ max: 9 }), 5),
      }),
    )
    .map(({ takenBack, evidence, ...rest }) => {
      const record = takenBack === undefined ? undefined : evidence[takenBack]
      return { ...rest, evidence: record ? [...evidence, retractionOf(record)] : evidence }
    })
}

/** Without what is seen or said after its clock. */
export function withoutFuture(history: History): History {
  const isKnown = (record: StoredRecord) => !('observedAt' in record) || record.observedAt <= history.asOf
  return {
    ...history,
    evidence: history.evidence.filter(isKnown),
    control: history.control.filter(isKnown),
    claims: history.claims.filter(({ date }) => firstDayOf(date) <= exampleDay),
  }
}

/** Text from a CI system, usual or not. */
function someText(maximum: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ minLength: 1, maxLength: Math.min(maximum, 30), unit: 'grapheme-ascii' }),
    fc
      .string({ minLength: 1, maxLength: Math.min(maximum, 12), unit: 'grapheme' })
      .map((text) => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').slice(0, maximum) || 'é'),
    fc.constantFrom('"', '\\', '</script>', 'a'.repeat(maximum), '__proto__'),
  )
}

const someId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/)

/** A record with any of the fields that one may have. */
export const anyEvidence: fc.Arbitrary<Evidence> = fc
  .record({
    project: someId,
    architecture: fc.constantFrom('amd64', 'arm64', 'riscv64'),
    os: optional(someText(40)),
    libc: optional(someText(40)),
    version: optional(someText(80)),
    commit: optional(someText(64)),
    artifact: optional(
      fc.record({ name: someText(300), digest: optional(someText(150)) }).map((artifact) => defined(artifact)),
    ),
    level: fc.constantFrom(...levelWords),
    outcome: fc.constantFrom(...outcomeWords),
    execution: optional(fc.constantFrom(...executionWords)),
    source: fc
      .record({
        provider: someId,
        repository: optional(someText(200)),
        repositoryId: optional(someText(40)),
        workflow: optional(someText(200)),
        job: optional(someText(200)),
        event: optional(someText(60)),
        ref: optional(someText(250)),
      })
      .map((source) => defined(source)),
    run: fc
      .record({ id: someText(200), attempt: fc.integer({ min: 1, max: 10_000 }), jobId: optional(someText(80)) })
      .map((run) => defined(run)),
    group: optional(someText(250)),
    observedAt: fc
      .date({ min: new Date('1969-12-30T00:00:00Z'), max: new Date('2101-01-01T00:00:00Z'), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 19)}Z`),
    link: fc.oneof(
      fc.webUrl({ validSchemes: ['https', 'http'] }).map((link) => encodeURI(link)),
      fc.constantFrom('https://example.org/', '/recipes/redis/', 'https://xn--bcher-kva.example/a?b=c#d'),
    ),
    counts: optional(fc.record({ passed: someCount(), failed: someCount(), skipped: someCount() })),
    flaky: optional(fc.constant(true as const)),
    reason: optional(fc.constantFrom('timeout' as const, 'no-tests' as const, 'crash' as const)),
    metrics: optional(
      fc.array(
        fc.record({
          name: someText(60),
          value: fc.double({ min: 0, max: 1e15, noNaN: true }).map((value) => value + 0),
          unit: someText(20),
        }),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    provenance: fc
      .record({ how: fc.constantFrom(...provenanceWords), by: optional(someId) })
      .map((provenance) => defined(provenance)),
  })
  .map((record) => ({ schema: 1 as const, ...defined(record) }))
  .map((record) => Evidence.safeParse(identified(record)))
  // Not every address that fast-check makes is one that we take.
  .filter(({ success }) => success)
  .map(({ data }) => data as Evidence) // true because of the filter

export const anyRetraction: fc.Arbitrary<Retraction> = fc
  .tuple(anyEvidence, someText(500), optional(someText(120)))
  .map(([record, why, by]) => retractionOf(record, defined({ why, by })))

export const anyRecord: fc.Arbitrary<StoredRecord> = fc.oneof({ weight: 5, arbitrary: anyEvidence }, anyRetraction)

function someCount() {
  return fc.oneof(fc.nat({ max: 500 }), fc.constantFrom(0, 100_000_000))
}

/** The value once in so many times, else nothing. */
function optional<T>(arbitrary: fc.Arbitrary<T>, onceIn = 2): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: onceIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}

/** The same without keys that are undefined. */
function defined<T extends object>(from: T): Defined<T> {
  // True because the keys that could be undefined are optional in the result, and gone where they are.
  return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as Defined<T>
}
