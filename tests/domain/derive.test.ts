import { describe, expect, test } from 'vitest'
import { derive, knownClaims } from '#domain/derive.ts'
import { supportWords, type ClaimedSupport } from '#domain/status-words.ts'
import { asOf, claim, observedRun } from '#tests/builders.ts'

const claimed = supportWords.filter((word): word is ClaimedSupport => word !== 'unknown')

describe('a cell without claims', () => {
  test('is unknown, on no basis, and says so', () => {
    expect(derive([], [], asOf)).toEqual({
      support: 'unknown',
      basis: 'none',
      witnesses: [],
      reasons: ['No claim and no run is recorded.'],
    })
  })
})

describe('a cell with one claim', () => {
  test.each(claimed)('of %s says the word of the claim, claimed', (support) => {
    const status = derive([], [claim({ support, version: '7.2', link: 'https://example.org/a' })], asOf)
    expect(status).toMatchObject({ support, basis: 'claimed', version: '7.2', observedAt: '2026-05-12' })
    expect(status.link).toBe('https://example.org/a')
    expect(status.reasons).toEqual([`Claimed as ${support} on 2026-05-12.`])
  })

  test('has no version, level or execution where the claim has none', () => {
    expect(Object.keys(derive([], [claim()], asOf)).sort()).toEqual(
      ['support', 'basis', 'observedAt', 'link', 'staleOn', 'reasons', 'witnesses'].sort(),
    )
  })

  test.each(['2026', '2026-05'])('that only tells %s keeps it as it was written', (date) => {
    const status = derive([], [claim({ date })], asOf)
    expect(status.observedAt).toBe(date)
    expect(status.reasons).toEqual([`Claimed as works in ${date}.`])
  })
})

describe('a claim goes stale', () => {
  test.each(claimed)('of %s, to the day', (support) => {
    const lasts = support === 'in-progress' ? '2026-05-12' : '2026-11-12'
    const before = support === 'in-progress' ? '2026-05-11' : '2026-11-11'
    const claims = [claim({ support, date: '2025-05-12' })]
    expect(derive([], claims, `${before}T23:59:59Z`)).toMatchObject({ support, basis: 'claimed', staleOn: lasts })
    const stale = derive([], claims, `${lasts}T00:00:00Z`)
    expect(stale).toMatchObject({ support, basis: 'stale', staleOn: lasts })
    expect(stale.reasons).toHaveLength(2)
    expect(stale.reasons[1]).toContain(lasts)
  })

  test('counted from the earliest day that it can mean', () => {
    expect(derive([], [claim({ date: '2025' })], asOf).staleOn).toBe('2026-07-01')
    expect(derive([], [claim({ date: '2025-03' })], asOf).staleOn).toBe('2026-09-01')
    expect(derive([], [claim({ date: '2025-08-31' })], asOf).staleOn).toBe('2027-02-28')
  })

  test('and the word stays, because what it said is not refuted', () => {
    expect(derive([], [claim({ support: 'broken', date: '2017' })], asOf)).toMatchObject({
      support: 'broken',
      basis: 'stale',
    })
  })
})

