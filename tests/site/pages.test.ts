/** What is true of every page, whatever the content. */
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { schemaKinds, standingOutputs } from '#catalog/own-outputs.ts'
import { standingPages } from '#catalog/own-pages.ts'
import { anchorsOfStatusWords } from '#domain/anchors.ts'
import { addressOfPage, elementById, elements, firstOf, pageAt, readSite, textOf } from './html.ts'
import { validationProblemsOf } from './html-validate.ts'
import { real, sites } from './sites.ts'

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)
  const { catalog } = loadCatalog(description.contentFolder, real.contentFolder)

  test('every page is valid, accessible HTML', async () => {
    const problems: string[] = []
    for (const page of site.pages) {
      for (const problem of await validationProblemsOf(page.html)) problems.push(`${page.path} ${problem}`)
    }
    expect(firstOf(problems)).toEqual([])
  })

  test('nothing stands after the end of a page', () => {
    const longer = site.pages.filter(({ html }) => !html.trimEnd().endsWith('</html>'))
    expect(firstOf(longer.map(({ path }) => path))).toEqual([])
  })

  test('every page that is promised for any content exists', () => {
    const paths = site.pages.map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining([...standingPages, '/404.html']))
  })

  test('every output that texts may link to exists', () => {
    const files = [...site.files].map((file) => `/${file}`)
    const schemas = schemaKinds.map((kind) => `/api/v1/schemas/${kind}.json`)
    expect([...standingOutputs, ...schemas].filter((path) => !files.includes(path))).toEqual([])
    expect(files.filter((path) => path.startsWith('/api/v1/schemas/')).sort()).toEqual(schemas.sort())
  })

  test('the parts of the page about the words are those that content may link to', () => {
    const main = elementById(pageAt(site, '/status-words/').document, 'content')
    const ids = main ? elements(main).flatMap(({ attribs }) => attribs.id ?? []) : []
    expect(ids.filter((id) => id !== 'content').sort()).toEqual([...anchorsOfStatusWords].sort())
  })

  test('everything in the content has its page', () => {
    const wanted = [
      ...[...catalog.project.keys(), ...catalog.moved.keys()].map((id) => `/projects/${id}/`),
      ...[...catalog.architectures.keys()].map((id) => `/architectures/${id}/`),
      ...[...catalog.categories.keys()].map((id) => `/categories/${id}/`),
      ...[...catalog.recipe.keys()].map((id) => `/recipes/${id}/`),
      ...[...catalog.note.keys()].map((id) => `/notes/${id}/`),
      ...[...catalog.issue].filter(([, { data }]) => data.state === 'published').map(([id]) => `/issues/${id}/`),
    ]
    const paths = new Set(site.pages.map(({ path }) => path))
    expect(firstOf(wanted.filter((path) => !paths.has(path)))).toEqual([])
  })

  test('ids are unique on a page', () => {
    const twice = site.pages.flatMap((page) => {
      const ids = elements(page.document).flatMap(({ attribs }) => (attribs.id === undefined ? [] : [attribs.id]))
      return ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${page.path} #${id}`)
    })
    expect(firstOf(twice)).toEqual([])
  })

  test('what an attribute points at by id exists', () => {
    const pointers = ['for', 'form', 'list', 'aria-labelledby', 'aria-describedby', 'aria-controls', 'headers']
    const dangling = site.pages.flatMap((page) => {
      const all = elements(page.document)
      const ids = new Set(all.map(({ attribs }) => attribs.id))
      return all.flatMap(({ attribs }) =>
        pointers
          .flatMap((name) => (attribs[name] ?? '').split(/\s+/).filter(Boolean))
          .filter((id) => !ids.has(id))
          .map((id) => `${page.path} ${id}`),
      )
    })
    expect(firstOf(dangling)).toEqual([])
  })

  test('every page has one first-level heading, and no heading skips a level', () => {
    const problems = site.pages.flatMap(({ path, document }) => {
      const levels = elements(document)
        .filter(({ name }) => /^h[1-6]$/.test(name))
        .map(({ name }) => Number(name.slice(1)))
      const skips = levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)
      return levels.filter((level) => level === 1).length === 1 && skips.length === 0
        ? []
        : [`${path} ${levels.join()}`]
    })
    expect(firstOf(problems)).toEqual([])
  })

  test('every heading says something', () => {
    const silent = site.pages.filter(({ document }) =>
      elements(document).some((element) => /^h[1-6]$/.test(element.name) && textOf(element) === ''),
    )
    expect(firstOf(silent.map(({ path }) => path))).toEqual([])
  })

  test('every page has its content in main#content, which a link skips to', () => {
    const problems = site.fullPages.filter(({ document }) => {
      const mains = elements(document, 'main')
      const [firstLink] = elements(document, 'a')
      return mains.length !== 1 || mains[0]?.attribs.id !== 'content' || firstLink?.attribs.href !== '#content'
    })
    expect(firstOf(problems.map(({ path }) => path))).toEqual([])
  })

  test('every page says its language', () => {
    const wrong = site.pages.filter(({ document }) => {
      const [html] = elements(document, 'html')
      return html?.attribs.lang !== catalog.site.language
    })
    expect(firstOf(wrong.map(({ path }) => path))).toEqual([])
  })

  test('every page that search engines may show has its own address as canonical, and the others none', () => {
    const wrong = site.fullPages.filter((page) => {
      const canonicals = elements(page.document, 'link').filter(({ attribs }) => attribs.rel === 'canonical')
      const wanted = page.isHidden ? [] : [addressOfPage(site, page.path)]
      return canonicals.map(({ attribs }) => attribs.href).join() !== wanted.join()
    })
    expect(firstOf(wrong.map(({ path }) => path))).toEqual([])
  })

  test('the page of a missing address is kept from search engines and names no address relative to itself', () => {
    const { isHidden, document } = pageAt(site, '/404.html')
    expect(isHidden).toBe(true)
    const relative = elements(document)
      .flatMap(({ attribs }) => [attribs.href, attribs.src, attribs.action])
      .filter((value) => value !== undefined && !/^(https?:\/\/|\/|#)/.test(value))
    expect(relative).toEqual([])
  })

  test('every page is described in one to three hundred characters', () => {
    const wrong = site.fullPages.flatMap(({ path, document }) => {
      const described = elements(document, 'meta')
        .filter(({ attribs }) => attribs.name === 'description' || attribs.property === 'og:description')
        .map(({ attribs }) => attribs.content ?? '')
      return described.length === 2 && described.every((text) => text !== '' && text.length <= 300)
        ? []
        : [`${path} ${described.map((text) => text.length).join()}`]
    })
    expect(firstOf(wrong)).toEqual([])
  })

  test('no two pages have the same title', () => {
    const titles = site.fullPages.map(({ document }) => {
      const title = elements(document, 'title').find((element) => ancestorsOf(element)[0] === 'head')
      return title ? textOf(title) : ''
    })
    expect(firstOf(titles.filter((title, index) => title === '' || titles.indexOf(title) !== index))).toEqual([])
  })

  test('every form control has a name that a reader hears', () => {
    const silent = site.pages.flatMap((page) => {
      const all = elements(page.document)
      const labelled = new Set(all.filter(({ name }) => name === 'label').map(({ attribs }) => attribs.for))
      return all
        .filter(({ name, attribs }) => ['input', 'select', 'textarea'].includes(name) && attribs.type !== 'hidden')
        .filter((control) => {
          const { id } = control.attribs
          const inLabel = ancestorsOf(control).includes('label')
          return !inLabel && !(id !== undefined && labelled.has(id)) && !control.attribs['aria-label']
        })
        .map(({ name, attribs }) => `${page.path} ${name} ${attribs.name ?? ''}`)
    })
    expect(firstOf(silent)).toEqual([])
  })

  test('every reader of the page sees of which day it is', () => {
    const silent = site.fullPages.filter(({ document }) => {
      const [footer] = elements(document, 'footer').slice(-1)
      return !footer || !elements(footer, 'time').some(({ attribs }) => attribs.datetime?.startsWith('2026-11-21'))
    })
    expect(firstOf(silent.map(({ path }) => path))).toEqual([])
  })

  test('no address, word or label was left undefined', () => {
    const wrong = site.pages.filter(
      ({ document, html }) =>
        elements(document).some(({ attribs }) =>
          Object.values(attribs).some((value) => /(^|\/)(undefined|null|NaN)(\/|$)|\[object Object\]/.test(value)),
        ) || />\s*(undefined|NaN|\[object Object\])\s*</.test(html),
    )
    expect(firstOf(wrong.map(({ path }) => path))).toEqual([])
  })

  test('every link has words', () => {
    const silent = site.pages.flatMap((page) =>
      elements(page.document, 'a')
        .filter((link) => textOf(link) === '' && !link.attribs['aria-label'])
        .map((link) => `${page.path} ${link.attribs.href ?? ''}`),
    )
    expect(firstOf(silent)).toEqual([])
  })
})

function ancestorsOf(element: { parent: unknown }): string[] {
  const names: string[] = []
  for (
    let node = element.parent;
    node !== null && typeof node === 'object';
    node = (node as { parent: unknown }).parent
  ) {
    if ('name' in node && typeof node.name === 'string') names.push(node.name)
  }
  return names
}
