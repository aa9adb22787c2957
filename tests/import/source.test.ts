import { describe, expect, test } from 'vitest'
import { bodyOf, codesOf, importing } from './importing.ts'

const head = '---\ntitle: News, Issue 1\nsummary: S.\n---\n'

describe('bytes', () => {
  test('of Windows-1252 are read line by line, and told once with their place', () => {
    const latin = new Uint8Array([
      ...new TextEncoder().encode(`${head}Käse\n`),
      0x93,
      0x68,
      0x69,
      0x94,
      0x20,
      0xe9,
      0x0a,
      0x97,
    ])
    const result = importing(latin)
    expect(bodyOf(result)).toBe('Käse\n“hi” é\n—')
    expect(result.guesses.filter(({ code }) => code === 'encoding-guessed')).toMatchObject([
      { guessed: 'Windows-1252', place: { line: 6, column: 1 }, actual: '0x93' },
    ])
  })

  test('of UTF-16 are read', () => {
    const bytes = new Uint8Array(Buffer.from(`\uFEFF${head}Käse`, 'utf16le'))
    expect(bodyOf(importing(bytes))).toBe('Käse')
  })

  test('with a byte order mark and line ends of other systems are read as if they had none', () => {
    for (const end of ['\r\n', '\r']) {
      const result = importing(`\uFEFF${head}Text\n\nMore`.replaceAll('\n', end))
      expect(bodyOf(result)).toBe('Text\n\nMore')
      expect(codesOf(result)).toEqual(expect.arrayContaining(['byte-order-mark', 'carriage-return']))
    }
  })

  test('of a picture are refused', () => {
    expect(codesOf(importing(new Uint8Array(500).map((_, index) => index % 7)))).toEqual(['not-utf-8'])
  })
})

test('control characters are left out, and what follows keeps its place', () => {
  const result = importing(`${head}a\u0000b\u202ec [x](javascript:y)`)
  expect(bodyOf(result)).toBe('abc x')
  expect(result.guesses.map(({ code, place }) => `${code} ${place.line}:${place.column}`)).toEqual(
    expect.arrayContaining(['control-character 5:2', 'control-character 5:4', 'link-removed 5:7']),
  )
})

test('no-break spaces that stand for structure become blanks; those between words stay', () => {
  expect(bodyOf(importing(`${head}##\u00a0Title\n\n-\u00a010\u00a0kB\n`))).toBe('## Title {#title}\n\n- 10\u00a0kB')
})

describe('front matter', () => {
  test('loses no key in silence', () => {
    const { guesses } = importing('---\ntitle: Issue 1\nlayout: post\ntags: [a, b]\nslug: x\n# a remark\n---\nText.\n')
    expect(guesses.filter(({ removed }) => removed !== undefined)).toMatchObject([
      { code: 'key-dropped', removed: 'layout: post', place: { line: 3, column: 1 } },
      { code: 'key-dropped', removed: 'tags: a, b' },
      { code: 'key-dropped', removed: 'slug: x' },
      { code: 'comment-removed', removed: 'a remark', place: { line: 6 } },
    ])
  })

  test('gives summary and old addresses', () => {
    const { issues } = importing(
      '---\ntitle: Issue 1\ndescription: What is new.\npermalink: /2017/04/28/news/\naliases: [/n/1, "/bad address"]\n---\nText.\n',
    )
    expect(issues[0]?.text).toContain('summary: What is new.\n')
    expect(issues[0]?.text).toContain('aliases:\n  - /n/1\n  - /2017/04/28/news/\n')
  })

  test('that is no YAML is read line by line', () => {
    const result = importing('---\ntitle: Works: Issue 1\nauthor: @ann\ntags:\n- a\n- b\n---\nText.\n')
    expect(result.issues[0]?.title).toBe('Works: Issue 1')
    expect(codesOf(result)).toContain('front-matter-repaired')
    expect(codesOf(result)).not.toContain('words-lost')
  })

  test('of a draft makes a draft, whatever is asked for', () => {
    const state = (text: string) => importing(text, { state: 'published' }).issues[0]?.state
    expect(state('---\ntitle: Issue 1\n---\nText.')).toBe('published')
    expect(state('---\ntitle: Issue 1\ndraft: true\n---\nText.')).toBe('draft')
    expect(state('---\ntitle: Issue 1\npublished: false\n---\nText.')).toBe('draft')
  })

  test('is told where its state is not kept', () => {
    expect(codesOf(importing('---\ntitle: Issue 1\nstate: published\n---\nText.'))).toContain('state-changed')
  })

  test('with a title, or a summary, that is too long loses its end, and that is told', () => {
    const result = importing(
      `---\ntitle: ${'word '.repeat(40)}\nsummary: ${'A sentence that is long. '.repeat(20)}\n---\nText.`,
    )
    expect(codesOf(result)).toContain('value-dropped')
    expect(codesOf(result)).not.toContain('words-lost')
  })
})

