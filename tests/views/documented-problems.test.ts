import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { documentedCodes } from '#tests/catalog/documented-codes.ts'
import { viewDocumentedProblems } from '#views/documented-problems.ts'
import { pageContextOf } from './page-context.ts'

const context = pageContextOf({ 'site.yml': 'title: Test\n' })
const real = viewDocumentedProblems(readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8'), context)
const problems = real.sections.flatMap((section) => section.problems)

describe('of docs/problems.md', () => {
  test('every documented code has its anchor, in the order of the document', () => {
    expect(problems.map(({ code }) => code)).toEqual(documentedCodes())
    expect(real.contents.flatMap(({ parts }) => parts.map(({ address }) => address))).toEqual(
      documentedCodes().map((code) => `#${code}`),
    )
    expect(real.count).toBe(documentedCodes().length)
  })

  test('every code says what it means, what is wrong and what is right', () => {
    for (const { code, meaningHtml, wrongHtml, rightHtml } of problems) {
      for (const html of [meaningHtml, wrongHtml, rightHtml]) expect(html, code).not.toBe('')
      expect(meaningHtml, code).not.toMatch(/<li>|wrong:|right:/)
      expect(wrongHtml, code).not.toContain('right:')
    }
  })

  test('no two anchors are alike', () => {
    const ids = real.sections.flatMap((section) => [section.id, ...section.problems.map(({ code }) => code)])
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('no link leads to a file beside the document', () => {
    expect(JSON.stringify(real)).not.toMatch(/href=\\"[^\\"]*\.md/)
  })
})

const document = `# Title

What it is.

- [One](#one) ·
  [Two](#two)

## One

### \`first-code\`

It means [this](other.md#there) on [a page](/matrix/).

- wrong:

  \`\`\`yaml
  ## no heading
  \`\`\`

- right: \`a\`, or
  \`b\`

## Two words

About the section.

### \`second-code\`

A warning.

- wrong: x
- right: y
`

test('a document becomes sections, codes and examples', () => {
  const { introHtml, sections } = viewDocumentedProblems(document, context)
  expect(introHtml).toBe('<p>What it is.</p>')
  expect(sections.map(({ id, title, introHtml: html }) => [id, title, html])).toEqual([
    ['one', 'One', ''],
    ['two-words', 'Two words', '<p>About the section.</p>'],
  ])
  const [first] = sections[0]?.problems ?? []
  expect(first?.meaningHtml).toBe('<p>It means this on <a href="/base/matrix/">a page</a>.</p>')
  expect(first?.wrongHtml).toContain('## no heading')
  expect(first?.rightHtml).toContain('<code>b</code>')
  expect(sections[1]?.problems.map(({ code }) => code)).toEqual(['second-code'])
})

test('a section that is called like a code has another anchor', () => {
  const text = '# T\n\nText.\n\n## Same\n\n### `same`\n\nM.\n\n- wrong: x\n- right: y\n'
  expect(viewDocumentedProblems(text, context).sections.map(({ id }) => id)).toEqual(['same-2'])
})
