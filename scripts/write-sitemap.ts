/** The list of pages for search engines: `/sitemap-index.xml`, and as many parts as it takes. */
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { SitemapAndIndexStream, SitemapStream } from 'sitemap'

/** The protocol allows 50,000. */
const addressesOfPart = 45_000

/**
 * @param addresses of pages, with their host
 * @param addressOfPart where a part will be found, by its file name
 */
export async function writeSitemap(
  addresses: readonly string[],
  addressOfPart: (name: string) => string,
  folder: string,
): Promise<void> {
  const parts: Promise<void>[] = []
  const index = new SitemapAndIndexStream({
    limit: addressesOfPart,
    getSitemapStream: (number) => {
      const name = `sitemap-${number}.xml`
      const part = new SitemapStream({ xmlns: { news: false, xhtml: false, image: false, video: false } })
      const file = part.pipe(createWriteStream(join(folder, name)))
      parts.push(finished(file))
      return [addressOfPart(name), part, file]
    },
  })
  const sorted = addresses.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  await pipeline(
    Readable.from(sorted.map((url) => ({ url }))),
    index,
    createWriteStream(join(folder, 'sitemap-index.xml')),
  )
  await Promise.all(parts)
}
