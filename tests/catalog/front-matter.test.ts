import { afterEach, describe, expect, test } from 'vitest'
import { adviseOnFrontMatter, splitFrontMatter } from '#catalog/front-matter.ts'

describe('a content file is split', () => {
  test('into YAML and Markdown, which know their lines', () => {
    expect(splitFrontMatter('---\nname: Redis\n---\nProse.\n')).toEqual({
      yaml: '\nname: Redis',
      yamlLine: 1,
      body: 'Prose.\n',
      bodyLine: 4,
    })
  })

  test.each([
    ['---\n---\n', '', 3],
    ['---\n---', '', 3],
    ['---\n\n---\n', '', 4],
    ['---\na: 1\n---', '', 4],
    ['---\na: 1\n---\n\n\nText', '\n\nText', 4],
    ['---\n# only a comment\n---\nText', 'Text', 4],
    ['---\na: 1\n---\n---\nb: 2\n---\n', '---\nb: 2\n---\n', 4],
    ['---\na: |\n  ---\n---\nText', 'Text', 5],
  ])('%j has the body %j on line %i', (text, body, bodyLine) => {
    const split = splitFrontMatter(text)
    expect(split).toMatchObject({ body, bodyLine })
    if ('body' in split && split.body !== '')
      expect(
        text
          .split('\n')
          .slice(bodyLine - 1)
          .join('\n'),
      ).toBe(split.body)
  })

  test('the same way each time', () => {
    const text = '---\nname: [\n---\n'
    expect(splitFrontMatter(text)).toEqual(splitFrontMatter(text))
  })
})

describe('a file without proper fences is refused', () => {
  test.each([
    ['', 'front-matter-missing', 1],
    ['\n---\na: 1\n---\n', 'front-matter-missing', 1],
    ['name: Redis\n', 'front-matter-missing', 1],
    ['----\na: 1\n----\n', 'front-matter-missing', 1],
    ['--- \na: 1\n---\n', 'front-matter-missing', 1],
    ['---js\n{}\n---\n', 'front-matter-not-yaml', 1],
    ['--- yaml\na: 1\n---\n', 'front-matter-not-yaml', 1],
    ['---', 'front-matter-unclosed', 1],
    ['---\na: 1\n', 'front-matter-unclosed', 1],
    ['---\na: 1\n--- \n', 'front-matter-unclosed', 3],
    ['---\na: 1\n----\n---\n', 'front-matter-unclosed', 3],
    [`---\na: 1${'\n'.repeat(3000)}---\n`, 'front-matter-gap', 2],
  ])('%j', (text, code, line) => {
    const fault = splitFrontMatter(text)
    expect(fault).toMatchObject({ code, line })
    if ('code' in fault)
      expect(adviseOnFrontMatter(fault, { path: 'a.md', text }).place).toEqual({ file: 'a.md', line, column: 1 })
  })

  test('fast, however long its gaps are', () => {
    expect(splitFrontMatter(`---\n${'\n'.repeat(500_000)}a: 1\n---\n`)).toMatchObject({ code: 'front-matter-gap' })
  })
})

describe('front matter never runs', () => {
  afterEach(() => {
    delete (globalThis as { frontMatterRan?: boolean }).frontMatterRan
  })

  test.each(['js', 'javascript', ' js', 'coffee', 'json', 'toml', 'cson'])('as %s', (language) => {
    const text = `---${language}\n{ a: (globalThis.frontMatterRan = true) }\n---\n`
    expect(splitFrontMatter(text)).toMatchObject({ code: 'front-matter-not-yaml' })
    expect(globalThis).not.toHaveProperty('frontMatterRan')
  })

  test('not even where it says so inside', () => {
    const split = splitFrontMatter('---\na: !!js/function "globalThis.frontMatterRan = true"\n---\n')
    expect(split).toMatchObject({ bodyLine: 4 })
    expect(globalThis).not.toHaveProperty('frontMatterRan')
  })
})
