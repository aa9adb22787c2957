/** What holds for the text of every mail. */
import fc from 'fast-check'
import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { describe, expect, test } from 'vitest'
import { parseWithHeadingIds } from '#catalog/markdown.ts'
import { displayWidth } from '#feeds/text-width.ts'
import { isOwnPath } from '#domain/link.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { textOf } from './mails.ts'

const word = fc.oneof(
  { weight: 8, arbitrary: fc.stringMatching(/^[a-zA-Z][a-z0-9.,'-]{0,14}$/) },
  fc.constantFrom(
    'Käldström',
    'שלום',
    'עולם',
    'مرحبا',
    '👩‍👩‍👧‍👦',
    '🇩🇪',
    'e\u0301te\u0301',
    '🚀',
    '한국어',
    'ไทย',
    '--flag',
    '&amp;',
    '<3',
    'a|b',
  ),
  fc.constantFrom('日本語の文章は、', '「かぎ括弧」', '中文。', 'ＡＢＣ'),
)
const address = fc.oneof(
  fc.webUrl({ withQueryParameters: true }).filter((url) => !/[()<>\s\\]|&[a-z0-9#]+;/i.test(url)),
  fc.constantFrom('/matrix/', '/matrix/?q=a&b=c', '/projects/', 'https://example.org/日本/ü'),
)
const words = fc.array(word, { minLength: 1, maxLength: 30 }).map((all) => all.join(' '))
const label = fc.array(word, { minLength: 1, maxLength: 4 }).map((all) => all.join(' ').replace(/[[\]|]/g, ''))
const inline = fc.oneof(
  { weight: 4, arbitrary: words },
  fc.tuple(label, address).map(([text, url]) => `[${text}](${url})`),
  label.map((text) => `**${text}**`),
  label.map((text) => `*${text}*`),
  fc.stringMatching(/^[a-z]{1,8}[ (){}=]{1,3}[a-z]{1,90}$/).map((code) => `\`${code}\``),
  address.map((url) => `<${url}>`).filter((text) => text.startsWith('<http')),
)
const paragraph = fc.array(inline, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(' '))
const indent = (text: string, by: string) => text.split('\n').join(`\n${by}`)
const block = fc.letrec<{ block: string }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    paragraph,
    label.map((text) => `## ${text}`),
    label.map((text) => `### ${text}`),
    fc
      .array(fc.string({ maxLength: 120 }), { maxLength: 4 })
      .map((lines) => ['~~~~~~', ...lines.map((line) => line.replace(/[~\r\n\0]/g, '')), '~~~~~~'].join('\n')),
    fc
      .array(fc.tuple(paragraph, label), { minLength: 1, maxLength: 3 })
      .map((rows) =>
        ['| one | two |', '|---|---|', ...rows.map(([a, b]) => `| ${a.replaceAll('|', '')} | ${b} |`)].join('\n'),
      ),
    fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((parts) => `> ${indent(parts.join('\n\n'), '> ')}`),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((part) => `- ${indent(part, '  ')}`).join('\n')),
    fc
      .array(tie('block'), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.map((part, index) => `${index + 8}. ${indent(part, '    ')}`).join('\n')),
  ),
})).block
const body = fc.array(block, { minLength: 1, maxLength: 6 }).map((blocks) => blocks.join('\n\n'))

/** The parts of a text that a line end may not divide, and those that code holds. */
function partsOf(tree: Root): { words: string[]; code: string[]; addresses: string[] } {
  const parts = { words: [] as string[], code: [] as string[], addresses: [] as string[] }
  visit(tree, (node) => {
    if (node.type === 'text') parts.words.push(...node.value.split(/[ \t\n]+/).filter(Boolean))
    if (node.type === 'inlineCode') parts.words.push(node.value)
    if (node.type === 'code') parts.code.push(...node.value.split('\n'))
    if (node.type === 'link')
      parts.addresses.push(isOwnPath(node.url) ? new URL(node.url, 'https://example.org').href : node.url)
  })
  return parts
}

const squeezed = (text: string) => text.replace(/[\s>]+/g, '')

describe('the text of every mail', { timeout: propertyTimeout }, () => {
  test('has every word, every line of code and every address of what was written', () => {
    fc.assert(
      fc.property(body, (markdown) => {
        const text = textOf(markdown)
        const { words: wanted, code, addresses } = partsOf(parseWithHeadingIds(markdown))
        const whole = squeezed(text)
        for (const one of wanted) expect(whole).toContain(squeezed(one))
        for (const line of code) expect(text).toContain(line.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''))
        const lines = text.split(/[\s]+/)
        for (const one of addresses) expect(lines.some((line) => line.includes(encoded(one)))).toBe(true)
      }),
      { numRuns: runsOf(150) },
    )
  })

  test('has no line of prose that is wider than 78 columns, but for what nothing may divide', () => {
    fc.assert(
      fc.property(body, (markdown) => {
        const tree = parseWithHeadingIds(markdown)
        const { code, words: wanted, addresses } = partsOf(tree)
        const whole = [...wanted, ...addresses.map(encoded)].filter((one) => displayWidth(one) > 30)
        for (const line of textOf(markdown).split('\n')) {
          if (displayWidth(line) <= 78) continue
          const isCode = code.some((one) => one !== '' && line.endsWith(one))
          expect(isCode || whole.some((one) => line.includes(one)), line).toBe(true)
        }
      }),
      { numRuns: runsOf(150) },
    )
  })

  test('names each link by the number under which it is listed', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(label, address), { minLength: 1, maxLength: 12 }), (links) => {
        const text = textOf(links.map(([name, url]) => `- [${name} x](${url})`).join('\n'))
        const listed = new Map(
          [...text.matchAll(/^ *\[(\d+)\] (\S+)$/gm)].map(([, number = '', url = '']) => [number, url]),
        )
        const named = [...text.matchAll(/ x\s+\[(\d+)\]$/gm)].map(([, number = '']) => listed.get(number))
        expect(named).toEqual(
          links.map(([, url]) => encoded(isOwnPath(url) ? new URL(url, 'https://example.org').href : url)),
        )
      }),
      { numRuns: runsOf(100) },
    )
  })
})

function encoded(url: string): string {
  return url.replace(/[\s<>"\\]/g, encodeURIComponent)
}
