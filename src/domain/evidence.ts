/**
 * Evidence: one observed run, or what takes one back. Written by the hooks, never by hand, and
 * never changed: a correction is a new record that retracts the old one.
 *
 * Nothing in a record depends on when or how it arrived, so that the same records in any order
 * give the same store.
 */
import { hash } from 'node:crypto'
import { z } from 'zod'
import { Identifier } from './identifier.ts'
import { Link } from './link.ts'
import { Execution, Level, Outcome } from './status-words.ts'

/** Text from a CI system: one line, short, and never rendered as Markdown or HTML. */
export function CiText(maximum: number) {
  return z
    .string()
    .min(1, 'some text')
    .max(maximum, `at most ${maximum} characters`)
    .regex(ciText, 'one line of text without control characters')
}

// Control characters, line separators, what is not seen or turns the direction of text around, and half characters.
const ciText = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*$/u

/** Digest of a record's identity: what makes storing it twice change nothing. */
export const EvidenceId = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest: 64 digits of 0-9 and a-f')

/** An instant in whole seconds, UTC. The only way in which evidence writes one. */
export const Instant = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/, {
    error: 'an instant in whole seconds, UTC, such as `2026-11-02T10:20:30Z`',
  })
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text.slice(0, 19)), {
    error: 'an instant that exists',
  })

const Count = z.number().int().min(0).max(100_000_000)

export const Counts = z.strictObject({
  passed: Count.describe('Tests that passed'),
  failed: Count.describe('Tests that failed or crashed'),
  skipped: Count.describe('Tests that did not run'),
})
export type Counts = z.infer<typeof Counts>

/** A measured value: how long a build took, how long a benchmark ran. */
export const Metric = z.strictObject({
  name: CiText(60).describe('What was measured: "build time"'),
  value: z.number().min(0).max(1e15),
  unit: CiText(20).describe('Unit of the value: "s", "ops/s"'),
})
export type Metric = z.infer<typeof Metric>

/** Who ran it: the CI system and the place in it. Its words are shown, never trusted. */
export const EvidenceSource = z.strictObject({
  provider: Identifier.describe('CI system or index: `github-actions`, `debian`'),
  repository: CiText(200).optional().describe('Repository or index as the provider names it'),
  repositoryId: CiText(40).optional().describe('Id that outlives a rename, where the provider has one'),
  workflow: CiText(200).optional().describe('Workflow or pipeline'),
  job: CiText(200).optional().describe('Full name of the job'),
  event: CiText(60).optional().describe('What started the run: `push`'),
  ref: CiText(250).optional().describe('Branch or tag'),
})
export type EvidenceSource = z.infer<typeof EvidenceSource>

export const Run = z.strictObject({
  id: CiText(200).describe('Id of the run, within the repository'),
  attempt: z.number().int().min(1).max(10_000),
  jobId: CiText(80).optional().describe('Id of the job in the run, where the provider has one'),
})
export type Run = z.infer<typeof Run>

export const provenanceWords = ['pulled', 'received', 'imported', 'probed', 'ran'] as const
/**
 * How a record came here: `pulled` from the provider, `received` from it, `imported` on the
 * operator's word, `probed` in an index, `ran` by ourselves.
 */
export const Provenance = z.strictObject({
  how: z.enum(provenanceWords),
  by: Identifier.optional().describe('Registration that let it in: a file of `sources/`'),
})
export type Provenance = z.infer<typeof Provenance>

/** Why a run ended as it did, where that is more than its outcome. */
export const OutcomeReason = z.enum(['timeout', 'setup', 'runner-lost', 'no-tests', 'tolerated', 'crash'])
export type OutcomeReason = z.infer<typeof OutcomeReason>

/** One observed run of a project on one architecture. */
export const Evidence = z.strictObject({
  schema: z.literal(1),
  id: EvidenceId,
  project: Identifier.describe('Id of the project: the name of its file'),
  architecture: Identifier.describe('Id of the architecture, past all aliases'),
  os: CiText(40).optional().describe('Operating system; Linux where it is missing'),
  libc: CiText(40).optional().describe('C library, where it matters: `musl`'),
  version: CiText(80).optional().describe('Version under test, as its author writes it: "7.2.10"'),
  commit: CiText(64).optional().describe('Commit under test'),
  artifact: z
    .strictObject({
      name: CiText(300),
      digest: CiText(150).optional(),
      pageAlignment: z
        .number()
        .int()
        .min(1)
        .max(2 ** 40)
        .optional()
        .describe(
          'Bytes to which the segments of the program are aligned: it can be loaded where pages are at most so large',
        ),
    })
    .optional()
    .describe('What was found or tested: an image, a package'),
  level: Level.describe('What the run proved, at most'),
  outcome: Outcome,
  execution: Execution.optional().describe('How it ran; missing where nothing ran: an image in a registry'),
  source: EvidenceSource,
  run: Run,
  group: CiText(250).optional().describe('The run of all architectures that this one belongs to: finds the control'),
  observedAt: Instant.describe('End of the run'),
  link: Link.describe('Page of the run, for a reader who doubts it'),
  counts: Counts.optional(),
  flaky: z.literal(true).optional().describe('Its tests passed only when they were repeated'),
  reason: OutcomeReason.optional(),
  metrics: z.array(Metric).min(1).max(50).optional(),
  provenance: Provenance,
})
export type Evidence = z.infer<typeof Evidence>

/** Takes a record back: the derivation is as if it had never been. */
export const Retraction = z.strictObject({
  schema: z.literal(1),
  id: EvidenceId,
  project: Identifier,
  retracts: EvidenceId.describe('Record that no longer counts'),
  why: CiText(500).describe('What was wrong with it, for a reader'),
  by: CiText(120).optional().describe('Who took it back'),
})
export type Retraction = z.infer<typeof Retraction>

/** What a store holds. */
export type StoredRecord = Evidence | Retraction

export function isRetraction(record: StoredRecord): record is Retraction {
  return 'retracts' in record
}

/** What took a record back, among the records of its project. */
export function retractionOf(id: string, records: readonly StoredRecord[]): Retraction | undefined {
  return records.filter(isRetraction).find(({ retracts }) => retracts === id)
}

export function isRun(record: StoredRecord): record is Evidence {
  return !isRetraction(record)
}

type Unidentified<T> = Omit<T, 'id'>

/**
 * The id of a record: SHA-256 over its identity as a JSON array, which has one way to be written.
 * Provider, repository, run, attempt, job, project, architecture and level make one observation;
 * what else a record says is what was observed.
 */
export function evidenceId({ source, run, project, architecture, level }: Unidentified<Evidence>): string {
  const repository = source.repositoryId ?? source.repository ?? ''
  const job = run.jobId ?? source.job ?? ''
  return hash(
    'sha256',
    JSON.stringify(['evidence', source.provider, repository, run.id, run.attempt, job, project, architecture, level]),
  )
}

/** The id of a retraction: one record is taken back once, whoever says why. */
export function retractionId({ project, retracts }: Unidentified<Retraction>): string {
  return hash('sha256', JSON.stringify(['retraction', project, retracts]))
}

/** Gives a record its id. */
export function identified(record: Unidentified<Evidence>): Evidence {
  const { schema, ...rest } = record
  // A whole record fits the type too: its old id must not win.
  return { schema, ...rest, id: evidenceId(record) }
}
