import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { splitFrontMatter } from '#catalog/front-matter.ts'
import { parseSimpleYaml } from '#catalog/simple-yaml.ts'
import { parseAnyYaml } from '#catalog/yaml.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { anyText, extreme, pieces, yamlText } from './arbitraries.ts'

vi.setConfig({ testTimeout: propertyTimeout })

/** Holds a text to be read equally, if it is simple. */
function isSimple(text: string): boolean {
  const simple = parseSimpleYaml(text)
  if (simple === undefined) return false
  const parsed = parseAnyYaml(text)
  // The text too: it shows the order of keys, and nothing that a prototype has.
  expect(parsed).toEqual({ ok: true, value: simple })
  expect(JSON.stringify(simple)).toBe(JSON.stringify(parsed.ok && parsed.value))
  return true
}

function shareOfSimple(texts: fc.Arbitrary<string>, runs: number): number {
  let simpleOnes = 0
  const property = fc.property(texts, (text) => {
    if (isSimple(text)) simpleOnes += 1
  })
  fc.assert(property, { numRuns: runsOf(runs) })
  return simpleOnes / runsOf(runs)
}

const key = fc.constantFrom('a', 'b', 'name', 'since-1', 'c_d', 'constructor', 'null', 'toString', 'E', 'f', 'g', 'h')
const scalar = fc.constantFrom(
  ...[
    'works',
    '1.10',
    'no',
    '2026-05-12',
    '12:30',
    'https://a.example/b?c=d#e',
    'two words',
    'é — “x”',
    '/own/',
    '(a)',
    'it\'s, "so"',
    'a - b',
  ],
  ...[
    '"a: b # c"',
    '"  "',
    '""',
    "'[x]'",
    "''",
    '[]',
    '[a]',
    '[a, b-c, "d, e"]',
    '[1.10, two words]',
    'null',
    'x86_64 `a` \\n %',
    'a @b',
    '中文',
  ],
)
const words = fc.constantFrom(
  'text',
  'a: b',
  '- c',
  '# d',
  '  in',
  '> e',
  '"',
  "'",
  '[',
  '---',
  '*',
  '1. f',
  'x | y',
  'a ? b',
  '\\',
)
const block = (indent: string) =>
  fc
    .tuple(
      fc.constantFrom('>-', '|-', '|'),
      fc.array(words, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '', '\n', '\n\n', '\n # c', '\n\n    # c', `\n${indent}`, `\n\n${indent}d`, `\n#${indent}`),
    )
    .map(([sign, lines, after]) => `${sign}\n${lines.map((line) => `${indent}${line}`).join('\n')}${after}`)
const entries = (indent: string, value: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(fc.tuple(key, value), { minLength: 1, maxLength: 4, selector: ([its]) => its })
    .map((pairs) => pairs.map(([its, text]) => `${its}:${/^\n|^$/.test(text) ? '' : ' '}${text}`).join(`\n${indent}`))
const inner = (indent: string) => fc.oneof(scalar, scalar, fc.constant(''), block(`${indent}  `))
const value = fc.oneof(
  inner(''),
  fc
    .array(fc.oneof(scalar, block('    '), entries('    ', inner('    '))), { minLength: 1, maxLength: 3 })
    .map((items) => items.map((item) => `\n  - ${item}`).join('')),
  entries('  ', inner('  ')).map((map) => `\n  ${map}`),
)
const simpleText = fc
  .tuple(fc.constantFrom('', '\n', '# c\n'), entries('', value), fc.constantFrom('', '\n', '\n# c\n'))
  .map((its) => its.join(''))

const change = fc.tuple(
  fc.nat(1000),
  fc.constantFrom(
    ...'*_`[]{}()<>&\\~@!#-+=|:.,;^"\'/ \n\t\r13aé—“%?\u00a0\u0085\u2028\ufeff\u0000',
    ...[
      ' #',
      ': ',
      ':\n',
      '- ',
      '\n- ',
      '\n  - ',
      '\n    ',
      '\n  ',
      '\n\n',
      '? ',
      '---',
      '\n---\n',
      '...',
      '&a ',
      '*a',
      '!t ',
      '!!str ',
      '|',
      '>',
      '>-\n',
      '|+\n',
    ],
    ...[
      '<<: ',
      '__proto__: ',
      '"a": ',
      '1: ',
      '{a: b}',
      '[a, ',
      '\\u0041',
      '\\"',
      "''",
      '%YAML 1.2\n',
      'a: b\n',
      '\ud800',
      ' \n',
      '|2-\n',
    ],
  ),
  fc.nat(2),
)

test('maps and lists of ordinary values are simple, and read as the parsers read them', () => {
  expect(shareOfSimple(simpleText, 1500)).toBeGreaterThan(0.3)
})

test('a text that is changed a little is read as the parsers read it, or left to them', () => {
  const texts = fc.tuple(simpleText, fc.array(change, { minLength: 1, maxLength: 2 })).map(([text, changes]) =>
    changes.reduce((its, [share, part, dropped]) => {
      const at = Math.floor((share * its.length) / 1000)
      return its.slice(0, at) + part + its.slice(at + dropped)
    }, text),
  )
  expect(shareOfSimple(texts, 4000)).toBeGreaterThan(0.03)
})

test('so is any other text', () => {
  expect(shareOfSimple(yamlText, 1500)).toBeGreaterThan(0.02)
  shareOfSimple(fc.oneof(pieces, anyText, extreme), 1500)
})

test('so is the front matter of every file of this repository', () => {
  const texts = ['content', join('tests', 'fixtures')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.md'))
      .map((file) => splitFrontMatter(readFileSync(join(folder, file), 'utf8')))
      .flatMap((split) => ('yaml' in split ? [split.yaml] : [])),
  )
  expect(texts.filter(isSimple).length).toBeGreaterThan(texts.length / 3)
})

test('what is wrong, or may mean something else, is left to the parsers', () => {
  for (const text of [
    'a: b\na: c',
    'a: b\n c: d',
    'a: b #c',
    'a: b: c',
    'a:\n- b',
    'a: b\n  c',
    '__proto__: a',
    'a: &b c',
    'a: !b c',
    'a:\tb',
    '- a',
    'a',
    '',
  ]) {
    expect(parseSimpleYaml(text), text).toBeUndefined()
  }
})
