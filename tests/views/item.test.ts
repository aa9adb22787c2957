import { describe, expect, test } from 'vitest'
import { viewFeedMentions } from '#views/feed-mentions.ts'
import { viewNewsletterFeed } from '#views/feed-newsletter.ts'
import { newsAbout } from '#views/issue-mentions.ts'
import { viewIssue } from '#views/issue.ts'
import { viewTopics } from '#views/topic.ts'
import { issueFile, newsletterContext, siteFile } from '#tests/feeds/newsletter.ts'
import { architecturesFile, projectFile } from '#tests/builders.ts'

const itemFile = (changes: Record<string, string | undefined>, body = 'It ships.\n') => {
  const keys = {
    title: 'Redis ships arm64 packages',
    link: 'https://www.example.org/redis?a=1&b=2',
    date: '2026-05-02',
    section: 'releases',
    projects: '[redis]',
    architectures: '[arm64]',
    issue: '0001',
    ...changes,
  }
  const lines = Object.entries(keys).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]))
  return ['---', ...lines, '---', body].join('\n')
}

const vocabularies = {
  'architectures.yml': architecturesFile,
  'categories.yml': 'databases: {name: Databases}\n',
  'projects/redis.md': projectFile({
    claims: '\n  - {architectures: [arm64], support: works, date: 2026-05-01, link: https://example.org/}',
  }),
}

describe('the items of an issue', () => {
  const files = {
    ...vocabularies,
    'issues/0001.md': issueFile({ sections: '[traps, releases]' }, 'Hello.\n\n## Traps {#traps}\n\nMind the gap.\n'),
    'items/late.md': itemFile({ title: 'Late', date: '2026-05-09', link: 'https://example.org/late' }),
    'items/redis-arm64.md': itemFile({ by: 'ada' }),
    'items/trap.md': itemFile({
      title: 'A trap',
      link: 'https://example.org/trap',
      section: 'traps',
      projects: undefined,
      architectures: undefined,
    }),
    'items/waiting.md': itemFile({ title: 'Waiting', link: 'https://example.org/waiting', issue: undefined }),
  }
  const context = newsletterContext(files)
  const { sections, words, projects } = viewIssue('0001', context)

  test('stand below what the editors wrote of their section, those of older news first', () => {
    expect(sections.map(({ id, html, items }) => [id, html, items.map(({ title }) => title)])).toEqual([
      ['traps', '<p>Mind the gap.</p>', ['A trap']],
      ['releases', '', ['Redis ships arm64 packages', 'Late']],
    ])
  })

  test('say where they come from, what they are about, and who sent them', () => {
    expect(sections[1]?.items[0]).toMatchObject({
      anchor: 'item-redis-arm64',
      host: 'example.org',
      html: '<p>It ships.</p>',
      by: { name: 'Ada Lovelace' },
      projects: [{ label: 'Redis', address: '/projects/redis/' }],
      architectures: [{ label: 'arm64', address: '/architectures/arm64/' }],
    })
  })

  test('count among its words, and their projects among its projects', () => {
    expect(words).toBe('Hello Traps Mind the gap'.split(' ').length + 3 * 2 + 'Late A trap'.split(' ').length + 4)
    expect(projects).toEqual([{ label: 'Redis', address: '/projects/redis/' }])
  })

  test('are in their topic too, without their ids', () => {
    const topic = viewTopics(context).find(({ id }) => id === 'releases')
    expect(topic?.entries.map(({ address, items }) => [address, items.length])).toEqual([['/issues/0001/#releases', 2]])
  })

  test('are the way back from what they are about', () => {
    const links = [
      { label: 'Redis ships arm64 packages (Issue 1)', address: '/issues/0001/#item-redis-arm64' },
      { label: 'Late (Issue 1)', address: '/issues/0001/#item-late' },
    ]
    expect(newsAbout('project', 'redis', context)).toEqual(links)
    expect(newsAbout('architecture', 'arm64', context)).toEqual(links)
    expect(newsAbout('architecture', 'armv7', context)).toEqual([])
  })

  test('no heading takes the address of an item', () => {
    const heading = { ...files, 'issues/0001.md': issueFile({}, '## Item late\n\n## X {#item-trap}\n') }
    const ids = viewIssue('0001', newsletterContext(heading)).sections.map(({ id }) => id)
    expect(ids.slice(0, 2)).toEqual(['section-item-late', 'section-item-trap'])
  })
})

