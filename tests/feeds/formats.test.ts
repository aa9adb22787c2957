import { execFileSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseFeed } from '@rowanmanning/feed-parser'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { runsOf } from '#tests/builders.ts'
import { feedsOf, feedsOfEntry, siteFile, twoIssues, type Feeds } from './newsletter.ts'

interface JsonItem {
  id: string
  url: string
  title: string
  summary: string
  content_html: string
  date_published: string
  date_modified: string
  authors: { name: string; url?: string }[]
  language: string
  tags: string[]
}

interface JsonFeed {
  version: string
  title: string
  home_page_url: string
  feed_url: string
  language: string
  authors: { name: string; url?: string }[]
  items: JsonItem[]
}

const parseJson = ({ json }: Feeds) => JSON.parse(json) as JsonFeed

interface AtomEntry {
  id: string
  title: string
  updated: string
  published: string
  summary: string
  content: { '#text': string; '@type': string }
  author: { name: string; uri?: string }[]
  category?: { '@term': string; '@label': string }[]
}

interface RssItem {
  guid: { '#text': string; '@isPermaLink': string }
  title: string
  description: string
  'content:encoded': string
  'dc:creator': string[]
  'atom:updated': string
  author?: string
}

const lists = new Set(['entry', 'item', 'author', 'category', 'link', 'atom:link', 'dc:creator'])
const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  trimValues: false,
  isArray: (name) => lists.has(name),
})
const parseXml = (text: string) =>
  xml.parse(text) as {
    feed: { entry?: AtomEntry[]; link: Record<string, string>[]; id: string; updated: string; rights: string }
    rss: { channel: { item?: RssItem[]; 'atom:link': Record<string, string>[]; language: string; copyright: string } }
  }

const titlesOf = (feeds: Feeds) => [
  parseXml(feeds.atom).feed.entry?.[0]?.title,
  parseXml(feeds.rss).rss.channel.item?.[0]?.title,
  parseJson(feeds).items[0]?.title,
]
const contentsOf = (feeds: Feeds) => [
  parseXml(feeds.atom).feed.entry?.[0]?.content['#text'],
  parseXml(feeds.rss).rss.channel.item?.[0]?.['content:encoded'],
  parseJson(feeds).items[0]?.content_html,
]

/** Every character that XML 1.0 allows. */
const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u

