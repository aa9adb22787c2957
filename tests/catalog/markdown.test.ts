import { frameIds } from '#domain/anchors.ts'
import { describe, expect, test } from 'vitest'
import { assignHeadingIds, parseMarkdown, plainText, renderInline, renderMarkdown } from '#catalog/markdown.ts'

const addressOf = (path: string) => `/base${path}`
const html = (text: string, idPrefix?: string) =>
  renderMarkdown(text, { addressOf, ...(idPrefix && { idPrefix }) }).html
const idsOf = (text: string) => assignHeadingIds(parseMarkdown(text)).map(({ id }) => id)

describe('headings', () => {
  test.each([
    ['## Upcoming events', ['upcoming-events']],
    ['## Upcoming events {#events}', ['events']],
    ['## Upcoming events {#events}  ', ['events']],
    ['## `code` and *emphasis* {#x}', ['x']],
    ['## Tomáš Karásek', ['tomáš-karásek']],
    ['## {#Upper}', ['upper']],
    ['## a {#b} c', ['a-b-c']],
    ['## One\n## One\n### One', ['one', 'one-1', 'one-2']],
    ['## One {#one}\n## One', ['one', 'one-1']],
    ['## !!!\n## 🎉\n##', ['section', 'section-1', 'section-2']],
    ['## Content\n## Content\n## Section content', ['section-content', 'section-content-1', 'section-content-2']],
    ['## Title {#content}', ['section-content']],
    ['## Footnote label', ['section-footnote-label']],
  ])('of %j have their ids', (text, ids) => {
    expect(idsOf(text)).toEqual(ids)
  })

  test.each([...frameIds])('never take the id %s, which pages use themselves', (id) => {
    expect(idsOf(`## ${id}\n\n## Title {#${id}}`)).toEqual([`section-${id}`, `section-${id}-1`])
  })

  test('keep their text without the explicit id', () => {
    expect(renderMarkdown('## Upcoming *events* {#events}', { addressOf }).headings).toEqual([
      { id: 'events', text: 'Upcoming events', depth: 2 },
    ])
    expect(html('## Upcoming events {#events}')).toBe('<h2 id="events">Upcoming events</h2>')
  })

  test('have a prefix where several texts share a page', () => {
    expect(html('## One\n\n[up](#one)', 'issue-2--')).toContain('<h2 id="issue-2--one">')
  })

  test('of any length are read', () => {
    // A pattern that goes back over the spaces again and again would run into the time limit of the test.
    expect(idsOf(`## a${' '.repeat(100_000)}{#b${' '.repeat(100_000)}c`)).toHaveLength(1)
  })
})

describe('a text has parts', () => {
  const text = 'Before.\n\n## One\n\nIn one[^1].\n\n### Deeper\n\n## Two {#zwei}\n\nIn two.\n\n[^1]: A note.\n'
  const rendered = renderMarkdown(text, { addressOf })

  test('its introduction and its sections', () => {
    expect(rendered.intro).toBe('<p>Before.</p>')
    expect(rendered.sections.map(({ id, title }) => [id, title])).toEqual([
      ['one', 'One'],
      ['zwei', 'Two'],
    ])
    expect(rendered.sections[0]?.html).toContain('<h3 id="deeper">Deeper</h3>')
    expect(rendered.sections[1]?.html).not.toContain('In one')
  })

  test('footnotes at its end', () => {
    expect(rendered.sections[1]?.html).toContain('A note.')
    expect(rendered.html).toContain('href="#note-fn-1"')
    expect(rendered.html).toContain('id="note-fn-1"')
    expect(rendered.html).toContain('href="#note-fnref-1"')
    expect(rendered.html).toContain('id="note-fnref-1"')
  })

  test('and its words are counted', () => {
    expect(renderMarkdown('One two — three.\n\n`four` 5 …', { addressOf }).words).toBe(5)
  })
})

test('footnotes of two texts on a page do not meet', () => {
  const texts = ['a', 'b'].map((prefix) => html('A[^1].\n\n[^1]: N.', `${prefix}-`))
  const ids = texts.flatMap((text) => [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]))
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.length).toBe(6)
  for (const text of texts) {
    for (const [, target = ''] of text.matchAll(/(?:href="#|aria-describedby=")([^"]+)"/g))
      expect(text).toContain(`id="${target}"`)
  }
})

