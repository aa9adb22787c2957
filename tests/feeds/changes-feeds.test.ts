/** Feeds of changes, and of one project, architecture or topic. */
import { parseFeed } from '@rowanmanning/feed-parser'
import { describe, expect, test } from 'vitest'
import { serializeAtom } from '#feeds/atom.ts'
import { serializeJsonFeed } from '#feeds/json-feed.ts'
import { serializeRss } from '#feeds/rss.ts'
import { viewFeed, type FeedView } from '#views/feed.ts'
import { changesFeed, viewChangeEntries } from '#views/feed-changes.ts'
import { viewFeedMentions } from '#views/feed-mentions.ts'
import { newsletterFeed } from '#views/feed-newsletter.ts'
import { architectureFeeds, projectFeeds, topicFeeds } from '#views/feed-own.ts'
import { divideFeed, type FeedSource } from '#views/feed-pages.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { projectFile } from '#tests/builders.ts'
import { issueFile, newsletterContext, siteFile, type Place } from './newsletter.ts'

const vocabularies = {
  'architectures.yml': 'amd64: {name: A, control: true}\narm64: {name: B}\n',
  'categories.yml': 'databases: {name: Databases}\n',
}
const claims = (...list: string[]) =>
  projectFile({
    claims: list.map((claim) => `\n  - {${claim}, link: 'https://example.org/?a=1&b=2', note: N}`).join(''),
  })
const redis = claims(
  'architectures: [arm64], support: in-progress, date: 2026-03-01',
  'architectures: [arm64, amd64], support: works, date: 2026-09-01',
)
const content = { ...vocabularies, 'projects/redis.md': redis }

const contextOf = (files: Record<string, string>, place?: Place) => newsletterContext({ ...content, ...files }, place)
const changesOf = (context: PublishingContext) => changesFeed(viewChangeEntries(context), context)
const viewOf = (source: FeedSource | undefined, context: PublishingContext): FeedView => {
  const [page] = source ? divideFeed(source) : []
  if (!source || !page) throw new Error('no such feed')
  return viewFeed(source, page, 'atom', context)
}
const feedOf = (folder: string, context: PublishingContext) => {
  const changes = viewChangeEntries(context)
  const mentions = viewFeedMentions(context)
  const feeds = [
    ...[newsletterFeed(context), changesFeed(changes, context)],
    ...projectFeeds(changes, mentions, context),
    ...architectureFeeds(changes, mentions, context),
    ...topicFeeds(mentions, context),
  ]
  return viewOf(
    feeds.find((feed) => feed.folder === folder),
    context,
  )
}
const idsOf = ({ entries }: FeedView) => entries.map(({ id }) => id)

describe('an entry of a change', () => {
  const [entry] = feedOf('/changes/', contextOf({}, { basePath: '/base/' })).entries.filter(({ id }) =>
    /arm64/.test(id),
  )

  test('says what became what, since when, and leads to the cell', () => {
    expect(entry).toMatchObject({
      id: 'tag:example.org,2026:change/redis/arm64/2026-09-01',
      title: 'Redis on arm64: works, gained (was in progress)',
      address: 'https://example.org/base/projects/redis/#arm64',
      published: '2026-09-01T12:00:00Z',
      related: ['https://example.org/?a=1&b=2'],
      change: {
        project: 'redis',
        architecture: 'arm64',
        on: '2026-09-01',
        direction: 'gained',
        from: { support: 'in-progress', basis: 'claimed' },
        to: { support: 'works', basis: 'claimed' },
      },
    })
  })

  test('tells why, and shows both statuses as a table that needs no style', () => {
    expect(entry?.summary).toBe('1 September 2026. Claimed as works on 1 September 2026.')
    expect(entry?.content).toContain('<th scope="row">Before</th><td>in progress</td><td>claimed</td>')
    expect(entry?.content).toContain('<th scope="row">From then on</th><td>works</td><td>claimed</td>')
    expect(entry?.content).toContain('<a href="https://example.org/?a=1&amp;b=2">The source</a>')
    expect(entry?.content).not.toMatch(/\s(?:class|style|id)=/)
  })

  test('is data in JSON, and names its source in Atom and RSS', () => {
    const view = feedOf('/changes/', contextOf({}))
    const { items } = JSON.parse(serializeJsonFeed(view)) as { items: { _change: unknown }[] }
    expect(items.map((item) => item._change)).toEqual(view.entries.map(({ change }) => change))
    expect(serializeAtom(view)).toContain('<link href="https://example.org/?a=1&amp;b=2" rel="related"/>')
    expect(serializeRss(view)).toContain('<atom:link href="https://example.org/?a=1&amp;b=2" rel="related"/>')
  })
})

