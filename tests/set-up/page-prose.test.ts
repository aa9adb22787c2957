/** What the search has of a page: its prose, and where its sections begin. */
import { describe, expect, test } from 'vitest'
import { isFound, proseOf } from '../../scripts/page-prose.ts'

const page = (main: string, attributes = 'data-pagefind-body') =>
  `<!DOCTYPE html><html lang="en"><body><header>Site</header><main id="content" ${attributes}>${main}</main></body></html>`
const textOf = (main: string) =>
  proseOf(page(main), '/x/')
    ?.parts.flatMap(({ words }) => words)
    .join(' ')

describe('the text of a page', () => {
  test('is what stands in its main part, without what frames the prose', () => {
    expect(
      textOf(
        '<p class="small crumbs">Matrix</p><h1>Title</h1><p>Said.</p><nav>On this page</nav><aside>Beside</aside>' +
          '<ul data-pagefind-ignore><li>Ignored</li></ul><td data-architecture="arm64">works</td><footer>Next</footer>' +
          '<p role="status">Loading</p><script>if (a<b) c()</script><!-- <p>gone</p> --><p>Also said.</p>',
      ),
    ).toBe('Said. Also said.')
  })

  test('keeps apart what stands in two elements, and says where a heading or an item ends', () => {
    expect(textOf('<h2 id="a">Ports</h2><p>One<p>')).toBe('Ports: One')
    expect(textOf('<ul><li>One</li><li>Two.</li></ul><table><tr><td>a</td><td>b</td></tr></table>')).toBe(
      'One · Two. a b',
    )
    expect(textOf('<p>a <em>b</em>c<br>d</p>')).toBe('a bc d ·')
  })

  test('has characters for references, once', () => {
    expect(textOf('<p>a &lt; b &amp;lt; &#39;c&#39; &#x1F600; &unknown;</p>')).toBe("a < b &lt; 'c' 😀 &unknown;")
  })
})

test('what a page says of itself is its metadata', () => {
  const spans =
    '<span hidden data-pagefind-filter="kind:Recipe" data-pagefind-meta="kind:Recipe"></span>' +
    '<span hidden data-pagefind-meta="names[data-names]" data-names="a &quot;b&quot;, c"></span>'
  expect(proseOf(page(`${spans}<h1> The <em>title</em></h1><p>x.</p>`), '/x/')).toEqual({
    url: '/x/',
    meta: { kind: 'Recipe', names: 'a "b", c', title: 'The title' },
    parts: [{ weight: 1, words: ['x.'] }],
    sections: [],
  })
})

test('a section begins at its heading, which weighs more; a list of links weighs less', () => {
  const prose = proseOf(
    page(
      '<p>One two.</p><h2 id="ports">Ports <a class="permalink" href="#ports">#</a></h2><p>Three.</p>' +
        '<section data-pagefind-weight="0.3"><p>Four.</p></section><h3>No address</h3>',
    ),
    '/x/',
  )
  expect(prose?.sections).toEqual([{ id: 'ports', title: 'Ports', at: 2 }])
  expect(prose?.parts).toEqual([
    { weight: 1, words: ['One', 'two.'] },
    { weight: 6, words: ['Ports:'] },
    { weight: 1, words: ['Three.'] },
    { weight: 0.3, words: ['Four.'] },
    { weight: 5, words: ['No', 'address:'] },
  ])
})

test('a page that does not say what it is found as has none', () => {
  expect(proseOf(page('<p>Said.</p>', ''), '/x/')).toBeUndefined()
})

test.each([
  ['<html><main id="content" data-pagefind-body><p>S', true],
  ['<html><main id="content"><p data-pagefind-body>S', false],
  ['<html><main id="content" data-page', undefined],
  ['<html><title>A long head', undefined],
])('how a page begins says whether it is found: %s', (beginning, said) => {
  expect(isFound(beginning)).toBe(said)
})
