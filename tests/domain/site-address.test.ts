import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { addressBelow, fullAddress, parseBasePath, parseSiteUrl, siteUrlOf } from '#domain/site-address.ts'

describe('the host of a site', () => {
  test.each([
    ['https://example.org', 'https://example.org'],
    ['https://example.org/', 'https://example.org'],
    ['http://localhost:4321', 'http://localhost:4321'],
    ['https://example.org/works/', undefined],
    ['https://me@example.org/', undefined],
    ['ftp://example.org', undefined],
    ['example.org', undefined],
    ['https://', undefined],
    ['', undefined],
  ])('of %j is %j', (text, wanted) => {
    expect(parseSiteUrl(text)).toBe(wanted)
  })

  test('is that of the environment, else that of the content, else none that anybody has', () => {
    expect(siteUrlOf('https://a.example', 'https://b.example')).toBe('https://a.example')
    expect(siteUrlOf(undefined, 'https://b.example')).toBe('https://b.example')
    expect(siteUrlOf(undefined, undefined)).toBe('https://localhost')
  })
})

test.each([
  ['/../x', undefined],
  ['/a//b', undefined],
  ['/x/./y/', undefined],
  ['.', undefined],
  [undefined, '/'],
  ['', '/'],
  ['/', '/'],
  ['repo', '/repo/'],
  ['/a/b/', '/a/b/'],
  ['a b', undefined],
  ['//x"', undefined],
])('the path of %j is %j', (text, wanted) => {
  expect(parseBasePath(text)).toBe(wanted)
})

test('an address has its host and its path', () => {
  const site = { siteUrl: 'https://example.org', basePath: '/repo/' }
  expect(fullAddress('/matrix/', site)).toBe('https://example.org/repo/matrix/')
  expect(fullAddress('/', site)).toBe('https://example.org/repo/')
})

test('an address with its host is what a browser makes of it, whatever the path', { timeout: propertyTimeout }, () => {
  const part = fc.oneof(
    fc.constantFrom(
      '',
      '.',
      '..',
      '%2e',
      'a',
      'B-1',
      '_x',
      'a.b',
      '~',
      'ä',
      ' ',
      '?q=a',
      '#x',
      '#arm64',
      '\\',
      '//',
      '@',
      ':80',
    ),
    fc.string({ maxLength: 4 }),
  )
  const base = fc.constantFrom('/', '/base/', '/a/../b/', '/a//b/', '/../', '/~me/a.b/')
  const host = fc.constantFrom('https://example.org', 'http://EXAMPLE.org:8080', 'https://localhost')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 4 }), base, host, fc.boolean(), (parts, basePath, siteUrl, isPage) => {
      const path = `/${parts.join('/')}${isPage ? '/' : ''}`
      const asBrowsersDo = () => new URL(addressBelow(basePath, path), siteUrl).href
      fc.pre(URL.canParse(addressBelow(basePath, path), siteUrl))
      expect(fullAddress(path, { siteUrl, basePath })).toBe(asBrowsersDo())
    }),
    { numRuns: runsOf(1000) },
  )
})
