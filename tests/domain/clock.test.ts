import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseClock, parseEpoch, toInstant } from '#domain/clock.ts'
import { runsOf } from '#tests/builders.ts'

describe('the clock', () => {
  test('takes a day for its end, UTC', () => {
    expect(parseClock('2026-11-21')).toBe('2026-11-21T23:59:59Z')
  })

  test('takes instants of any offset, in whole seconds', () => {
    expect(parseClock('2026-11-21T12:00:00Z')).toBe('2026-11-21T12:00:00Z')
    expect(parseClock('2026-11-21T12:00Z')).toBe('2026-11-21T12:00:00Z')
    expect(parseClock('2026-11-21T12:00:00.999Z')).toBe('2026-11-21T12:00:00Z')
    expect(parseClock('2026-11-21T01:00:00+02:00')).toBe('2026-11-20T23:00:00Z')
  })

  test('takes seconds since 1970, as SOURCE_DATE_EPOCH has them', () => {
    expect(parseClock('1795000000')).toBe('2026-11-18T11:06:40Z')
  })

  test('does not take a day without hyphens for seconds', () => {
    expect(parseClock('20261121')).toBeUndefined()
  })

  test.each([
    ...['', ' ', 'today', '2026', '2026-11', '2026-02-30', '2026-02-30T12:00:00Z', '2026-11-21T12:00:00', '-1'],
    ...['2026-11-21T25:00:00Z', '2026-11-21T12:00:00+99:00', '123456789012', '1e10', '2026-11-21 ', '2026-11-21T12Z'],
    ...['0000-01-01T00:00:00+01:00', '9999-12-31T23:59:59-01:00'],
  ])('does not understand %j', (text) => {
    expect(parseClock(text)).toBeUndefined()
  })

  test('understands what it says, and never throws', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:\d\d|Z)$/)),
        (text) => {
          const instant = parseClock(text)
          if (instant === undefined) return
          expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
          expect(parseClock(instant)).toBe(instant)
          expect(toInstant(Date.parse(instant))).toBe(instant)
        },
      ),
      { numRuns: runsOf(500) },
    )
  })
})

test('the epoch of a source may be any number of seconds', () => {
  expect(parseEpoch('0')).toBe('1970-01-01T00:00:00Z')
  expect(parseEpoch('86400')).toBe('1970-01-02T00:00:00Z')
  expect(parseEpoch('20261121')).toBe('1970-08-23T12:05:21Z')
  expect(parseEpoch('-1')).toBeUndefined()
  expect(parseEpoch('soon')).toBeUndefined()
})
