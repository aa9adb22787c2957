import { expect, test } from 'vitest'
import { Event } from '#domain/event.ts'

const accepts = (start: string, end: string) => Event.safeParse({ name: 'A conference', start, end }).success

test('an event ends on the day on which it starts, or later', () => {
  expect(accepts('2026-05-12', '2026-05-12')).toBe(true)
  expect(accepts('2026-05-12', '2026-05-13')).toBe(true)
  expect(accepts('2026-05-12', '2026-05-11')).toBe(false)
})

test('an end that is only a month or a year may still be after the start', () => {
  expect(accepts('2026-05-12', '2026-05')).toBe(true)
  expect(accepts('2026-05-12', '2026')).toBe(true)
  expect(accepts('2026-05', '2026-04')).toBe(false)
  expect(accepts('2026-05-12', '2025')).toBe(false)
})