describe('the three formats', () => {
  const feeds = feedsOf(twoIssues)

  test('list the same entries with the same ids, titles, dates, authors and content', () => {
    const fromXml = [feeds.atom, feeds.rss].map((text) =>
      parseFeed(text).items.map((item) => ({
        id: item.id,
        url: item.url,
        title: item.title,
        published: item.published?.toISOString(),
        summary: item.description,
        authors: item.authors.map(({ name }) => name),
        tags: item.categories.map(({ label, term }) => label || term),
      })),
    )
    const fromJson = parseJson(feeds).items.map((item) => ({
      id: item.id,
      url: item.url,
      title: item.title,
      published: item.date_published,
      summary: item.summary,
      authors: item.authors.map(({ name }) => name),
      tags: item.tags,
    }))
    expect(fromJson).toHaveLength(2)
    expect(fromXml[0]).toEqual(fromJson)
    expect(fromXml[1]).toEqual(fromJson)
    const updated = parseJson(feeds).items.map((item) => item.date_modified)
    expect(parseXml(feeds.atom).feed.entry?.map((entry) => entry.updated)).toEqual(updated)
    expect(parseXml(feeds.rss).rss.channel.item?.map((item) => item['atom:updated'])).toEqual(updated)
    const [inAtom, inRss, inJson] = contentsOf(feeds)
    expect(inJson).toContain('Nothing came out.')
    expect([inAtom, inRss]).toEqual([inJson, inJson])
  })

  test('name themselves, their page, their language and their licence', () => {
    const [atom, rss] = [parseFeed(feeds.atom), parseFeed(feeds.rss)]
    const { feed } = parseXml(feeds.atom)
    const { channel } = parseXml(feeds.rss).rss
    const json = parseJson(feeds)
    expect([atom.title, rss.title, json.title]).toEqual(Array(3).fill('News: newsletter'))
    expect([atom.url, rss.url, json.home_page_url]).toEqual(Array(3).fill('https://example.org/issues/'))
    expect([atom.language, rss.language, json.language, json.items[0]?.language]).toEqual(Array(4).fill('en'))
    expect(feed.link).toContainEqual({
      '@href': 'https://example.org/atom.xml',
      '@rel': 'self',
      '@type': 'application/atom+xml',
    })
    expect(channel['atom:link']).toEqual([
      { '@href': 'https://example.org/rss.xml', '@rel': 'self', '@type': 'application/rss+xml' },
    ])
    expect(json).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: 'https://example.org/feed.json',
    })
    expect(feed.rights).toBe('CC BY 4.0, https://creativecommons.org/licenses/by/4.0/')
    expect(channel.copyright).toBe(feed.rights)
    expect(feed.id).toBe('tag:example.org,2026:issues')
  })

  test('Atom says that its content is HTML, and names authors with their addresses', () => {
    const [, entry] = parseXml(feeds.atom).feed.entry ?? []
    expect(entry?.content['@type']).toBe('html')
    expect(entry?.author).toMatchObject([
      { name: 'Ada Lovelace', uri: 'https://example.org/ada?a=1&b=2' },
      { name: 'Bob' },
    ])
    expect(entry?.category).toEqual([{ '@term': 'traps', '@label': 'Traps' }])
  })

  test('RSS guids are no links, and its authors are names', () => {
    const [, item] = parseXml(feeds.rss).rss.channel.item ?? []
    expect(item?.guid).toEqual({ '#text': 'tag:example.org,2026:issue/0001', '@isPermaLink': 'false' })
    expect(item?.['dc:creator']).toEqual(['Ada Lovelace', 'Bob'])
    expect(item?.author).toBeUndefined()
    expect(item?.description).toBe('What happened.')
    expect(item?.['content:encoded']).toContain('<h2>What bites</h2>')
  })

  test('ids in JSON are text, also where they could be numbers', () => {
    for (const { id } of parseJson(feeds).items) expect(id).toBeTypeOf('string')
  })
})

describe('hostile text', () => {
  const title = 'AT&T <stdio.h> "q" ]]> <b>'
  const summary = '1 < 2 && "x" ]]> <![CDATA[ y'
  const content = '<p>A <code>]]></code>, <code>&#x3C;![CDATA[</code>, <code>&#x3C;/content></code> and &#x26;lt;.</p>'

  test('comes back as it was written', () => {
    const feeds = feedsOfEntry({ title, summary, content, authors: [{ name: 'A&A <a>', address: undefined }] })
    expect(titlesOf(feeds)).toEqual([title, title, title])
    expect(parseFeed(feeds.atom).items[0]?.title).toBe(title)
    expect(parseFeed(feeds.rss).items[0]?.title).toBe(title)
    expect(contentsOf(feeds)).toEqual([content, content, content])
    const [atom, rss, json] = [parseXml(feeds.atom), parseXml(feeds.rss), parseJson(feeds)]
    expect([atom.feed.entry?.[0]?.summary, json.items[0]?.summary]).toEqual([summary, summary])
    expect([atom.feed.entry?.[0]?.author[0]?.name, rss.rss.channel.item?.[0]?.['dc:creator'][0]]).toEqual([
      'A&A <a>',
      'A&A <a>',
    ])
  })

  test('has HTML escaped where RSS wants HTML: in the summary', () => {
    const [item] = parseXml(feedsOfEntry({ summary }).rss).rss.channel.item ?? []
    expect(item?.description).toBe('1 &lt; 2 &amp;&amp; "x" ]]&gt; &lt;![CDATA[ y')
  })

  test('loses the characters that XML forbids, in all formats alike', () => {
    const bad = 'a\u0000\u0001\u000b\u001fb\ufffe\uffff\ud800c\udc00\u0085 \u{1f4a9}\r\nd'
    const feeds = feedsOfEntry({ title: bad, content: `<p>${bad}</p>` })
    expect(titlesOf(feeds)).toEqual(Array(3).fill('abc\u0085 \u{1f4a9}\nd'))
    expect(contentsOf(feeds)).toEqual(Array(3).fill('<p>abc\u0085 \u{1f4a9}\nd</p>'))
    for (const text of Object.values(feeds)) expect(text).toMatch(allowed)
  })

  test('of any kind leaves the feeds well-formed and equal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }), (one, other) => {
        const feeds = feedsOfEntry({ title: `x${one}`, summary: `y${other}`, content: `<p>${other}${one}</p>` })
        for (const markup of [feeds.atom, feeds.rss]) {
          expect(markup).toMatch(allowed)
        }
        for (const [inAtom, inRss, inJson] of [titlesOf(feeds), contentsOf(feeds)]) {
          expect([inAtom, inRss]).toEqual([inJson, inJson])
        }
      }),
      { numRuns: runsOf(100) },
    )
  })
})

