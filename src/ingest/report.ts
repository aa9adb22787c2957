/** Our own report: the simplest way in. One object, an array of them, or JSON Lines. */
import { z } from 'zod'
import type { CiProvider } from '#domain/ci-provider.ts'
import { CiText, Counts, Metric } from '#domain/evidence.ts'
import { expectationOf, foundAt } from '#domain/expectation.ts'
import { Identifier } from '#domain/identifier.ts'
import { Link } from '#domain/link.ts'
import { Execution, executionWords, Level, levelWords, Outcome, outcomeWords } from '#domain/status-words.ts'
import {
  hasKeys,
  isOneOf,
  isPlainCounts,
  isPlainId,
  isPlainInstant,
  isPlainLink,
  isPlainText,
  mapOf,
} from '#domain/plain-evidence.ts'
import type { Adapted, Adapter, CiResult, DocumentProblem, Spot } from './adapter.ts'
import { toUtcSeconds } from './instant.ts'
import { badDocument, missingKey } from './problems.ts'
import { outcomeBesideCounts } from './test-counts.ts'

export const reportSchema = 'works-on-arm/report@1'

const anInstant = 'an instant such as `2026-11-02T10:20:30Z`'

/** What a CI job, or a person, tells about one run. Sent to `ingest`. */
export const Report = z.strictObject({
  schema: z.literal(reportSchema),
  project: Identifier.describe('Id of the project: the name of its file, its address on the site'),
  architecture: CiText(64).describe('Architecture: its id, or any other word that means it alone'),
  os: CiText(40).optional().describe('Operating system; `linux` where it is left out'),
  libc: CiText(40).optional().describe('C library, where it matters: `musl`'),
  version: CiText(80).optional().describe('Version under test, as its author writes it: "8.2.1"'),
  commit: CiText(64).optional().describe('Commit under test'),
  artifact: z
    .strictObject({ name: CiText(300), digest: CiText(150).optional() })
    .optional()
    .describe('What was tested: an image, a package'),
  level: Level.describe('What the run proves when it passes: `available`, `builds`, `starts`, `tested`'),
  outcome: Outcome.describe('How it ended: `passed`, `failed`, `skipped`, `cancelled`, `infra`'),
  execution: Execution.optional().describe('How it ran: `native` (where it is left out), `emulated`, `cross`'),
  observedAt: z
    .string(anInstant)
    .refine((text) => toUtcSeconds(text) !== undefined, anInstant)
    .meta({ format: 'date-time', description: 'End of the run' }),
  link: Link.describe('Page of the run, for a reader who doubts it'),
  run: z
    .strictObject({
      provider: Identifier.optional().describe('CI system: `github-actions`, `gitlab`'),
      repository: CiText(200).optional().describe('Repository as the provider names it: "owner/name"'),
      repositoryId: CiText(40).optional(),
      workflow: CiText(200).optional(),
      id: CiText(200).describe('Id of the run, the same for all its architectures: that finds the control'),
      attempt: z.number().int().min(1).max(10_000).optional().describe('Which attempt of the run, from 1'),
      job: CiText(200).optional().describe('Name of the job'),
      jobId: CiText(80).optional(),
    })
    .optional()
    .describe('Where it ran. Where it is left out, the link and the end of the run stand for it'),
  counts: Counts.optional().describe('How many tests passed, failed and did not run'),
  flaky: z.boolean().optional().describe('Whether tests only passed when they were repeated'),
  metrics: z.array(Metric).min(1).max(50).optional().describe('Measured values: build time, benchmark time'),
})
export type Report = z.infer<typeof Report>

export const ownReport: Adapter = {
  name: 'report',
  title: 'Report in our own format (one object, an array, or JSON Lines)',
  recognises: ({ json, lines }) =>
    isReport(json) ||
    (Array.isArray(json) && json.some(isReport)) ||
    (lines?.some((line) => isReport(line.json)) ?? false),
  adapt({ json, lines }): Adapted {
    const adapted: Adapted = { results: [], problems: [], ignored: 0 }
    if (Array.isArray(json)) json.forEach((value, index) => void adaptReport(value, [index], adapted))
    else if (json !== undefined) adaptReport(json, [], adapted)
    else {
      for (const { line, json: value } of lines ?? []) {
        const spot = { line, column: 1 }
        if (value === undefined) adapted.problems.push(badDocument(spot, 'line', '', 'one report as JSON'))
        else adaptReport(value, spot, adapted)
      }
    }
    return adapted
  },
}

function isReport(value: unknown): boolean {
  const schema = mapOf<Report>(value)?.schema
  return typeof schema === 'string' && schema.startsWith('works-on-arm/report')
}

function adaptReport(value: unknown, spot: Spot, { results, problems }: Adapted): void {
  const read = readReport(value)
  if (read.report) results.push(resultOf(read.report, spot))
  else problems.push(...read.issues.flatMap((issue) => problemsOf(issue, value, spot)))
}

/** Validates one report. The plain ones, which nearly all are, do not need the schema's patience. */
export function readReport(
  value: unknown,
): { report: Report; issues?: undefined } | { report?: undefined; issues: z.core.$ZodIssue[] } {
  if (isPlainReport(value)) return { report: value }
  const result = Report.safeParse(value)
  return result.success ? { report: result.data } : { issues: result.error.issues }
}

