import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Claim } from '#domain/claim.ts'
import { addMonths, firstDayOf, isRealDay } from '#domain/day.ts'
import { derive } from '#domain/derive.ts'
import { supportWords, type ClaimedSupport } from '#domain/status-words.ts'
import { claim, runsOf } from '#tests/builders.ts'

const numRuns = runsOf(300)

const day = fc
  .tuple(fc.integer({ min: 2014, max: 2028 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join('-'))
  .filter(isRealDay)
const date = fc.tuple(day, fc.constantFrom(4, 7, 10, 10)).map(([text, length]) => text.slice(0, length))
const asOf = day.map((text) => `${text}T12:00:00Z`)

const someClaim: fc.Arbitrary<Claim> = fc
  .record({
    support: fc.constantFrom(...supportWords.filter((word): word is ClaimedSupport => word !== 'unknown')),
    date,
    link: fc.webUrl({ validSchemes: ['https'] }),
    version: fc.option(fc.constantFrom('1.10', '7.2', '8.0-rc1'), { nil: undefined }),
    scope: fc.option(fc.constant({ os: 'freebsd' }), { nil: undefined, freq: 4 }),
  })
  .map(({ version, scope, link, ...rest }) =>
    claim({ ...rest, link: encodeURI(link), ...(version && { version }), ...(scope && { scope }) }),
  )
const someClaims = fc.array(someClaim, { maxLength: 8 })

test('the order of claims changes nothing', () => {
  fc.assert(
    fc.property(
      someClaims.chain((claims) =>
        fc.tuple(
          fc.constant(claims),
          fc.shuffledSubarray(claims, { minLength: claims.length, maxLength: claims.length }),
        ),
      ),
      asOf,
      ([claims, shuffled], clock) => {
        expect(derive([], shuffled, clock)).toEqual(derive([], claims, clock))
      },
    ),
    { numRuns },
  )
})

test('saying something twice changes nothing', () => {
  const whole = someClaims.map((claims) => claims.filter(({ scope }) => scope === undefined))
  fc.assert(
    fc.property(whole, asOf, (claims, clock) => {
      expect(derive([], [...claims, ...claims], clock)).toEqual(derive([], claims, clock))
    }),
    { numRuns },
  )
})

test('claims from the future are ignored', () => {
  let ignored = 0
  fc.assert(
    fc.property(someClaims, asOf, (claims, clock) => {
      const known = claims.filter((its) => firstDayOf(its.date) <= clock.slice(0, 10))
      if (known.length < claims.length) ignored += 1
      expect(derive([], claims, clock)).toEqual(derive([], known, clock))
    }),
    { numRuns },
  )
  expect(ignored).toBeGreaterThan(numRuns / 10)
})

test('time alone only loses certainty', () => {
  let lost = 0
  fc.assert(
    fc.property(someClaims, asOf, fc.integer({ min: 0, max: 40 }), (claims, clock, months) => {
      const today = clock.slice(0, 10)
      const later = `${addMonths(today, months)}T12:00:00Z`
      const known = claims.filter((its) => firstDayOf(its.date) <= today)
      const now = derive([], known, clock)
      const then = derive([], known, later)
      expect(then.support).toBe(now.support)
      expect(then.staleOn).toBe(now.staleOn)
      if (now.basis === 'claimed') expect(['claimed', 'stale']).toContain(then.basis)
      else expect(then.basis).toBe(now.basis)
      if (then.basis !== now.basis) lost += 1
      if (now.staleOn !== undefined) expect(then.basis === 'stale').toBe(now.staleOn <= later.slice(0, 10))
    }),
    { numRuns },
  )
  expect(lost).toBeGreaterThan(numRuns / 100)
})

test('a status always says why, in sentences', () => {
  fc.assert(
    fc.property(someClaims, asOf, (claims, clock) => {
      const { reasons } = derive([], claims, clock)
      expect(reasons.length).toBeGreaterThan(0)
      for (const reason of reasons) expect(reason).toMatch(/^[A-Z0-9].*\.$/s)
    }),
    { numRuns },
  )
})

test('a status never invents: what it tells stands in one claim', () => {
  let told = 0
  fc.assert(
    fc.property(someClaims, asOf, (claims, clock) => {
      const { support, version, observedAt, link, basis } = derive([], claims, clock)
      if (support === 'unknown') {
        expect({ version, observedAt, link, basis }).toEqual({ basis: 'none' })
        return
      }
      told += 1
      expect(
        claims.some(
          (its) =>
            its.scope === undefined &&
            its.support === support &&
            its.version === version &&
            its.date === observedAt &&
            its.link === link,
        ),
      ).toBe(true)
    }),
    { numRuns },
  )
  expect(told).toBeGreaterThan(numRuns / 4)
})

test('an older claim never changes a cell', () => {
  fc.assert(
    fc.property(someClaims, someClaim, asOf, (claims, other, clock) => {
      const status = derive([], claims, clock)
      if (status.observedAt === undefined || firstDayOf(other.date) >= firstDayOf(status.observedAt)) return
      expect(derive([], [...claims, other], clock)).toEqual(status)
    }),
    { numRuns },
  )
})
