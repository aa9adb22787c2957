import fc from 'fast-check'
import { visit } from 'unist-util-visit'
import { describe, expect, test } from 'vitest'
import { toString } from 'mdast-util-to-string'
import { parseMarkdown } from '#catalog/markdown.ts'
import { codeSpan, escapeMarkdown, link } from '#feeds/markdown.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'

const marks = [
  '*',
  '_',
  '`',
  '[',
  ']',
  '(',
  ')',
  '<',
  '>',
  '#',
  '&amp;',
  '|',
  '~~',
  '!',
  '\\',
  '-',
  '+',
  '=',
  '1.',
  '2)',
  ':',
  '@',
]
const words = [
  'https://example.org/a',
  'www.example.org',
  'me@example.org',
  'HTTP://X.y',
  '</title>',
  '{#id}',
  '$x$',
  '_a_',
  '*b*',
  '__c__',
  '`d`',
  '[e](f)',
  'ä',
  '😀',
  'א',
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...marks, ...words, ' ', '\n', '\t'), fc.string({ maxLength: 4 })), { maxLength: 10 })
  .map((pieces) => pieces.join(''))
  // Of these no text of a catalog has any: a file cannot hold them, or they are refused.
  .filter((joined) => joined.isWellFormed() && !/[\0-\x08\x0b-\x1f\x7f]/.test(joined))

const collapsed = (value: string) => value.replace(/\s+/g, ' ').trim()

describe('a text in Markdown', () => {
  test(
    'reads as itself, at the beginning of a paragraph, in a heading and in a list',
    () => {
      fc.assert(
        fc.property(text, (value) => {
          const wanted = collapsed(value)
          fc.pre(wanted !== '')
          const escaped = escapeMarkdown(value)
          for (const [before, type] of [
            ['', 'paragraph'],
            ['# ', 'heading'],
            ['- x: ', 'list'],
          ] as const) {
            const tree = parseMarkdown(`${before}${escaped}\n`)
            expect(tree.children.map((node) => node.type)).toEqual([type])
            const inner: string[] = []
            visit(tree, (node) => void inner.push(node.type))
            // Addresses become links by themselves.
            const expected = ['root', type, 'list', 'listItem', 'paragraph', 'text', 'link']
            expect(inner.filter((name) => !expected.includes(name))).toEqual([])
            expect(toString(tree)).toBe(type === 'list' ? `x: ${wanted}` : wanted)
          }
        }),
        { numRuns: runsOf(300) },
      )
    },
    propertyTimeout,
  )

  test('may be empty', () => {
    expect(escapeMarkdown(' \n')).toBe('')
  })
})

test(
  'code reads as itself, whatever backticks it has',
  () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('`', '``', 'a', ' ', '|', '*', '\\'), { minLength: 1, maxLength: 8 }),
        (pieces) => {
          const value = pieces.join('')
          fc.pre(value.trim() !== '' && value === value.trim())
          const [paragraph] = parseMarkdown(codeSpan(value)).children
          expect(paragraph).toMatchObject({ type: 'paragraph', children: [{ type: 'inlineCode', value }] })
        },
      ),
      { numRuns: runsOf(200) },
    )
  },
  propertyTimeout,
)

test.each([
  'https://example.org/a_(b)',
  "https://example.org/'onclick='alert(1)",
  'https://example.org/?a=1&amp;quot;&b=2',
])('a link keeps its address %s', (address) => {
  const [paragraph] = parseMarkdown(link('a ] b', address)).children
  expect(paragraph).toMatchObject({
    children: [{ type: 'link', url: address, children: [{ type: 'text', value: 'a ] b' }] }],
  })
})
