import { describe, expect, test } from 'vitest'
import { parseDocument } from '#ingest/document.ts'
import { parseLocaleCount, parseLocaleNumber } from '#ingest/locale-number.ts'
import { addCounts, outcomeOfCounts, runIdOfContent, testTime, totalOf } from '#ingest/test-counts.ts'

test('one failed test makes a report failed', () => {
  expect(outcomeOfCounts({ passed: 400, failed: 1, skipped: 3 })).toEqual({
    outcome: 'failed',
    counts: { passed: 400, failed: 1, skipped: 3 },
  })
})

test('a report in which no test was executed is skipped, not passed', () => {
  expect(outcomeOfCounts({ passed: 0, failed: 0, skipped: 7 })).toMatchObject({
    outcome: 'skipped',
    reason: 'no-tests',
  })
  expect(outcomeOfCounts({ passed: 1, failed: 0, skipped: 7 })).not.toHaveProperty('reason')
})

test('counts add up', () => {
  const sum = addCounts({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 })
  expect(sum).toEqual({ passed: 11, failed: 22, skipped: 33 })
  expect(totalOf(sum)).toBe(66)
})

test('the run of a report is the digest of its text, so that reading it twice is one observation', () => {
  expect(runIdOfContent(parseDocument('abc'))).toBe(
    'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

test('two lines of JSON Lines, which come without their text, are two runs', () => {
  const [one, other] = [{ a: 1 }, { a: 2 }].map((json) => runIdOfContent({ text: '', json }))
  expect(one).not.toBe(other)
})

test.each([undefined, 0, 0.0004, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e12])(
  '%s seconds is no test time',
  (seconds) => {
    expect(testTime(seconds)).toEqual({})
  },
)

test('a test time is kept to the millisecond', () => {
  expect(testTime(0.1 + 0.2)).toEqual({ metrics: [{ name: 'test time', value: 0.3, unit: 's' }] })
})

describe('numbers of a locale', () => {
  test.each([
    ['1.5', 1.5],
    [' 12 ', 12],
    ['.5', 0.5],
    ['1.234', 1.234],
    ['1e-3', 0.001],
    ['1,234.5', 1234.5],
    ['1,234,567.25', 1234567.25],
    ['1.234,5', 1234.5],
    ['1\u202f234,5', 1234.5],
    ["1'234.5", 1234.5],
    ['0,234', 0.234],
    ['12,5', 12.5],
    ['1,234,567', 1234567],
  ])('%s is %d', (text, value) => {
    expect(parseLocaleNumber(text)).toBe(value)
  })

  test.each(['1,234', '', '-1', 'NaN', 'Infinity', '0x10', '1.2.3', '1,2,3', '9'.repeat(41), '1e999', '1 e3'])(
    '`%s` has no single reading',
    (text) => {
      expect(parseLocaleNumber(text)).toBeUndefined()
    },
  )

  test.each([
    ['0', 0],
    ['1,234', 1234],
    ['1.234', 1234],
    ['1 234 567', 1234567],
  ])('as a count, %s is %d', (text, value) => {
    expect(parseLocaleCount(text)).toBe(value)
  })

  test.each(['', '1.5', '-1', '12,34', '1e3', '9'.repeat(13)])('`%s` is no count', (text) => {
    expect(parseLocaleCount(text)).toBeUndefined()
  })
})
