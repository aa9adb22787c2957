/** Every address that a page, a feed or the sitemap names is answered. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import {
  addressesOf,
  addressOfPage,
  elements,
  fileAt,
  firstOf,
  readSite,
  type BuiltSite,
  type Element,
} from './html.ts'
import { sites } from './sites.ts'

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)
  const idsByFile = new Map(
    site.pages.map(({ file, document }) => [
      file,
      new Set(elements(document).flatMap(({ attribs }) => [attribs.id, attribs.name].filter((id) => id !== undefined))),
    ]),
  )

  test('every address and every anchor on every page leads somewhere', () => {
    const broken = site.pages.flatMap((page) =>
      addressesOf(page).flatMap(({ value }) => {
        const problem = problemOf(value, addressOfPage(site, page.path))
        return problem === undefined ? [] : [`${page.path}: ${value} ${problem}`]
      }),
    )
    expect(firstOf(broken)).toEqual([])
  })

  test('no address is empty', () => {
    const empty = site.pages.flatMap((page) =>
      addressesOf(page)
        .filter(({ value }) => value.trim() === '' || value === '#')
        .map(({ element }) => `${page.path} ${element.name}`),
    )
    expect(firstOf(empty)).toEqual([])
  })

  test('every address from the root begins with the base path', () => {
    const outside = site.pages.flatMap((page) =>
      addressesOf(page)
        .filter(({ value }) => value.startsWith('/') && !value.startsWith(site.basePath))
        .map(({ value }) => `${page.path}: ${value}`),
    )
    expect(firstOf(outside)).toEqual([])
  })

  test('every address with the host of the site begins with the base path and exists', () => {
    const texts = [...site.files].filter((file) => /\.(html|xml|json|ics|opml|txt|css|js|svg|csv)$/.test(file))
    const wrong = texts.flatMap((file) => {
      const text = readFileSync(join(site.folder, file), 'utf8')
      const addresses = text.match(new RegExp(`${site.origin}[^\\s"'<>\\\\)\\]},;&]*`, 'g')) ?? []
      return [...new Set(addresses)]
        .map((address) => address.replace(/[.:]+$/, ''))
        .filter((address) => !/[{`$]/.test(address) && problemOf(address, site.origin, false) !== undefined)
        .map((address) => `${file}: ${address}`)
    })
    expect(firstOf(wrong)).toEqual([])
  })

  test('links of the pages are written as the pages are addressed, with a trailing slash', () => {
    const wrong = site.pages.flatMap((page) =>
      addressesOf(page)
        .map(({ value }) => new URL(value, addressOfPage(site, page.path)))
        .filter((address) => address.origin === site.origin && !/(\/|\.[a-z0-9]+)$/.test(address.pathname))
        .map((address) => `${page.path}: ${address.href}`),
    )
    expect(firstOf(wrong)).toEqual([])
  })

  test('the frame of a page links to no old address', () => {
    const old = new Set(site.pages.filter(({ redirect }) => redirect !== undefined).map(({ path }) => path))
    const wrong = site.fullPages.flatMap((page) =>
      ['header', 'nav', 'footer']
        .flatMap((name) => elements(page.document, name))
        .flatMap((frame) => elements(frame, 'a'))
        .map(({ attribs }) => new URL(attribs.href ?? '', addressOfPage(site, page.path)))
        .filter(({ origin, pathname }) => origin === site.origin && old.has(`/${pathname.slice(site.basePath.length)}`))
        .map(({ href }) => `${page.path}: ${href}`),
    )
    expect(firstOf(wrong)).toEqual([])
  })

  test('the links in feeds lead somewhere', () => {
    const feeds = [...site.files].filter((file) => /(atom|rss)\.xml$/.test(file))
    const broken = feeds.flatMap((file) => {
      const document = parseDocument(readFileSync(join(site.folder, file), 'utf8'), { xmlMode: true })
      return elements(document).flatMap((element) => {
        const html = isHtml(element) ? textContentOf(element) : ''
        return elements(parseDocument(html))
          .flatMap(({ attribs }) => [attribs.href, attribs.src])
          .filter((address) => address !== undefined)
          .filter((address) => !/^https?:\/\//.test(address) || problemOf(address, site.origin) !== undefined)
          .map((address) => `${file}: ${address}`)
      })
    })
    expect(firstOf(broken)).toEqual([])
  })

  /** Why an address of this site is not answered; undefined where it is, or where it is another's. */
  function problemOf(value: string, base: string, checksAnchor = true): string | undefined {
    const address = URL.parse(value, base)
    if (!address) return 'is no address'
    if (!/^https?:$/.test(address.protocol)) return `is ${address.protocol}`
    if (address.origin !== site.origin) return undefined
    const file = fileAt(site, address)
    if (file === undefined) return 'lies outside the base path'
    if (!site.files.has(file)) return isRoot(site, address) ? undefined : 'does not exist'
    const anchor = decodeURIComponent(address.hash.slice(1))
    const ids = idsByFile.get(file)
    return !checksAnchor || anchor === '' || ids === undefined || ids.has(anchor) ? undefined : 'has no such anchor'
  }
})

/** Whether an element of a feed holds HTML: RSS always means it, Atom says so. */
function isHtml({ name, attribs }: Element): boolean {
  return name === 'description' || name === 'content:encoded' || attribs.type === 'html'
}

/** The host alone, as feeds and calendars name their makers. */
function isRoot(site: BuiltSite, address: URL): boolean {
  return address.href === `${site.origin}/` && site.basePath === '/'
}

function textContentOf(element: { children: unknown[] }): string {
  return element.children
    .map((child) => {
      const node = child as { data?: string; children?: unknown[] }
      return node.children ? textContentOf({ children: node.children }) : (node.data ?? '')
    })
    .join('')
}
