/** What machines read: feeds and how they are found, the sitemap, robots.txt. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFeed } from '@rowanmanning/feed-parser'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { isPublic } from '#domain/issue.ts'
import { addressOfPage, elements, fileAt, firstOf, readSite } from './html.ts'
import { real, sites, today } from './sites.ts'

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)
  const { catalog } = loadCatalog(description.contentFolder, real.contentFolder)
  const text = (file: string) => readFileSync(join(site.folder, file), 'utf8')
  const filesThat = (pattern: RegExp) => [...site.files].filter((file) => pattern.test(file))

  test('every file that ends in .xml, .svg or .opml is well-formed', () => {
    const broken = filesThat(/\.(xml|svg|opml)$/).filter((file) => XMLValidator.validate(text(file)) !== true)
    expect(firstOf(broken)).toEqual([])
  })

  test('every file that ends in .json is JSON', () => {
    for (const file of filesThat(/\.json$/)) expect(() => void JSON.parse(text(file)), file).not.toThrow()
  })

  test('every text file is UTF-8 without control characters', () => {
    const broken = filesThat(/\.(html|xml|json|txt|css|js|svg|csv|ics|opml)$/).filter((file) => {
      const bytes = readFileSync(join(site.folder, file))
      // Of those that we did not write, the XML parser has U+FFFD in its table of what XML allows.
      const isForeign = /^(?:pagefind\/|_astro\/read-cyclonedx-xml)/.test(file)
      return /[\0-\x08\x0b\x0c\x0e-\x1f\ufffd]/.test(bytes.toString('utf8')) && !isForeign
    })
    expect(firstOf(broken)).toEqual([])
  })

  test('the newsletter is there as Atom, RSS and JSON Feed, with the same issues in each', () => {
    const issues = [...catalog.issue.values()]
      .filter(({ data }) => isPublic(data, `${today}T23:59:59Z`))
      .sort((a, b) => b.data.number - a.data.number)
    const addresses = issues.map(({ id }) => addressOfPage(site, `/issues/${id}/`))
    for (const file of ['atom.xml', 'rss.xml']) {
      const feed = parseFeed(text(file))
      expect(
        feed.items.map(({ url }) => url),
        file,
      ).toEqual(addresses)
      expect(
        feed.items.map(({ title }) => title),
        file,
      ).toEqual(issues.map(({ data }) => data.title))
    }
    const { items } = JSON.parse(text('feed.json')) as { items: { url: string; title: string }[] }
    expect(items.map(({ url }) => url)).toEqual(addresses)
    expect(items.map(({ title }) => title)).toEqual(issues.map(({ data }) => data.title))
  })

  test('every Atom and RSS feed can be read and names itself', () => {
    for (const file of filesThat(/(atom|rss)\.xml$/)) {
      const feed = parseFeed(text(file))
      expect(feed.title, file).toContain(catalog.site.title)
      // The feed of a renamed project is at its old address too, and names the one of today.
      const [folder, id = '', name] = file.split('/')
      const own = folder === 'projects' ? `${folder}/${catalog.moved.get(id)?.data.movedTo ?? id}/${name ?? ''}` : file
      expect(text(file), file).toContain(`href="${addressOfPage(site, `/${own}`)}"`)
    }
  })

  test('every page names the feeds of the site, and each of them exists', () => {
    const wrong = site.fullPages.flatMap((page) => {
      const found = elements(page.document, 'link').filter(
        ({ attribs }) => attribs.rel === 'alternate' && /(xml|json)$/.test(attribs.type ?? ''),
      )
      const missing = found.filter(({ attribs }) => {
        const file = fileAt(site, new URL(attribs.href ?? '', addressOfPage(site, page.path)))
        return file === undefined || !site.files.has(file) || !attribs.title
      })
      return found.length >= 3 && missing.length === 0 ? [] : [page.path]
    })
    expect(firstOf(wrong)).toEqual([])
  })

  test('the sitemap lists every page that search engines may show, and nothing else', () => {
    const index = locationsIn(text('sitemap-index.xml'))
    const listed = index.flatMap((address) => locationsIn(text(fileAt(site, new URL(address)) ?? '')))
    const wanted = site.fullPages.filter(({ isHidden }) => !isHidden).map(({ path }) => addressOfPage(site, path))
    expect([...listed].sort()).toEqual([...wanted].sort())
  })

  test('robots.txt lets everybody in and names the sitemap', () => {
    expect(text('robots.txt')).toMatch(/^User-agent: \*$/m)
    expect(text('robots.txt')).not.toMatch(/^Disallow: ./m)
    expect(text('robots.txt')).toContain(`Sitemap: ${addressOfPage(site, '/sitemap-index.xml')}\n`)
  })
})

function locationsIn(xml: string): string[] {
  const parser = new XMLParser({ isArray: (name) => name === 'sitemap' || name === 'url' })
  const parsed = parser.parse(xml) as {
    sitemapindex?: { sitemap: { loc: string }[] }
    urlset?: { url: { loc: string }[] }
  }
  return [...(parsed.sitemapindex?.sitemap ?? []), ...(parsed.urlset?.url ?? [])].map(({ loc }) => loc)
}
