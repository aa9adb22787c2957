import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { adviseOnLink, adviseOnValue } from '#catalog/value-advice.ts'
import { expectationOf } from '#domain/expectation.ts'
import { Link, WebLink } from '#domain/link.ts'
import { Site } from '#domain/vocabulary.ts'

/** What is advised where a text stands that is none of these. */
function adviceOn(schema: typeof Link | typeof WebLink, text: string) {
  const issue = schema.safeParse(text).error?.issues[0]
  expect(issue, text).toBeDefined()
  return adviseOnLink(text, issue ? expectationOf(issue) : '')
}

describe('a refused link', () => {
  test.each([
    ['https://example.org/?a="><script>', 'https://example.org/?a=%22%3E%3Cscript%3E'],
    ['https://example.org/a\\b', 'https://example.org/a%5Cb'],
    ['https://example.org/a b  c', 'https://example.org/a%20b%20c'],
    ['https://example.org/a\u200bb', 'https://example.org/ab'],
    ['example.org/a', 'https://example.org/a'],
  ])('%s has a near one', (link, near) => {
    expect(adviceOn(WebLink, link)).toEqual({
      text: `did you mean \`${near}\`?`,
      change: { kind: 'write', text: near },
    })
  })

  test.each(['https://exa_mple.org/', 'https://localhost/', 'https://[::1]/', 'https://example.org:99999/'])(
    '%s is told to have another host',
    (link) => {
      expect(adviceOn(WebLink, link).text).toContain('host')
    },
  )

  test.each([
    ['https://rv.example.net/sub/path', 'write `https://rv.example.net`, and build with `BASE_PATH=/sub/path`'],
    ['https://rv.example.net/sub/', 'write `https://rv.example.net`, and build with `BASE_PATH=/sub`'],
    ['https://rv.example.net/?q', 'write `https://rv.example.net`'],
  ])('%s as the address of a site is divided into host and path', (url, text) => {
    const { error } = Site.safeParse({ title: 'Test', url })
    const issue = error?.issues[0]
    const advice = adviseOnValue('bad-link', url, issue ? expectationOf(issue) : '')
    expect(advice).toEqual({ text, change: { kind: 'write', text: 'https://rv.example.net' } })
  })
})

test('no advice is the value that was refused, and a near link is one', () => {
  const codes = [
    'bad-id',
    'bad-link',
    'date-not-real',
    'bad-pattern',
    'end-before-start',
    'too-long',
    'bad-format',
    'control-character',
  ]
  const piece = fc.constantFrom(
    ...['https://', 'http:/', 'HTTPS://', '//', 'a', 'example.org', 'a_b', '/', '?', '#', '@', ':', '"', '<', '>', ' '],
    ...['\\', '\n', '\u200b', '.', '2026-02', '-30', 'T10:20', 'github.com/a/b', '%', '\u{e0041}', 'x'.repeat(600)],
  )
  const value = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.string(),
  )
  const expectation = fc.constantFrom(
    ...['a link that starts with `https://` or `http://`', 'a link, or a path of this site such as `/a/`'],
    ...['the address of a host alone', 'an id', 'a repository as its provider names it', 'a single line of text'],
    ...['a day, a month or a year that exists', 'an instant with its offset'],
  )
  fc.assert(
    fc.property(fc.constantFrom(...codes), value, expectation, (code, value, expected) => {
      const advice = adviseOnValue(code, value, expected)
      expect(advice.text).not.toBe(`did you mean \`${value}\`?`)
      if (advice.change?.kind !== 'write') return
      expect(advice.change.text).not.toBe(value)
      if (code === 'bad-link') expect(Link.safeParse(advice.change.text).success).toBe(true)
    }),
    { numRuns: 2000 },
  )
})
