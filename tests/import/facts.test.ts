import { describe, expect, test } from 'vitest'
import type { ImportOptions } from '#import/import-issues.ts'
import { codesOf, importing, smallSite } from './importing.ts'

/** Number and date of each issue; nothing is said on the command line. */
function factsOf(files: Record<string, string>, said: ImportOptions['said'] = { author: 'ann-example' }): string[] {
  return importing(files, { said }).issues.map(({ number, date }) => `${number} ${date}`)
}
const post = (head: string) => `---\n${head}\n---\nText of the issue.\n`

describe('number and date come', () => {
  test.each([
    ['from the front matter', { 'a.md': post('title: News\nnumber: 7\ndate: 2017-05-05') }, '7 2017-05-05'],
    ['from the title', { 'a.md': post('title: "News, Issue 3 - 2017-05-12"') }, '3 2017-05-12'],
    ['from words in the title', { 'a.md': post('title: "News #12, Friday May 5th, 2017"') }, '12 2017-05-05'],
    ['from a first-level heading', { 'a.md': '# X news, Issue 3 - 2017-05-12\n\nText.\n' }, '3 2017-05-12'],
    ['from the name of the file', { '_posts/2017-04-28-news-4.md': post('title: News') }, '4 2017-04-28'],
    ['from folders of days', { 'posts/2017/04/28/issue-12.md': post('title: News') }, '12 2017-04-28'],
    [
      'from an issue number and a week with its year',
      { 'a.md': post('title: Issue 9, Week 19, 2017') },
      '9 2017-05-08',
    ],
    [
      'from another key',
      { 'a.md': post('title: News\nissue: "#5"\npubDate: Fri, 28 Apr 2017 12:00:00 -0400') },
      '5 2017-04-28T12:00:00-04:00',
    ],
  ])('%s', (_, files, expected) => {
    expect(factsOf(files)).toEqual([expected])
  })

  test('from the issues around, by their rhythm', () => {
    const files = {
      '1.md': post('title: Issue 1\ndate: 2017-04-28'),
      '2.md': post('title: Issue 2'),
      '3.md': post('title: News without a number\ndate: 2017-05-12'),
      '4.md': post('title: Issue 4, Week 20'),
    }
    expect(factsOf(files)).toEqual(['1 2017-04-28', '2 2017-05-05', '3 2017-05-12', '4 2017-05-19'])
  })

  test('from issues that are there already, every two weeks where they come so', () => {
    const issue = (number: number, date: string) =>
      `---\nnumber: ${number}\ntitle: T\ndate: ${date}\nauthors: [ann-example]\nsummary: S\nstate: published\n---\n`
    const catalog = smallSite({ 'issues/0001.md': issue(1, '2017-04-28'), 'issues/0002.md': issue(2, '2017-05-12') })
    const { issues } = importing({ 'a.md': post('title: Issue 4') }, { catalog, said: { author: 'ann-example' } })
    expect(issues[0]?.date).toBe('2017-06-09')
  })

  test('from the command line, and then they are no guesses', () => {
    const said = { author: 'ann-example', number: 40, date: '2017-04-28' }
    const { issues, guesses } = importing({ 'a.md': post('title: News\nsummary: S.') }, { said })
    expect(issues).toMatchObject([{ number: 40, date: '2017-04-28' }])
    expect(guesses).toEqual([])
  })
})