describe('what is dangerous never reaches the HTML', () => {
  test.each([
    '<script>alert(1)</script>',
    'a <script src="https://evil.example/x.js"></script> b',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)" onclick="alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](java&#10;script:alert(1))',
    '[x](<java\tscript:alert(1)>)',
    '[x]( data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x][1]\n\n[1]: javascript:alert(1)',
    '![x](javascript:alert(1))',
    '![x](data:image/svg+xml,<svg/onload=alert(1)>)',
    '![x](https://evil.example/pixel.png)',
    '![x](//evil.example/pixel.png)',
    '![x][1]\n\n[1]: https://evil.example/pixel.png',
    '<iframe src="https://evil.example/"></iframe>',
    '<style>body { display: none }</style>',
    '<p style="position: fixed">x</p>',
    '<svg onload=alert(1)>',
    '<math><mi xlink:href="data:x,y"></math>',
    '<form action="https://evil.example/"><input name=x></form>',
    '<base href="https://evil.example/">',
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    '<!-- comment --><![CDATA[x]]><?php x ?>',
    '<https://example.org/"onclick="alert(1)>',
    '[x](https://example.org/ "onmouseover=alert(1)")',
    '```js onload=alert(1)\nx\n```',
    '## <b id=x>h</b> {#y}',
    '| a | b |\n|---|---|\n| <script>x</script> | <b>y</b> |',
  ])('%j', (text) => {
    const rendered = html(text)
    expect(rendered).not.toMatch(
      /<(script|img|iframe|style|svg|math|form|input|base|meta|link|object|embed|!--|!\[|\?)/i,
    )
    expect(rendered).not.toMatch(/<[^>]*\s(on\w+|style|srcset|action|formaction)\s*=/i)
    expect(rendered).not.toMatch(/<[^>]*(href|src)\s*=\s*"(?!https?:\/\/|\/|#)/i)
  })
})

describe('what is harmless stays', () => {
  test('flags, quotes and dots, as they are typed', () => {
    expect(html('Use --flags and "quotes"... (c) -- 1/2')).toBe('<p>Use --flags and "quotes"... (c) -- 1/2</p>')
    expect(html('`--flags`')).toBe('<p><code>--flags</code></p>')
  })

  test('tables, which can be scrolled by keyboard', () => {
    const table = html('| a | b |\n|--|--:|\n| 1 | 2 |')
    expect(table).toMatch(/^<div class="scroller" tabindex="0" role="region" aria-label="Table 1"><table>/)
    expect(table.match(/<table/g)).toHaveLength(1)
    expect(table).toContain('<th scope="col">a</th>')
  })

  test('code with its language, which can be scrolled by keyboard', () => {
    expect(html('```diff\n-a\n+b\n```')).toContain(
      '<pre tabindex="0"><code class="language-diff">-a\n+b\n</code></pre>',
    )
  })

  test('autolinks, strikethrough, task lists', () => {
    expect(html('https://example.org/ ~~no~~')).toContain('<a href="https://example.org/">')
    expect(html('~~no~~')).toContain('<del>no</del>')
    expect(html('- [x] done')).toContain('checked')
  })

  test('our own addresses, below the base path', () => {
    expect(html('[a](/notes/page-size/#fix) ![b](/b.png) [c](https://example.org/) [d](#e)')).toBe(
      '<p><a href="/base/notes/page-size/#fix">a</a> <img src="/base/b.png" alt="b"> <a href="https://example.org/">c</a> <a href="#e">d</a></p>',
    )
  })
})

describe('a short text', () => {
  test('is rendered without its paragraph', () => {
    expect(renderInline('Needs `--flag`.', { addressOf })).toBe('Needs <code>--flag</code>.')
  })

  test('keeps its paragraphs where it has two', () => {
    expect(renderInline('One.\n\nTwo.', { addressOf })).toBe('<p>One.</p>\n<p>Two.</p>')
  })

  test('is one line of plain words for a summary', () => {
    expect(plainText('## A *b*\n\n[c](/d/) `e`\n- f')).toBe('A b c e f')
  })
})
