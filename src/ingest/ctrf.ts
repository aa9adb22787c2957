/** Common Test Report Format 1.0, https://ctrf.io: our recommended test report. */
import { z } from 'zod'
import { CiText, type Counts } from '#domain/evidence.ts'
import { WebLink } from '#domain/link.ts'
import type { Adapted, Adapter, CiResult, Spot } from './adapter.ts'
import type { CiDocument } from './document.ts'
import { toUtcSeconds } from './instant.ts'
import { badDocument, unknownOutcome } from './problems.ts'
import {
  countsDisagree,
  maximumTests,
  outcomeOfCounts,
  runIdOfContent,
  testTime,
  tooManyTests,
  totalOf,
} from './test-counts.ts'

export const ctrf: Adapter = {
  name: 'ctrf',
  title: 'CTRF: a test report in the Common Test Report Format',
  recognises: ({ json }) => Format.safeParse(json).success,
  adapt: adaptReport,
}

const Format = z.object({ reportFormat: z.literal('CTRF') })

const Test = z.object({ status: z.unknown().optional(), flaky: z.unknown().optional() })
const Time = z.number().optional().catch(undefined)
const Count = z.number().int().min(0).optional().catch(undefined)

const Summary = z.object({ tests: Count, passed: Count, failed: Count, start: Time, stop: Time }).catch({})

/** The format has no field for an architecture, and allows no unknown key but in `extra`. */
const Extra = z.object({
  'works-on-arm': z
    .object({ architecture: CiText(64).optional().catch(undefined) })
    .optional()
    .catch(undefined),
})

const Environment = z
  .object({
    appVersion: CiText(80).optional().catch(undefined),
    commit: CiText(64).optional().catch(undefined),
    buildUrl: WebLink.optional().catch(undefined),
    osPlatform: CiText(40).optional().catch(undefined),
    healthy: z.boolean().optional().catch(undefined),
    extra: Extra.optional().catch(undefined),
  })
  .catch({})

const Report = Format.extend({
  results: z.object({ summary: Summary, tests: z.array(z.unknown()), environment: Environment.optional() }),
})

const statuses = ['passed', 'failed', 'skipped', 'pending', 'other'] as const
const Status = z.enum(statuses)

function adaptReport(document: CiDocument): Adapted {
  const report = Report.safeParse(document.json)
  if (!report.success) {
    const issue = report.error.issues[0]
    return nothing([
      badDocument(spotOf(issue?.path ?? []), 'report', undefined, 'a CTRF report: `results.tests` is a list'),
    ])
  }
  const { summary, tests, environment } = report.data.results
  if (tests.length > maximumTests) return nothing([tooManyTests(['results', 'tests'])])

  const counts: Counts = { passed: 0, failed: 0, skipped: 0 }
  let flaky = false
  for (const [index, value] of tests.entries()) {
    const test = Test.safeParse(value)
    const spot: Spot = ['results', 'tests', index]
    if (!test.success) return nothing([badDocument(spot, 'test', value, 'an object with a status')])
    const status = Status.safeParse(test.data.status)
    if (!status.success) return nothing([unknownOutcome([...spot, 'status'], 'status', test.data.status, statuses)])
    // `other` is neither: what the tool could not say is not counted as run.
    if (status.data === 'passed') counts.passed += 1
    else if (status.data === 'failed') counts.failed += 1
    else counts.skipped += 1
    if (status.data === 'passed' && test.data.flaky === true) flaky = true
  }

  const result: CiResult = {
    ...outcomeOfCounts(counts),
    runId: runIdOfContent(document),
    level: 'tested',
    ...(flaky ? { flaky: true } : {}),
    ...timesOf(summary),
    ...(environment ? factsOf(environment) : {}),
    spot: ['results'],
  }
  // Tests that fail where the environment was not fit for them say nothing about the software.
  const excused = environment?.healthy === false && result.outcome === 'failed'
  return {
    results: [excused ? { ...result, outcome: 'infra', reason: 'setup' } : result],
    problems: disagreementsOf(summary, counts),
    ignored: 0,
  }
}

function timesOf({ start, stop }: z.infer<typeof Summary>): Pick<CiResult, 'observedAt' | 'metrics'> {
  const observedAt = toUtcSeconds(stop)
  return {
    ...(observedAt === undefined ? {} : { observedAt }),
    ...testTime(start && stop && stop >= start ? (stop - start) / 1000 : undefined),
  }
}

function factsOf({ appVersion, commit, buildUrl, osPlatform, extra }: z.infer<typeof Environment>): Partial<CiResult> {
  const architecture = extra?.['works-on-arm']?.architecture
  const os = osPlatform === undefined ? undefined : osOfPlatform(osPlatform)
  return {
    ...(architecture === undefined ? {} : { architecture }),
    ...(appVersion === undefined ? {} : { version: appVersion }),
    ...(commit === undefined ? {} : { commit }),
    ...(buildUrl === undefined ? {} : { link: buildUrl }),
    ...(os === undefined ? {} : { os }),
  }
}

/** Node's words, which most reporters pass on. Undefined for Linux, and for what is no such word. */
function osOfPlatform(platform: string): string | undefined {
  switch (platform.toLowerCase()) {
    case 'darwin':
    case 'macos':
      return 'macos'
    case 'win32':
    case 'windows':
      return 'windows'
    case 'freebsd':
      return 'freebsd'
    default:
      return undefined
  }
}

function disagreementsOf({ tests, passed, failed }: z.infer<typeof Summary>, counts: Counts) {
  const stated: readonly [string, number | undefined, number][] = [
    ['tests', tests, totalOf(counts)],
    ['passed', passed, counts.passed],
    ['failed', failed, counts.failed],
  ]
  const [key, said, counted] = stated.find(([, value, real]) => value !== undefined && value !== real) ?? []
  if (key === undefined) return []
  return [countsDisagree(['results', 'summary', key], `${key}: ${String(said)}`, `${key}: ${String(counted)}`)]
}

function nothing(problems: Adapted['problems']): Adapted {
  return { results: [], problems, ignored: 0 }
}

function spotOf(path: readonly PropertyKey[]): Spot {
  return path.map((key) => (typeof key === 'symbol' ? '' : key))
}
