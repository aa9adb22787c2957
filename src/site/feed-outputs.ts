/** Every feed of this build, as outputs. */
import { serializeAtomEntry, serializeAtomWith } from '#feeds/atom.ts'
import { serializeJsonFeed } from '#feeds/json-feed.ts'
import { serializeOpml } from '#feeds/opml.ts'
import { serializeRss } from '#feeds/rss.ts'
import { allFormats, feedFormats, viewFeed, viewFeedFrame, type FeedFormat } from '#views/feed.ts'
import { changesFeed, viewChangeEntries } from '#views/feed-changes.ts'
import { viewFeedGroups } from '#views/feed-links.ts'
import { viewFeedMentions } from '#views/feed-mentions.ts'
import { correctionsFeed, eventsFeed, newsFeed } from '#views/feed-news.ts'
import { newsletterFeed } from '#views/feed-newsletter.ts'
import { architectureFeeds, projectFeeds, topicFeeds } from '#views/feed-own.ts'
import { currentEntries, divideFeed, type FeedEntry, type FeedPage, type FeedSource } from '#views/feed-pages.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { keyOfProject, keyOfShown } from './keys.ts'
import type { Output } from './outputs.ts'

export function* feedOutputs(context: PublishingContext): Generator<Output> {
  const changes = viewChangeEntries(context)
  const texts = new Map<FeedEntry, string>()
  const writeOf = (entry: FeedEntry) => texts.get(entry) ?? writeEntry(entry)
  const writeAndKeep = (entry: FeedEntry) => {
    const text = writeOf(entry)
    texts.set(entry, text)
    return text
  }
  yield* inAllFormats(newsletterFeed(context), context)
  yield* inAllFormats(changesFeed(changes, context), context, writeAndKeep)
  const mentions = viewFeedMentions(context)
  yield* inAllFormats(newsFeed(mentions, context), context)
  yield inAtom(correctionsFeed(context), context)
  yield inAtom(eventsFeed(context), context)
  for (const feed of architectureFeeds(changes, mentions, context)) yield inAtom(feed, context, writeAndKeep)
  for (const feed of topicFeeds(mentions, context)) yield inAtom(feed, context)
  const { moved } = context.catalog
  const oldIds = Map.groupBy(moved.keys(), (id) => moved.get(id)?.data.movedTo ?? '')
  for (const feed of projectFeeds(changes, mentions, context)) {
    const id = feed.folder.split('/')[2] ?? ''
    const project = context.catalog.project.get(id)
    const own = inAtom(feed, context, writeOf, project && keyOfProject(project))
    yield own
    // Programs do not follow the redirecting pages of a static site: an old address has the feed itself.
    for (const old of oldIds.get(id) ?? []) yield { ...own, path: `/projects/${old}/atom.xml` }
    // A change is a change of one project, whose feed is the last that has it.
    if (texts.size > 0) for (const entry of feed.entries) texts.delete(entry)
  }
  yield {
    path: '/feeds.opml',
    content: () => serializeOpml(`Feeds of ${context.catalog.site.title}`, viewFeedGroups(context)),
  }
}

/** An entry in Atom, which may have been written for another feed. */
type WriteEntry = (entry: FeedEntry) => string

function writeEntry(entry: FeedEntry): string {
  return serializeAtomEntry(entry.view())
}

function* inAllFormats(source: FeedSource, context: PublishingContext, write?: WriteEntry): Generator<Output> {
  for (const page of divideFeed(source)) {
    const key = keyOfFeed(source, page)
    // The feed itself has all formats, and its archives theirs.
    for (const format of page.isArchive ? (source.archive?.formats ?? []) : allFormats) {
      yield {
        path: `${page.folder}${feedFormats[format].file}`,
        content: () => serializers[format](source, page, context, write),
        key,
      }
    }
  }
}

/** @param key where something says it that is known before any entry: of a project, all that decides about the project */
function inAtom(source: FeedSource, context: PublishingContext, write?: WriteEntry, key?: string): Output {
  const page = () => ({
    folder: source.folder,
    isArchive: false,
    entries: currentEntries(source),
    older: undefined,
    newer: undefined,
  })
  return {
    path: `${source.folder}${feedFormats.atom.file}`,
    content: () => atomOf(source, page(), context, write),
    key: key ?? keyOfFeed(source, page()),
  }
}

function keyOfFeed({ entries: _, archive: __, ...source }: FeedSource, { entries, ...page }: FeedPage): string {
  return keyOfShown(['feed', source, page, entries.map(({ told }) => told)])
}

type Serializer = (source: FeedSource, page: FeedPage, context: PublishingContext, write?: WriteEntry) => string

const serializers: Record<FeedFormat, Serializer> = {
  atom: atomOf,
  rss: (source, page, context) => serializeRss(viewFeed(source, page, 'rss', context)),
  json: (source, page, context) => serializeJsonFeed(viewFeed(source, page, 'json', context)),
}

function atomOf(source: FeedSource, page: FeedPage, context: PublishingContext, write = writeEntry): string {
  return serializeAtomWith(
    viewFeedFrame(source, page, 'atom', context),
    page.entries.map((entry) => write(entry)),
  )
}
