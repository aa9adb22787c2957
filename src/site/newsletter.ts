/** The newsletter and its feeds, from the content of this build. */
import { serializeAtom } from '#feeds/atom.ts'
import { serializeJsonFeed } from '#feeds/json-feed.ts'
import { serializeRss } from '#feeds/rss.ts'
import { viewNewsletterFeed } from '#views/feed.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { absoluteAddressOf, context, markdown } from './data.ts'

// An issue is shown on its page, in the archive, on topic pages and in three feeds.
const rendered = new Map<string, ReturnType<typeof markdown>>()

export const publishing: PublishingContext = {
  ...context,
  absoluteAddressOf,
  markdown: (text, idPrefix = '') => {
    if (idPrefix !== '') return markdown(text, idPrefix)
    const known = rendered.get(text) ?? markdown(text)
    rendered.set(text, known)
    return known
  },
}

export function newsletterAtom(): string {
  return serializeAtom(viewNewsletterFeed('/atom.xml', publishing))
}

export function newsletterRss(): string {
  return serializeRss(viewNewsletterFeed('/rss.xml', publishing))
}

export function newsletterJsonFeed(): string {
  return serializeJsonFeed(viewNewsletterFeed('/feed.json', publishing))
}
