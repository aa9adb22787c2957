import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import type { Guess } from '#import/report.ts'
import type { Problem } from '#domain/problem.ts'
import { folderOf, run } from '#tests/builders.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))

const content = {
  'content/site.yml': 'title: Test\nsections:\n  assembly-speedups: {name: Assembly speed-ups}\n',
  'content/people.yml': '# Who writes here.\n\nann-example:\n  name: Ann Example # the editor\n',
}
const old =
  '---\ntitle: Harbour news, Issue 2, Friday May 5, 2017\nauthor: Ann Example\n---\n\nBoards, and what runs on them.\nBye.\n---\ntitle: Harbour news, Issue 3\n---\nMore boards, and [ports](ports.html).\n'

interface Answer {
  issues: {
    file: string
    number: number
    title: string
    date: string
    became: string
    text?: string
    words: { lost: number }
  }[]
  guesses: Guess[]
  problems: Problem[]
}

async function importing(args: readonly string[], files: Record<string, string> = {}) {
  const directory = folderOf({ ...content, 'old.md': old, ...files })
  const importAgain = (...more: string[]) =>
    run(['import', ...args, '--content', 'content', ...more], { home, directory })
  const result = await importAgain()
  return {
    ...result,
    directory,
    importAgain,
    json: () => JSON.parse(result.answer) as Answer,
    read: (name: string) => readFileSync(join(directory, name), 'utf8'),
  }
}

describe('import', () => {
  test('writes an issue for each of a file, as drafts that a build accepts', async () => {
    const { code, json, directory } = await importing(['old.md', '--json'])
    expect(code).toBe(0)
    expect(json().issues).toMatchObject([
      { file: 'content/issues/0002.md', number: 2, date: '2017-05-05', became: 'written', words: { lost: 0 } },
      { file: 'content/issues/0003.md', number: 3, date: '2017-05-12', title: 'Harbour news, Issue 3' },
    ])
    const { catalog, problems } = loadCatalog(join(directory, 'content'), join(home, 'content'))
    expect(problems).toEqual([])
    expect([...catalog.issue.values()].map(({ data }) => data.state)).toEqual(['draft', 'draft'])
  })

  test('tells each guess with its place in the input, what was guessed and from what', async () => {
    const { guesses } = (await importing(['old.md', '--json'])).json()
    expect(guesses).toContainEqual(
      expect.objectContaining({
        code: 'date-derived',
        severity: 'warning',
        place: { file: 'old.md', line: 8, column: 1 },
        guessed: '2017-05-12',
        from: 'issue 2 of 2017-05-05, every 7 days',
      }),
    )
    expect(guesses).toContainEqual(expect.objectContaining({ code: 'link-removed', removed: 'ports.html' }))
  })

  test('tells the same as text, with what is left out', async () => {
    const { answer, told } = await importing(['old.md'])
    expect(answer).toContain('old.md:11:18  guess  link-removed\n')
    expect(answer).toContain('  left out: ports.html\n')
    expect(answer).toContain('content/issues/0003.md  written  2017-05-12  Harbour news, Issue 3\n')
    expect(told).toMatch(/^2 issues of \d+ words, 0 lost, \d+ in this report alone; \d+ guesses, 0 problems\.$/m)
  })

  test('reads standard input', async () => {
    const directory = folderOf(content)
    const standardInput = () => new TextEncoder().encode(old)
    const { answer } = await run(['import', '-', '--content', 'content', '--json'], { home, directory, standardInput })
    expect((JSON.parse(answer) as Answer).guesses[0]?.place.file).toBe('standard input')
  })

  test('published, where that is asked for', async () => {
    const { read } = await importing(['old.md', '--state', 'published'])
    expect(read('content/issues/0002.md')).toContain('\nstate: published\n')
  })

  test('that is a trial writes nothing and shows the issues', async () => {
    const { code, json, directory } = await importing(['old.md', '--dry-run', '--json'])
    expect(code).toBe(0)
    expect(json().issues).toMatchObject([
      { became: 'shown', text: expect.stringContaining('number: 2\n') as string },
      {},
    ])
    expect(existsSync(join(directory, 'content/issues'))).toBe(false)
  })

  test('turns the example of its documentation into what stands there', async () => {
    const text = readFileSync(join(home, 'docs/import.md'), 'utf8')
    const [, typed = ''] = /```md\n([\s\S]*?)\n```\n/.exec(text) ?? []
    const [, written = ''] = /````md\n([\s\S]*?)\n````/.exec(text) ?? []
    const [, report = ''] = /report, of which this is a part:\n\n```\n([\s\S]*?)\n```/.exec(text) ?? []
    const { read, answer } = await importing(['old.md', '--author', 'Ann Example'], { 'old.md': `${typed}\n` })
    expect(read('content/issues/0002.md')).toBe(`${written}\n`)
    for (const paragraph of report.split(/\n(?=old)/)) expect(answer).toContain(paragraph)
  })
})