describe('the summary', () => {
  const summaryOf = (body: string) =>
    /summary: (.*)/.exec(importing(`---\ntitle: Issue 1\n---\n${body}`).issues[0]?.text ?? '')?.[1]

  test('is the first paragraph, cut at a sentence', () => {
    const sentence = 'This is a sentence with a number of words, for a reader to read.'
    expect(summaryOf(`Hey,\n\n${`${sentence} `.repeat(9)}`)).toBe(`${sentence} `.repeat(4).trim())
  })

  test('is rather what the issue says of itself', () => {
    expect(
      summaryOf(
        'This is the third edition of a letter about machines.\n\nThis issue has news of boards, and of compilers.',
      ),
    ).toBe('This issue has news of boards, and of compilers.')
  })
})

test('title and summary that were concluded are told with what they were concluded from', () => {
  const { guesses } = importing('# News, Issue 3\n\nBoards, and what runs on them.\n')
  expect(guesses).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: 'title-derived',
        guessed: 'News, Issue 3',
        place: { file: 'old.md', line: 1, column: 1 },
      }),
      expect.objectContaining({
        code: 'summary-derived',
        from: 'the introduction',
        place: { file: 'old.md', line: 3, column: 1 },
      }),
    ]),
  )
})

describe('what is too much is refused, with its place', () => {
  test.each([
    ['nesting', `${head}${'> '.repeat(500)}x`, 'text-too-deep'],
    ['HTML in HTML', `${head}x\n${'<div>'.repeat(300)}`, 'text-too-deep'],
    ['a text', `${head}${'word '.repeat(250_000)}`, 'import-too-large'],
    ['what it becomes', `${head}${'A line of words.\n\n'.repeat(31_000)}`, 'import-too-large'],
  ])('%s', (_, text, code) => {
    const { issues, problems } = importing(text)
    expect(issues).toEqual([])
    expect(problems).toMatchObject([{ code, severity: 'error', place: { file: 'old.md' } }])
  })

  test('a file', () => {
    expect(codesOf(importing(new Uint8Array(20 * 1024 * 1024 + 1)))).toEqual(['import-too-large'])
  })

  test('and the other issues of the file are there', () => {
    const { issues } = importing(`${head}${'> '.repeat(500)}x\n\n---\ntitle: Issue 2\n---\nText.`)
    expect(issues.map(({ number }) => number)).toEqual([2])
  })
})

describe('a text that is meant to take for ever ends', () => {
  test.each([
    ['with headings', '## A\n'.repeat(20_000)],
    ['with elements in a line', 'x <b>y</b> '.repeat(3000)],
    ['with elements that are not closed', '<p>x'.repeat(10_000)],
    ['with rows', `<table>\n${'<tr><td>x</td></tr>\n'.repeat(3000)}</table>`],
    ['with definitions', '[a]: https://example.org/\n\n'.repeat(3000)],
    ['with bullets', '• x\n'.repeat(10_000)],
    ['with fences that are not closed', '```\n~~~\n'.repeat(10_000)],
    ['with tags that are not closed', '<a "'.repeat(20_000)],
    ['with shortcodes that are not closed', '{% highlight %}\n'.repeat(10_000)],
    ['with issues', '---\ntitle: Issue\n---\nx\n'.repeat(1000)],
  ])('%s', (_, text) => {
    expect(codesOf(importing(`${head}${text}\nThe end.`))).not.toContain('words-lost')
  })
})
