import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changesOf, unexplainedChangesOf, type ChangeOf } from '#domain/changes.ts'
import { derive, type Standing } from '#domain/derive.ts'
import { asOf, claim, observedRun, runsOf } from '#tests/builders.ts'

const tellingOf = (claims: Parameters<typeof changesOf>[1], clock = asOf) =>
  changesOf([], claims, clock).map(({ on, from, to, direction }) => [
    on,
    `${from.support} → ${to.support}`,
    to.basis,
    direction,
  ])

describe('the changes of a cell', () => {
  test('are none where nothing was claimed', () => {
    expect(changesOf([], [], asOf)).toEqual([])
  })

  test('are the days on which its status became another one, the oldest first', () => {
    const claims = [
      claim({ support: 'works', date: '2026-05-12' }),
      claim({ support: 'in-progress', date: '2017-05' }),
      claim({ support: 'broken', date: '2026-10-01' }),
    ]
    expect(tellingOf(claims)).toEqual([
      ['2017-05', 'unknown → in-progress', 'claimed', 'gained'],
      ['2018-05-01', 'in-progress → in-progress', 'stale', 'went-stale'],
      ['2026-05-12', 'in-progress → works', 'claimed', 'gained'],
      ['2026-10-01', 'works → broken', 'claimed', 'lost'],
    ])
  })

  test('tell a negative about an unknown cell as recorded, and a claim that is said again as renewed', () => {
    expect(tellingOf([claim({ support: 'unsupported', date: '2026-05-12' })])).toEqual([
      ['2026-05-12', 'unknown → unsupported', 'claimed', 'recorded'],
    ])
    const again = tellingOf([claim({ date: '2020-01-01' }), claim({ date: '2026-01-01' })])
    expect(again.map(([on, , , direction]) => [on, direction])).toEqual([
      ['2020-01-01', 'gained'],
      ['2021-07-01', 'went-stale'],
      ['2026-01-01', 'renewed'],
    ])
  })

  test('tell the exact word: within a group support is gained and lost too', () => {
    const claims = [
      claim({ support: 'emulated', note: 'Under qemu.', date: '2026-01-01' }),
      claim({ support: 'partial', note: 'Without JIT.', date: '2026-02-01' }),
      claim({ support: 'not-applicable', date: '2026-03-01' }),
    ]
    expect(tellingOf(claims).map(([, , , direction]) => direction)).toEqual(['gained', 'gained', 'recorded'])
  })

  test('tell a claim that runs contradict as disputed, and not as said again', () => {
    const runs = [
      observedRun({ observedAt: '2026-11-02T10:00:00Z' }),
      observedRun({
        source: { job: 'other' },
        run: { id: '2' },
        outcome: 'failed',
        observedAt: '2026-11-03T10:00:00Z',
      }),
      observedRun({
        source: { job: 'other' },
        run: { id: '3' },
        outcome: 'failed',
        observedAt: '2026-11-04T10:00:00Z',
      }),
    ]
    const changes = changesOf(runs, [claim({ date: '2026-11-10' })], asOf)
    expect(changes.map(({ on, to, direction }) => [on, to.support, to.basis, direction])).toEqual([
      ['2026-11-02', 'works', 'verified', 'gained'],
      ['2026-11-04', 'partial', 'verified', 'lost'],
      ['2026-11-10', 'partial', 'disputed', 'disputed'],
    ])
  })

  test('are not those that the clock has not seen', () => {
    const claims = [claim({ date: '2026-11-22' })]
    expect(tellingOf(claims)).toEqual([])
    expect(tellingOf(claims, '2026-11-22T00:00:00Z')).toHaveLength(1)
  })
})

/** What a page shows of changes. */
const told = (changes: readonly ChangeOf<Standing>[]) =>
  changes.map(({ on, from, to, direction }) => [on, from.support, from.basis, to.support, to.basis, direction])

test('changes lead from nothing to the status of today, and each differs from the one before', () => {
  const dates = [
    '2015',
    '2017-05',
    '2017-05-12',
    '2018-11-12',
    '2024-02-29',
    '2025-06-01',
    '2026',
    '2026-11-21',
    '2027',
  ]
  const someClaims = fc.array(
    fc
      .tuple(fc.constantFrom(...dates), fc.constantFrom('works', 'in-progress', 'broken', 'partial'), fc.boolean())
      .map(([date, support, scoped]) =>
        claim({ date, support, ...(scoped && { scope: { os: 'freebsd' } }) } as object),
      ),
    { maxLength: 6 },
  )
  fc.assert(
    fc.property(someClaims, (claims) => {
      const changes = changesOf([], claims, asOf)
      const [first] = changes
      if (first) expect(first.from.support).toBe('unknown')
      for (const [index, change] of changes.entries()) {
        expect([change.to.support, change.to.basis]).not.toEqual([change.from.support, change.from.basis])
        const next = changes[index + 1]
        if (next) expect([next.from.support, next.from.basis]).toEqual([change.to.support, change.to.basis])
      }
      const { support, basis } = derive([], claims, asOf)
      expect(changes.at(-1)?.to ?? { support: 'unknown', basis: 'none' }).toMatchObject({ support, basis })
      expect(changesOf([], [...claims].reverse(), asOf)).toEqual(changes)
      expect(told(unexplainedChangesOf([], claims, asOf))).toEqual(told(changes))
    }),
    { numRuns: runsOf(200) },
  )
})
