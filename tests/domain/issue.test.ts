import { describe, expect, test } from 'vitest'
import { isPublic, Issue } from '#domain/issue.ts'
import { issue } from '#tests/builders.ts'

describe('an issue is public', () => {
  test.each([
    ['draft', '2026-05-12', undefined, false],
    ['withdrawn', '2026-05-12', undefined, false],
    ['published', '2026-05-12', undefined, true],
    ['published', '2026-11-22', undefined, false],
    ['published', '2026-11-21T11:59:59Z', undefined, true],
    ['published', '2026-11-21T12:00:00Z', undefined, true],
    ['published', '2026-11-21T12:00:01Z', undefined, false],
    ['published', '2026-11-21T14:00:00+02:00', undefined, true],
    ['published', '2026-11-21T11:00:00-02:00', undefined, false],
    ['published', '2026-05-12', '2026-11-22', false],
    ['published', '2026-11-22', '2026-05-12', true],
    ['draft', '2026-05-12', '2026-05-12', false],
  ] as const)('%s, of %s, to be published at %s: %s', (state, date, publishAt, expected) => {
    const its = issue({ state, date, ...(publishAt === undefined ? {} : { publishAt }) })
    expect(isPublic(its, '2026-11-21T12:00:00Z')).toBe(expected)
  })

  test('from its day on, and never again hidden by time', () => {
    const its = issue({ date: '2026-11-21' })
    expect(isPublic(its, '2026-11-20T23:59:59Z')).toBe(false)
    expect(isPublic(its, '2026-11-21T00:00:00Z')).toBe(true)
    expect(isPublic(its, '2126-11-21T00:00:00Z')).toBe(true)
  })
})

describe('an issue', () => {
  test('has a whole number', () => {
    expect(issue({ number: '17' }).number).toBe(17)
    for (const number of ['', '-1', '1.5', '01', '1e3', 'one', '9999999999']) {
      expect(Issue.shape.number.safeParse(number).success, number).toBe(false)
    }
  })
})
