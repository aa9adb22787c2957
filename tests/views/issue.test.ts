import { describe, expect, test } from 'vitest'
import { viewIssueList } from '#views/issue-list.ts'
import { updatedAt, viewIssue } from '#views/issue.ts'
import { structuredIssue } from '#views/structured-issue.ts'
import { issueFile, newsletterContext, twoIssues } from '#tests/feeds/newsletter.ts'

describe('an issue', () => {
  const context = newsletterContext(twoIssues, { basePath: '/base/' })
  const first = viewIssue('0001', context)
  const second = viewIssue('0002', context)

  test('says who wrote it, in the order of its front matter', () => {
    expect(first.authors).toEqual([
      { name: 'Ada Lovelace', address: 'https://example.org/ada?a=1&b=2', affiliation: 'Analyst (1843)' },
      { name: 'Bob', address: undefined, affiliation: undefined },
    ])
  })

  test('has its sections with their anchors and, where site.yml knows them, their topics', () => {
    expect(second.sections.map(({ id, title, topic }) => ({ id, title, topic }))).toEqual([
      { id: 'releases', title: 'Releases', topic: { label: 'Releases', address: '/base/topics/releases/' } },
      { id: 'without-a-topic', title: 'Without a topic', topic: undefined },
    ])
  })

  test('shows a correction with the section that it corrects', () => {
    expect(first.corrections).toEqual([])
    expect(first.sections[0]?.corrections[0]?.day.words).toBe('3 June 2026')
    expect(first.correctedSections).toEqual([{ label: 'What bites', address: '#traps' }])
    expect(first.corrected?.datetime).toBe('2026-06-03')
  })

  test('shows a correction of a section that it does not have at its head, with the name of the section', () => {
    const file = issueFile({ errata: '[{date: 2026-06-02, section: never, text: A}, {date: 2026-06-03, text: B}]' })
    const { corrections } = viewIssue('0001', newsletterContext({ 'issues/0001.md': file }))
    expect(corrections.map(({ section, html }) => [section, html])).toEqual([
      [undefined, 'B'],
      ['Never', 'A'],
    ])
  })

  test('knows its neighbours', () => {
    expect([first.older, first.newer?.address]).toEqual([undefined, '/base/issues/0002/'])
    expect([second.older?.address, second.newer]).toEqual(['/base/issues/0001/', undefined])
  })

  test('passes over issues that are not public', () => {
    const files = { ...twoIssues, 'issues/0003.md': issueFile({ number: '3', state: 'draft' }) }
    expect(viewIssue('0002', newsletterContext(files)).newer).toBeUndefined()
    expect(() => viewIssue('0003', newsletterContext(files))).toThrow('not public')
  })

  test.each([
    [1, '1 minute'],
    [220, '1 minute'],
    [221, '2 minutes'],
    [2200, '10 minutes'],
  ])('%i words take %s', (count, time) => {
    const file = issueFile({}, `${Array(count).fill('word').join(' ')}\n`)
    expect(viewIssue('0001', newsletterContext({ 'issues/0001.md': file }))).toMatchObject({
      words: count,
      readingTime: time,
    })
  })

  test('keeps the day of its place where the instant is another day in UTC', () => {
    const file = issueFile({ date: '2026-04-28T22:00:00-04:00' })
    const view = viewIssue('0001', newsletterContext({ 'issues/0001.md': file }))
    expect(view.day).toMatchObject({ words: '28 April 2026', datetime: '2026-04-28T22:00:00-04:00' })
    expect(view.published).toBe('2026-04-29T02:00:00Z')
  })

  test('warns when it is two years old', () => {
    const viewAt = (asOf: string) => viewIssue('0002', newsletterContext(twoIssues, { asOf }))
    expect(viewAt('2028-05-11T00:00:00Z').isOld).toBe(false)
    expect(viewAt('2028-05-12T00:00:00Z').isOld).toBe(true)
  })

  test('describes itself to search engines as part of a periodical', () => {
    expect(structuredIssue(first, context)).toMatchObject({
      '@type': 'BlogPosting',
      url: 'https://example.org/base/issues/0001/',
      datePublished: '2026-04-28T16:00:00Z',
      dateModified: '2026-06-03T12:00:00Z',
      author: [
        { '@type': 'Person', name: 'Ada Lovelace' },
        { '@type': 'Person', name: 'Bob' },
      ],
      isPartOf: { '@type': 'Periodical', name: 'News: newsletter', url: 'https://example.org/base/issues/' },
    })
  })
})

describe('the archive', () => {
  test('lists public issues by year, the newest first', () => {
    const files = {
      'issues/0001.md': issueFile({ date: '2024-12-31' }),
      'issues/0002.md': issueFile({ number: '2', date: '2025-01-01' }),
      'issues/0003.md': issueFile({ number: '3', date: '2025-02-01' }),
      'issues/0004.md': issueFile({ number: '4', state: 'draft' }),
    }
    const { count, years } = viewIssueList(newsletterContext(files))
    expect(count).toBe(3)
    expect(years.map(({ year, issues }) => [year, issues.map(({ id }) => id)])).toEqual([
      ['2025', ['0003', '0002']],
      ['2024', ['0001']],
    ])
  })

  test('leads to each section of an issue', () => {
    const { years } = viewIssueList(newsletterContext(twoIssues))
    expect(years[0]?.issues[1]?.sections).toEqual([{ label: 'What bites', address: '/issues/0001/#traps' }])
  })

  test('is empty without issues', () => {
    expect(viewIssueList(newsletterContext({}))).toEqual({ count: 0, years: [] })
  })
})

test('every correction is later than what was there before, also on the day of publication', () => {
  const published = '2026-05-12T12:00:00Z'
  const steps = [[], ['2026-05-12'], ['2026-05-12', '2026-05-12'], ['2026-06-01', '2026-05-12', '2026-05-12']]
  expect(
    steps.map((days) =>
      updatedAt(
        published,
        days.map((date) => ({ date })),
      ),
    ),
  ).toEqual([published, '2026-05-12T12:00:01Z', '2026-05-12T12:00:02Z', '2026-06-01T12:00:00Z'])
})
