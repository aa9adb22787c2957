import { describe, expect, test } from 'vitest'
import { addDays } from '#domain/day.ts'
import type { Evidence } from '#domain/evidence.ts'
import { freshForDays, weigh } from '#domain/verdict.ts'
import { observedRun } from '#tests/builders.ts'
import { exampleDay } from './evidence-arbitraries.ts'

let nextRun = 1000
type Changes = Parameters<typeof observedRun>[0]

/** A run so many days ago. */
function ago(days: number, changes: Changes = {}): Evidence {
  nextRun += 1
  return observedRun({
    observedAt: `${addDays(exampleDay, -days)}T10:00:00Z`,
    run: { id: String(nextRun) },
    ...changes,
  })
}

const failedTwice = (days: number, changes: Changes = {}) => [
  ago(days + 1, { outcome: 'failed', ...changes }),
  ago(days, { outcome: 'failed', ...changes }),
]

const weighed = (records: readonly Evidence[]) => weigh(records, [], undefined, exampleDay)

describe('runs against each other', () => {
  test('nothing shows nothing', () => {
    expect(weighed([])).toMatchObject({ shown: 'nothing', witnesses: [], pending: [], flaky: false })
  })

  test('what starts natively works, what starts under emulation is emulated, all else is available', () => {
    expect(weighed([ago(1, { level: 'starts' })])).toMatchObject({
      shown: 'works',
      level: 'starts',
      execution: 'native',
    })
    expect(weighed([ago(1, { execution: 'emulated' })])).toMatchObject({ shown: 'emulated', execution: 'emulated' })
    expect(weighed([ago(1, { execution: 'cross' })]).shown).toBe('available')
    expect(weighed([ago(1, { execution: 'unknown', level: 'available' })])).not.toHaveProperty('execution')
  })

  test('the highest level is what it shows, with the newest run of it', () => {
    const tested = [ago(50), ago(30, { source: { job: 'other' } })]
    const { level, witnesses } = weighed([...tested, ago(1, { level: 'starts' })])
    expect(level).toBe('tested')
    expect(witnesses).toEqual([tested[1]])
  })

  test('an old run of a higher level gives way to a fresh one', () => {
    const fresh = ago(1, { level: 'starts' })
    expect(weighed([ago(freshForDays + 1), fresh])).toMatchObject({ level: 'starts', witnesses: [fresh] })
    expect(weighed([ago(freshForDays + 1), ago(freshForDays + 9, { level: 'starts' })]).level).toBe('tested')
  })

  test('is fresh for as long as the newest run that shows the same', () => {
    expect(weighed([ago(100), ago(10, { level: 'starts' })]).staleOn).toBe(addDays(exampleDay, -10 + freshForDays + 1))
    expect(weighed([ago(100), ago(10, { level: 'builds' })]).staleOn).toBe(addDays(exampleDay, -100 + freshForDays + 1))
  })
})

describe('two native failures', () => {
  test('break a cell, and both are its witnesses, the newest first', () => {
    const failures = failedTwice(1)
    expect(weighed(failures)).toMatchObject({ shown: 'broken', witnesses: [...failures].reverse() })
  })

  test('at a higher level than what starts make it partial', () => {
    const starts = ago(5, { level: 'starts' })
    const verdict = weighed([...failedTwice(1), starts])
    expect(verdict).toMatchObject({ shown: 'partial', level: 'starts' })
    expect(verdict.witnesses[2]).toBe(starts)
  })

  test('are answered by a newer native pass of another job at that level', () => {
    const pass = (changes: Changes) =>
      weighed([...failedTwice(5), ago(1, { source: { job: 'other' }, ...changes })]).shown
    expect(pass({})).toBe('works')
    expect(pass({ level: 'starts' })).toBe('partial')
    expect(pass({ level: 'builds' })).toBe('broken')
    expect(pass({ execution: 'emulated' })).toBe('broken')
  })

  test('are not answered by an older one, nor by one of an older version', () => {
    expect(weighed([ago(9, { source: { job: 'other' } }), ...failedTwice(1)]).shown).toBe('partial')
    const newer = failedTwice(5, { version: '8.10' })
    expect(weighed([...newer, ago(1, { source: { job: 'other' }, version: '8.9' })]).shown).toBe('partial')
    expect(weighed([...newer, ago(1, { source: { job: 'other' }, version: '8.11' })]).shown).toBe('works')
  })

  test('to build take away what started before', () => {
    expect(weighed([ago(9, { level: 'starts' }), ...failedTwice(1, { level: 'builds' })]).shown).toBe('broken')
    expect(weighed([...failedTwice(5, { level: 'builds' }), ago(1, { level: 'starts' })]).shown).toBe('works')
  })

  test('that are old keep blocking: they do not vanish', () => {
    const verdict = weighed(failedTwice(freshForDays + 50))
    expect(verdict.shown).toBe('broken')
    expect(verdict.staleOn).toBe(addDays(exampleDay, -49))
  })

  test.each([
    ['under emulation', { execution: 'emulated' }],
    ['of a cross build', { execution: 'cross' }],
    ['to find a package', { level: 'available' }],
  ] as const)('%s are no verdict', (_, changes) => {
    expect(weighed(failedTwice(1, changes)).shown).toBe('nothing')
  })
})

test('what failed once is pending, the newest first, in whatever order it is read', () => {
  const [older, newer] = [ago(9, { outcome: 'failed' }), ago(1, { outcome: 'failed', source: { job: 'other' } })]
  expect(weighed([older, newer]).pending).toEqual([newer, older])
  expect(weighed([newer, older]).pending).toEqual([newer, older])
})
