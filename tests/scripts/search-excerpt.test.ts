import { describe, expect, test } from 'vitest'
import { differentWords, type PageText } from '#query/page-texts.ts'
import { asItBegins, foundPage } from '#scripts/search-excerpt.ts'

const page = (text: string, sections: PageText['sections'] = []): PageText => ({
  url: '/issues/0001/',
  meta: { title: 'Issue 1' },
  words: text.split(' '),
  sections,
})
/** Where the index has these words of a page. */
const placesOf = ({ words }: PageText, ...found: string[]) => found.map((word) => differentWords(words).indexOf(word))
const filler = (count: number) => Array.from({ length: count }, () => 'and so on').join(' ')

describe('an excerpt', () => {
  test('marks every place of a word, whatever its case and punctuation', () => {
    const text = page('Redis runs here. Not so redis, once.')
    expect(foundPage(text, placesOf(text, 'Redis'), '/').excerpt).toBe(
      '<mark>Redis</mark> runs here. Not so <mark>redis</mark>, once.',
    )
  })

  test('shows where most of the words stand together', () => {
    const text = page(`linker ${filler(20)} the linker waits for a mutex ${filler(20)}`)
    const { excerpt } = foundPage(text, placesOf(text, 'linker', 'mutex'), '/')
    expect(excerpt).toContain('the <mark>linker</mark> waits for a <mark>mutex</mark>')
    expect(excerpt.split(' ')).toHaveLength(24)
  })

  test('is the beginning where only the name was found', () => {
    expect(foundPage(page(`In-memory data structures. ${filler(20)}`), [], '/').excerpt).toMatch(/^In-memory data/)
  })

  test('marks a word without the signs of its sentence, and with its own', () => {
    const text = page('Written in C++ (Redis).')
    expect(foundPage(text, placesOf(text, 'C++', '(Redis).'), '/').excerpt).toContain('(<mark>Redis</mark>).')
  })

  test('is the summary where the page is called what is looked for', () => {
    const text = page(`In-memory <data> store · Redis is named here. ${filler(20)}`, [{ id: 'x', title: 'X', at: 4 }])
    const found = asItBegins(foundPage(text, placesOf(text, 'Redis'), '/'))
    expect(found).toMatchObject({
      content: 'In-memory <data> store',
      excerpt: 'In-memory &lt;data&gt; store',
      section: undefined,
    })
  })

  test('takes markup for text', () => {
    const text = page('write <img onerror=alert(1)> & <mark> here')
    expect(foundPage(text, placesOf(text, '<mark>'), '/').excerpt).toBe(
      'write &lt;img onerror=alert(1)&gt; &amp; &lt;<mark>mark</mark>&gt; here',
    )
  })

  test('marks nothing where the index and the text disagree', () => {
    expect(foundPage(page('a b'), [7, -1], '/').excerpt).toBe('a b')
  })
})

describe('the section that is shown', () => {
  const sections = [
    { id: 'one', title: 'One', at: 2 },
    { id: 'two', title: 'Two', at: 5 },
  ]

  test('has more of the words than others, and an address of its own', () => {
    const text = page('mutex first One: a mutex Two: linker and mutex', sections)
    expect(foundPage(text, placesOf(text, 'mutex', 'linker'), '/base/').section).toEqual({
      url: '/base/issues/0001/#two',
      title: 'Two',
      excerpt: 'Two: <mark>linker</mark> and <mark>mutex</mark>',
    })
  })

  test('is missing where the words stand before every heading, or nowhere', () => {
    const text = page('mutex first One: a b Two: c', sections)
    expect(foundPage(text, placesOf(text, 'mutex'), '/').section).toBeUndefined()
    expect(foundPage(text, [], '/').section).toBeUndefined()
  })
})

test('an address is below the path of the site', () => {
  expect(foundPage(page('a'), [], '/repo/').url).toBe('/repo/issues/0001/')
})
