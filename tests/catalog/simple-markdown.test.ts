import fc from 'fast-check'
import type { Root } from 'mdast'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { visit } from 'unist-util-visit'
import { expect, test, vi } from 'vitest'
import { parseAnyWithHeadingIds, renderAnyMarkdown } from '#catalog/markdown.ts'
import type { RenderOptions } from '#catalog/rendered-markdown.ts'
import { parseSimpleMarkdown, renderSimpleMarkdown } from '#catalog/simple-markdown.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { anyText, extreme, pieces } from './arbitraries.ts'

vi.setConfig({ testTimeout: propertyTimeout })

const options: fc.Arbitrary<RenderOptions> = fc.record({
  addressOf: fc.constantFrom(
    (path: string) => path,
    (path: string) => `/base${path}`,
    (path: string) => `https://a.example/?a=1&b="${path}"`,
  ),
  idPrefix: fc.constantFrom('', '', '', '', 'update-1-', 'update-1-', 'redis_text-', 'redis_text-', 'a"b'),
  deadLinks: fc.constantFrom(
    new Map(),
    new Map([['https://a.example/', { since: '2019-05-01', archived: 'https://archive.example/1' }]]),
  ),
})

/** How many of the texts were simple, for a property of texts that never are says nothing. */
function holdEqual(texts: fc.Arbitrary<string>, runs: number): number {
  let simpleOnes = 0
  fc.assert(
    fc.property(texts, options, (text, its) => {
      const simple = renderSimpleMarkdown(text, its)
      if (!simple) return
      simpleOnes += text.trim() === '' ? 0 : 1
      expect(simple).toEqual(renderAnyMarkdown(text, its))
      expect(parseSimpleMarkdown(text)).toEqual(treeByParser(text))
    }),
    { numRuns: runsOf(runs) },
  )
  return simpleOnes / runsOf(runs)
}

/** Without places: nobody asks the tree of a simple text where something stands. */
function treeByParser(text: string): Root {
  const tree = parseAnyWithHeadingIds(text)
  visit(tree, (node) => {
    delete node.position
  })
  return tree
}

const words = fc.array(
  fc.constantFrom(
    ...[
      'one',
      'two',
      'Three',
      'x86_64',
      'é',
      '中文',
      'e\u0301',
      '3',
      '3.',
      '3)',
      '1.10',
      "it's",
      '"a"',
      '(b)',
      '->',
      '—',
      '…',
    ],
    ...[
      'C#',
      'a|b',
      '{a}',
      '{#a}',
      '^',
      'a/b',
      'www',
      'www.a.example',
      'http:',
      'http://a.example',
      'a:',
      'a@b.example',
      '\u{1f600}',
    ],
    ...[
      '`code`',
      '`a*b`',
      '`<b> & c`',
      '` `',
      '``',
      '`',
      '`|`',
      '`a@b.c`',
      '`www.a.example`',
      '!',
      '!`a`',
      '\u00a0',
      '\u200b',
    ],
    ...[
      '**bold**',
      '**Bold.**',
      '*thin*',
      '(*a*)',
      '**a `b` c**',
      '**[a](/b/)**',
      '***',
      '**',
      '*',
      'a*b*',
      '*a*b',
      '_a_',
      '__a__',
      'a_',
      '_',
    ],
    ...[
      '[a](https://a.example/)',
      '[a b](http://b.example/c_d?e=1#f)',
      '[`a`](/own/path/)',
      '[a](#b)',
      '[a](https://a.example/%7Eb%zz)',
    ],
    ...[
      '[*a*](/b/)',
      '[a]',
      '[a](',
      '[ ](/a/)',
      '[a ](/b/)',
      '[a](//b/)',
      '[a](/b/ "c")',
      '![a](/b.png)',
      '[[a](/b/)](/c/)',
      '[^1]',
      '[x]',
    ],
    ...[
      '[www.a.example](/b/)',
      '[a@b.example](/b/)',
      '[a](<b>)',
      '[a](javascript:b)',
      '[a](https://a.example/&amp;)',
      '[a][b]',
    ],
    ...[
      '<b>',
      '<',
      '>',
      '&amp;',
      '&',
      '\\',
      '\\*',
      '~',
      '~~a~~',
      '=',
      '-',
      '--',
      '+',
      '#',
      ',',
      '.',
      ':',
      ';',
      '%',
      '$',
      '$1',
    ],
  ),
  { minLength: 1, maxLength: 8 },
)
const separator = fc.constantFrom(' ', ' ', ' ', ' ', '', '  ', '\t')
const sentence = fc.tuple(words, separator).map(([parts, between]) => parts.join(between))

