/** The matrix as tests, scrapers and styles find it in the HTML (the hooks are a contract). */
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { supportWords } from '#domain/status-words.ts'
import {
  elementById,
  elements,
  firstOf,
  pageAt,
  readSite,
  textOf,
  type BuiltSite,
  type Element,
  type Page,
} from './html.ts'
import { real, sites } from './sites.ts'

const bases = ['verified', 'claimed', 'stale', 'disputed', 'none']

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)
  const { catalog } = loadCatalog(description.contentFolder, real.contentFolder)
  const pages = matrixPages(site)
  const rows = pages.flatMap(rowsOf)

  test('the matrix is a real table with a caption, and heads for its rows and columns', () => {
    for (const page of pages) {
      const table = elementById(page.document, 'matrix')
      expect(table?.name).toBe('table')
      if (!table) continue
      expect(textOf(elements(table, 'caption')[0] ?? table)).not.toBe('')
      const heads = elements(table, 'th')
      expect(heads.filter(({ attribs }) => !/^(col|row)$/.test(attribs.scope ?? ''))).toEqual([])
      expect(heads.filter(({ attribs }) => attribs.scope === 'col')).toHaveLength(catalog.architectures.size + 1)
    }
  })

  test('every project has one row', () => {
    const ids = rows.map(({ attribs }) => attribs['data-project'])
    expect([...ids].sort()).toEqual([...catalog.project.keys()].sort())
  })

  test('projects of which nothing is recorded come last, and are marked', () => {
    const isRecorded = rows.map((row) => cellsOf(row).some(({ attribs }) => attribs['data-basis'] !== 'none'))
    expect(isRecorded).toEqual([...isRecorded].sort((a, b) => Number(b) - Number(a)))
    expect(rows.map(({ attribs }) => attribs.class !== 'unrecorded')).toEqual(isRecorded)
  })

  test('every row has one cell for each architecture, in one order', () => {
    const orders = rows.map((row) => cellsOf(row).map(({ attribs }) => attribs['data-architecture']))
    expect([...(orders[0] ?? [])].sort()).toEqual([...catalog.architectures.keys()].sort())
    expect(new Set(orders.map((order) => order.join())).size).toBe(1)
  })

  test('the columns of the site come first, and they alone are shown before a reader chooses', () => {
    const wanted = catalog.site.columns
    for (const row of rows) {
      const shown = cellsOf(row).filter(({ attribs }) => attribs.hidden === undefined)
      expect(shown.map(({ attribs }) => attribs['data-architecture'])).toEqual(
        wanted.length > 0 ? wanted : [...catalog.architectures].filter(([, data]) => data.default).map(([id]) => id),
      )
    }
  })

  test('every cell says its support and its basis in known words, and as text', () => {
    const wrong = rows.flatMap((row) =>
      cellsOf(row)
        .filter((cell) => {
          const { 'data-support': support, 'data-basis': basis } = cell.attribs
          const isKnown = (supportWords as readonly string[]).includes(support ?? '') && bases.includes(basis ?? '')
          return !isKnown || !/\p{L}/u.test(textOf(cell)) || (support === 'unknown') !== (basis === 'none')
        })
        .map((cell) => `${row.attribs['data-project'] ?? ''} ${JSON.stringify(cell.attribs)}`),
    )
    expect(firstOf(wrong)).toEqual([])
  })

  test('every cell of which something is known leads to its sources', () => {
    const wrong = rows.flatMap((row) =>
      cellsOf(row)
        .filter(({ attribs }) => attribs['data-basis'] !== 'none')
        .filter((cell) => {
          const id = row.attribs['data-project'] ?? ''
          const [link] = elements(cell, 'a')
          return link?.attribs.href !== `${site.basePath}projects/${id}/#${cell.attribs['data-architecture'] ?? ''}`
        })
        .map((cell) => `${row.attribs['data-project'] ?? ''} ${cell.attribs['data-architecture'] ?? ''}`),
    )
    expect(firstOf(wrong)).toEqual([])
  })

  test('the cells of a project’s own page say the same as its row', () => {
    const wrong = rows.flatMap((row) => {
      const id = row.attribs['data-project'] ?? ''
      const page = site.pages.find(({ path }) => path === `/projects/${id}/`)
      const said = new Map(cellsOf(row).map(({ attribs }) => [attribs['data-architecture'], attribs]))
      return elements(page?.document ?? row, 'td')
        .filter(({ attribs }) => attribs['data-architecture'] !== undefined)
        .filter(({ attribs }) => {
          const other = said.get(attribs['data-architecture'])
          return other?.['data-support'] !== attribs['data-support'] || other?.['data-basis'] !== attribs['data-basis']
        })
        .map(({ attribs }) => `${id} ${attribs['data-architecture'] ?? ''}`)
    })
    expect(firstOf(wrong)).toEqual([])
  })

  test('the filters are labelled controls of one form, and the count of projects is a live region', () => {
    const [page] = pages
    if (!page) throw new Error('there is no matrix page')
    const form = elementById(page.document, 'filters')
    expect(form?.name).toBe('form')
    const all = elements(page.document)
    const labels = new Set(all.filter(({ name }) => name === 'label').map(({ attribs }) => attribs.for))
    for (const name of ['q', 'arch', 'support', 'basis', 'category']) {
      const control = elements(form ?? page.document).find(({ attribs }) => attribs.name === name)
      expect(control, name).toBeDefined()
      expect(labels.has(control?.attribs.id), `the label of ${name}`).toBe(true)
    }
    const columns = all.filter(({ attribs }) => attribs.name === 'columns')
    expect(columns.map(({ attribs }) => attribs.value).sort()).toEqual([...catalog.architectures.keys()].sort())
    const count = elementById(page.document, 'count')
    expect(count?.attribs).toMatchObject({ role: 'status' })
    expect(textOf(count ?? page.document)).toContain(String(catalog.project.size))
  })

  test('an architecture’s page counts every project once', () => {
    for (const id of catalog.architectures.keys()) {
      const known = rows
        .flatMap(cellsOf)
        .filter(({ attribs }) => attribs['data-architecture'] === id && attribs['data-basis'] !== 'none')
      if (known.length === 0) continue
      expect(textOf(pageAt(site, `/architectures/${id}/`).document), id).toContain(
        `${known.length} of ${catalog.project.size} project`,
      )
    }
  })
})

/** The first page of the matrix, and every one that its links lead on to. */
function matrixPages(site: BuiltSite): Page[] {
  return site.fullPages.filter(({ path }) => /^\/matrix\/(\d+\/)?$/.test(path))
}

function rowsOf(page: Page): Element[] {
  const table = elementById(page.document, 'matrix')
  return table ? elements(table, 'tr').filter(({ attribs }) => attribs['data-project'] !== undefined) : []
}

function cellsOf(row: Element): Element[] {
  return elements(row, 'td')
}
