/** Ten years of a weekly newsletter: 500 issues, 10,000 items. */
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { renderInline, renderMarkdown } from '#catalog/markdown.ts'
import { serializeAtom } from '#feeds/atom.ts'
import { serializeJsonFeed } from '#feeds/json-feed.ts'
import { serializeRss } from '#feeds/rss.ts'
import { folderOf } from '#tests/builders.ts'
import { viewFeedMentions } from '#views/feed-mentions.ts'
import { newsFeed } from '#views/feed-news.ts'
import { newsletterFeed } from '#views/feed-newsletter.ts'
import { divideFeed, type FeedSource } from '#views/feed-pages.ts'
import { viewFeed } from '#views/feed.ts'
import { newsAbout } from '#views/issue-mentions.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { viewTopics } from '#views/topic.ts'
import { generateContent } from '../../scripts/generate-content.ts'
import { generateNewsletter } from '../../scripts/generate-newsletter.ts'

const [issues, items] = [500, 10_000]

function contextAtSize(): PublishingContext {
  const folder = `${folderOf({})}/content`
  generateContent(50, folder)
  generateNewsletter(issues, items, folder)
  const { catalog, problems } = loadCatalog(folder)
  expect(problems).toEqual([])
  const addressOf = (path: string) => path
  return {
    catalog,
    asOf: '2026-11-21T00:00:00Z',
    addressOf,
    absoluteAddressOf: (path) => `https://example.org${path}`,
    inline: (text) => renderInline(text, { addressOf }),
    markdown: (text, idPrefix = '') => renderMarkdown(text, { addressOf, idPrefix }),
  }
}

describe('a newsletter of ten years', () => {
  test(
    'has every entry once in its feeds and their archives, none of them over 512 kB, with the same ids in three formats',
    { timeout: 240_000 },
    () => {
      const context = contextAtSize()
      const mentions = viewFeedMentions(context)
      expect(idsOf(newsletterFeed(context), context)).toHaveLength(issues)
      const news = idsOf(newsFeed(mentions, context), context)
      expect(news.filter((id) => id.includes(':item/'))).toHaveLength(items)
      expect(new Set(news).size).toBe(news.length)

      const topics = viewTopics(context)
      const told = topics.flatMap(({ entries }) => entries.flatMap((entry) => entry.items))
      expect(told).toHaveLength(items)
      const [project = ''] = context.catalog.project.keys()
      expect(newsAbout('project', project, context)).toHaveLength(12)
    },
  )
})

/** Ids of a feed and its archives, each once: the feed itself repeats what the newest archives have. */
function idsOf(source: FeedSource, context: PublishingContext): string[] {
  const [current, ...archives] = divideFeed(source)
  const ids = new Map<string, number>()
  for (const page of [current, ...archives]) {
    if (!page) continue
    const view = (format: 'atom' | 'rss' | 'json') => viewFeed(source, page, format, context)
    const json = serializeJsonFeed(view('json'))
    const texts = [serializeAtom(view('atom')), serializeRss(view('rss')), json]
    for (const text of texts) expect(Buffer.byteLength(text), page.folder).toBeLessThanOrEqual(512_000)
    const own = (JSON.parse(json) as { items: { id: string }[] }).items.map(({ id }) => id)
    expect([...(texts[0] ?? '').matchAll(/<entry>[\s\S]*?<id>([^<]*)<\/id>/g)].map(([, id]) => id)).toEqual(own)
    expect([...(texts[1] ?? '').matchAll(/<guid[^>]*>([^<]*)<\/guid>/g)].map(([, id]) => id)).toEqual(own)
    if (page.isArchive) for (const id of own) ids.set(id, (ids.get(id) ?? 0) + 1)
    else for (const id of own) if (!ids.has(id)) ids.set(id, 0)
  }
  expect([...ids.values()].every((times) => times <= 1)).toBe(true)
  return [...ids.keys()]
}