describe('ids', () => {
  test('are the same at another address and under other names', () => {
    const moved = contextOf(
      {
        'site.yml': siteFile.replace('title: News', 'title: Olds'),
        'projects/redis.md': redis.replace('Redis', 'Rediss'),
      },
      { siteUrl: 'https://moved.example', basePath: '/deep/' },
    )
    expect(idsOf(feedOf('/changes/', moved))).toEqual(idsOf(feedOf('/changes/', contextOf({}))))
    expect(feedOf('/projects/redis/', moved).id).toBe('tag:example.org,2026:project/redis')
  })

  test('stay when a project is renamed', () => {
    const renamed = newsletterContext({
      ...vocabularies,
      'projects/redis.md': '---\nmovedTo: valkey\n---\n',
      'projects/valkey.md': redis,
    })
    expect(idsOf(feedOf('/changes/', renamed))).toEqual(idsOf(feedOf('/changes/', contextOf({}))))
    expect(feedOf('/projects/valkey/', renamed).id).toBe('tag:example.org,2026:project/redis')
  })

  test('of a change stay when its day is told more exactly', () => {
    const ofDay = (date: string) =>
      idsOf(
        feedOf(
          '/changes/',
          contextOf({ 'projects/redis.md': claims(`architectures: [arm64], support: works, date: ${date}`) }),
        ),
      )
    expect(ofDay('2026-03')).toEqual(['tag:example.org,2026:change/redis/arm64/2026-03-01'])
    expect(ofDay('2026-03-01')).toEqual(ofDay('2026-03'))
  })

  test('are the same in every feed that has the entry, and so is the entry', () => {
    const context = contextOf({})
    const all = feedOf('/changes/', context)
    expect(feedOf('/projects/redis/', context).entries).toEqual(all.entries)
    expect(feedOf('/architectures/arm64/', context).entries).toEqual(
      all.entries.filter(({ id }) => id.includes('/arm64/')),
    )
  })
})