// With the first of these a line may begin.
const starts = [
  ...[
    'one',
    'two',
    'Three',
    'x86_64',
    'a_b_c',
    'é',
    '3',
    '1.10',
    '"a"',
    '(b)',
    'C#',
    'a/b',
    'www',
    'a:',
    'wow!',
    '`code`',
    '`a*b`',
  ],
  ...[
    '`<b> & c`',
    '`http://a.example`',
    '**bold**',
    '**Bold.**',
    '*thin*',
    '(*a*)',
    '**a `b`**',
    '**[a](/b/)**',
    '*a*,',
  ],
  ...['[a](https://a.example/)', '[a b](http://b.example/c_d?e=1#f),', '[`a`](/own/path/)', '([a](#b))', '[@a](/b/)'],
]
const harmless = fc
  .tuple(
    fc.constantFrom(...starts),
    fc.array(fc.constantFrom(...starts, "it's", '->', '—', '=', '{a}', '#1', '@a', '(@a)', '3.'), { maxLength: 5 }),
  )
  .map(([first, more]) => [first, ...more].join(' '))

function blockOf(line: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const lines = fc.array(line, { minLength: 1, maxLength: 3 })
  const below = (first: string, further: string) => lines.map((its) => `${first}${its.join(`\n${further}`)}`)
  const code = fc
    .array(fc.oneof(line, fc.constantFrom('', '\t a', '  ', '<b> & c', '    four', '~~~', '# a')), { maxLength: 4 })
    .map((its) => its.map((one) => `${one}\n`).join(''))
  return fc.oneof(
    below('', ''),
    below('', ''),
    fc.array(below('- ', '  '), { minLength: 1, maxLength: 3 }).map((items) => items.join('\n')),
    fc.array(below('2. ', '   '), { minLength: 1, maxLength: 3 }).map((items) => items.join('\n').replace(/^2/, '1')),
    below('> ', '> '),
    fc
      .array(fc.array(line, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 })
      .map(([head, ...rows]) => [head, ['---', '---'], ...rows].map((row) => `| ${row?.join(' | ')} |`).join('\n')),
    fc
      .tuple(fc.constantFrom('#', '##', '##', '###', '######'), line, fc.constantFrom('', '', ' {#a-1}', ' {#matrix}'))
      .map(([signs, text, id]) => `${signs} ${text}${id}`),
    fc.tuple(fc.constantFrom('', 'sh', 'c++', 'yaml'), code).map(([info, text]) => `\`\`\`${info}\n${text}\`\`\``),
  )
}

const oddBlock = fc.oneof(
  ...[
    fc.constantFrom(
      '1. a',
      '* a',
      '+ a',
      '- ',
      '- [ ] a',
      '- [x] a',
      '-',
      '---',
      '===',
      '***',
      '    a',
      '> a\nb',
      '>a',
      '- a\nb',
      '- a\n\n  b',
    ),
    fc.constantFrom(
      '[a]: /b/',
      '[^1]: a',
      '| a | b |\n|---|---|\n| c | d |',
      'a\n:-',
      '# a #',
      '## matrix',
      '#',
      '##',
      '#a',
      '  - a',
      '- - a',
    ),
    fc.constantFrom(
      '```',
      '````\na\n````',
      '~~~\na\n~~~',
      '``` sh\na\n```',
      '```sh a\nb\n```',
      '```\na\n ```',
      '- ```\n  a\n  ```',
      '- # a',
    ),
  ],
)

const documents = (block: fc.Arbitrary<string>, ...separators: string[]) =>
  fc
    .array(fc.tuple(block, fc.constantFrom(...separators)), { maxLength: 5 })
    .map((parts) => parts.map((part) => part.join('')).join(''))
