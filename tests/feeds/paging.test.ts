/** How feeds are divided, and that no feed gets too large for those who fetch it. */
import fc from 'fast-check'
import { parseFeed } from '@rowanmanning/feed-parser'
import { describe, expect, test } from 'vitest'
import { serializeAtom } from '#feeds/atom.ts'
import { serializeJsonFeed } from '#feeds/json-feed.ts'
import { serializeRss } from '#feeds/rss.ts'
import { viewFeed, type FeedEntryView, type FeedFormat } from '#views/feed.ts'
import { changesFeed, viewChangeEntries } from '#views/feed-changes.ts'
import { newsletterFeed } from '#views/feed-newsletter.ts'
import { bytesOf, divideFeed, entriesWeight, entryOf, type FeedEntry, type FeedSource } from '#views/feed-pages.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { projectFile, runsOf } from '#tests/builders.ts'
import { issueFile, newsletterContext } from './newsletter.ts'

const limit = 512_000
const serializers = { atom: serializeAtom, rss: serializeRss, json: serializeJsonFeed }
const formats = ['atom', 'rss', 'json'] as const

const filesOf = (source: FeedSource, format: FeedFormat, context: PublishingContext) =>
  new Map(
    pagesIn(source, format).map((page) => {
      const view = viewFeed(source, page, format, context)
      return [view.address, serializers[format](view)]
    }),
  )

/** The pages that are written in a format. */
const pagesIn = (source: FeedSource, format: FeedFormat) =>
  divideFeed(source).filter(({ isArchive }) => !isArchive || source.archive?.formats.includes(format))

interface JsonPage {
  next_url?: string
  items: { id: string }[]
}

/** Ids of all entries, as a program finds them that knows the newest page alone. */
const walk = (files: Map<string, string>, address: string): Set<string> => {
  const ids = new Set<string>()
  const visited = new Set<string>()
  for (let next: string | undefined = address; next !== undefined;) {
    expect(visited).not.toContain(next)
    visited.add(next)
    const text: string | undefined = files.get(next)
    if (text === undefined) throw new Error(`${next} is not there`)
    if (next.endsWith('.json')) {
      const page = JSON.parse(text) as JsonPage
      for (const { id } of page.items) ids.add(id)
      next = page.next_url
    } else {
      for (const { id } of parseFeed(text).items) ids.add(id ?? '')
      next = /<(?:atom:)?link href="([^"]*)" rel="prev-archive"/.exec(text)?.[1]
    }
  }
  expect(visited.size).toBe(files.size)
  return ids
}

describe('500 issues', () => {
  const files = Object.fromEntries(
    Array.from({ length: 500 }, (_, index) => {
      const number = index + 1
      const date = new Date(Date.UTC(2016, 0, 1 + 7 * index)).toISOString().slice(0, 10)
      const body = `Intro.\n\n## Traps {#traps}\n\n${'A trap, and <stdio.h> & more. '.repeat(40)}\n`
      return [
        `issues/${String(number).padStart(4, '0')}.md`,
        issueFile({ number: String(number), title: `Issue ${number}`, date, sections: '[traps]' }, body),
      ]
    }),
  )
  const context = newsletterContext(files)
  const source = newsletterFeed(context)

  test.each(formats)('are all found from the newest page of %s, and each page is small', (format) => {
    const pages = filesOf(source, format, context)
    const address = context.absoluteAddressOf(`/${format === 'json' ? 'feed.json' : `${format}.xml`}`)
    expect(walk(pages, address).size).toBe(500)
    for (const text of pages.values()) expect(bytesOf(text)).toBeLessThanOrEqual(limit)
  })

  test('archives say that they are, and lead to the newest and to both neighbours', () => {
    const pages = filesOf(source, 'atom', context)
    const archive = pages.get('https://example.org/issues/archive/2/atom.xml') ?? ''
    expect(archive).toContain('<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>')
    for (const [rel, path] of [
      ['self', '/issues/archive/2/'],
      ['current', '/'],
      ['prev-archive', '/issues/archive/1/'],
      ['next-archive', '/issues/archive/3/'],
    ] as const) {
      expect(archive).toContain(`href="https://example.org${path}atom.xml" rel="${rel}"`)
    }
    expect(pages.get('https://example.org/atom.xml')).not.toContain('fh:archive')
  })

  test('fill archives that stay as they are when the next issue comes out', () => {
    const before = newsletterContext(Object.fromEntries(Object.entries(files).slice(0, 479)))
    const archivesOf = (of: FeedSource) =>
      divideFeed(of)
        .filter(({ isArchive }) => isArchive)
        .map(({ folder, entries }) => [folder, entries.map(({ id }) => id)])
    const old = archivesOf(newsletterFeed(before)).toReversed()
    expect(old).toHaveLength(23)
    expect(archivesOf(source).toReversed().slice(0, 23)).toEqual(old)
  })
})

