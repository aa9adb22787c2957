/** Old addresses answer. */
import { describe, expect, test } from 'vitest'
import { folderOf, projectFile, run } from '#tests/builders.ts'
import { loadCatalog } from '#catalog/catalog.ts'
import { elements, firstOf, pageAt, readSite, textOf } from './html.ts'
import { fork, hostile, real, sites } from './sites.ts'

describe('an old address leads to', () => {
  test.each([
    { site: real, from: '/golang/', to: '/projects/go/' },
    { site: real, from: '/issues/1/', to: '/issues/0001/' },
    { site: real, from: '/issues/3/', to: '/issues/0003/' },
    { site: real, from: '/projects/', to: '/matrix/' },
    { site: hostile, from: '/issues/1/', to: '/issues/0001/' },
    { site: fork, from: '/alt/', to: '/matrix/' },
    { site: fork, from: '/uebersetzer/', to: '/projects/uebersetzer/' },
    {
      site: fork,
      from: '/projects/alter-name/',
      to: `/projects/${'ganz-besonders-langer-name-'.repeat(3).slice(0, 64)}/`,
    },
  ])('$to from $from, on $site.name', ({ site: description, from, to }) => {
    const site = readSite(description)
    const page = pageAt(site, from)
    const wanted = `${site.basePath}${to.slice(1)}`
    expect(page.redirect).toBe(wanted)
    expect(page.isHidden).toBe(true)
    const canonical = elements(page.document, 'link').find(({ attribs }) => attribs.rel === 'canonical')
    expect(canonical?.attribs.href).toBe(`${site.origin}${wanted}`)
    // For a reader whose browser does not follow.
    const [link] = elements(page.document, 'a')
    expect(link?.attribs.href).toBe(wanted)
    expect(link && textOf(link)).not.toBe('')
  })
})

test.each(sites)('on $name every renamed project and every public issue’s number has its redirect', (description) => {
  const site = readSite(description)
  const { catalog } = loadCatalog(description.contentFolder, real.contentFolder)
  const old = [
    ...[...catalog.moved.keys()].map((id) => `/projects/${id}/`),
    ...[...catalog.issue.values()]
      .filter(({ data }) => data.state === 'published')
      .map(({ data }) => `/issues/${data.number}/`),
  ]
  expect(firstOf(old.filter((path) => pageAt(site, path).redirect === undefined))).toEqual([])
})

test.each(sites)('on $name a redirect leads to a page and never to another redirect', (description) => {
  const site = readSite(description)
  const wrong = site.pages.filter(({ redirect }) => {
    if (redirect === undefined) return false
    const path = `/${redirect.slice(site.basePath.length).replace(/[?#].*$/, '')}`
    return !site.fullPages.some((page) => page.path === path)
  })
  expect(wrong.map(({ path }) => path)).toEqual([])
})

describe('an old address that no page can have is a problem of the content, never a build that fails', () => {
  test.each([
    ['leaves the folder of the site', '/../elsewhere/'],
    ['leaves it unseen', '/%2e%2e/elsewhere/'],
    ['has an empty part', '/old//address/'],
    ['is no valid encoding', '/%zz/'],
    ['has a query', '/old?page=1'],
    ['has an anchor', '/old#part'],
    ['is a file of every site', '/404.html'],
    ['is the front page', '/index.html'],
    ['is the page of something else', '/matrix/'],
    ['is the page of the project itself', '/projects/redis/'],
    ['is a feed', '/atom.xml'],
  ])('where it %s: %s', async (_, address) => {
    const folder = folderOf({
      'site.yml': 'title: Test\n',
      'projects/redis.md': projectFile({ redirectsFrom: JSON.stringify([address]) }),
    })
    const { code, answer } = await run(['check', '--content', folder])
    expect(answer).toContain(address)
    expect(code).toBe(1)
  })
})