/** Whether a report holds nothing unusual. `false` decides nothing; a property test holds `true` to the schema. */
export function isPlainReport(value: unknown): value is Report {
  const map = mapOf<Report>(value)
  if (!map) return false
  let keys = 7
  if (map.version !== undefined) {
    if (!isPlainText(map.version, 80)) return false
    keys += 1
  }
  if (map.execution !== undefined) {
    if (!isOneOf(map.execution, executionWords)) return false
    keys += 1
  }
  if (map.run !== undefined) {
    if (!isPlainRunOfReport(map.run)) return false
    keys += 1
  }
  if (map.counts !== undefined) {
    if (!isPlainCounts(map.counts)) return false
    keys += 1
  }
  return (
    map.schema === reportSchema &&
    isPlainId(map.project) &&
    isPlainText(map.architecture, 64) &&
    isOneOf(map.level, levelWords) &&
    isOneOf(map.outcome, outcomeWords) &&
    isPlainInstant(map.observedAt) &&
    isPlainLink(map.link) &&
    hasKeys(map, keys)
  )
}

const runTexts = [
  ['repository', 200],
  ['repositoryId', 40],
  ['workflow', 200],
  ['job', 200],
  ['jobId', 80],
] as const

function isPlainRunOfReport(value: unknown): boolean {
  const map = mapOf<NonNullable<Report['run']>>(value)
  if (!map || !isPlainText(map.id, 200)) return false
  let keys = 1
  if (map.provider !== undefined) {
    if (!isPlainId(map.provider)) return false
    keys += 1
  }
  if (map.attempt !== undefined) {
    if (!Number.isInteger(map.attempt) || (map.attempt as number) < 1 || (map.attempt as number) > 10_000) return false
    keys += 1
  }
  for (const [key, maximum] of runTexts) {
    if (map[key] === undefined) continue
    if (!isPlainText(map[key], maximum)) return false
    keys += 1
  }
  return hasKeys(map, keys)
}

function resultOf(report: Report, spot: Spot): CiResult {
  const { run, counts, flaky } = report
  const observedAt = toUtcSeconds(report.observedAt) ?? report.observedAt
  return {
    project: report.project,
    architecture: report.architecture,
    ...optional('os', report.os),
    ...optional('libc', report.libc),
    ...optional('version', report.version),
    ...optional('commit', report.commit),
    ...(report.artifact ? { artifact: withoutUndefined(report.artifact) } : {}),
    level: report.level,
    // A job that tolerates failed tests is green all the same, and so is one in which no test ran.
    ...outcomeBesideCounts(report.outcome, counts, report.level === 'tested'),
    ...(report.execution !== undefined
      ? { execution: report.execution }
      : report.level === 'available'
        ? {}
        : { execution: 'native' as const }),
    provider: run?.provider ?? ('report' satisfies CiProvider),
    ...optional('repository', run?.repository),
    ...optional('repositoryId', run?.repositoryId),
    ...(run?.workflow === undefined ? {} : { workflows: [run.workflow] }),
    ...optional('job', run?.job),
    ...optional('jobId', run?.jobId),
    runId: run?.id ?? `${observedAt} ${report.link}`.slice(0, 200),
    attempt: run?.attempt ?? 1,
    observedAt,
    link: report.link,
    ...(counts ? { counts } : {}),
    ...(flaky ? { flaky: true as const } : {}),
    ...(report.metrics ? { metrics: report.metrics } : {}),
    spot,
  }
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  // The key is the one that the type names.
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, string>>)
}

function withoutUndefined({ name, digest }: { name: string; digest?: string | undefined }): {
  name: string
  digest?: string
} {
  return digest === undefined ? { name } : { name, digest }
}

function problemsOf(issue: z.core.$ZodIssue, value: unknown, spot: Spot): DocumentProblem[] {
  const path = issue.path.filter((part): part is string | number => typeof part !== 'symbol')
  const at: Spot = Array.isArray(spot) ? [...(spot as readonly (string | number)[]), ...path] : spot
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(path).map((name) => `\`${name}\``)
    return issue.keys.map((key) =>
      badDocument(at, 'key', key, `one of ${known.join(', ')}`, 'correct the key, or take it out'),
    )
  }
  const expected = expectationOf(issue)
  const actual = foundAt(issue, value)
  if (path.length === 0) return [badDocument(at, 'report', actual, expected)]
  const key = path.join('.')
  return [
    actual === undefined
      ? missingKey(at, key, expected)
      : badDocument(at, `\`${key}\``, actual, expected, `correct \`${key}\``),
  ]
}

/** The keys of the map at a path of a report: those of `run` are others than those of the whole. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType | undefined = Report
  for (const key of path) {
    const inner = withoutOptional(schema)
    schema =
      inner instanceof z.ZodArray ? inner.element : inner instanceof z.ZodObject ? inner.shape[String(key)] : undefined
  }
  const inner = withoutOptional(schema)
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
}

function withoutOptional(schema: z.core.$ZodType | undefined): z.core.$ZodType | undefined {
  return schema instanceof z.ZodOptional ? schema.unwrap() : schema
}
