import { describe, expect, test } from 'vitest'
import { fullAddress, parseBasePath, parseSiteUrl, siteUrlOf } from '#domain/site-address.ts'

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
