import { describe, expect, test } from 'vitest'
import { parsePositionedYaml, parseYaml } from '#catalog/yaml.ts'

describe('every scalar of YAML is text', () => {
  test.each([
    ['since: 1.10', { since: '1.10' }],
    ['a: 010', { a: '010' }],
    ['a: 12:30', { a: '12:30' }],
    ['a: 2017-05-05', { a: '2017-05-05' }],
    ['a: [no, yes, true, ~, null, 1e3, 0x1F, .inf]', { a: ['no', 'yes', 'true', '~', 'null', '1e3', '0x1F', '.inf'] }],
    ['a:', { a: '' }],
    ['a: ""', { a: '' }],
    ['a: [1, ]', { a: ['1'] }],
    ['- a\n-\n- b', ['a', '', 'b']],
    ['', ''],
    ['# a comment', ''],
    ['just text', 'just text'],
    ['a: |\n  one\n  two\n', { a: 'one\ntwo\n' }],
    ['a: >-\n  one\n  two\n', { a: 'one two' }],
    ["a: 'it''s'", { a: "it's" }],
    ['a: "tab\\tend"', { a: 'tab\tend' }],
    ['a: "\\U0001F600"', { a: '😀' }],
    ['{a: 1, b: {c: [d]}}', { a: '1', b: { c: ['d'] } }],
    ['<<: {a: 1}', { '<<': { a: '1' } }],
    ['"a b": c', { 'a b': 'c' }],
  ])('%j', (text, value) => {
    expect(parseYaml(text)).toEqual({ ok: true, value })
    expect(parsePositionedYaml(text).value).toEqual(value)
  })

  test('keys that mean something to JavaScript are keys like others', () => {
    const { value } = parsePositionedYaml('__proto__: {polluted: yes}\nconstructor: b\n')
    const parsed = parseYaml('__proto__: {polluted: yes}\nconstructor: b\n')
    for (const map of [value, parsed.ok && parsed.value]) {
      expect(Object.keys(map as object)).toEqual(['__proto__', 'constructor'])
      expect(Object.getPrototypeOf(map)).toBe(Object.prototype)
    }
    expect({}).not.toHaveProperty('polluted')
  })
})

describe('what is refused has a code and a place', () => {
  test.each([
    ['a: b: c', 'yaml-syntax', 1, 4],
    ['a: [b', 'yaml-syntax', 1, 6],
    ['a: "b', 'yaml-syntax', 1, 4],
    ["a: 1\nb: 'c\nd: 1", 'yaml-syntax', 2, 4],
    ['a: @b', 'yaml-syntax', 1, 4],
    ['a:\n\t- b', 'yaml-syntax', 2, 1],
    ['a: 1\n---\nb: 2', 'yaml-syntax', 2, 1],
    ['? [a, b]\n: c', 'yaml-syntax', 1, 3],
    ['a: 1\nb: 2\na: 3', 'yaml-duplicate-key', 3, 1],
    ['a: {b: 1, "b": 2}', 'yaml-duplicate-key', 1, 11],
    ['a: &b c', 'yaml-anchor', 1, 4],
    ['a: *b', 'yaml-anchor', 1, 4],
    ['a: 1\nb: &c\n  - d', 'yaml-anchor', 2, 4],
    ['a: !!str b', 'yaml-tag', 1, 4],
    ['a: [!b c]', 'yaml-tag', 1, 5],
    ['a: !<tag:x> b', 'yaml-tag', 1, 4],
    ['a: "b\\u0000"', 'yaml-control-character', 1, 4],
    ['a: "\\ud800"', 'yaml-control-character', 1, 4],
    ['a: "\\e[31m"', 'yaml-control-character', 1, 4],
  ])('%j', (text, code, line, column) => {
    expect(parseYaml(text)).toMatchObject({ ok: false })
    const { fault, value } = parsePositionedYaml(text)
    expect(fault).toMatchObject({ code, position: { line, column } })
    expect(value).toBeUndefined()
  })

  test('nesting that is too deep is refused before it can exhaust anything', () => {
    const deep = (levels: number) => `${'['.repeat(levels)}a${']'.repeat(levels)}`
    expect(parseYaml(deep(30))).toMatchObject({ ok: true })
    for (const text of [deep(33), deep(100_000), '- '.repeat(100_000), '{a: '.repeat(50_000), '? '.repeat(50_000)]) {
      expect(parseYaml(text)).toMatchObject({ ok: false, fault: { code: 'yaml-too-deep' } })
    }
    expect(parsePositionedYaml(deep(33)).fault).toMatchObject({ code: 'yaml-too-deep' })
    expect(parsePositionedYaml(deep(20_000)).fault).toBeDefined()
  })

  test('aliases that would grow without end are never followed', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x]']
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => [...pair])) {
      bomb.push(`${to}: &${to} [*${from}, *${from}, *${from}, *${from}, *${from}, *${from}, *${from}, *${from}]`)
    }
    expect(parseYaml(bomb.join('\n'))).toMatchObject({ ok: false, fault: { code: 'yaml-anchor' } })
    expect(parsePositionedYaml(bomb.join('\n')).fault).toMatchObject({ code: 'yaml-anchor', actual: '&a' })
  })
})

describe('a value stands somewhere', () => {
  const text = [
    'name: Redis',
    'claims:',
    '  - {date: 2017, link: x}',
    '  - date: 2018',
    '    scope:',
    '      os: bsd',
  ].join('\n')
  const positioned = parsePositionedYaml(text)

  test.each([
    [[], 1, 1],
    [['name'], 1, 7],
    [['claims'], 3, 3],
    [['claims', 0], 3, 5],
    [['claims', 0, 'link'], 3, 24],
    [['claims', 1, 'scope', 'os'], 6, 11],
    [['claims', 1, 'link'], 4, 5],
    [['missing'], 1, 1],
    [['claims', 9, 'date'], 3, 3],
    [['name', 'nothing', 'below'], 1, 7],
  ])('the value of %j', (path, line, column) => {
    expect(positioned.positionOfValue(path)).toEqual({ line, column })
  })

  test.each([
    [['name'], 1, 1],
    [['claims', 0, 'link'], 3, 18],
    [['claims', 1, 'scope'], 5, 5],
    [['claims', 1, 'scope', 'os'], 6, 7],
  ])('the key of %j', (path, line, column) => {
    expect(positioned.positionOfKey(path)).toEqual({ line, column })
  })

  test('in an empty text on its first line', () => {
    expect(parsePositionedYaml('').positionOfValue(['name'])).toEqual({ line: 1, column: 1 })
    expect(parsePositionedYaml('').positionOfKey(['name'])).toEqual({ line: 1, column: 1 })
  })

  test('also among very many, in good time', () => {
    const many = parsePositionedYaml(Array.from({ length: 20_000 }, (_, index) => `k${index}: v`).join('\n'))
    for (let index = 0; index < 20_000; index += 1) many.positionOfKey([`k${index}`])
    expect(many.positionOfKey(['k19999'])).toEqual({ line: 20_000, column: 1 })
  })
})
