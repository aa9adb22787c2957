import { describe, expect, test } from 'vitest'
import { asOf } from '#tests/builders.ts'
import { ageInWords, basisByAge, isOld, onDay } from '#views/age.ts'

describe('the age of a day', () => {
  test.each([
    ['2026-11-21', 'today'],
    ['2026-11-20', 'less than a month ago'],
    ['2026-10-22', 'less than a month ago'],
    ['2026-10-21', 'a month ago'],
    ['2025-11-21', '12 months ago'],
    ['2024-11-22', '23 months ago'],
    ['2024-11-21', '2 years ago'],
    ['2014-10-28', '12 years ago'],
    ['2014-11-22', '11 years ago'],
    ['2026-11', 'this month'],
    ['2026-10', 'a month ago'],
    ['2019-04', '7 years ago'],
    ['2026', 'this year'],
    ['2025', 'last year'],
    ['2015', 'about 11 years ago'],
    ['2026-11-22', ''],
    ['2027', ''],
  ])('%s was %s', (day, words) => {
    expect(ageInWords(day, asOf)).toBe(words)
  })

  test('the end of a month counts where the other month has no such day', () => {
    expect(ageInWords('2026-01-31', '2026-02-28T00:00:00Z')).toBe('a month ago')
  })
})

test('what is two years old is old', () => {
  expect(isOld('2024-11-21', asOf)).toBe(true)
  expect(isOld('2024-11-22', asOf)).toBe(false)
})

test('a statement loses its certainty as a claim does', () => {
  expect(basisByAge('2025-05-21', 'works', asOf)).toBe('stale')
  expect(basisByAge('2025-05-22', 'works', asOf)).toBe('claimed')
  expect(basisByAge('2025-11-21', 'in-progress', asOf)).toBe('stale')
})

test('a whole day is on, a month or a year is in', () => {
  expect([onDay('2014-10-28'), onDay('2019-04'), onDay('2015')]).toEqual([
    'on 28 October 2014',
    'in April 2019',
    'in 2015',
  ])
})
