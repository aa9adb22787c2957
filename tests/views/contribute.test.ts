import { describe, expect, test } from 'vitest'
import { Report } from '#ingest/report.ts'
import { exampleProblem } from '#site/example-problem.ts'
import { viewContribute } from '#views/contribute.ts'
import { viewGovernance } from '#views/governance.ts'
import { viewProblemMessage } from '#views/problem-message.ts'
import { catalogOf, projectFile } from '#tests/builders.ts'
import { pageContextOf } from './page-context.ts'

const view = (site: string, files = {}) =>
  viewContribute(pageContextOf({ 'site.yml': `title: Test\n${site}`, ...files }))

test('the claim to copy is valid below `claims:`', () => {
  const { claim } = view('')
  const file = projectFile({ claims: `\n${claim.join('\n')}` })
  expect(catalogOf({ 'projects/redis.md': file }).problems).toEqual([])
})

test('the report to copy is one', () => {
  expect(Report.safeParse(JSON.parse(view('').report)).error).toBeUndefined()
})

test('a site without sections that people write for asks for no news', () => {
  const titles = (site: string) => view(site).choices.map(({ title }) => title)
  expect(titles('sections: {what-changed: {name: What changed}}\n')).not.toContain('Send a newsletter item')
  expect(titles('sections: {ports: {name: Ports}}\n')).toContain('Send a newsletter item')
})

test('who reads what is sent are the editors of the site, and nobody where it names none', () => {
  const people = { 'people.yml': 'ada: {name: Ada Example, affiliation: Somewhere (2026)}\n' }
  expect(view('editors: [ada]\n', people).reviewers).toMatch(/^Ada Example, or /)
  expect(view('').reviewers).toBe('Somebody who may publish here')
  const { catalog } = pageContextOf({ 'site.yml': 'title: Test\neditors: [ada]\n', ...people })
  expect(viewGovernance(catalog).editors).toMatchObject([{ name: 'Ada Example' }])
})

test('whom to ask are the contact of the site, else its editors, else whoever published it', () => {
  const people = { 'people.yml': 'ada: {name: Ada Example}\n' }
  expect(view('').asked).toEqual({ name: 'whoever published this site', address: undefined })
  expect(view('editors: [ada]\n', people).asked).toEqual({
    name: 'Ada Example, who edits this site,',
    address: undefined,
  })
  expect(view('editors: [ada]\ncontact: https://example.org/write\n', people).asked).toEqual({
    name: 'its editors',
    address: 'https://example.org/write',
  })
})

describe('the message that is explained', () => {
  const problem = exampleProblem()
  const { place, before, actual, between, expected, after, fix } = viewProblemMessage(problem)

  test('is one of the check, in its parts', () => {
    expect(place).toBe('content/projects/example.md:3:1')
    expect(`${before}${actual}${between}${expected}${after}`).toBe(problem.reason)
    expect([actual, fix]).toEqual(['sumary', 'did you mean `summary`?'])
  })

  test('has its parts also where the sentence says them otherwise', () => {
    const { before: start, expected: words } = viewProblemMessage({ ...problem, reason: 'It is wrong.' })
    expect([start, words]).toEqual(['Unexpected ', problem.expected])
  })
})
