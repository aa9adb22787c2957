import { expect, test } from 'vitest'
import { accountForWords } from '#import/account.ts'
import { readOldIssues } from '#import/old-issue.ts'
import { Report } from '#import/report.ts'
import { readSource } from '#import/source-text.ts'
import { readableText } from '#import/words.ts'

function oldIssue(text: string) {
  const report = new Report()
  const source = readSource('old.md', new TextEncoder().encode(text), report)
  const [issue] = source ? readOldIssues(source, report) : []
  if (!issue) throw new Error('no issue')
  return issue
}

test('words that are neither in the issue nor in the report are a problem with its place', () => {
  const issue = oldIssue('---\ntitle: Issue 1\n---\nOne two.\n\nThree three, and four.\n')
  const tally = accountForWords(issue, 'One two. three, and', ['Issue 1'], ['title'])
  expect(tally.lost).toBe(2)
  expect(issue.report.problems).toMatchObject([
    { code: 'words-lost', severity: 'error', actual: 'Three, four', place: { file: 'old.md', line: 6, column: 1 } },
  ])
})

test('words that the report has are not lost', () => {
  const issue = oldIssue('---\ntitle: Issue 1\n---\nOne two.\n')
  issue.report.guess('html-removed', issue.place, { actual: '', reason: 'x', expected: 'x', fix: 'x', removed: 'two' })
  expect(accountForWords(issue, 'One', ['Issue 1'], ['title']).lost).toBe(0)
})

test.each([
  ['a <b class="x">b</b> c', 'a  b  c'],
  ['<a href="https://example.org/">x</a>', ' https://example.org/ x '],
  ['vector<T> 1 < 2', 'vector<T> 1 < 2'],
  ['&#8220;caf&eacute;&#8221;', '“café”'],
  ['`<b>&amp;`', '`<b>&amp;`'],
  ['```\n<b>&amp;\n```', '```\n<b>&amp;\n```'],
  ['x<wbr>y 1<sup>st</sup>', 'xy 1st'],
])('of %j a reader sees %j', (typed, seen) => {
  expect(readableText(typed)).toBe(seen)
})
