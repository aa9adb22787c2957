import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isRetraction, type StoredRecord } from '#domain/evidence.ts'
import { compareRecords, parseRecord, serializeRecord } from '#domain/evidence-text.ts'
import { compareText } from '#domain/problem.ts'
import { observedRun, propertyTimeout, retractionOf, runsOf } from '#tests/builders.ts'
import { anyRecord } from './evidence-arbitraries.ts'

const numRuns = runsOf(400)

describe('a record as text', () => {
  test('may have the mark before it with which some editors begin a file', () => {
    const line = serializeRecord(observedRun())
    expect(parseRecord(`\uFEFF${line}`)).toEqual(parseRecord(line))
  })

  test(
    'is read as the record that was written, and written as the text that was read',
    () => {
      let retractions = 0
      fc.assert(
        fc.property(anyRecord, (record) => {
          const line = serializeRecord(record)
          const { record: read, bad } = parseRecord(line)
          expect(bad).toBeUndefined()
          expect(read).toEqual(record)
          expect(serializeRecord(read as StoredRecord)).toBe(line) // a record: nothing is bad
          expect(line).not.toMatch(/[\n\r]/)
          if (isRetraction(record)) retractions += 1
        }),
        { numRuns },
      )
      expect(retractions).toBeGreaterThan(numRuns / 20)
    },
    propertyTimeout,
  )

  test(
    'does not depend on the order of its keys',
    () => {
      fc.assert(
        fc.property(anyRecord, (record) => {
          expect(serializeRecord(withKeysReversed(record) as StoredRecord)).toBe(serializeRecord(record)) // the same keys and values
        }),
        { numRuns },
      )
    },
    propertyTimeout,
  )

  test('has its keys in the order of the schema', () => {
    const record = observedRun({ version: '8.2', counts: { skipped: 0, failed: 0, passed: 4 }, flaky: true })
    expect(serializeRecord(record)).toBe(
      `{"schema":1,"id":"${record.id}","project":"redis","architecture":"arm64","version":"8.2","level":"tested","outcome":"passed","execution":"native",` +
        '"source":{"provider":"github-actions","repository":"redis/redis","job":"test"},"run":{"id":"1","attempt":1},' +
        '"observedAt":"2026-11-02T10:20:30Z","link":"https://ci.example.org/runs/1","counts":{"passed":4,"failed":0,"skipped":0},"flaky":true,"provenance":{"how":"imported"}}',
    )
  })
})

describe('a store', () => {
  test(
    'of the same records has the same text, in whatever order and portions they came',
    () => {
      const portions = fc
        .array(anyRecord, { maxLength: 12 })
        .map((records) => [
          ...records,
          ...records.slice(0, 3).map((record) => retractionOf({ ...observedRun(), id: record.id }, { why: record.id })),
        ])
        .chain((records) =>
          fc.record({
            records: fc.constant(records),
            shuffled: fc.shuffledSubarray(records, { minLength: records.length, maxLength: records.length }),
            cut: fc.nat({ max: 12 }),
          }),
        )
      fc.assert(
        fc.property(portions, ({ records, shuffled, cut }) => {
          const inTwoPortions = textOf([...linesOf(shuffled.slice(0, cut)), ...linesOf(shuffled.slice(cut))])
          expect(inTwoPortions).toBe(textOf(records.map(serializeRecord)))
          expect(textOf(linesOf([...shuffled, ...records]))).toBe(inTwoPortions)
        }),
        { numRuns: numRuns / 2 },
      )
    },
    propertyTimeout,
  )

  test('is in the order of architectures, then of time, and what takes back stands at its end', () => {
    const runs = [
      observedRun({ architecture: 'amd64', observedAt: '2026-11-02T00:00:00Z' }),
      observedRun({ observedAt: '2026-11-01T00:00:00Z' }),
      observedRun({ observedAt: '2026-11-03T00:00:00Z', run: { id: '2' } }),
    ]
    const records = [...runs, retractionOf(observedRun({ architecture: 'aaa' }))]
    expect([...records].reverse().sort(compareRecords)).toEqual(records)
  })
})

/** The lines of a store, as it was read and written again. */
function linesOf(records: readonly StoredRecord[]): string[] {
  return records.flatMap((record) => {
    const { record: read } = parseRecord(serializeRecord(record))
    return read ? [serializeRecord(read)] : []
  })
}

/** Records that contradict each other about one run are told apart by their text. */
function textOf(lines: readonly string[]): string {
  const records = [...new Set(lines)].flatMap((line) => {
    const { record } = parseRecord(line)
    return record ? [{ record, line }] : []
  })
  return records
    .sort((a, b) => compareRecords(a.record, b.record) || compareText(a.line, b.line))
    .map(({ line }) => line)
    .join('\n')
}

function withKeysReversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withKeysReversed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, withKeysReversed(inner)]),
  )
}

describe('a line that is no record', () => {
  const line = serializeRecord(observedRun())

  test.each([
    ['half a line', line.slice(0, 100), 'not-json', []],
    ['an empty line', '', 'not-json', []],
    ['another value', '5', 'bad-record', []],
    ['null', 'null', 'bad-record', []],
    ['a list', '[]', 'bad-record', []],
    ['an unknown word', line.replace('passed', 'success'), 'bad-record', ['outcome']],
    ['a wrong type', line.replace('"attempt":1', '"attempt":"1"'), 'bad-record', ['run', 'attempt']],
    ['a key of its own', line.replace('{"schema"', '{"severity":1,"schema"'), 'bad-record', []],
    ['another identity', line.replace('redis/redis', 'valkey/valkey'), 'id-differs', ['id']],
    [
      'a retraction without a reason',
      serializeRecord(retractionOf(observedRun())).replace(/"why":"[^"]*"/, '"why":""'),
      'bad-record',
      ['why'],
    ],
    [
      'another retraction',
      serializeRecord(retractionOf(observedRun())).replace('redis', 'valkey'),
      'id-differs',
      ['id'],
    ],
  ])('says so: %s', (_, text, problem, path) => {
    expect(parseRecord(text).bad).toMatchObject({ problem, path })
  })

  test('is not made good by a prototype', () => {
    const { id, ...rest } = observedRun()
    expect(parseRecord(`{"__proto__":${JSON.stringify(rest)},"id":"${id}"}`).record).toBeUndefined()
    expect(
      parseRecord(line.replace('{"schema"', '{"__proto__":{"retracts":1},"schema"')).record ?? {},
    ).not.toHaveProperty('retracts')
  })

  test(
    'never throws',
    () => {
      const change = fc.record({ at: fc.nat(), length: fc.nat({ max: 8 }), by: fc.string({ maxLength: 4 }) })
      let bad = 0
      fc.assert(
        fc.property(fc.oneof(anyRecord.map(serializeRecord), fc.json()), change, (text, { at, length, by }) => {
          const start = at % (text.length + 1)
          const { record } = parseRecord(text.slice(0, start) + by + text.slice(start + length))
          if (record === undefined) bad += 1
          else expect(parseRecord(serializeRecord(record)).record).toEqual(record)
        }),
        { numRuns },
      )
      expect(bad).toBeGreaterThan(numRuns / 2)
      for (const deep of ['['.repeat(200_000), `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`]) {
        expect(parseRecord(deep).bad).toBeDefined()
      }
    },
    propertyTimeout,
  )
})
