import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { renderInline, renderInlineWhole } from '#catalog/markdown.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { pieces } from './arbitraries.ts'

vi.setConfig({ testTimeout: propertyTimeout })

const options = { addressOf: (path: string) => path }

const words = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[A-Za-z0-9.,;:!?()'"%+=$/ -]{1,6}$/),
      fc.constantFrom(
        ...[
          'www.a.example',
          'http://a.example',
          'a@b.example',
          'mailto:a',
          '1. ',
          '- ',
          '+ ',
          '# ',
          '=',
          '--',
          '  ',
          '\u00a0',
        ],
        ...[
          'é',
          'ß',
          '中文',
          '\u0301',
          '\u200b',
          'co-op',
          "it's",
          'C#',
          '64k',
          'x86_64',
          '::',
          '//',
          'ftp://a',
          '&amp;',
          '<',
          '~',
        ],
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))

test('the HTML of a plain line is the line: no parser says other', () => {
  fc.assert(
    fc.property(fc.oneof(words, pieces, fc.string({ maxLength: 20 })), (text) => {
      expect(renderInline(text, options)).toBe(renderInlineWhole(text, options))
    }),
    { numRuns: runsOf(1500) },
  )
})

test('what is no plain line is rendered', () => {
  expect(renderInline('Needs `--arch`, see [the ticket](https://a.example/1).', options)).toBe(
    'Needs <code>--arch</code>, see <a href="https://a.example/1">the ticket</a>.',
  )
})
