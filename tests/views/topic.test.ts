import { expect, test } from 'vitest'
import { viewTopics } from '#views/topic.ts'
import { issueFile, newsletterContext, twoIssues } from '#tests/feeds/newsletter.ts'

const topicsOf = (files: Record<string, string>) => viewTopics(newsletterContext(files))
const topicOf = (id: string, files: Record<string, string>) => topicsOf(files).find((topic) => topic.id === id)

test('every section of site.yml is a topic, those that occur first', () => {
  const files = { 'issues/0002.md': twoIssues['issues/0002.md'] ?? '' }
  expect(topicsOf(files).map(({ id, entries }) => [id, entries.length])).toEqual([
    ['releases', 1],
    ['traps', 0],
    ['never', 0],
  ])
})

test('a topic gathers its section of all public issues, the newest first', () => {
  const text = (word: string) => `## Releases {#releases}\n\n${word}\n`
  const files = {
    'issues/0001.md': issueFile({}, text('old')),
    'issues/0002.md': issueFile({ number: '2' }, text('new')),
    'issues/0003.md': issueFile({ number: '3', state: 'draft' }, text('secret')),
  }
  expect(topicOf('releases', files)?.entries.map(({ address, html }) => [address, html])).toEqual([
    ['/issues/0002/#releases', '<p>new</p>'],
    ['/issues/0001/#releases', '<p>old</p>'],
  ])
})

test('a part is headed by its own title, or by its issue where it is called like the topic', () => {
  expect(topicOf('traps', twoIssues)?.entries[0]).toMatchObject({ heading: 'What bites', isHeadedByIssue: false })
  expect(topicOf('releases', twoIssues)?.entries[0]).toMatchObject({ heading: 'Issue 2', isHeadedByIssue: true })
})

test('anchors of a part lead to its issue, and the footnotes of the issue stay there', () => {
  const html = topicOf('traps', twoIssues)?.entries[0]?.html ?? ''
  expect(html).toContain('<a href="/issues/0001/#traps">')
  expect(html).not.toMatch(/\sid=/)
  expect(html).not.toContain('A note.')
  expect(html).toContain('<div class="scroller" tabindex="0" role="region" aria-label="Table 1">')
})

test('a part keeps its corrections', () => {
  const [correction] = topicOf('traps', twoIssues)?.entries[0]?.corrections ?? []
  expect(correction?.html).toContain('<a href="/issues/0001/#deep">below</a>')
})

test('there is no topic where site.yml has no sections', () => {
  expect(topicsOf({ 'site.yml': 'title: X\n', 'issues/0001.md': issueFile({}, '## Traps {#traps}\n') })).toEqual([])
})
