import { describe, expect, test } from 'vitest'
import { viewFeedLinks } from '#views/feed-links.ts'
import { viewNewsletterFeed } from '#views/feed-newsletter.ts'
import { issueFile, newsletterContext, twoIssues, type Place } from '#tests/feeds/newsletter.ts'

const viewOf = (files: Record<string, string>, place?: Place) =>
  viewNewsletterFeed('atom', newsletterContext(files, place))

describe('dates', () => {
  test('a day means its noon, UTC, and an instant is told in UTC', () => {
    const published = viewOf(twoIssues).entries.map((entry) => entry.published)
    expect(published).toEqual(['2026-05-12T12:00:00Z', '2026-04-28T16:00:00Z'])
  })

  test('a correction moves the entry, and the entry moves the feed', () => {
    const feed = viewOf(twoIssues)
    expect(feed.entries.map(({ updated }) => updated)).toEqual(['2026-05-12T12:00:00Z', '2026-06-03T12:00:00Z'])
    expect(feed.updated).toBe('2026-06-03T12:00:00Z')
  })

  test('a correction of the day of the issue is later than the issue', () => {
    const file = issueFile({ date: '2026-05-12T20:00:00Z', errata: '[{date: 2026-05-12, text: Oops}]' })
    expect(viewOf({ 'issues/0001.md': file }).entries[0]?.updated).toBe('2026-05-12T20:00:01Z')
  })
})

describe('content', () => {
  const content = viewOf(twoIssues, { basePath: '/base/' }).entries[1]?.content ?? ''

  test('has every address in full, and fragments lead to the page of the issue', () => {
    const addresses = [...content.matchAll(/(?:href|src|cite)="([^"]*)"/g)].map(([, address]) => address)
    expect(addresses).toContain('https://example.org/base/issues/0001/#traps')
    expect(addresses).toContain('https://example.org/base/issues/0001/#deep')
    expect(addresses).toContain('https://example.org/base/issues/0002/#releases')
    expect(addresses).toContain('https://example.org/base/matrix/')
    expect(addresses.filter((address) => !/^https:\/\/example\.(org\/base|com)\//.test(address ?? ''))).toEqual([])
  })

  test('leaves queries as they were typed', () => {
    expect(content.replaceAll('&#x26;', '&')).toContain('"https://example.org/base/matrix/?q=a&b=c"')
    expect(content.replaceAll('&#x26;', '&')).toContain('"https://example.com/?x=1&y=2"')
  })

  test('keeps quoted text that looks like markup', () => {
    const body = '[own](/matrix/ "a > b <c id=d>") and `<a href="/x">`\n'
    expect(viewOf({ 'issues/0001.md': issueFile({}, body) }).entries[0]?.content).toBe(
      '<p><a href="https://example.org/matrix/" title="a > b <c id=d>">own</a> and <code>&#x3C;a href="/x"></code></p>',
    )
  })

  test('is plain markup: no classes, ids, roles or tab stops', () => {
    expect(content).not.toMatch(/\s(?:class|id|role|tabindex|aria-[a-z]+|data-[a-z-]+)[=\s>]/)
    expect(content).toContain('<pre><code>#include &#x3C;stdio.h> /* &#x26;&#x26; */\n</code></pre>')
    expect(content).toContain('<th align="left" scope="col">a</th>')
  })

  test('holds everything: disclosure, introduction, sections, corrections, footnotes', () => {
    expect(content).toContain('<p><em>Disclosure: Acme pays, &amp; says so.</em></p>')
    expect(content).toContain('Intro with')
    expect(content).toContain('<h2>What bites</h2>')
    expect(content).toContain('Correction of <time datetime="2026-06-03">3 June 2026</time>: See <a')
    expect(content).toContain('A note.')
  })
})

test('only public issues are entries', () => {
  const files = {
    'issues/0001.md': issueFile(),
    'issues/0002.md': issueFile({ number: '2', state: 'draft' }),
    'issues/0003.md': issueFile({ number: '3', state: 'withdrawn' }),
    'issues/0004.md': issueFile({ number: '4', date: '2026-11-22' }),
    'issues/0005.md': issueFile({ number: '5', publishAt: '2026-11-21T12:00:01Z' }),
  }
  expect(viewOf(files).entries.map(({ id }) => id)).toEqual(['tag:example.org,2026:issue/0001'])
})

test('the feed holds the newest twenty issues', () => {
  const files = Object.fromEntries(
    Array.from({ length: 25 }, (_, index) => {
      const number = index + 1
      return [`issues/${String(number).padStart(4, '0')}.md`, issueFile({ number: String(number) })]
    }),
  )
  const { entries } = viewOf(files)
  expect(entries).toHaveLength(20)
  expect(entries[0]?.id).toMatch(/0025$/)
  expect(entries.at(-1)?.id).toMatch(/0006$/)
})

test('categories are the sections that site.yml knows', () => {
  expect(viewOf(twoIssues).entries[0]?.categories).toEqual([{ id: 'releases', label: 'Releases' }])
})

test('the addresses of feeds are told in full', () => {
  const context = newsletterContext({}, { basePath: '/base/' })
  expect(viewFeedLinks(context).map(({ address }) => address)).toEqual([
    'https://example.org/base/atom.xml',
    'https://example.org/base/rss.xml',
    'https://example.org/base/feed.json',
  ])
})
