import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Evidence } from '#domain/evidence.ts'
import { isPlainEvidence } from '#domain/plain-evidence.ts'
import { observedRun, propertyTimeout, runsOf } from '#tests/builders.ts'
import { anyEvidence } from './evidence-arbitraries.ts'

const numRuns = runsOf(3000)

const unusual = fc.constantFrom<unknown>(
  null,
  undefined,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.5,
  10_001,
  100_000_001,
  2 ** 53,
  NaN,
  Infinity,
  '',
  ' ',
  '1',
  'a b',
  '\u007f',
  '\n',
  'a\n',
  'é',
  '-a',
  'a'.repeat(64),
  'a'.repeat(65),
  'a'.repeat(81),
  'a'.repeat(251),
  'passed\n',
  'toString',
  '__proto__',
  [],
  ['passed'],
  ['1'],
  {},
  { length: 1 },
  { passed: 1, failed: 1, skipped: 1, errored: 1 },
  '1969-12-31T23:59:59Z',
  '2026-02-28T10:00:00Z',
  '2026-02-30T10:00:00Z',
  '2026-04-31T10:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-11-02T10:20:30Z\n',
)

const repeat = (times: number, text: string) => Array.from({ length: times }, () => text)

const label = fc
  .array(fc.constantFrom('a', 'b', 'c', '0', '9', '-', '--', 'xn--', '.'), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''))
const address = fc
  .tuple(
    fc.constantFrom(...repeat(9, 'https://'), 'http://', 'HTTPS://', 'https:/', 'javascript://', 'https://user@', '//'),
    fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
    fc.constantFrom(...repeat(9, '.com'), '.io', '.c', '.museum', '.c0m', '', '.com:8080', '.com.', '.1'),
    fc.constantFrom(
      ...repeat(9, '/'),
      '',
      '/a?b=c#d',
      '/%41',
      '/a b',
      '/../..',
      '//',
      '/@x:y',
      '/\\',
      '/é',
      `/${'a'.repeat(400)}`,
      `/${'a'.repeat(2000)}`,
      '/\n',
    ),
  )
  .map((parts) => parts.join(''))

const path = fc.constantFrom<readonly string[]>(
  ...Object.keys(Evidence.shape).map((key) => [key]),
  ...['provider', 'repository', 'job', 'ref', 'branch'].map((key) => ['source', key]),
  ...['id', 'attempt', 'jobId', 'number'].map((key) => ['run', key]),
  ...['passed', 'failed', 'skipped', 'other'].map((key) => ['counts', key]),
  ...['how', 'by', 'who'].map((key) => ['provenance', key]),
  ['constructor'],
  ['surprise'],
)

const plainRecord = fc
  .record(
    { version: fc.constantFrom('8.2', '9.0-rc1'), counts: fc.constant({ passed: 1, failed: 0, skipped: 2 }) },
    { requiredKeys: [] },
  )
  .map((changes) => observedRun(changes))

/** A record of which some values are others. */
const someValue: fc.Arbitrary<unknown> = fc
  .record({
    record: fc.oneof({ weight: 4, arbitrary: plainRecord }, { weight: 1, arbitrary: anyEvidence }),
    changes: fc.array(fc.tuple(path, fc.oneof(unusual, address, fc.string({ maxLength: 3 }))), { maxLength: 1 }),
    link: fc.option(address, { nil: undefined, freq: 1 }),
    without: fc.oneof({ weight: 4, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: path }),
  })
  .map(({ record, changes, link, without }) => {
    const value = new Map<string, unknown>(Object.entries(structuredClone(record)))
    if (link !== undefined) value.set('link', link)
    for (const [[key = '', inner], to] of changes)
      value.set(key, inner === undefined ? to : withValue(value.get(key), inner, to))
    if (without?.[0] !== undefined) value.delete(without[0])
    return Object.fromEntries(value)
  })

function withValue(map: unknown, key: string, value: unknown): unknown {
  return typeof map === 'object' && map !== null ? { ...map, [key]: value } : { [key]: value }
}

test(
  'what is called plain the schema accepts, and leaves as it is',
  () => {
    let [plain, refused] = [0, 0]
    fc.assert(
      fc.property(someValue, (value) => {
        if (!isPlainEvidence(value)) {
          refused += 1
          return
        }
        plain += 1
        const before = structuredClone(value)
        const parsed = Evidence.safeParse(value)
        expect(parsed.error).toBeUndefined()
        expect(parsed.data).toStrictEqual(before)
      }),
      { numRuns },
    )
    expect(plain).toBeGreaterThan(numRuns / 10)
    expect(refused).toBeGreaterThan(numRuns / 4)
  },
  propertyTimeout,
)

describe('the fast way', () => {
  test('is taken by a usual record', () => {
    expect(isPlainEvidence(observedRun())).toBe(true)
    const whole = observedRun({
      version: '8.2',
      commit: 'abc',
      group: 'nightly',
      counts: { passed: 1, failed: 0, skipped: 0 },
      run: { jobId: '7' },
    })
    expect(isPlainEvidence(whole)).toBe(true)
  })

  test.each([
    ['a key of its own', { ...observedRun(), extra: 1 }],
    ['a key of its own inside', { ...observedRun(), run: { id: '1', attempt: 1, extra: 1 } }],
    ['a value that is there but undefined', { ...observedRun(), version: undefined }],
    ['a host that ends a label with a hyphen', { ...observedRun(), link: 'https://a-.example.com/' }],
    ['a host in Punycode that may be none', { ...observedRun(), link: 'https://xn--a.com/' }],
    ['a day that not every month has', { ...observedRun(), observedAt: '2026-02-30T10:00:00Z' }],
    ['what only metrics say', observedRun({ metrics: [{ name: 'time', value: 1, unit: 's' }] })],
  ])('is not taken by %s', (_, value) => {
    expect(isPlainEvidence(value)).toBe(false)
  })
})
