import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderOf, run } from '#tests/builders.ts'
import { issueFile, peopleFile, siteFile } from '#tests/feeds/newsletter.ts'

const old = `---
title: Ported news, Issue 1 - April 28, 2017
date: 2017-04-28T12:00:00-04:00
author: Ada Lovelace
layout: post
---

# Ported news, Issue 1 - April 28, 2017

Hello, and welcome to <b>the first</b> issue.

## Traps

<pre class="brush: diff">
-a &lt; b
+a &lt;= b
</pre>

• one thing
• another thing

Edited with care.
---
title: Ported news, Issue 2 - May 5, 2017
---

The second issue, which says neither its date nor who wrote it.

## Releases

[Docs]:https://example.org/docs
See the [Docs].
`

const folder = (more: Record<string, string> = {}) =>
  folderOf({ 'content/site.yml': siteFile, 'content/people.yml': peopleFile, 'old.md': old, ...more })
const cli = (directory: string, ...args: string[]) => run(['import', ...args, '--content', 'content'], { directory })
const textOf = (directory: string, number: string) =>
  readFileSync(join(directory, `content/issues/${number}.md`), 'utf8')

describe('import', () => {
  test('makes an issue of each part of an old file, which check takes, and tells every guess with its place', async () => {
    const directory = folder()
    const { code, answer } = await cli(directory, 'old.md', '--json')
    expect(code).toBe(0)
    const report = JSON.parse(answer) as {
      issues: { file: string; number: number; date: string }[]
      guesses: { code: string; place: { file: string; line: number } }[]
      problems: unknown[]
    }
    expect(report.problems).toEqual([])
    expect(report.issues).toMatchObject([
      { file: 'content/issues/0001.md', number: 1, date: '2017-04-28T12:00:00-04:00' },
      { file: 'content/issues/0002.md', number: 2, date: '2017-05-05' },
    ])
    const lines = old.split('\n').length
    for (const { place } of report.guesses) {
      expect(place.file).toBe('old.md')
      expect(place.line).toBeGreaterThan(0)
      expect(place.line).toBeLessThanOrEqual(lines)
    }
    expect(report.guesses.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['title-removed', 'number-derived', 'date-derived', 'authors-derived', 'summary-derived']),
    )
    const first = textOf(directory, '0001')
    expect(first).toContain('state: draft')
    expect(first).toContain('authors:\n  - ada\n')
    expect(first).toContain('## Traps {#traps}')
    expect(first).toContain('```diff\n-a < b\n+a <= b\n```')
    expect(first).toMatch(/^[-*] one thing$/m)
    expect(first).not.toContain('<b>')
    expect(textOf(directory, '0002')).toContain('https://example.org/docs')
    expect((await run(['check', '--content', 'content'], { directory })).code).toBe(0)
  })

  test('is the same each time, and writes nothing where nobody asks for it', async () => {
    const directory = folder()
    await cli(directory, 'old.md', '--dry-run')
    expect(existsSync(join(directory, 'content/issues'))).toBe(false)
    await cli(directory, 'old.md')
    const once = textOf(directory, '0001')
    expect(await cli(directory, 'old.md')).toMatchObject({ code: 0 })
    expect(textOf(directory, '0001')).toBe(once)
  })

  test('never replaces what somebody else wrote: issue-exists', async () => {
    const own = issueFile({ title: 'By hand' })
    const directory = folder({ 'content/issues/0001.md': own })
    const { code, told, answer } = await cli(directory, 'old.md', '--again')
    expect(code).toBe(1)
    expect(`${told}${answer}`).toContain('issue-exists')
    expect(textOf(directory, '0001')).toBe(own)
  })

  test.each([
    ['no-issue-found', ' \n\n'],
    ['import-too-large', `# Issue 1\n\n${'word '.repeat(400_000)}\n`],
  ])('says %s', async (code, text) => {
    const directory = folder({ 'other.md': text })
    const ran = await cli(directory, 'other.md', '--author', 'ada', '--date', '2017-05-05', '--number', '7')
    expect(ran.code).toBe(1)
    expect(`${ran.told}${ran.answer}`).toContain(code)
    expect(existsSync(join(directory, 'content/issues/0007.md'))).toBe(false)
  })

  test('runs no front matter', async () => {
    const directory = folder({ 'evil.md': '---js\n{ title: (globalThis.evil = true) }\n---\nText\n' })
    expect(await cli(directory, 'evil.md')).toMatchObject({ code: 1 })
    expect('evil' in globalThis).toBe(false)
  })
})