describe('an issue that is there', () => {
  const published =
    '---\nnumber: 2\ntitle: T\ndate: 2017-05-05\nauthors: [ann-example]\nsummary: S\nstate: published\n---\n\nText.\n'

  test('is never overwritten, and the others are imported', async () => {
    const files = { 'content/issues/0002.md': published }
    for (const more of [[], ['--again']]) {
      const { code, json, read } = await importing(['old.md', '--json', ...more], files)
      expect(code).toBe(1)
      expect(json().problems).toMatchObject([{ code: 'issue-exists', place: { file: 'old.md', line: 1 } }])
      expect(json().issues.map(({ became }) => became)).toEqual(['refused', 'written'])
      expect(read('content/issues/0002.md')).toBe(published)
    }
  })

  test('and is a draft is replaced where that is asked for', async () => {
    const files = { 'content/issues/0002.md': published.replace('published', 'draft') }
    expect((await importing(['old.md'], files)).code).toBe(1)
    const { code, read } = await importing(['old.md', '--again'], files)
    expect(code).toBe(0)
    expect(read('content/issues/0002.md')).toContain('Harbour news')
  })

  test('and is the same is left alone', async () => {
    const { importAgain } = await importing(['old.md'])
    const { code, answer } = await importAgain()
    expect(code).toBe(0)
    expect(answer).toMatch(/0002\.md {2}unchanged/)
  })
})

describe('an author whom people.yml lacks', () => {
  const files = { 'old.md': old.replace('Ann Example', 'Zoë Nobody: the 2nd') }

  test('is a problem that says what to add', async () => {
    const { code, json } = await importing(['old.md', '--json'], files)
    expect(code).toBe(1)
    expect(json().problems).toMatchObject([{ code: 'unknown-person', place: { file: 'old.md', line: 3 } }])
    expect(json().problems[0]?.fix).toContain('zoe-nobody-the-2nd')
  })

  test('is added where that is asked for, and comments stay', async () => {
    const { code, read, directory } = await importing(['old.md', '--add-people'], files)
    expect(code).toBe(0)
    expect(read('content/people.yml')).toBe(
      `${content['content/people.yml']}\nzoe-nobody-the-2nd:\n  name: "Zoë Nobody: the 2nd"\n`,
    )
    expect(loadCatalog(join(directory, 'content'), join(home, 'content')).problems).toEqual([])
  })
})

describe('import cannot run', () => {
  test.each([
    [['nothing.md'], 'There is no file `nothing.md`.'],
    [['content'], '`content` is no file'],
    [['old.md', '--state', 'done'], 'Unexpected `--state done`'],
    [['old.md', '--date', '2017-02-30'], 'Unexpected `--date 2017-02-30`'],
    [['old.md', '--number', '0'], 'Unexpected `--number 0`'],
    [['old.md', '--base', 'javascript:x'], 'Unexpected `--base javascript:x`'],
    [[], 'Which file?'],
  ])('with %j', async (args, words) => {
    const { code, told } = await importing(args)
    expect(code).toBe(2)
    expect(told).toContain(words)
  })

  test('into a folder that is a link', async () => {
    const directory = folderOf({ ...content, 'old.md': old, 'elsewhere/x': '' })
    symlinkSync(join(directory, 'elsewhere'), join(directory, 'content/issues'))
    const { code } = await run(['import', 'old.md', '--content', 'content'], { home, directory })
    expect(code).toBe(2)
    expect(existsSync(join(directory, 'elsewhere/0002.md'))).toBe(false)
  })
})