describe('of several claims', () => {
  test('the newest counts', () => {
    const claims = [
      claim({ support: 'in-progress', date: '2026-01-01' }),
      claim({ support: 'works', date: '2026-03-01' }),
      claim({ support: 'broken', date: '2026-02-01' }),
    ]
    expect(derive([], claims, asOf)).toMatchObject({ support: 'works', observedAt: '2026-03-01' })
  })

  test('a newer one restores what went stale', () => {
    const old = claim({ date: '2017' })
    expect(derive([], [old], asOf).basis).toBe('stale')
    expect(derive([], [old, claim({ date: '2026-11-01' })], asOf).basis).toBe('claimed')
  })

  test('of one day the more exact one counts, then the more cautious one', () => {
    expect(
      derive([], [claim({ date: '2026-01' }), claim({ support: 'partial', date: '2026-01-01' })], asOf).support,
    ).toBe('partial')
    const works = claim({ support: 'works', date: '2026-01-01' })
    const broken = claim({ support: 'broken', date: '2026-01-01' })
    expect(derive([], [works, broken], asOf).support).toBe('broken')
    expect(derive([], [broken, works], asOf).support).toBe('broken')
  })

  test('a scoped one never colours the cell', () => {
    const scoped = claim({ support: 'broken', date: '2026-11-01', scope: { pageSize: '64k' } })
    expect(derive([], [scoped, claim({ date: '2026-01-01' })], asOf)).toMatchObject({
      support: 'works',
      basis: 'claimed',
    })
  })

  test('scoped ones alone leave the cell unknown, and it says why', () => {
    const scoped = claim({ scope: { os: 'freebsd' } })
    expect(derive([], [scoped], asOf).reasons).toEqual([
      'One claim is limited to a scope; none speaks for the architecture as a whole.',
    ])
    expect(derive([], [scoped, claim({ scope: { libc: 'musl' } })], asOf)).toMatchObject({
      support: 'unknown',
      basis: 'none',
      reasons: ['2 claims are limited to a scope; none speaks for the architecture as a whole.'],
    })
  })
})

describe('what is said later', () => {
  test('is not known yet', () => {
    const claims = [claim({ support: 'partial', date: '2026-01-01' }), claim({ date: '2026-11-22' })]
    expect(derive([], claims, asOf).support).toBe('partial')
    expect(derive([], claims, '2026-11-22T00:00:00Z').support).toBe('works')
  })

  test('counts from the first day that it can mean', () => {
    expect(derive([], [claim({ date: '2026' })], '2025-12-31T23:59:59Z').support).toBe('unknown')
    expect(derive([], [claim({ date: '2026' })], '2026-01-01T00:00:00Z').support).toBe('works')
  })
})

test('a claim from after the clock is in no history', () => {
  const claims = ['2026-11-22', '2026-11', '2027'].map((date) => claim({ date }))
  expect(knownClaims(claims, '2026-11-21T23:59:59Z').map(({ date }) => date)).toEqual(['2026-11'])
  expect(knownClaims(claims, '2026-11-22T00:00:00Z')).toHaveLength(2)
})

test('the history of claims is in one order, whatever order they came in', () => {
  const claims = ['2026-05-12', '2026-05', '2026', '2017'].map((date) => claim({ date }))
  expect(knownClaims([...claims].reverse(), asOf).map(({ date }) => date)).toEqual([
    '2026-05-12',
    '2026-05',
    '2026',
    '2017',
  ])
  expect(claims.map(({ date }) => date)).toEqual(['2026-05-12', '2026-05', '2026', '2017'])
})

test.each([
  ['starts', 'It runs, but two native runs in a row failed at more than that.'],
  ['tested', 'It runs, but two native runs of another job failed in a row.'],
] as const)('beside a pass of level %s, failing tests are told as what they are', (level, reason) => {
  const failed = { source: { job: 'other' }, outcome: 'failed' } as const
  const runs = [
    observedRun({ level, observedAt: '2026-11-02T10:00:00Z' }),
    observedRun({ ...failed, run: { id: '2' }, observedAt: '2026-11-03T10:00:00Z' }),
    observedRun({ ...failed, run: { id: '3' }, observedAt: '2026-11-04T10:00:00Z' }),
  ]
  expect(derive(runs, [], asOf)).toMatchObject({ support: 'partial', basis: 'verified' })
  expect(derive(runs, [], asOf).reasons).toContain(reason)
})

test.each([
  ['emulated', 'tested', /^Two failures in a row that were not native say nothing of the hardware: tested under emul/],
  [
    'native',
    'available',
    /^That nothing was found twice does not show that nothing works: found on 2026-11-04: failed/,
  ],
] as const)('two failures that are %s, of level %s, decide nothing, and it says why', (execution, level, reason) => {
  const runs = ['2026-11-03', '2026-11-04'].map((day, index) =>
    observedRun({ execution, level, outcome: 'failed', run: { id: String(index) }, observedAt: `${day}T10:00:00Z` }),
  )
  const { support, reasons } = derive(runs, [], asOf)
  expect(support).toBe('unknown')
  expect(reasons).toContainEqual(expect.stringMatching(reason))
})
