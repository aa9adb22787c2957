/** The pages that answer a question: that their numbers are those of the matrix, and where they lead for a correction. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { groupOfSupport, supportGroups, supportWords, type SupportGroup } from '#domain/status-words.ts'
import { elementById, elements, firstOf, pageAt, readSite, textOf, type Document, type Element } from './html.ts'
import { fork, hostile, real, sites } from './sites.ts'

interface MatrixCell {
  project: string
  architecture: string
  support: string
  basis: string
  categories: string[]
}

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)
  const cells = cellsOf(pageAt(site, '/matrix/').document)
  const architectures = [...new Set(cells.map(({ architecture }) => architecture))]

  test('the numbers of each architecture, of each of its categories, are those of the matrix', () => {
    for (const architecture of architectures) {
      const { document } = pageAt(site, `/architectures/${architecture}/`)
      const ofArchitecture = cells.filter((cell) => cell.architecture === architecture)
      const part = elementById(document, 'categories')
      if (ofArchitecture.every(({ basis }) => basis === 'none')) {
        expect(part).toBeUndefined()
        continue
      }
      const rows = numbersOf(part?.parent as Element)
      const categories = new Set(ofArchitecture.flatMap((cell) => cell.categories))
      expect(rows.size).toBe(categories.size)
      for (const category of categories) {
        const ofCategory = ofArchitecture.filter((cell) => cell.categories.includes(category))
        expect(rows.get(`${site.basePath}categories/${category}/`), `${architecture} ${category}`).toEqual(
          expectedNumbers(ofCategory),
        )
      }
    }
  })

  test('the numbers of each category, on each architecture, are those of the matrix', () => {
    for (const category of new Set(cells.flatMap((cell) => cell.categories))) {
      const part = elementById(pageAt(site, `/categories/${category}/`).document, 'architectures')
      const rows = numbersOf(part?.parent as Element)
      for (const architecture of architectures) {
        const counted = cells.filter((cell) => cell.architecture === architecture && cell.categories.includes(category))
        expect(rows.get(`${site.basePath}architectures/${architecture}/`), `${category} ${architecture}`).toEqual(
          expectedNumbers(counted),
        )
      }
    }
  })

  test('the headline of an architecture counts what works in its column', () => {
    for (const architecture of architectures) {
      const ofArchitecture = cells.filter((cell) => cell.architecture === architecture)
      if (ofArchitecture.every(({ basis }) => basis === 'none')) continue
      const working = ofArchitecture.filter(({ support }) => support === 'works').length
      const page = textOf(pageAt(site, `/architectures/${architecture}/`).document)
      expect(page, architecture).toContain(
        working === 0
          ? `No project of ${ofArchitecture.length} is known to work on ${architecture}`
          : `${working} of ${ofArchitecture.length} projects work${working === 1 ? 's' : ''} on ${architecture}`,
      )
    }
  })

  test('the front page has the same numbers, and each chart has its figures as text', () => {
    const { document } = pageAt(site, '/')
    const rows = numbersOf(elementById(document, 'state')?.parent as Element)
    expect(rows.size).toBeGreaterThan(0)
    for (const [address, numbers] of rows) {
      const counted = cells.filter(({ architecture }) => address.endsWith(`/architectures/${architecture}/`))
      expect(numbers, address).toEqual(expectedNumbers(counted))
    }
    const drawn = elements(document, 'svg').filter(({ attribs }) => attribs['aria-hidden'] === undefined)
    const unnamed = drawn.filter(
      ({ attribs }) => attribs.role !== 'img' || !/\d|none/.test(attribs['aria-label'] ?? ''),
    )
    expect(unnamed).toEqual([])
  })

  test('what is listed as needing a check needs one, on whichever page', () => {
    const pages = site.fullPages.filter(({ path }) => path.startsWith('/verify/'))
    expect(pages).toHaveLength(architectures.length + 1)
    const wrong = pages.flatMap(({ path, document }) =>
      ['disputed', 'stale'].flatMap((basis) => {
        const part = elementById(document, basis)?.parent as Element | undefined
        const links = (part ? elements(part, 'th') : []).flatMap((head) => elements(head, 'a'))
        return links
          .map(({ attribs }) => /projects\/([^/]+)\/#(.+)$/.exec(attribs.href ?? ''))
          .filter((match) => {
            const found = cells.find(({ project, architecture }) => project === match?.[1] && architecture === match[2])
            return found?.basis !== basis
          })
          .map((match) => `${path} ${match?.[0] ?? 'no cell'}`)
      }),
    )
    expect(firstOf(wrong)).toEqual([])
  })

  test('every row of numbers about an architecture says so, for the reader whose own comes first', () => {
    for (const path of ['/', '/architectures/']) {
      const [body] = elements(pageAt(site, path).document, 'tbody')
      const silent = (body ? elements(body, 'tr') : []).filter((row) => {
        const [link] = elements(row, 'a')
        return link?.attribs.href !== `${site.basePath}architectures/${row.attribs['data-of-architecture'] ?? ''}/`
      })
      expect(silent.map(textOf), path).toEqual([])
    }
  })

  test('every cell of which something is known leads to where it is corrected, and says which cell that is', () => {
    const wrong = [...new Set(cells.map(({ project }) => project))].flatMap((project) => {
      const { document } = pageAt(site, `/projects/${project}/`)
      const known = elements(document, 'td').filter(({ attribs }) => attribs['data-architecture'] !== undefined)
      const links = elements(document, 'a').filter((link) => /\bcorrect-this\b/.test(link.attribs.class ?? ''))
      const named = links.filter((link) => / on \S+$/.test(textOf(link)) && link.attribs.href !== undefined)
      return named.length === known.length ? [] : [`${project}: ${named.length} of ${known.length}`]
    })
    expect(firstOf(wrong)).toEqual([])
  })
})

/** The address of each way to correct a page that stands at its foot. */
function footOf(document: Document): string[] {
  const [foot] = elements(document, 'p').filter(({ attribs }) => /\bmade-from\b/.test(attribs.class ?? ''))
  return foot ? elements(foot, 'a').map(({ attribs }) => attribs.href ?? '') : []
}

