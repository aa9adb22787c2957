/** Every feed of this build, as outputs. */
import { serializeAtom } from '#feeds/atom.ts'
import { serializeJsonFeed } from '#feeds/json-feed.ts'
import { serializeOpml } from '#feeds/opml.ts'
import { serializeRss } from '#feeds/rss.ts'
import { allFormats, viewFeed, feedFormats, type FeedFormat, type FeedView } from '#views/feed.ts'
import { changesFeed, viewChangeEntries } from '#views/feed-changes.ts'
import { viewFeedGroups } from '#views/feed-links.ts'
import { viewFeedMentions } from '#views/feed-mentions.ts'
import { correctionsFeed, eventsFeed, newsFeed } from '#views/feed-news.ts'
import { newsletterFeed } from '#views/feed-newsletter.ts'
import { architectureFeeds, projectFeeds, topicFeeds } from '#views/feed-own.ts'
import { currentEntries, divideFeed, type FeedSource } from '#views/feed-pages.ts'
import type { PublishingContext } from '#views/publishing.ts'
import type { Output } from './outputs.ts'

export function* feedOutputs(context: PublishingContext): Generator<Output> {
  const changes = viewChangeEntries(context)
  yield* inAllFormats(newsletterFeed(context), context)
  yield* inAllFormats(changesFeed(changes, context), context)
  const mentions = viewFeedMentions(context)
  yield* inAllFormats(newsFeed(mentions, context), context)
  yield inAtom(correctionsFeed(context), context)
  yield inAtom(eventsFeed(context), context)
  const { moved } = context.catalog
  const oldIds = Map.groupBy(moved.keys(), (id) => moved.get(id)?.data.movedTo ?? '')
  for (const feed of projectFeeds(changes, mentions, context)) {
    const own = inAtom(feed, context)
    yield own
    // Programs do not follow the redirecting pages of a static site: an old address has the feed itself.
    const id = feed.folder.split('/')[2] ?? ''
    for (const old of oldIds.get(id) ?? []) yield { ...own, path: `/projects/${old}/atom.xml` }
  }
  for (const feed of architectureFeeds(changes, mentions, context)) yield inAtom(feed, context)
  for (const feed of topicFeeds(mentions, context)) yield inAtom(feed, context)
  yield {
    path: '/feeds.opml',
    content: () => serializeOpml(`Feeds of ${context.catalog.site.title}`, viewFeedGroups(context)),
  }
}

const serializers: Record<FeedFormat, (view: FeedView) => string> = {
  atom: serializeAtom,
  rss: serializeRss,
  json: serializeJsonFeed,
}

/** The feed in all formats, and its archives in theirs. */
function* inAllFormats(source: FeedSource, context: PublishingContext): Generator<Output> {
  for (const page of divideFeed(source)) {
    for (const format of page.isArchive ? (source.archive?.formats ?? []) : allFormats) {
      yield {
        path: `${page.folder}${feedFormats[format].file}`,
        content: () => serializers[format](viewFeed(source, page, format, context)),
      }
    }
  }
}

function inAtom(source: FeedSource, context: PublishingContext): Output {
  return {
    path: `${source.folder}${feedFormats.atom.file}`,
    content: () => {
      const page = {
        folder: source.folder,
        isArchive: false,
        entries: currentEntries(source),
        older: undefined,
        newer: undefined,
      }
      return serializeAtom(viewFeed(source, page, 'atom', context))
    },
  }
}