describe('10,000 changes', () => {
  const statements = ['works', 'broken', 'works', 'broken', 'works']
  const files = Object.fromEntries(
    Array.from({ length: 1000 }, (_, index) => [
      `projects/p${index}.md`,
      projectFile({
        claims: statements
          .map((support, step) => {
            const day = new Date(Date.UTC(2025, 5, 1 + step * 90 + (index % 80))).toISOString().slice(0, 10)
            return `\n  - {architectures: [amd64, arm64], support: ${support}, date: ${day}, link: 'https://example.org/', note: N}`
          })
          .join(''),
      }),
    ]),
  )
  const context = newsletterContext({
    ...files,
    'architectures.yml': 'amd64: {name: A, control: true}\narm64: {name: B}\n',
    'categories.yml': 'databases: {name: Databases}\n',
  })
  const entries = viewChangeEntries(context)
  const source = changesFeed(entries, context)

  test('are all found from the newest page of Atom, and each page is small', () => {
    expect(entries).toHaveLength(10_000)
    const pages = filesOf(source, 'atom', context)
    const found = walk(pages, context.absoluteAddressOf('/changes/atom.xml'))
    expect(found).toEqual(new Set(entries.map(({ id }) => id)))
    for (const text of pages.values()) expect(bytesOf(text)).toBeLessThanOrEqual(limit)
  })

  test.each(['rss', 'json'] as const)('have no archives in %s, and no link to any', (format) => {
    const pages = filesOf(source, format, context)
    expect(pages.size).toBe(1)
    for (const text of pages.values()) expect(text).not.toMatch(/prev-archive|next_url|changes\/archive/)
  })

  test('come the newest first, and the feed itself has 200', () => {
    const [current] = divideFeed(source)
    expect(current?.entries).toHaveLength(200)
    const days = entries.map(({ published }) => published)
    expect(days).toEqual([...days].sort().reverse())
  })

  test('have archives up to a number, and without the oldest where there are more', () => {
    const all = divideFeed(source)
    const { archive } = source
    if (!archive) throw new Error('the feed of changes has archives')
    const few = divideFeed({ ...source, archive: { ...archive, maximum: 1000 } })
    expect(few.slice(0, -1)).toEqual(all.slice(0, few.length - 1))
    expect(few.at(-1)).toEqual({ ...all[few.length - 1], older: undefined })
    const archived = few.slice(1).reduce((sum, { entries }) => sum + entries.length, 0)
    expect(archived).toBeGreaterThan(900)
    expect(archived).toBeLessThanOrEqual(1000)
  })

  test('of a month that is over touch no archive of another month', () => {
    const [one] = entries.slice(5000)
    const without = divideFeed({ ...source, entries: entries.filter((entry) => entry !== one) })
    const month = one?.published.slice(0, 7) ?? ''
    const others = (pages: ReturnType<typeof divideFeed>) =>
      pages
        .filter(({ folder }) => !folder.includes(month))
        .map(({ folder, entries }) => [folder, entries.map(({ id }) => id)])
    expect(others(without)).toEqual(others(divideFeed(source)))
  })
})

