import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isPlainReport, ownReport, Report } from '#ingest/report.ts'
import { parseDocument } from '#ingest/document.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { shapesOfJson, wordsOfZod, wrongShapesOf } from '#tests/wrong-shapes.ts'

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

test.each([
  [{ ...plain, version: 8.2 }, 'Unexpected `version` `8.2`, expected text.'],
  [{ ...plain, run: { ...plain.run, id: 123 } }, 'Unexpected `run.id` `123`, expected text.'],
  [{ ...plain, run: { ...plain.run, attempt: '2' } }, 'Unexpected `run.attempt` `"2"`, expected a number.'],
  [{ ...plain, run: { ...plain.run, attempt: 1.5 } }, 'Unexpected `run.attempt` `1.5`, expected a whole number.'],
  [{ ...plain, counts: { ...plain.counts, passed: -1 } }, 'Unexpected `counts.passed` `-1`, expected a number from 0.'],
  [{ ...plain, metrics: [] }, 'Unexpected `metrics` `[]`, expected at least 1 of them.'],
  [{ ...plain, flaky: 'yes' }, 'Unexpected `flaky` `"yes"`, expected `true` or `false`.'],
  [{ ...plain, observedAt: undefined }, 'Missing `observedAt`, expected an instant such as `2026-11-02T10:20:30Z`.'],
  [{ ...plain, run: {} }, 'Missing `run.id`, expected text.'],
  [{ ...plain, level: undefined }, 'Missing `level`, expected one of `available`, `builds`, `starts`, `tested`.'],
  [
    { ...plain, link: undefined },
    'Missing `link`, expected a link that starts with `https://` or `http://`, or a path of this site such as `/notes/page-size/`.',
  ],
  [{ ...plain, level: 'all' }, 'Unexpected `level` `all`, expected one of `available`, `builds`, `starts`, `tested`.'],
  [5, 'Unexpected report `5`, expected a map of keys and values.'],
])('a report with a wrong shape is told in our own words: %#', (value, reason) => {
  expect(adapt([plain, value]).problems.map((problem) => problem.reason)).toEqual([reason])
})

test.each([
  [
    { ...plain, counts: { ...plain.counts, passd: 1 } },
    ['Unexpected key `passd`, expected one of `passed`, `failed`, `skipped`.'],
  ],
  [
    { ...plain, metrics: [{ name: 'size', value: 1, unit: 'MB', of: 'x' }] },
    ['Unexpected key `of`, expected one of `name`, `value`, `unit`.'],
  ],
  [
    { ...plain, artifact: { name: 'redis', tag: '8', size: 1 } },
    [
      'Unexpected key `tag`, expected one of `name`, `digest`.',
      'Unexpected key `size`, expected one of `name`, `digest`.',
    ],
  ],
  [
    { ...plain, run: { ...plain.run, jobb: 'x' } },
    [
      'Unexpected key `jobb`, expected one of `provider`, `repository`, `repositoryId`, `workflow`, `id`, `attempt`, `job`, `jobId`.',
    ],
  ],
])('an unknown key is told with those of the map that it stands in: %#', (value, reasons) => {
  expect(adapt([value]).problems.map((problem) => problem.reason)).toEqual(reasons)
})

test('zod has no word in what is told of a report, whatever its shape', () => {
  const full = { ...plain, artifact: { name: 'redis' }, flaky: true, metrics: [{ name: 'size', value: 1, unit: 'MB' }] }
  let told = 0
  for (const wrong of wrongShapesOf(full, shapesOfJson)) {
    for (const { reason, expected } of adapt([plain, wrong]).problems) {
      expect(`${reason}\n${expected}`).not.toMatch(wordsOfZod)
      told += 1
    }
  }
  expect(told).toBeGreaterThan(500)
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
