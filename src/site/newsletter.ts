/** What the newsletter and the feeds are made from: the content of this build. */
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