test('without a repository a page leads to how to correct it', () => {
  const site = readSite(real)
  for (const path of ['/projects/docker/', '/recipes/concourse-worker/', '/notes/page-size/', '/issues/0001/']) {
    expect(footOf(pageAt(site, path).document), path).toEqual(['/contribute/'])
  }
})

test('where the site says how files are edited and tickets written, a page leads there', () => {
  const { document } = pageAt(readSite(fork), '/projects/uebersetzer/')
  expect(footOf(document)).toEqual([
    'https://git.example.org/laeuft/auf-riscv/_edit/haupt/inhalt/projects/uebersetzer.md',
    'https://git.example.org/laeuft/auf-riscv/issues/new',
    '/repo/contribute/',
  ])
})

test('on GitHub a ticket is filled in, whatever the name of the project', () => {
  const site = readSite(hostile)
  const { document } = pageAt(site, '/projects/attack/')
  const [title] = elements(document, 'h1')
  const links = elements(document, 'a').filter(({ attribs }) => /\bcorrect-this\b/.test(attribs.class ?? ''))
  expect(links.length).toBeGreaterThan(0)
  for (const link of links) {
    const url = new URL(link.attribs.href ?? '')
    expect(url.origin).toBe('https://github.com')
    expect(url.pathname).toMatch(/\/issues\/new$/)
    expect(url.searchParams.get('project')).toBe('attack')
    const architecture = url.searchParams.get('architecture') ?? ''
    expect(url.searchParams.get('title')).toBe(`Cell: ${title ? textOf(title) : ''} on ${architecture}`)
  }
  for (const path of ['/notes/attack/', '/recipes/attack/', '/issues/0001/']) {
    const [edit, ticket] = footOf(pageAt(site, path).document)
    expect(edit, path).toMatch(/\/edit\/main\/content\/(notes|recipes|issues)\/(attack|0001)\.md$/)
    expect(new URL(ticket ?? '').searchParams.get('body'), path).toContain(`https://hostile.example.org${path}`)
  }
})

test('the front page and all that it needs to be drawn weigh less than 20 KB, the font apart', () => {
  const site = readSite(real)
  const { html, document } = pageAt(site, '/')
  const styles = elements(document, 'link').filter(({ attribs }) => attribs.rel === 'stylesheet')
  const scripts = elements(document, 'script').filter(({ attribs }) => attribs.src !== undefined)
  const files = withImports(
    [...styles.map(({ attribs }) => attribs.href), ...scripts.map(({ attribs }) => attribs.src)].map((address = '') =>
      address.slice(site.basePath.length),
    ),
  )
  const sizes = [Buffer.from(html), ...files.map((file) => readFileSync(join(site.folder, file)))].map(
    (bytes) => brotliCompressSync(bytes).length,
  )
  expect(files.length).toBeGreaterThan(2)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20_000)

  /** Files, and the scripts that they import at once. */
  function withImports(found: readonly string[]): string[] {
    const all = new Set(found)
    for (const file of all) {
      if (!file.endsWith('.js')) continue
      const code = readFileSync(join(site.folder, file), 'utf8')
      for (const [, name] of code.matchAll(/(?:from|import)\s*"\.\/([^"]+\.js)"/g)) all.add(`_astro/${name ?? ''}`)
    }
    return [...all]
  }
})

function cellsOf(document: Document): MatrixCell[] {
  const table = elementById(document, 'matrix')
  const rows = table ? elements(table, 'tr').filter(({ attribs }) => attribs['data-project'] !== undefined) : []
  return rows.flatMap((row) =>
    elements(row, 'td').map(({ attribs }) => ({
      project: row.attribs['data-project'] ?? '',
      architecture: attribs['data-architecture'] ?? '',
      support: attribs['data-support'] ?? '',
      basis: attribs['data-basis'] ?? '',
      categories: (row.attribs['data-categories'] ?? '').split(' '),
    })),
  )
}

/** The numbers of the first table of a part, by the address that heads its row. */
function numbersOf(part: Element): Map<string, number[]> {
  const [body] = elements(part, 'tbody')
  return new Map(
    (body ? elements(body, 'tr') : []).map((row) => {
      const [link] = elements(row, 'a')
      const numbers = elements(row, 'td').map((cell) => parseInt(textOf(cell), 10))
      return [link?.attribs.href ?? '', numbers]
    }),
  )
}

/** Works, limited, exists, coming, no, fresh, known, and the share that the bar stands for. */
function expectedNumbers(cells: readonly MatrixCell[]): number[] {
  const inGroup = (group: SupportGroup) =>
    cells.filter(({ support }) => groupOfSupport[supportWords.find((word) => word === support) ?? 'unknown'] === group)
  const known = cells.filter(({ basis }) => basis !== 'none')
  return [
    ...supportGroups.filter((group) => group !== 'not-known').map((group) => inGroup(group).length),
    known.filter(({ basis }) => basis !== 'stale').length,
    known.length,
    Math.round((100 * known.length) / cells.length),
  ]
}
