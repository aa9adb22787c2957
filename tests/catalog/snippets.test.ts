/** The snippets of .vscode: each, as it stands with nothing replaced, is valid content. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { kindNames, kinds } from '#catalog/kinds.ts'
import { catalogOf, projectFile } from '#tests/builders.ts'

interface Snippet {
  scope: string
  prefix: string
  body: string[]
}

const file = new URL('../../.vscode/content.code-snippets', import.meta.url)
// A file of ours, whose use below fails where it has another form.
const snippets = Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, Snippet>)

/** What stands in the file when somebody presses Tab until the end. */
function expanded(prefix: string): string {
  const body = snippets.find((snippet) => snippet.prefix === prefix)?.body ?? []
  const variables: Record<string, string> = { CURRENT_YEAR: '2026', CURRENT_MONTH: '11', CURRENT_DATE: '21' }
  return `${body.join('\n')}\n`
    .replace(/\$(CURRENT_[A-Z]+)/g, (_, name: string) => variables[name] ?? '')
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$0/g, '')
}

/** A site in which everything is called what it is. */
const around = {
  'site.yml': 'title: Test\nsections: {section: {name: Section}}\n',
  'architectures.yml': 'architecture: {name: Architecture}\n',
  'categories.yml': 'category: {name: Category}\n',
  'people.yml': 'person: {name: Person}\n',
  'projects/project-id.md': projectFile({ categories: '[category]' }),
}
const problemsOf = (files: Record<string, string>) => catalogOf({ ...around, ...files }).problems

describe.each(kindNames)('the snippet for the kind %s', (kind) => {
  const { folder, extension } = kinds[kind]
  const text = expanded(kind)

  test('is valid content', () => {
    expect(text).toMatch(/\w/)
    expect(problemsOf({ [`${folder}/${kind === 'issue' ? '0001' : 'new'}${extension}`]: text })).toEqual([])
  })

  test('is offered in files of its language', () => {
    const scope = snippets.find(({ prefix }) => prefix === kind)?.scope
    expect(scope).toBe(extension === '.md' ? 'markdown' : 'yaml')
  })
})

test('the snippet for a claim is valid below `claims:`', () => {
  const claims = `\n${expanded('claim').trimEnd()}`
  expect(problemsOf({ 'projects/new.md': projectFile({ categories: '[category]', claims }) })).toEqual([])
})

test.each([
  ['person', 'people.yml'],
  ['category', 'categories.yml'],
])('the snippet for a %s is an entry of %s', (prefix, name) => {
  const before = around[name as keyof typeof around]
  expect(problemsOf({ [name]: `${before}${expanded(prefix)}` })).toEqual([])
})

test('every place to fill in has a number of its own, so that Tab goes through all of them', () => {
  for (const { prefix, body } of snippets) {
    const numbers = [...body.join('\n').matchAll(/\$\{(\d+)[:|]/g)].map(([, number]) => number)
    expect(new Set(numbers).size, prefix).toBe(numbers.length)
  }
})
