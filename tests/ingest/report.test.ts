import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainReport, ownReport, Report } from '#ingest/report.ts'
import { parseDocument } from '#ingest/document.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const plain = {
  schema: 'works-on-arm/report@1',
  project: 'redis',
  architecture: 'arm64',
  version: '8.2.1',
  level: 'tested',
  outcome: 'passed',
  execution: 'native',
  observedAt: '2026-11-02T10:20:30Z',
  link: 'https://ci.example.org/runs/1',
  run: { provider: 'github-actions', repository: 'redis/redis', id: '1234567', attempt: 1, job: 'test (arm64)' },
  counts: { passed: 412, failed: 0, skipped: 0 },
}

const adapt = (value: unknown) => ownReport.adapt(parseDocument(JSON.stringify(value)))

test('a run in which no test ran shows nothing', () => {
  const { results } = adapt({ ...plain, counts: { passed: 0, failed: 0, skipped: 12 } })
  expect(results).toMatchObject([{ outcome: 'skipped', reason: 'no-tests' }])
})

test('a run whose tests failed has failed, at whatever level and whatever else it says of itself', () => {
  const counts = { passed: 411, failed: 1, skipped: 0 }
  for (const level of ['tested', 'starts', 'builds']) {
    expect(adapt({ ...plain, level, counts }).results).toMatchObject([{ outcome: 'failed', counts }])
  }
  // What decides nothing is left as it is.
  for (const outcome of ['infra', 'cancelled', 'skipped']) {
    expect(adapt({ ...plain, outcome, counts }).results).toMatchObject([{ outcome }])
  }
})

test('a run is native where nobody says otherwise, and an image does not run', () => {
  const { execution: _, ...silent } = plain
  expect(adapt(silent).results[0]?.execution).toBe('native')
  expect(adapt({ ...silent, level: 'available' }).results[0]).not.toHaveProperty('execution')
})

test('times are kept as whole seconds, UTC', () => {
  expect(adapt({ ...plain, observedAt: '2026-11-02T12:20:30.123+02:00' }).results[0]?.observedAt).toBe(plain.observedAt)
})

test('a report without a run is the same observation each time it is sent', () => {
  const { run: _, ...silent } = plain
  expect(adapt(silent).results).toEqual(adapt(silent).results)
  expect(adapt(silent).results[0]?.runId).toContain(plain.link)
})

test('problems stand where the value stands', () => {
  expect(adapt([plain, { ...plain, counts: { passed: -1, failed: 0, skipped: 0 } }]).problems).toMatchObject([
    { code: 'bad-document', spot: [1, 'counts', 'passed'], actual: '-1' },
  ])
})

/** A report with some of its values replaced by unusual ones. */
const unusual = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    0,
    1.5,
    -1,
    1e20,
    true,
    [],
    {},
    'x'.repeat(500),
    'é',
    '\u202e',
    '2026-02-30T10:20:30Z',
  ),
  fc.string(),
  fc.webUrl(),
)
const mutated = fc
  .record({
    at: fc.constantFrom(...Object.keys(plain), 'extra', 'run.id', 'run.attempt', 'run.extra', 'counts.passed'),
    value: unusual,
    drop: fc.boolean(),
  })
  .map(({ at, value, drop }) => {
    const copy = structuredClone(plain) as Record<string, unknown>
    const [outer = '', inner] = at.split('.')
    const target = inner === undefined ? copy : (copy[outer] as Record<string, unknown>)
    if (drop) Reflect.deleteProperty(target, inner ?? outer)
    else target[inner ?? outer] = value
    return copy
  })

test(
  'whatever the fast way in takes, the schema takes too, and leaves as it is',
  () => {
    let taken = 0
    fc.assert(
      fc.property(mutated, (report) => {
        if (!isPlainReport(report)) return
        taken += 1
        expect(Report.parse(report)).toEqual(report)
      }),
      { numRuns: runsOf(2000) },
    )
    expect(taken).toBeGreaterThan(50)
    expect(isPlainReport(plain)).toBe(true)
  },
  propertyTimeout,
)
