import { readFileSync } from 'node:fs'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { flavours } from '#feeds/mail-flavours.ts'
import { maximumHtml } from '#feeds/mail-budget.ts'
import { serializeMailHtml } from '#feeds/mail-html.ts'
import { issueFile, twoIssues } from './newsletter.ts'
import { htmlOf, mailOf, mailViewOf, textOf } from './mails.ts'

const elementsOf = (html: string, name = '*') => DomUtils.getElementsByTagName(name, parseDocument(html), true)
const shownIn = (html: string) => DomUtils.textContent(elementsOf(html, 'body')).replace(/\s+/g, ' ')

const everything = `Intro[^1] with **bold**, \`code {{ x }}\` and ![a picture](/social/issue-0001.png).

## What bites {#traps}

| a | b |
|:--|--:|
| 1 | [2](/matrix/?a=1&b=2) |

- [x] done
- [ ] open

> quoted

\`\`\`c
if (a < b && c > d) puts("}}");
\`\`\`

![other](/favicon.svg)

[^1]: A note.
`

describe('the HTML of a mail', () => {
  const html = htmlOf(everything)

  test('is one column in the language of the site, with a title and what programs show beside the subject', () => {
    const [column] = elementsOf(html, 'div').filter(({ attribs }) => attribs.role === 'article')
    expect(column?.attribs).toMatchObject({ lang: 'en', 'aria-label': 'Issue 1' })
    const [, width = ''] = /max-width: (\d+)px/.exec(column?.attribs.style ?? '') ?? []
    const [, padding = ''] = /padding: \d+px (\d+)px/.exec(column?.attribs.style ?? '') ?? []
    expect(Number(width) + 2 * Number(padding)).toBe(660)
    expect(elementsOf(html, 'html')[0]?.attribs).toEqual({ lang: 'en' })
    const [preheader] = elementsOf(html, 'div')
    expect(preheader && DomUtils.textContent(preheader)).toBe('What happened.')
    expect(preheader?.attribs.style).toContain('display: none')
  })

  test('keeps its style sheet for dark surroundings, and has every other style at its element', () => {
    const styles = elementsOf(html, 'style').map((style) => DomUtils.textContent(style))
    expect(styles).toHaveLength(1)
    expect(styles[0]).toContain('color-scheme: light dark')
    expect(styles[0]).toMatch(/@media \(prefers-color-scheme: dark\) \{[^}]*background-color: #14171a !important/)
    for (const name of ['h1', 'h2', 'p', 'a', 'table', 'th', 'td', 'code', 'pre', 'blockquote', 'ul', 'img']) {
      const found = elementsOf(html, name)
      expect(found.length, name).toBeGreaterThan(0)
      for (const { attribs } of found) expect(attribs.style, name).toMatch(/\w/)
    }
  })

  test('has no element and no attribute that does something, and asks no other host', () => {
    const allowed =
      /^(html|head|meta|title|style|body|div|section|h[1-6]|p|a|ul|ol|li|table|thead|tbody|tr|th|td|code|pre|blockquote|strong|em|del|sup|br|hr|img)$/
    for (const { name, attribs } of elementsOf(html)) {
      expect(name).toMatch(allowed)
      for (const key of Object.keys(attribs)) {
        expect(key).toMatch(
          /^(style|class|href|src|alt|width|height|lang|role|aria-label|charset|name|content|http-equiv|align|scope|title|start)$/,
        )
      }
      if (attribs.href !== undefined) expect(attribs.href).toMatch(/^https:\/\//)
      if (attribs.src !== undefined) expect(attribs.src).toMatch(/^https:\/\/example\.org\//)
      expect(attribs.style ?? '').not.toMatch(/url\(|@import|expression/)
    }
    expect(html).not.toMatch(/utm_|@font-face|@import/)
  })

  test('has pictures with text and size, and names those whose size nobody knows', () => {
    expect(
      elementsOf(html, 'img').map(({ attribs: { src, alt, width, height } }) => [src, alt, width, height]),
    ).toEqual([['https://example.org/social/issue-0001.png', 'a picture', '600', '315']])
    expect(shownIn(html)).toContain('[Picture: other]')
  })

  test('has the table of the issue, and none beside it', () => {
    expect(elementsOf(html, 'table')).toHaveLength(1)
    expect(elementsOf(html, 'th').map(({ attribs }) => attribs.scope)).toEqual(['col', 'col'])
    expect(elementsOf(html, 'th').map(({ attribs }) => /text-align: (\w+)/.exec(attribs.style ?? '')?.[1])).toEqual([
      'left',
      'right',
    ])
  })

  test('says in words what is done', () => {
    expect(shownIn(html)).toContain('[x] done [ ] open')
  })

  test('leads to the web, to all issues and away', () => {
    const links = elementsOf(html, 'a').map((link) => [DomUtils.textContent(link), link.attribs.href])
    expect(links).toContainEqual(['Read it on the web', 'https://example.org/issues/0001/'])
    expect(links).toContainEqual(['All issues', 'https://example.org/issues/'])
    expect(links).toContainEqual(['Unsubscribe', 'https://unnamed.invalid/unsubscribe'])
    expect(links).toContainEqual(['2', 'https://example.org/matrix/?a=1&b=2'])
  })

  test('shows sponsors and corrections, those of a section before the footnotes', () => {
    const { html: whole } = serializeMailHtml(mailViewOf(twoIssues))
    expect(shownIn(whole)).toContain('Sponsor: Acme. Acme pays, & says so.')
    expect(shownIn(whole)).toMatch(/Correction of 3 June 2026: See below and the matrix\. Footnotes A note\./)
  })

  test('is for no search engine, and no script could run in it', () => {
    const metas = elementsOf(html, 'meta').map(({ attribs }) => attribs)
    expect(metas).toContainEqual({ name: 'robots', content: 'noindex' })
    expect(metas.find((meta) => meta['http-equiv'] === 'content-security-policy')?.content).toMatch(
      /^default-src 'none'/,
    )
  })
})

describe('text that tries to leave its place in a mail', () => {
  test.each([
    ['</title><script>alert(1)</script>', 'a'],
    ['"><img src=x onerror=alert(1)>', '\\<script>alert(1)\\</script>'],
    ["' onclick='alert(1)", '[x](https://example.org/"onmouseover=alert(1) "a \\" onclick=alert(1) <% b")'],
    ['<% x %>', '[x](https://example.org/ "<% { %>")'],
    // juice would set aside what stands between such brackets and put it back wherever its placeholder is.
    [
      '{{',
      'JUICE_CODE_BLOCK_0_ [a](https://x.example/JUICE_CODE_BLOCK_0_) {{ [b](https://x.example/onclick=alert(1)//) }} <a>'.replace(
        ' <a>',
        '',
      ),
    ],
  ])('stays text: %j', (title, body) => {
    const html = htmlOf(`${body}\n`, { title: JSON.stringify(title), summary: JSON.stringify(title) })
    expect(elementsOf(html, 'script')).toEqual([])
    expect(elementsOf(html, 'img')).toEqual([])
    expect(
      elementsOf(html)
        .flatMap(({ attribs }) => Object.keys(attribs))
        .filter((key) => /^on|[^a-z-]/.test(key)),
    ).toEqual([])
    expect(DomUtils.textContent(elementsOf(html, 'h1'))).toBe(title)
    expect(elementsOf(html, 'h1')).toHaveLength(1)
    if (title === '{{') expect(shownIn(html)).toContain('JUICE_CODE_BLOCK_0_ a {{ b }}')
  })
})

describe('a flavour', () => {
  const body =
    'GitHub says `${{ matrix.arch }}`, `{% if %}`, `{# a #}`, `*|UNSUB|*`, [x](https://example.org/{{ArchiveURL}}@TrackLink).\n'

  test.each(Object.entries(flavours))('%s has its own tags, and the text has none of them', (_, flavour) => {
    const html = htmlOf(body, { title: '"{{ .Subscriber.Email }} *|EMAIL|*"' }, flavour)
    const tags = html.match(/\{\{.*?\}\}|\{%|\{#|\*\|.*?\|\*|@TrackLink/g) ?? []
    expect(tags).toEqual([flavour.unsubscribe, ...(flavour.postalAddress === undefined ? [] : [flavour.postalAddress])])
    expect(html).toContain(`<a href="${flavour.unsubscribe}"`)
    expect(shownIn(html)).toContain('GitHub says ${{ matrix.arch }}, {% if %}, {# a #}, *|UNSUB|*, x.')
    expect(DomUtils.textContent(elementsOf(html, 'h1'))).toBe('{{ .Subscriber.Email }} *|EMAIL|*')
  })

  test('is the same HTML otherwise, without what the copy on the site needs', () => {
    const flavour = { unsubscribe: 'https://unnamed.invalid/unsubscribe' }
    const lines = (html: string) => html.split('\n').filter((line) => !/robots|content-security-policy/.test(line))
    expect(lines(htmlOf(everything, {}, flavour))).toEqual(lines(htmlOf(everything)))
    expect(htmlOf(everything, {}, flavour)).not.toMatch(/robots|content-security-policy/)
  })

  test('has its source in the documentation', () => {
    const page = readFileSync(new URL('../../docs/mail.md', import.meta.url), 'utf8')
    for (const [name, { unsubscribe, postalAddress }] of Object.entries(flavours)) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? ''
      expect(row.replaceAll('\\|', '|'), name).toContain(unsubscribe)
      if (postalAddress !== undefined) expect(row.replaceAll('\\|', '|'), name).toContain(postalAddress)
      expect(row, name).toMatch(/https:\/\//)
    }
  })
})

describe('a long issue', () => {
  const paragraph = `${'Some words of a paragraph that goes on. '.repeat(20)}\n\n`
  const section = (name: string, paragraphs: number) => `## ${name}\n\n${name} begins. ${paragraph.repeat(paragraphs)}`

  test('keeps all of it where it fits', () => {
    const made = serializeMailHtml(mailViewOf({ 'issues/0001.md': issueFile({}, section('Short', 90)) }))
    expect(made.collapsed).toEqual([])
    expect(Buffer.byteLength(made.html)).toBeLessThan(maximumHtml)
  })

  test('gives up its longest sections, for a summary and a link each, until it fits', async () => {
    const body =
      section('One', 60) + section('Two', 200) + section('Three', 50) + section('Four', 90) + '## Five\n\nShort.\n'
    const { html, collapsed, text } = await mailOf({ 'issues/0001.md': issueFile({}, body) })
    expect(collapsed).toEqual(['Two', 'Four'])
    expect(Buffer.byteLength(html)).toBeLessThan(maximumHtml)
    expect(Buffer.byteLength(html)).toBeGreaterThan(maximumHtml * 0.7)
    expect(shownIn(html)).toMatch(
      /Two Two begins\. Some words .{100,300} … Read this section on the web Three Three begins/,
    )
    expect(elementsOf(html, 'a').map(({ attribs }) => attribs.href)).toContain('https://example.org/issues/0001/#two')
    expect(shownIn(html)).toContain('Unsubscribe')
    // The text has everything.
    expect(text.match(/goes on\./g)?.length).toBeGreaterThan(7000)
  })

  test.each([
    [
      'a thousand sections',
      Array.from({ length: 1000 }, (_, index) => section(`Section ${index}`, 0)).join('') + section('Long', 100),
    ],
    ['ten thousand headings', '## A\n\nb\n\n'.repeat(10_000)],
    ['one paragraph of code', `\`\`\`\n${'<{{&}}>\n'.repeat(40_000)}\`\`\`\n`],
    ['one word', 'ü'.repeat(200_000)],
    ['one table', `| a |\n|---|\n${'| b |\n'.repeat(20_000)}`],
  ])('fits, however it is made: %s', (_, body) => {
    const { html, collapsed } = serializeMailHtml(mailViewOf({ 'issues/0001.md': issueFile({}, body) }))
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(maximumHtml)
    expect(collapsed.length).toBeGreaterThan(0)
    expect(shownIn(html)).toMatch(/on the web/)
    expect(shownIn(html)).toContain('Unsubscribe')
  })

  test('fits with fifty long corrections', () => {
    const errata = JSON.stringify(
      Array.from({ length: 50 }, (_, index) => ({ date: '2026-06-03', text: `${index} ${'word '.repeat(700)}` })),
    )
    const { html } = serializeMailHtml(mailViewOf({ 'issues/0001.md': issueFile({ errata }, 'Hello.\n') }))
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(maximumHtml)
    expect(textOf('Hello.\n', { errata }).match(/Correction of/g)).toHaveLength(50)
  })
})
