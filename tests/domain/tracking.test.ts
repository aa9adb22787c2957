import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { samePage, trackingParameterOf, withoutTracking } from '#domain/tracking.ts'

describe('what tracks readers', () => {
  test.each([
    ['https://a.example/?utm_source=x', 'utm_source=x', 'https://a.example/'],
    ['https://a.example/p?a=1&UTM_Medium=x&b=2#c', 'UTM_Medium=x', 'https://a.example/p?a=1&b=2#c'],
    ['https://a.example/?fbclid=1&gclid=2', 'fbclid=1', 'https://a.example/'],
    ['https://a.example/?mc_cid', 'mc_cid', 'https://a.example/'],
  ])('in %s is found and taken out', (link, parameter, clean) => {
    expect(trackingParameterOf(link)).toBe(parameter)
    expect(withoutTracking(link)).toBe(clean)
  })

  test.each(['https://a.example/utm_source=x', 'https://a.example/#?utm_source=x', 'https://a.example/?source=utm_x'])(
    'is not what only looks like it: %s',
    (link) => {
      expect(trackingParameterOf(link)).toBeUndefined()
      expect(withoutTracking(link)).toBe(link)
    },
  )

  test('is gone once it is taken out, and the rest stays', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (link) => {
        const clean = withoutTracking(link)
        expect(trackingParameterOf(clean)).toBeUndefined()
        expect(withoutTracking(clean)).toBe(clean)
      }),
    )
  })
})

describe('one page', () => {
  test.each([
    ['http://www.Example.org/a/', 'https://example.org/a'],
    ['https://example.org', 'http://example.org/#'],
    ['https://example.org/a?utm_source=x', 'https://example.org/a'],
  ])('is %s and %s', (one, other) => {
    expect(samePage(one)).toBe(samePage(other))
  })

  test.each([
    ['https://example.org/a', 'https://example.org/A'],
    ['https://example.org/a#b', 'https://example.org/a'],
    ['https://example.org/a?b=1', 'https://example.org/a?b=2'],
  ])('is not %s and %s', (one, other) => {
    expect(samePage(one)).not.toBe(samePage(other))
  })
})