describe('ids', () => {
  const idsOf = (feeds: Feeds) => parseJson(feeds).items.map(({ id }) => id)

  test('stay under another address, base path and title', () => {
    const here = idsOf(feedsOf(twoIssues))
    expect(here).toEqual(['tag:example.org,2026:issue/0002', 'tag:example.org,2026:issue/0001'])
    const elsewhere = {
      ...twoIssues,
      'site.yml': siteFile.replace('title: News', 'title: Olds').replace('https://example.org', 'https://other.org'),
      'issues/0001.md': (twoIssues['issues/0001.md'] ?? '').replace('title: Issue 1', 'title: Renamed'),
    }
    expect(idsOf(feedsOf(elsewhere, { siteUrl: 'https://moved.example', basePath: '/deep/' }))).toEqual(here)
  })

  test('stay without a tag authority too, and come from the days of the issues', () => {
    const site = (title: string) => ({
      'site.yml': `title: ${title}\nsections: {traps: {name: T}, releases: {name: R}}\n`,
    })
    const here = feedsOf({ ...twoIssues, ...site('A') })
    const there = feedsOf({ ...twoIssues, ...site('B') }, { siteUrl: 'https://moved.example', basePath: '/deep/' })
    expect(idsOf(here)).toEqual([
      'tag:unnamed.invalid,2026-05-12:issue/0002',
      'tag:unnamed.invalid,2026-04-28:issue/0001',
    ])
    expect(idsOf(there)).toEqual(idsOf(here))
    expect(parseXml(there.atom).feed.id).toBe(parseXml(here.atom).feed.id)
  })
})

test('the feeds are the same bytes in every time zone and language', () => {
  const script = `import { feedsOf, twoIssues } from '#tests/feeds/newsletter.ts'
process.stdout.write(JSON.stringify(feedsOf(twoIssues)))`
  const print = (environment: Record<string, string>) =>
    execFileSync(process.execPath, ['--input-type=module', '--no-warnings', '--eval', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      env: { PATH: process.env.PATH, ...environment },
      encoding: 'utf8',
    })
  const here = JSON.stringify(feedsOf(twoIssues))
  expect(print({ TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' })).toBe(here)
  expect(print({ TZ: 'America/New_York', LANG: 'C' })).toBe(here)
})

test('the feeds do not change with the clock of the build', () => {
  expect(feedsOf(twoIssues, { asOf: '2030-01-01T00:00:00Z' })).toEqual(feedsOf(twoIssues))
})

describe('a newsletter without issues', () => {
  const feeds = feedsOf({})

  test('has valid feeds that say so', () => {
    expect(parseFeed(feeds.atom).items).toEqual([])
    expect(parseFeed(feeds.rss).items).toEqual([])
    expect(parseJson(feeds).items).toEqual([])
    expect(parseXml(feeds.atom).feed.updated).toBe('1970-01-01T00:00:00.000Z')
    expect(parseFeed(feeds.rss).description).toBe('The newsletter of News')
  })

  test('still has the id that it will have', () => {
    expect(parseXml(feeds.atom).feed.id).toBe('tag:example.org,2026:issues')
  })
})

const hasXmllint = spawnSync('xmllint', ['--version']).status === 0

test.skipIf(!hasXmllint)('libxml finds the feeds well-formed', () => {
  for (const { atom, rss } of [feedsOf(twoIssues), feedsOf({})]) {
    for (const input of [atom, rss]) {
      expect(spawnSync('xmllint', ['--noout', '-'], { input, encoding: 'utf8' })).toMatchObject({
        status: 0,
        stderr: '',
      })
    }
  }
})