const tidy = ['\n\n', '\n\n\n']
const untidy = [...tidy, '\n\n', '\n', '\n \n', '']

test('texts of ordinary blocks are simple, and rendered as the parser renders them', () => {
  expect(holdEqual(documents(blockOf(harmless), ...tidy), 1000)).toBeGreaterThan(0.2)
})

const change = fc.tuple(
  fc.nat(1000),
  fc.constantFrom(
    ...'*_`[]()<>&\\~@!#-+=|:.,;{}^"\'/ \n\t\r\f13aé—“¡$%?\u00a0\u200b\u2028\ufeff\u0301\u0000',
    ...[
      '**',
      '***',
      '__',
      '``',
      '```',
      '](',
      '![',
      '[^',
      '  \n',
      '\n\n',
      '\n- ',
      '\n1. ',
      '\n> ',
      '\n# ',
      '\n=',
      '\n-',
      '\n  ',
      '\n    ',
    ],
    ...[
      '\n```',
      '\n~~~',
      '\n| ',
      '\n:-',
      'www.',
      'http://',
      '//',
      'a@b.c',
      'xmpp:',
      '\\|',
      '&amp;',
      '<b>',
      '\ud800',
      '[x] ',
      ' #',
      '{#a}',
      '%zz',
    ],
  ),
  fc.nat(2),
)

test('a text that is changed a little is rendered as the parser renders it, or left to it', () => {
  const texts = fc
    .tuple(
      fc.oneof(blockOf(harmless), blockOf(harmless), documents(blockOf(harmless), ...tidy)),
      fc.array(change, { minLength: 1, maxLength: 2 }),
    )
    .map(([text, changes]) =>
      changes.reduce((its, [share, part, dropped]) => {
        const at = Math.floor((share * its.length) / 1000)
        return its.slice(0, at) + part + its.slice(at + dropped)
      }, text),
    )
  expect(holdEqual(texts, 3000)).toBeGreaterThan(0.05)
})

test('so is a text with anything between ordinary words', () => {
  expect(
    holdEqual(documents(fc.oneof(blockOf(sentence), blockOf(harmless), oddBlock), ...untidy), 1500),
  ).toBeGreaterThan(0.02)
})

test('so is a text of the signs that mean something', () => {
  const signs = fc.constantFrom(
    ...'*_`[]()<>&\\~@!#-+=|:.{}^"\'/ \n\n\n\t13ab'.split(''),
    '**',
    '](/a)',
    '- ',
    '```\n',
    '\n\n',
  )
  holdEqual(
    fc.oneof(
      fc.array(signs, { maxLength: 24 }).map((its) => its.join('')),
      pieces,
      anyText,
    ),
    3000,
  )
})

test('so is what exhausts a parser', () => {
  holdEqual(extreme, 50)
})

test('so is every text of this repository', () => {
  const folders = ['content', 'docs', join('tests', 'fixtures')]
  const texts = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => readFileSync(join(folder, file), 'utf8').replace(/^---\n[\s\S]*?\n---\n/, '')),
  )
  const its = { addressOf: (path: string) => `/base${path}` }
  const blocks = texts.flatMap((text) => [text, ...text.split(/\n{2,}/)])
  const simple = blocks.filter((text) => text.trim() !== '' && renderSimpleMarkdown(text, its))
  for (const text of simple) {
    expect(renderSimpleMarkdown(text, its)).toEqual(renderAnyMarkdown(text, its))
    expect(parseSimpleMarkdown(text)).toEqual(treeByParser(text))
  }
  expect(simple.length).toBeGreaterThan(500)
})

test('a text with one sign that could mean something is left to the parser', () => {
  const its = { addressOf: (path: string) => path }
  for (const text of [
    'a & b',
    'a <b> c',
    'a\\b',
    'www.a.example',
    'a@b.example',
    '@@',
    '[a][b]',
    '~~a~~',
    'a\tb',
    'a  \nb',
    '2. a',
    '- a\n\n- b',
  ]) {
    expect(renderSimpleMarkdown(`Before.\n\n${text}\n\nAfter.`, its), text).toBeUndefined()
    expect(parseSimpleMarkdown(`Before.\n\n${text}\n\nAfter.`), text).toBeUndefined()
  }
})
