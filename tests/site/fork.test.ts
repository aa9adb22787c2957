/** Another content folder and no change of code is another site. */
import { reportSchema } from '#ingest/report.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addressOfPage, elementById, elements, firstOf, pageAt, readSite, textOf, wordsOf } from './html.ts'
import { fork, real } from './sites.ts'

const site = readSite(fork)
const texts = [...site.files].filter((file) => /\.(html|xml|json|txt|css|js|svg|csv|ics|opml)$/.test(file))

test('its title is in the title of every page, in its header and in its feeds', () => {
  for (const { document, path } of site.fullPages) {
    const [title] = elements(document, 'title')
    const [header] = elements(document, 'header')
    expect(title && textOf(title), path).toContain('Läuft auf RISC-V')
    expect(header && textOf(header), path).toContain('Läuft auf RISC-V')
  }
  for (const file of ['atom.xml', 'rss.xml', 'feed.json']) {
    expect(readFileSync(join(site.folder, file), 'utf8'), file).toContain('Läuft auf RISC-V')
  }
})

test('its language is the language of its pages and feeds', () => {
  const languages = site.pages.map(({ document }) => elements(document, 'html')[0]?.attribs.lang)
  expect(new Set(languages)).toEqual(new Set(['de']))
  expect(readFileSync(join(site.folder, 'atom.xml'), 'utf8')).toContain('xml:lang="de"')
  expect(readFileSync(join(site.folder, 'rss.xml'), 'utf8')).toContain('<language>de</language>')
})

test('its columns are those of its own content, in its order, with its own control', () => {
  const heads = elements(pageAt(site, '/matrix/').document, 'th').filter(({ attribs }) => attribs['data-column'])
  expect(heads.map(({ attribs }) => attribs['data-column'])).toEqual([
    'riscv64',
    'loong64',
    'arm64',
    'mips64el',
    'amd64',
  ])
  expect(heads.filter((head) => textOf(head).includes('control')).map(({ attribs }) => attribs['data-column'])).toEqual(
    ['arm64'],
  )
  expect(site.pages.map(({ path }) => path)).not.toContain('/architectures/s390x/')
})

test('nothing in it names the site that the code was first written for', () => {
  // The format of reports is called after the generator, on every site that it makes.
  const read = (file: string) => readFileSync(join(site.folder, file), 'utf8').replaceAll(reportSchema, '')
  // A project that works on arm64 is another matter.
  const named = texts.filter((file) => /works.?on.?arm(?!\d)/i.test(read(file)))
  expect(firstOf(named)).toEqual([])
})

test('no word that a reader sees names an architecture or a thing that its content does not', () => {
  const strange =
    /\bARM(v\d)?\b|\bAArch32\b|\barmv\d|\bamd64 control|\bs390x\b|\bppc64le\b|\bi386\b|\bCockroach|\bGolang\b/i
  // The generator's own examples of what is wrong and right; they are the same on every site.
  const pages = site.pages.filter(({ path }) => path !== '/problems/')
  const found = pages.flatMap((page) => {
    const match = strange.exec(wordsOf(page).replaceAll(reportSchema, ''))
    return match ? [`${page.path}: ${match[0]}`] : []
  })
  expect(firstOf(found)).toEqual([])
})

test('no example in its list of problems names the family of architectures that the code was first written for', () => {
  const { document } = pageAt(site, '/problems/')
  expect(/.{0,40}\bARM\b.{0,40}/.exec(textOf(document))?.[0]).toBeUndefined()
})

test('its addresses are its own: canonical, sitemap, robots and feeds', () => {
  const canonicals = site.fullPages
    .flatMap(({ document }) => elements(document, 'link'))
    .filter(({ attribs }) => attribs.rel === 'canonical')
    .map(({ attribs }) => attribs.href ?? '')
  expect(canonicals.length).toBeGreaterThan(10)
  expect(firstOf(canonicals.filter((address) => !address.startsWith('https://riscv.example.org/repo/')))).toEqual([])
  const foreign = texts.filter((file) => readFileSync(join(site.folder, file), 'utf8').includes(real.origin))
  expect(firstOf(foreign)).toEqual([])
})

