/** The mails of built sites: each public issue has one, and nothing leads search engines there. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { isPublic } from '#domain/issue.ts'
import { displayWidth } from '#feeds/text-width.ts'
import { addressesOf, addressOfPage, elements, readSite, type Document } from './html.ts'
import { hostile, real, sites, today } from './sites.ts'

describe.each(sites)('on $name', (description) => {
  const site = readSite(description)
  const { catalog } = loadCatalog(description.contentFolder, real.contentFolder)
  const issues = [...catalog.issue.values()].filter(({ data }) => isPublic(data, `${today}T23:59:59Z`))
  const text = (file: string) => readFileSync(join(site.folder, file), 'utf8')

  test('every public issue is there as HTML, text and message, and nothing else is', () => {
    const mails = [...site.files].filter((file) => file.startsWith('mail/'))
    const wanted = issues.flatMap(({ id }) =>
      ['index.html', 'index.txt', `${id}.eml`].map((name) => `mail/${id}/${name}`),
    )
    expect(mails.sort()).toEqual(wanted.sort())
  })

  test('no mail asks for anything but pictures of the site, and each leads to its page', () => {
    for (const { id } of issues) {
      const document: Document = parseDocument(text(`mail/${id}/index.html`))
      expect(elements(document, 'script')).toEqual([])
      expect(elements(document, 'link')).toEqual([])
      for (const { attribs } of elements(document)) {
        expect(Object.keys(attribs).filter((key) => key.startsWith('on'))).toEqual([])
        if (attribs.src !== undefined) expect(attribs.src.startsWith(`${site.origin}${site.basePath}`)).toBe(true)
        if (attribs.href !== undefined) expect(attribs.href).toMatch(/^https?:\/\//)
      }
      const links = elements(document, 'a').map(({ attribs }) => attribs.href)
      expect(links).toContain(addressOfPage(site, `/issues/${id}/`))
      expect(elements(document, 'meta').map(({ attribs }) => attribs.content)).toContain('noindex')
    }
  })

  test('no mail is in the sitemap, and no page leads to one', () => {
    expect(text('sitemap-0.xml')).not.toContain('/mail/')
    const leading = site.pages.filter((page) => addressesOf(page).some(({ value }) => value.includes('/mail/')))
    expect(leading.map(({ path }) => path)).toEqual([])
    expect(text('_headers')).toContain(`${site.basePath}mail/*\n  X-Robots-Tag: noindex\n`)
  })

  test('every text is narrow, but for addresses and code', () => {
    for (const { id } of issues) {
      const wide = text(`mail/${id}/index.txt`)
        .split('\n')
        .filter((line) => displayWidth(line) > 78 && !/https?:\/\/\S{40,}/.test(line))
      expect(wide).toEqual([])
    }
  })
})

describe('text that tries to leave its place', () => {
  const site = readSite(hostile)
  const file = (name: string) => readFileSync(join(site.folder, 'mail/0001', name), 'utf8')

  test('is shown as text in the HTML', () => {
    const document: Document = parseDocument(file('index.html'))
    const [heading] = elements(document, 'h1')
    expect(heading && DomUtils.textContent(heading)).toBe("</title></script><script>alert('issue')</script>]]>")
    expect(elements(document, 'img')).toEqual([])
    expect(elements(document, 'title')).toHaveLength(1)
  })

  test('is text as it was written in the text', () => {
    expect(file('index.txt')).toContain("</title></script><script>alert('issue')</script>]]>")
    expect(file('index.txt')).toContain('`</h2><script>alert(1)</script>`')
    expect(file('index.txt')).toContain('Text <script>alert(1)</script> and <script>alert(2)</script>.')
  })

  test('adds no header to the message', () => {
    const message = file('0001.eml')
    const names = message
      .slice(0, message.indexOf('\r\n\r\n'))
      .split('\r\n')
      .filter((line) => !line.startsWith(' '))
      .map((line) => line.split(':')[0])
    expect(names).toEqual([
      ...['Content-Language', 'List-ID', 'List-Archive', 'List-Unsubscribe', 'List-Unsubscribe-Post', 'List-Post'],
      ...['From', 'To', 'Subject', 'Message-ID', 'Date', 'MIME-Version', 'Content-Type'],
    ])
  })
})
