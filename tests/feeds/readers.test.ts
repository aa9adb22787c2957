/** What real feed readers make of our feeds. They come from Debian: scripts/ensure-feed-readers.mjs installs them. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, projectFile } from '#tests/builders.ts'
import { missingReaders } from '../../scripts/ensure-feed-readers.mjs'
import { issueFile, newsletterContext, twoIssues, type Place } from './newsletter.ts'
import { startHost, type Host } from './published.ts'
import { ask, newsboatIn, readWithFeedparser, readWithSfeed, rss2emailIn } from './reader-programs.ts'

const missing = missingReaders()
if (missing.length > 0) console.warn(`Skipped: tests with ${missing.join(', ')}, which are not installed.`)

test('where tests decide, every reader is installed', () => {
  if (process.env.CI === 'true') expect(missing).toEqual([])
})

const title = 'AT&T <stdio.h> "q" ]]> 🚀 مرحبا'
const claim = (support: string, date: string) =>
  `\n  - {architectures: [arm64], support: ${support}, date: ${date}, link: 'https://example.org/?a=1&b=2', note: N}`
const content: Record<string, string> = {
  ...twoIssues,
  'architectures.yml': 'amd64: {name: A, control: true}\narm64: {name: B}\n',
  'categories.yml': 'databases: {name: Databases}\n',
  'projects/redis.md': projectFile({
    name: JSON.stringify(title),
    claims: claim('in-progress', '2026-03-01') + claim('works', '2026-09-01'),
  }),
  'projects/quiet.md': projectFile(),
  'issues/0003.md': issueFile(
    { number: '3', title: JSON.stringify(title), date: '2026-06-01', sections: '[traps]', projects: '[redis]' },
    `## Traps {#traps}\n\n[Redis](/projects/redis/) 🚀 مرحبا \`]]>\`.\n\n\`\`\`c\n${'if (a < b && c > d) puts("]]>");\n'.repeat(6000)}\`\`\`\n`,
  ),
}

const hostWith = async (files: Record<string, string>, place: Place = {}) => {
  const host = await startHost()
  await host.publish(newsletterContext(files, { siteUrl: host.origin, ...place }))
  return host
}
const feedsAt = (host: Host) => host.paths().filter((path) => path.endsWith('.xml'))

interface JsonFeed {
  items: { id: string; title: string; url: string; content_html: string }[]
}

describe.skipIf(missing.length > 0)('every feed of a site', { timeout: 300_000 }, () => {
  test('is well-formed to xmllint', async () => {
    const host = await hostWith(content)
    const folder = folderOf({})
    const files = [...feedsAt(host), '/feeds.opml'].map((path) => {
      const file = join(folder, path.replaceAll('/', '_'))
      writeFileSync(file, host.textAt(path))
      return file
    })
    expect(files.length).toBeGreaterThan(10)
    await expect(ask('xmllint', ['--noout', '--nonet', ...files])).resolves.toBe('')
  })

  test('is read by feedparser without a complaint, and says in each format the same', async () => {
    const host = await hostWith(content)
    const feeds = await readWithFeedparser(feedsAt(host).map((path) => `${host.origin}${path}`))
    for (const { address, complaint, version, entries } of feeds) {
      expect(complaint, address).toBe('')
      expect(version, address).toBe(address.endsWith('rss.xml') ? 'rss20' : 'atom10')
      expect(new Set(entries.map(({ id }) => id)).size, address).toBe(entries.length)
    }
    for (const folder of ['/', '/changes/']) {
      const { items } = JSON.parse(host.textAt(`${folder}feed.json`)) as JsonFeed
      const wanted = items.map(({ id, title, url, content_html }) => ({ id, title, link: url, content: content_html }))
      expect(wanted.length).toBeGreaterThan(1)
      for (const file of ['atom.xml', 'rss.xml']) {
        const read = feeds.find(({ address }) => address === `${host.origin}${folder}${file}`)
        expect(read?.entries, `${folder}${file}`).toEqual(wanted)
      }
    }
    expect(feeds.find(({ address }) => address.endsWith('/projects/quiet/atom.xml'))?.entries).toEqual([])
  })

  test('is read by sfeed with the ids, titles, links and dates that JSON has', async () => {
    const host = await hostWith(content)
    for (const folder of ['/', '/changes/']) {
      const { items } = JSON.parse(host.textAt(`${folder}feed.json`)) as {
        items: { id: string; title: string; url: string; date_published: string }[]
      }
      const wanted = items.map(({ id, title, url, date_published }) => ({
        ...{ id, title, link: url, published: new Date(date_published).toISOString() },
      }))
      for (const file of ['atom.xml', 'rss.xml']) {
        expect(await readWithSfeed(host.textAt(`${folder}${file}`)), file).toEqual(wanted)
      }
    }
  })

  test('is read by newsboat, which shows an entry of several feeds once', async () => {
    const host = await hostWith(content)
    const newsboat = newsboatIn(folderOf({}))
    await newsboat.reload(feedsAt(host).map((path) => `${host.origin}${path}`))
    const read = newsboat.entries()
    const all = (await readWithFeedparser(feedsAt(host).map((path) => `${host.origin}${path}`))).flatMap(
      ({ entries }) => entries,
    )
    expect(read.map(({ id }) => id).sort()).toEqual([...new Set(all.map(({ id }) => id))].sort())
    expect(read.filter(({ author }) => author === '')).toEqual([])
    const issue = read.find(({ id }) => id.endsWith('issue/0003'))
    expect(issue?.title).toBe(title)
    expect(issue?.content).toContain(`if (a &#x3C; b &#x26;&#x26; c > d) puts("]]>");`)
  })

  test('is in a list that newsboat and sfeed import', async () => {
    const host = await hostWith(content)
    const folder = folderOf({ 'feeds.opml': host.textAt('/feeds.opml') })
    await ask('newsboat', [
      ...['-u', join(folder, 'urls'), '-c', join(folder, 'cache.db'), '-i', join(folder, 'feeds.opml')],
    ])
    const newsboat = newsboatIn(folder)
    const listed = [...host.textAt('/feeds.opml').matchAll(/xmlUrl="([^"]*)"/g)].map(([, address = '']) => address)
    expect(listed).toHaveLength(10)
    await newsboat.reload(listed)
    expect(newsboat.entries().length).toBeGreaterThan(3)
    const imported = await ask('sfeed_opml_import', [], host.textAt('/feeds.opml'))
    for (const address of listed) expect(imported).toContain(`'${address}'`)
  })
})

describe.skipIf(missing.length > 0)('somebody who follows a feed', { timeout: 300_000 }, () => {
  const corrected = {
    ...content,
    'issues/0001.md': (content['issues/0001.md'] ?? '')
      .replace('title: Issue 1', 'title: A better title')
      .replace('Intro with', 'A corrected introduction with')
      .replace('errata: [', 'errata: [{date: 2026-07-01, text: "It said another thing."}, '),
  }
  const next = { ...corrected, 'issues/0004.md': issueFile({ number: '4', title: 'Issue 4', date: '2026-08-01' }) }
  const paths = ['/atom.xml', '/changes/atom.xml', '/projects/redis/atom.xml', '/topics/traps/atom.xml']

  test('sees no entry twice in newsboat, when it is corrected and when the site moves, and a new issue once', async () => {
    const host = await hostWith(content)
    const newsboat = newsboatIn(folderOf({}))
    const unread = () => newsboat.entries().filter(({ isUnread }) => isUnread)
    const here = paths.map((path) => `${host.origin}${path}`)
    await newsboat.reload(here)
    const first = unread()
    expect(first).toHaveLength(7)
    newsboat.markAllRead()

    await host.publish(newsletterContext(corrected, { siteUrl: host.origin }))
    await newsboat.reload(here)
    expect(unread()).toEqual([])
    expect(newsboat.entries().map(({ title }) => title)).toContain('A better title')

    const moved = await hostWith(corrected, { basePath: '/deep/' })
    host.leadTo(`${moved.origin}/deep`)
    await newsboat.reload(here)
    const there = paths.map((path) => `${moved.origin}/deep${path}`)
    await newsboat.reload(there)
    expect(unread()).toEqual([])
    expect(newsboat.entries()).toHaveLength(first.length)
    expect(newsboat.entries().filter(({ link }) => !link.startsWith(`${moved.origin}/deep/`))).toEqual([])

    await moved.publish(newsletterContext(next, { siteUrl: moved.origin, basePath: '/deep/' }))
    await newsboat.reload(there)
    expect(unread().map(({ title }) => title)).toEqual(['Issue 4'])
  })

  test('gets no mail twice from rss2email, when it is corrected and when the site moves, and one of a new issue', async () => {
    const host = await hostWith(content)
    const mailer = rss2emailIn(folderOf({}))
    await mailer.add('newsletter', `${host.origin}/rss.xml`)
    await mailer.add('changes', `${host.origin}/changes/atom.xml`)
    expect(await mailer.run()).toHaveLength(5)
    expect(await mailer.run()).toEqual([])

    await host.publish(newsletterContext(corrected, { siteUrl: host.origin }))
    expect(await mailer.run()).toEqual([])

    const moved = await hostWith(corrected, { basePath: '/deep/' })
    host.leadTo(`${moved.origin}/deep`)
    expect(await mailer.run()).toEqual([])

    await moved.publish(newsletterContext(next, { siteUrl: moved.origin, basePath: '/deep/' }))
    expect(await mailer.run()).toEqual(['Issue 4'])
  })
})