test('footnotes of the text stand after the items of its last section', () => {
  const files = {
    ...vocabularies,
    'issues/0001.md': issueFile({}, 'Hello[^1].\n\n## Traps {#traps}\n\nMind it.\n\n[^1]: A note.\n'),
    'items/trap.md': itemFile({ title: 'A trap', section: 'traps' }),
  }
  const context = newsletterContext(files)
  const [section] = viewIssue('0001', context).sections
  expect(section?.html).toBe('<p>Mind it.</p>')
  expect(section?.footnotes).toContain('A note.')
  const [entry] = viewNewsletterFeed('atom', context).entries
  expect(entry?.content.indexOf('A trap')).toBeLessThan(entry?.content.indexOf('A note.') ?? 0)
})

test('an issue is published when it is out, not before', () => {
  const files = { 'issues/0001.md': issueFile({ publishAt: '"2026-05-20T09:00:00+02:00"' }) }
  expect(viewIssue('0001', newsletterContext(files)).published).toBe('2026-05-20T07:00:00Z')
})

describe('the feed of a project', () => {
  const files = {
    ...vocabularies,
    'site.yml': `${siteFile}  what-changed: {name: What changed}\n`,
    'issues/0001.md': issueFile(
      {},
      '## Changes {#what-changed}\n\n- [Redis](/projects/redis/)\n\n## Traps {#traps}\n\n## Releases {#releases}\n',
    ),
    'items/trap.md': itemFile({ title: 'A trap', section: 'traps' }),
  }
  const context = newsletterContext(files)
  const { byProject, byTopic } = viewFeedMentions(context)
  const idsOf = (entries: readonly { id: string }[] = []) => entries.map(({ id }) => id.split(':').at(-1))

  test('does not repeat what its changes say already', () => {
    expect(idsOf(byProject.get('redis'))).toEqual(['item/trap'])
    expect(idsOf(byTopic.get('what-changed'))).toEqual(['issue/0001/what-changed'])
  })

  test('has no entry for a heading that only has items', () => {
    expect(idsOf(byTopic.get('traps'))).toEqual(['item/trap'])
  })
})

describe('what an issue links to', () => {
  test('leads back to it, by the name of today', () => {
    const files = {
      ...vocabularies,
      'projects/old.md': '---\nmovedTo: redis\n---\n',
      'issues/0001.md': issueFile(
        {},
        'On [Redis](/projects/old/#arm64), `[not](/projects/none/)` and [arm64](/architectures/arm64/).\n',
      ),
    }
    const context = newsletterContext(files, { basePath: '/base/' })
    const link = { label: 'Issue 1', address: '/base/issues/0001/' }
    expect(newsAbout('project', 'redis', context)).toEqual([link])
    expect(newsAbout('architecture', 'arm64', context)).toEqual([link])
  })

  test('does not before the issue is public', () => {
    const files = { ...vocabularies, 'issues/0001.md': issueFile({ state: 'draft', projects: '[redis]' }) }
    expect(newsAbout('project', 'redis', newsletterContext(files))).toEqual([])
  })
})

describe('what is known today', () => {
  const files = {
    ...vocabularies,
    'issues/0001.md': issueFile(
      {},
      '## Traps {#traps}\n\n[Redis](/projects/redis/) on [arm64](/architectures/arm64/).\n\n## Releases {#releases}\n\nNo link.\n',
    ),
  }
  const knownAt = (asOf: string) =>
    viewIssue('0001', newsletterContext(files, { asOf })).sections.map(({ knownToday }) => knownToday)

  test('stands beside each section of an issue of two years ago', () => {
    expect(knownAt('2028-05-13T00:00:00Z')).toEqual([
      [
        {
          project: { label: 'Redis', address: '/projects/redis/' },
          statuses: [
            {
              group: 'works',
              label: 'works',
              basis: 'stale',
              basisLabel: 'stale',
              architectures: [{ label: 'arm64', address: '/projects/redis/#arm64' }],
            },
          ],
        },
      ],
      [],
    ])
  })

  test('is left out of a newer one', () => {
    expect(knownAt('2026-11-21T00:00:00Z')).toEqual([[], []])
  })
})
