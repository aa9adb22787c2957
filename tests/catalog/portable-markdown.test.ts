import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '#catalog/markdown.ts'
import { portableMarkdown } from '#catalog/portable-markdown.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const absoluteAddressOf = (path: string) => `https://example.org/base${path}`
const page = 'https://example.org/base/projects/redis/'
const portable = (text: string) => portableMarkdown(text, { absoluteAddressOf, page })

describe('Markdown that leaves its page', () => {
  test.each([
    ['[a note](/notes/page-size/)', '[a note](https://example.org/base/notes/page-size/)'],
    ['[a note](</notes/page-size/> "title")', '[a note](<https://example.org/base/notes/page-size/> "title")'],
    ['see [above](#building)', `see [above](${page}#building)`],
    ['![chart](/chart.svg)', '![chart](https://example.org/base/chart.svg)'],
    ['[a][b]\n\n[b]: /recipes/x/ "T"', '[a][b]\n\n[b]: https://example.org/base/recipes/x/ "T"'],
    ['## Building {#building}\n\nText', '## Building\n\nText'],
    ['[/notes/a/](/notes/a/)', '[/notes/a/](https://example.org/base/notes/a/)'],
    ['[other](https://other.example/notes/)', '[other](https://other.example/notes/)'],
    ['[odd](//other.example/)', '[odd](//other.example/)'],
  ])('%j is %j', (text, wanted) => {
    expect(portable(text)).toBe(wanted)
  })

  test('keeps code to the character', () => {
    const text = 'Write `[a](/notes/a/)`:\n\n```md\n[a](/notes/a/)\n## Title {#id}\n```\n\n[a](/b/)'
    expect(portable(text)).toBe(text.replace('[a](/b/)', '[a](https://example.org/base/b/)'))
  })

  test(
    'reads as the page does, whose addresses are in full',
    () => {
      // Pictures are left out: those of other hosts are not shown here.
      const piece = fc.constantFrom(
        ...[
          '[a](/notes/a/)',
          '[*b*](/b/ "t")',
          '`[c](/c/)`',
          '# H {#h}\n\n',
          '[d][r]',
          '\n\n[r]: /r/\n\n',
          '> ',
          '- ',
          '\n',
          'x',
          '  ',
        ],
        ...[
          '[n [m](/m/)',
          '<https://example.org/>',
          '| a |\n| - |\n| [t](/t/) |\n',
          '[^1]',
          '\n\n[^1]: [f](/f/)\n',
          '\\[e](/e/)',
        ],
      )
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
          const text = pieces.join('')
          const here = renderMarkdown(text, { addressOf: absoluteAddressOf }).html
          const there = renderMarkdown(portable(text), { addressOf: (path) => path }).html
          // Ids are of the page; without them the same headings get others.
          const withoutIds = (html: string) =>
            html.replace(/ (id|aria-describedby|href="#[^"]*"|aria-label)="[^"]*"/g, '')
          expect(withoutIds(there)).toBe(withoutIds(here))
        }),
        { numRuns: runsOf(200) },
      )
    },
    propertyTimeout,
  )
})
