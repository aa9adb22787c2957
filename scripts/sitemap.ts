/** The list of pages for search engines: an index, and as many parts as it takes. */
import { Readable } from 'node:stream'
import { SitemapIndexStream, SitemapStream, streamToPromise } from 'sitemap'

/** The protocol allows 50,000. */
const addressesOfPart = 45_000

/** @param addresses of pages, with their host */
export async function* serializeSitemap(
  addresses: readonly string[],
  absoluteAddressOf: (path: string) => string,
): AsyncGenerator<{ name: string; text: Uint8Array }> {
  const sorted = addresses.toSorted()
  const parts: string[] = []
  for (let start = 0; start < Math.max(1, sorted.length); start += addressesOfPart) {
    const name = `sitemap-${parts.length}.xml`
    const part = new SitemapStream({ xmlns: { news: false, xhtml: false, image: false, video: false } })
    const urls = sorted.slice(start, start + addressesOfPart).map((url) => ({ url }))
    yield { name, text: await streamToPromise(Readable.from(urls).pipe(part)) }
    parts.push(absoluteAddressOf(`/${name}`))
  }
  const index = new SitemapIndexStream()
  yield {
    name: 'sitemap-index.xml',
    text: await streamToPromise(Readable.from(parts.map((url) => ({ url }))).pipe(index)),
  }
}
