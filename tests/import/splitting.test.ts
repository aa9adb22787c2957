import { describe, expect, test } from 'vitest'
import { codesOf, importing } from './importing.ts'

const numbersOf = (text: string) =>
  importing(text, { said: { author: 'ann-example', date: '2017-04-28' } }).issues.map(
    ({ number, title }) => `${number} ${title}`,
  )

describe('a file of several issues is divided', () => {
  const expected = ['1 News, Issue 1', '2 News, Issue 2']

  test('at front matter, also where it follows a line of text', () => {
    const text =
      '---\ntitle: News, Issue 1\n---\nOne thing.\nMade with care.\n---\ntitle: News, Issue 2\n---\nAnother thing.\n'
    expect(numbersOf(text)).toEqual(expected)
    expect(importing(text).issues[0]?.text).toContain('Made with care.\n')
  })

  test('at front matter that is never closed', () => {
    const text =
      '---\ntitle: News, Issue 1\ndate: 2017-05-05\n\nOne thing.\n\n---\ntitle: News, Issue 2\nAnother thing.\n'
    expect(numbersOf(text)).toEqual(expected)
    const { guesses } = importing(text)
    expect(guesses.filter(({ code }) => code === 'front-matter-unclosed').map(({ place }) => place.line)).toEqual([
      1, 7,
    ])
  })

  test('at TOML between lines of `+++`', () => {
    expect(numbersOf('+++\ntitle = "News, Issue 1"\n+++\nOne.\n+++\ntitle = "News, Issue 2"\n+++\nTwo.\n')).toEqual(
      expected,
    )
  })

  test('at keys without fences, as Pelican has them', () => {
    const text =
      'Title: News\nNumber: 1\nDate: 2017-05-05\n\nOne.\n\nTitle: News\nNumber: 2\nDate: 2017-05-12\n\nTwo.\n'
    expect(numbersOf(text)).toEqual(['1 News', '2 News'])
  })

  test('at titles with numbers, where there is no front matter at all', () => {
    const text = '# News, Issue 1\n\nOne.\n\nNews, Issue 2\n=====\n\nTwo.\n'
    expect(numbersOf(text)).toEqual(expected)
    expect(codesOf(importing(text))).toContain('split-guessed')
  })
})

describe('no issue begins', () => {
  test.each([
    ['in a code block', '# News, Issue 1\n\n```\n---\ntitle: News, Issue 2\n---\n```\n'],
    ['in preformatted HTML', '# News, Issue 1\n\n<pre>\n---\ntitle: x\n---\n</pre>\n'],
    ['at a rule between paragraphs', '# News, Issue 1\n\nOne.\n\n---\n\nNote: another paragraph.\n'],
  ])('%s', (_, text) => {
    expect(importing(text).issues).toHaveLength(1)
  })
})

test('a fence that is never closed hides no issue', () => {
  expect(numbersOf('---\ntitle: Issue 1\n---\n```\ncode\n\n---\ntitle: Issue 2\n---\nTwo.\n')).toHaveLength(2)
})

test('front matter that would run is refused, and nothing of it is read', () => {
  const { issues, problems } = importing('---js\n({ title: process.exit(7) })\n---\nText\n')
  expect(issues).toEqual([])
  expect(problems).toMatchObject([{ code: 'front-matter-not-yaml', place: { file: 'old.md', line: 1, column: 1 } }])
})

test('a file without text is a problem', () => {
  expect(codesOf(importing('\n\n---\n'))).toEqual(['no-issue-found'])
})
