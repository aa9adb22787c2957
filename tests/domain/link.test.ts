import { describe, expect, test } from 'vitest'
import { hasCredentials, isOwnPath, Link, linkWithoutCredentials, OwnPath, WebLink } from '#domain/link.ts'

const onTheWeb = [
  'https://example.org/',
  'http://example.org',
  'HTTPS://EXAMPLE.ORG/',
  'https://example.org:8443/a/b?c=d&e=f#g',
  'https://example.org/%20(x)?q=a,b;c',
  'https://münchen.de/straße',
  'https://example.org/@ada?to=b@c#d@e',
]
const ofThisSite = ['/', '/notes/page-size/', '/matrix/?arch=arm64#matrix', '/issues/0001/#ports']
const neither = [
  ...['', ' ', 'javascript:alert(1)', 'JAVASCRIPT:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)'],
  ...['data:text/html,<script>alert(1)</script>', 'vbscript:x', 'file:///etc/passwd', 'ftp://example.org/'],
  ...['mailto:ada@example.org', '//example.org/', '///example.org/', '/\\example.org/', '\\\\example.org'],
  ...['https:example.org', 'https:/example.org', 'https:\\\\example.org', 'https://', 'https:///', 'http://localhost/'],
  ...['example.org', 'notes/page-size/', '#anchor', '?query', 'https://example.org/a b', '/a b', '/a\tb', '/a\nb'],
  ...['https://example.org/"onclick="x', 'https://example.org/<script>', 'https://example.org/\u0001', '/\u0001'],
  ...['https://example.org/\u202egro.elpmaxe', '/\u200b/example.org', `https://example.org/${'a'.repeat(2000)}`],
  ...[
    'https://ada:secret@example.org/',
    'https://ada@example.org',
    'HTTPS://github.com@evil.example/',
    ' https://@a.org/',
  ],
  ...[`/${'a'.repeat(500)}`, 'https://user@', 'https://exa mple.org/'],
]

describe('a link', () => {
  test.each(onTheWeb)('may be the web address %s', (link) => {
    expect(WebLink.parse(link)).toBe(link)
    expect(Link.parse(link)).toBe(link)
    expect(OwnPath.safeParse(link).success).toBe(false)
  })

  test.each(ofThisSite)('may be the path %s of this site', (link) => {
    expect(OwnPath.parse(link)).toBe(link)
    expect(Link.parse(link)).toBe(link)
    expect(WebLink.safeParse(link).success).toBe(false)
  })

  test.each(neither)('is not %j', (link) => {
    expect(WebLink.safeParse(link).success).toBe(false)
    expect(OwnPath.safeParse(link).success).toBe(false)
    expect(Link.safeParse(link).success).toBe(false)
  })

  test('holds no line break after it was read', () => {
    expect(WebLink.parse('https://example.org/\n')).toBe('https://example.org/')
    expect(WebLink.safeParse('https://exa\nmple.org/').data ?? '').not.toContain('\n')
  })
})

test.each(['https://ada:secret@example.org/', 'https://github.com@evil.example/a'])('of %s it is told why', (link) => {
  expect(hasCredentials(link)).toBe(true)
  for (const schema of [WebLink, Link]) {
    expect(schema.safeParse(link).error?.issues.map(({ message }) => message)).toEqual([linkWithoutCredentials])
  }
})

test('an address of another host is no path of this site, however it is written', () => {
  expect(isOwnPath('/notes/')).toBe(true)
  expect(isOwnPath('//example.org/')).toBe(false)
  expect(isOwnPath('/\\example.org/')).toBe(false)
  expect(isOwnPath('https://example.org/')).toBe(false)
})
