import { parseDocument } from 'htmlparser2'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseMarkdown } from '#catalog/markdown.ts'
import { badgeSnippets } from '#feeds/badge-snippets.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { elements } from '#tests/site/html.ts'

const badge = 'https://example.org/base/badges/redis.svg'
const page = 'https://example.org/base/projects/redis/'

function snippetsOf(alternative: string): Record<string, string> {
  const view = { project: 'redis', name: 'Redis', badge, page, alternative, words: '', shown: '', told: '', cells: [] }
  return Object.fromEntries(badgeSnippets(view).map(({ format, code }) => [format, code]))
}

test('there is one for each language of READMEs', () => {
  expect(snippetsOf('Status of Redis by CPU architecture')).toEqual({
    Markdown: `[![Status of Redis by CPU architecture](${badge})](${page})`,
    HTML: `<a href="${page}"><img src="${badge}" alt="Status of Redis by CPU architecture" height="20"></a>`,
    reStructuredText: `.. image:: ${badge}\n   :target: ${page}\n   :alt: Status of Redis by CPU architecture`,
    AsciiDoc: `image:${badge}["Status of Redis by CPU architecture",link="${page}"]`,
  })
})

const name = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '](',
        ']',
        '[',
        '"',
        "'",
        '<',
        '>',
        '&amp;',
        '*',
        '_',
        '`',
        '\\',
        '|',
        '{x}',
        '!',
        '</a>',
        'א',
        '😀',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((pieces) => `Status of ${pieces.join('').replace(/[\0-\x1f\x7f-\x9f\s]+/g, ' ')} there`.replace(/ +/g, ' '))
  .filter((text) => text.isWellFormed() && !text.includes('://') && !/www\./i.test(text))

test(
  'in Markdown and in HTML any name stays in the alternative text',
  () => {
    fc.assert(
      fc.property(name, (alternative) => {
        const { Markdown = '', HTML = '' } = snippetsOf(alternative)
        expect(parseMarkdown(Markdown).children).toMatchObject([
          {
            type: 'paragraph',
            children: [{ type: 'link', url: page, children: [{ type: 'image', url: badge, alt: alternative }] }],
          },
        ])
        expect(parseMarkdown(Markdown).children[0]).toMatchObject({ children: { length: 1 } })
        const found = elements(parseDocument(HTML))
        expect(found.map(({ name, attribs }) => [name, attribs])).toEqual([
          ['a', { href: page }],
          ['img', { src: badge, alt: alternative, height: '20' }],
        ])
      }),
      { numRuns: runsOf(300) },
    )
  },
  propertyTimeout,
)