describe('a date', () => {
  const dateOf = (date: string) => importing(post(`title: Issue 1\ndate: ${date}`)).issues[0]?.date

  test.each([
    ['2017-04-28T12:00:00-04:00', '2017-04-28T12:00:00-04:00'],
    ['2017-05-05', '2017-05-05'],
    ['2017-04-28 12:00:00 -0400', '2017-04-28T12:00:00-04:00'],
    ['2017-04-28 9:05 UTC', '2017-04-28T09:05Z'],
    ['April 28, 2017', '2017-04-28'],
    ['28 Apr 2017', '2017-04-28'],
    ['28.04.2017', '2017-04-28'],
    ['08-19-2016', '2016-08-19'],
  ])('of %s is %s', (typed, expected) => {
    expect(dateOf(typed)).toBe(expected)
  })

  test('without an offset is a day, and the time is told', () => {
    const { issues, guesses } = importing(post('title: Issue 1\ndate: 2017-04-28 23:30'))
    expect(issues[0]?.date).toBe('2017-04-28')
    expect(guesses).toContainEqual(expect.objectContaining({ code: 'date-derived', removed: '23:30' }))
  })

  test.each([
    ['another weekday', 'title: "Issue 1, Monday May 5, 2017"'],
    ['another week', 'title: "Issue 1 (Week 20)"\ndate: 2017-05-12'],
    ['another day', 'title: "Issue 1, May 6, 2017"\ndate: 2017-05-05'],
  ])('that disagrees with %s in the title is told', (_, head) => {
    expect(codesOf(importing(post(head)))).toContain('date-disagrees')
  })

  test.each(['title: "Issue 3, Friday May 12, 2017 (Week 19)"', 'title: Issue 1, Week 52\ndate: 2017-01-01'])(
    'that agrees with the title is not: %s',
    (head) => {
      expect(codesOf(importing(post(head)))).not.toContain('date-disagrees')
    },
  )

  test('that nothing tells keeps the issue out', () => {
    const { issues, problems } = importing(post('title: Issue 1'), { said: { author: 'ann-example' } })
    expect(issues).toEqual([])
    expect(problems).toMatchObject([{ code: 'missing-key', severity: 'error', expected: 'a key `date`' }])
  })
})

test('a number that the title contradicts is kept, and told', () => {
  const { issues, guesses } = importing(post('title: News, Issue 3\nnumber: 4'))
  expect(issues[0]?.number).toBe(4)
  expect(guesses.map(({ code }) => code)).toContain('number-disagrees')
})

test('of two issues with one number the second is a problem', () => {
  const { issues, problems } = importing(`${post('title: Issue 1')}${post('title: Also Issue 1')}`)
  expect(issues).toHaveLength(1)
  expect(problems).toMatchObject([{ code: 'issue-exists', place: { line: 5 } }])
})

describe('authors', () => {
  const authorsOf = (text: string, said = {}) => importing(text, { said: { date: '2017-04-28', number: 1, ...said } })

  test('are found by name, also by a longer given name', () => {
    expect(authorsOf(post('title: T\nauthor: Ann Example')).issues[0]?.authors).toEqual(['ann-example'])
    const edward = authorsOf(post('title: T\nauthor: Edward Example'))
    expect(edward.issues[0]?.authors).toEqual(['ed-example'])
    expect(codesOf(edward)).toContain('authors-derived')
  })

  test('that people.yml lacks get an id, and are a problem', () => {
    const { issues, newcomers, problems } = authorsOf(post('title: T\nauthors: Ann Example and Zoë Nobody'))
    expect(issues[0]?.authors).toEqual(['ann-example', 'zoe-nobody'])
    expect(newcomers).toEqual([{ id: 'zoe-nobody', name: 'Zoë Nobody' }])
    expect(problems).toMatchObject([{ code: 'unknown-person', actual: 'Zoë Nobody', place: { line: 3 } }])
  })

  test('come from the issue before, where one says nothing', () => {
    const { issues } = authorsOf(`${post('title: Issue 1\nauthor: Ed Example')}${post('title: Issue 2')}`)
    expect(issues.map(({ authors }) => authors)).toEqual([['ed-example'], ['ed-example']])
  })

  test('come from the introduction', () => {
    expect(authorsOf('---\ntitle: T\n---\nA newsletter from [Ed Example].\n').issues[0]?.authors).toEqual([
      'ed-example',
    ])
  })

  test('that nothing tells keep the issue out', () => {
    expect(codesOf(authorsOf(post('title: T')))).toContain('missing-key')
  })
})