describe('what the newsletter says', () => {
  const files = {
    'issues/0001.md': issueFile(
      {
        sections: '[traps, releases]',
        projects: '[redis]',
        errata: '[{date: 2026-06-03, section: traps, text: Oops}]',
      },
      '## What bites {#traps}\n\nSee [Redis](/projects/redis/) and [arm64](/architectures/arm64/#x)[^1].\n\n## Releases {#releases}\n\nNone.\n\n[^1]: Note.\n',
    ),
    'issues/0002.md': issueFile({ number: '2', title: 'Issue 2', date: '2026-07-01', projects: '[redis]' }),
    'issues/0003.md': issueFile(
      { number: '3', title: 'Issue 3', date: '2026-08-01', sections: '[traps]', projects: '[redis]' },
      '## Traps {#traps}\n\nA word on [Redis](/projects/redis/).\n',
    ),
    'items/fix.md':
      '---\ntitle: "A & B"\nlink: https://example.com/?x=1&y=2\ndate: 2026-07-30\nsection: traps\nprojects: [redis]\narchitectures: [amd64]\nissue: 0003\n---\nFixed.\n',
    'items/waiting.md':
      '---\ntitle: Waiting\nlink: https://example.com/w\ndate: 2026-07-30\nsection: traps\nprojects: [redis]\n---\nSoon.\n',
  }
  const context = contextOf(files)

  test('about a project is in its feed: sections that link it, items, else the whole issue', () => {
    const ids = idsOf(feedOf('/projects/redis/', context)).filter((id) => !id.includes(':change/'))
    expect(ids).toEqual([
      'tag:example.org,2026:item/fix',
      'tag:example.org,2026:issue/0002',
      'tag:example.org,2026:issue/0001/traps',
    ])
  })

  test('about an architecture and a topic is in theirs, with the same ids', () => {
    expect(idsOf(feedOf('/topics/traps/', context))).toEqual([
      'tag:example.org,2026:issue/0003/traps',
      'tag:example.org,2026:item/fix',
      'tag:example.org,2026:issue/0001/traps',
    ])
    expect(idsOf(feedOf('/architectures/arm64/', context))).toContain('tag:example.org,2026:issue/0001/traps')
    expect(idsOf(feedOf('/architectures/amd64/', context))).toContain('tag:example.org,2026:item/fix')
  })

  test('stands there in full, with its corrections and every address in full', () => {
    const entry = feedOf('/topics/traps/', context).entries.at(-1)
    expect(entry).toMatchObject({
      title: 'What bites: Issue 1',
      address: 'https://example.org/issues/0001/#traps',
      published: '2026-05-12T12:00:00Z',
    })
    expect(entry?.updated.slice(0, 13)).toBe('2026-06-03T12')
    expect(entry?.content).toContain('Correction of <time datetime="2026-06-03">')
    expect(entry?.content).toContain('<a href="https://example.org/projects/redis/">Redis</a>')
    expect(entry?.content).not.toContain('Note.')
    expect(
      [...(entry?.content ?? '').matchAll(/href="([^"]*)"/g)].every(([, href]) => href?.startsWith('https://')),
    ).toBe(true)
  })

  test('in an item leads to where it is told, and to what it is about', () => {
    const entry = feedOf('/projects/redis/', context).entries.find(({ id }) => id.endsWith('item/fix'))
    expect(entry).toMatchObject({
      title: 'A & B',
      address: 'https://example.org/issues/0003/#item-fix',
      related: ['https://example.com/?x=1&y=2'],
    })
  })

  test('before its time is in no feed', () => {
    const early = contextOf(files, { asOf: '2026-07-15T00:00:00Z' })
    const ids = idsOf(feedOf('/projects/redis/', early)).filter((id) => !id.includes(':change/'))
    expect(ids).toEqual(['tag:example.org,2026:issue/0002', 'tag:example.org,2026:issue/0001/traps'])
    expect(idsOf(feedOf('/changes/', early))).toEqual(['tag:example.org,2026:change/redis/arm64/2026-03-01'])
  })
})

describe('a feed without entries', () => {
  const context = newsletterContext({ ...vocabularies, 'projects/redis.md': projectFile() })

  test.each(['/changes/', '/projects/redis/', '/architectures/arm64/', '/topics/traps/'])(
    'is valid and says so: %s',
    (folder) => {
      const view = feedOf(folder, context)
      expect(view.description).toMatch(/so far\.$|yet\.$/)
      expect(parseFeed(serializeAtom(view)).items).toEqual([])
      expect(parseFeed(serializeRss(view))).toMatchObject({ items: [], description: view.description })
      expect(JSON.parse(serializeJsonFeed(view))).toMatchObject({ items: [], description: view.description })
    },
  )
})

test('entries of one day say different instants for their last change, which is no earlier than the day', () => {
  const files = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [
      `projects/p${index}.md`,
      claims('architectures: [arm64], support: works, date: 2026-09-01'),
    ]),
  )
  const context = newsletterContext({ ...vocabularies, ...files })
  const { entries } = viewOf(changesOf(context), context)
  expect(entries).toHaveLength(100)
  expect(new Set(entries.map(({ updated }) => updated)).size).toBe(100)
  for (const { published, updated } of entries) {
    expect(published).toBe('2026-09-01T12:00:00Z')
    expect(updated).toMatch(/^2026-09-01T12:\d\d:\d\d\.\d{3}Z$/)
  }
})