test('the ids in its feeds are made with its own authority', () => {
  const atom = readFileSync(join(site.folder, 'atom.xml'), 'utf8')
  expect(/<id>([^<]*)<\/id>/.exec(atom)?.[1]).toMatch(/^tag:riscv\.example\.org,2026/)
})

test('names keep every character: umlauts, ampersands, angle brackets and quotes', () => {
  const page = pageAt(site, '/projects/att-stdio/')
  const [heading] = elements(page.document, 'h1')
  expect(heading && textOf(heading)).toBe('AT&T <stdio.h> "q"')
  expect(elements(page.document, 'title')[0] && textOf(elements(page.document, 'title')[0] ?? page.document)).toBe(
    'AT&T <stdio.h> "q" · Läuft auf RISC-V',
  )
  const row = elements(pageAt(site, '/matrix/').document, 'tr').find(
    ({ attribs }) => attribs['data-project'] === 'uebersetzer',
  )
  expect(row && textOf(row)).toContain('Übersetzer für Größen')
})

test('an alias of an architecture ends at the door', () => {
  const page = pageAt(site, '/projects/uebersetzer/')
  const rows = elements(page.document, 'tbody').find((body) => elementById(body, 'riscv64'))
  expect(rows && textOf(rows)).toMatch(/broken.*works/s)
  expect(wordsOf(page)).not.toContain('rv64gc')
})

describe('what it does not have', () => {
  test('is not linked: no page leads to a newsletter, to recipes or to notes in its frame', () => {
    const links = site.fullPages.flatMap(({ path, document }) =>
      ['header', 'footer', 'nav']
        .flatMap((name) => elements(document, name))
        .flatMap((frame) => elements(frame, 'a'))
        .filter(({ attribs }) => /\/(issues|recipes|notes|hardware|events|topics)\/$/.test(attribs.href ?? ''))
        .map(({ attribs }) => `${path}: ${attribs.href ?? ''}`),
    )
    expect(firstOf(links)).toEqual([])
    expect(elements(pageAt(site, '/').document, 'a').map(({ attribs }) => attribs.href)).not.toContain('/repo/issues/')
  })

  test.each(['/issues/', '/topics/', '/recipes/', '/notes/', '/hardware/', '/events/', '/categories/leer/'])(
    'has a page that says so, and what to do next: %s',
    (path) => {
      const main = elementById(pageAt(site, path).document, 'content')
      if (!main) throw new Error(`${path} has no content`)
      expect(textOf(main)).toMatch(/(no |none|nothing|yet)/i)
      expect(elements(main, 'a').map(({ attribs }) => attribs.href)).toContain('/repo/contribute/')
    },
  )

  test('a project without claims says that nobody has looked, and leads to how to add one', () => {
    const main = elementById(pageAt(site, '/projects/ohne-aussage/').document, 'content')
    expect(main && textOf(main)).toContain('nobody has looked')
    expect(main && elements(main, 'a').map(({ attribs }) => attribs.href)).toContain('/repo/contribute/')
  })

  test('an architecture of which only the rest is known still counts every project', () => {
    const text = textOf(pageAt(site, '/architectures/amd64/').document)
    expect(text).toContain('2 of 4 projects')
  })
})

test('its front page is named by its tagline and leads into the matrix', () => {
  const { document } = pageAt(site, '/')
  const [heading] = elements(document, 'h1')
  expect(heading && textOf(heading)).toBe('Läuft das auf meinem Rechner? Mit Beleg.')
  const [form] = elements(elementById(document, 'content') ?? document, 'form')
  expect(form?.attribs.action).toBe(new URL(addressOfPage(site, '/matrix/')).pathname)
})
