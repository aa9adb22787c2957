import { describe, expect, test } from 'vitest'
import {
  CiText,
  Evidence,
  evidenceId,
  EvidenceId,
  Instant,
  isRetraction,
  Retraction,
  retractionId,
} from '#domain/evidence.ts'
import { observedRun, retractionOf } from '#tests/builders.ts'

describe('the id of a record', () => {
  const record = observedRun({ source: { repository: 'redis/redis', repositoryId: '156018' }, run: { jobId: '77' } })

  test('is a digest that does not change from one release of ours to the next', () => {
    expect(observedRun().id).toBe('ff593d84ce3556cebf34a7b9b3718b157b60a5be4181cc39e6d5537fd10c2070')
    expect(EvidenceId.safeParse(record.id).success).toBe(true)
  })

  test('depends on its identity', () => {
    const others = [
      { ...record, project: 'valkey' },
      { ...record, architecture: 'armv7' },
      { ...record, level: 'builds' as const },
      { ...record, source: { ...record.source, provider: 'gitlab' } },
      { ...record, source: { ...record.source, repositoryId: '1' } },
      { ...record, run: { ...record.run, id: '2' } },
      { ...record, run: { ...record.run, attempt: 2 } },
      { ...record, run: { ...record.run, jobId: '78' } },
    ]
    expect(new Set([record, ...others].map(evidenceId)).size).toBe(others.length + 1)
  })

  test('and on nothing else', () => {
    const others: Evidence[] = [
      { ...record, outcome: 'failed' },
      { ...record, execution: 'emulated' },
      { ...record, version: '8.2', commit: 'abc', os: 'windows', libc: 'musl', group: 'nightly', flaky: true },
      { ...record, observedAt: '2020-01-01T00:00:00Z', link: 'https://example.org/' },
      {
        ...record,
        counts: { passed: 1, failed: 2, skipped: 3 },
        reason: 'crash',
        metrics: [{ name: 'a', value: 1, unit: 's' }],
      },
      { ...record, provenance: { how: 'pulled', by: 'redis' } },
      // What outlives a rename goes before the name, the id of a job before its name.
      {
        ...record,
        source: {
          ...record.source,
          repository: 'valkey/redis',
          job: 'other',
          workflow: 'ci',
          event: 'push',
          ref: 'main',
        },
      },
    ]
    expect(new Set([record, ...others].map(evidenceId))).toEqual(new Set([record.id]))
  })

  test('cannot be had by moving text from one field to the next', () => {
    const one = observedRun({ source: { provider: 'a', repository: 'b","c' } })
    const other = observedRun({ source: { provider: 'a', repository: 'b' }, run: { id: 'c' } })
    expect(evidenceId(one)).not.toBe(evidenceId(other))
  })
})

describe('a retraction', () => {
  const record = observedRun()

  test('names one record, and its id says which: not who, and not why', () => {
    const one = retractionOf(record, { why: 'Wrong machine.', by: 'ada' })
    expect(one.id).toBe(retractionOf(record, { why: 'Another reason.' }).id)
    expect(one.id).not.toBe(retractionOf(observedRun({ run: { id: '2' } })).id)
    expect(one.id).not.toBe(retractionId({ ...one, project: 'valkey' }))
    expect(one.id).not.toBe(record.id)
  })

  test('is told from a run', () => {
    expect(isRetraction(retractionOf(record))).toBe(true)
    expect(isRetraction(record)).toBe(false)
  })

  test('must say why', () => {
    expect(Retraction.safeParse({ ...retractionOf(record), why: '' }).success).toBe(false)
  })
})

describe('text from a CI system', () => {
  const text = CiText(20)

  test.each(['test (arm64, 3.12)', '构建', '=cmd|calc', '<b>bold</b>', 'a'.repeat(20)])('may be %j', (value) => {
    expect(text.parse(value)).toBe(value)
  })

  test.each([
    ['nothing', ''],
    ['too long', 'a'.repeat(21)],
    ['two lines', 'one\ntwo'],
    ['a carriage return', 'one\rtwo'],
    ['a tab', 'one\ttwo'],
    ['an escape for terminals', '\u001b[31mred'],
    ['a null character', 'a\u0000b'],
    ['a C1 control character', 'a\u009bb'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['text that is turned around', 'a\u202egpj.exe'],
    ['an isolate', 'a\u2066b\u2069'],
    ['a byte order mark', '\ufeffa'],
    ['a number', 5],
  ])('is never %s', (_, value) => {
    expect(text.safeParse(value).success).toBe(false)
  })
})

describe('an instant', () => {
  test.each(['2026-11-02T10:20:30Z', '2024-02-29T00:00:00Z', '1970-01-01T23:59:59Z'])('is %s', (value) => {
    expect(Instant.parse(value)).toBe(value)
  })

  test.each([
    '2026-02-30T10:00:00Z',
    '2025-02-29T10:00:00Z',
    '2026-04-31T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-00-10T10:00:00Z',
    '2026-11-02T24:00:00Z',
    '2026-11-02T10:60:00Z',
    '2026-11-02T10:20:60Z',
    '2026-11-02T10:20:30.5Z',
    '2026-11-02T10:20:30+01:00',
    '2026-11-02T10:20:30',
    '2026-11-02',
    '+02026-11-02T10:20:30Z',
    '2026-11-02T10:20:30Z\n',
  ])('is not %j', (value) => {
    expect(Instant.safeParse(value).success).toBe(false)
  })
})

describe('a record', () => {
  test.each([
    ['with a key that nobody knows', { ...observedRun(), severity: 'high' }],
    ['of a level that does not exist', { ...observedRun(), level: 'shines' }],
    ['with an outcome of another system', { ...observedRun(), outcome: 'success' }],
    ['with an attempt before the first', { ...observedRun(), run: { id: '1', attempt: 0 } }],
    ['with less than nothing', { ...observedRun(), counts: { passed: -1, failed: 0, skipped: 0 } }],
    ['with a link that runs', { ...observedRun(), link: 'javascript:alert(1)' }],
    ['with a project that is a path', { ...observedRun(), project: '../redis' }],
    ['that is flaky, but not', { ...observedRun(), flaky: false }],
  ])('%s is refused', (_, value) => {
    expect(Evidence.safeParse(value).success).toBe(false)
  })
})