describe('weights', () => {
  test.each([
    ['of plain words', 'Redis', 'N'],
    ['of what has to be escaped', '&<>&<>&<>&<>', '<&>'.repeat(90)],
    ['of other scripts', 'مشروع 项目 🚀', '🚀项'.repeat(100)],
  ])('of changes are no less than what their entries take: %s', (_, name, link) => {
    const context = newsletterContext({
      'architectures.yml': 'amd64: {name: A, control: true}\narm64: {name: B}\n',
      'categories.yml': 'databases: {name: Databases}\n',
      'projects/p.md': projectFile({
        name: JSON.stringify(name),
        claims: `\n  - {architectures: [arm64], support: works, date: 2026-03-01, link: 'https://example.org/?q=${encodeURIComponent(link).slice(0, 500)}', note: N}`,
      }),
    })
    const source = changesFeed(viewChangeEntries(context), context)
    const [page] = divideFeed(source)
    if (!page) throw new Error('no page')
    expect(page.entries).toHaveLength(1)
    for (const format of formats) {
      const sizeOf = (shown: typeof page) => bytesOf(serializers[format](viewFeed(source, shown, format, context)))
      expect(sizeOf(page) - sizeOf({ ...page, entries: [] })).toBeLessThanOrEqual(page.entries[0]?.weight() ?? 0)
    }
  })

  test('of other entries too, whatever is in them', () => {
    const context = newsletterContext({})
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom('<', '&', '"', '\n', 'x', '\u0001', '🚀'),
        (text, mark) => {
          const entry = entryOf(
            viewOf({
              title: text,
              summary: `${mark.repeat(100)}${text}`,
              content: `<p>${text}${mark.repeat(1000)}</p>`,
            }),
          )
          const source = sourceOf([entry])
          const [page] = divideFeed(source)
          if (!page) throw new Error('no page')
          for (const format of formats) {
            const sizeOf = (shown: typeof page) =>
              bytesOf(serializers[format](viewFeed(source, shown, format, context)))
            expect(sizeOf(page) - sizeOf({ ...page, entries: [] })).toBeLessThanOrEqual(entry.weight())
          }
        },
      ),
      { numRuns: runsOf(30) },
    )
  })

  test('keep a feed small whose issues are long, and the rest is in its archives', () => {
    const context = newsletterContext({})
    const entries = Array.from({ length: 12 }, (_, index) =>
      entryOf(
        viewOf({
          id: `e${index}`,
          published: `2026-01-${30 - index}T12:00:00Z`,
          content: `<pre>${'x'.repeat(200_000)}</pre>`,
        }),
      ),
    )
    const source = sourceOf(entries)
    expect(divideFeed(source)[0]?.entries).toHaveLength(2)
    for (const format of formats) {
      const pages = filesOf(source, format, context)
      for (const text of pages.values()) expect(bytesOf(text)).toBeLessThanOrEqual(limit)
      const found = walk(pages, context.absoluteAddressOf(`/${format === 'json' ? 'feed.json' : `${format}.xml`}`))
      expect(found.size).toBe(12)
    }
  })

  test('leave what no feed can carry on its page', () => {
    const entry = entryOf(viewOf({ content: `<p>${'<'.repeat(200_000)}</p>` }))
    expect(entry.weight()).toBeLessThanOrEqual(entriesWeight)
    expect(entry.view().content).toContain('<a href="https://example.org/x/">read it on its page</a>')
  })
})

function viewOf(changes: Partial<FeedEntryView>): FeedEntryView {
  return {
    id: 'e',
    title: 'T',
    address: 'https://example.org/x/',
    published: '2026-01-01T12:00:00Z',
    updated: '2026-01-01T12:00:00Z',
    authors: [{ name: 'A', address: undefined }],
    summary: 'S',
    content: '<p>C</p>',
    categories: [{ id: 'traps', label: 'Traps' }],
    ...changes,
  }
}

function sourceOf(entries: FeedEntry[]): FeedSource {
  return {
    ...{ id: 'f', folder: '/', pagePath: '/', title: 'F', description: 'D', entries, maximum: 20 },
    archive: { folder: '/archive/', formats, size: 20, maximum: 1000, periodOf: () => '', openPeriod: '' },
  }
}
