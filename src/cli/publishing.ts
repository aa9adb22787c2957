/** What the newsletter is made from, for commands: the same as in a build. */
import { renderInline, renderMarkdown } from '#catalog/markdown.ts'
import type { LoadedCatalog } from '#catalog/catalog.ts'
import { addressBelow, fullAddress } from '#domain/site-address.ts'
import type { PublishingContext } from '#views/publishing.ts'
import { asOf, publishedSite, type CommonValues } from './options.ts'
import type { World } from './world.ts'

export function publishingContext(loaded: LoadedCatalog, values: CommonValues, world: World): PublishingContext {
  const site = publishedSite(loaded.catalog.site, world)
  const addressOf = (path: string) => addressBelow(site.basePath, path)
  return {
    catalog: loaded.catalog,
    asOf: asOf(values, world),
    addressOf,
    absoluteAddressOf: (path) => fullAddress(path, site),
    inline: (text) => renderInline(text, { addressOf, deadLinks: loaded.catalog.deadLinks }),
    markdown: (text, idPrefix = '') =>
      renderMarkdown(text, { addressOf, idPrefix, deadLinks: loaded.catalog.deadLinks }),
  }
}
