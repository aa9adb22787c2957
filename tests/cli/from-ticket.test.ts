/** Tickets become content: what GitHub makes of a form, and what strangers make of it. */
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ticketForms, type TicketKind } from '#import/ticket-forms.ts'
import { architecturesFile, folderOf, projectFile, propertyTimeout, run, runsOf } from '#tests/builders.ts'

const claims = `claims:
  # The oldest first.
  - architectures: [arm64] # a server
    support: works
    date: 2025-01-02
    link: https://example.org/old
    note: >-
      In two
      lines.

`
const files: Record<string, string> = {
  'content/site.yml': 'title: Test\nsections: {traps: {name: Traps}}\n',
  'content/architectures.yml': architecturesFile,
  'content/categories.yml': 'databases: {name: Databases}\nstorage: {name: Storage}\n',
  'content/projects/redis.md': `---\nname: Redis\nsummary: Store\nhomepage: https://redis.io/\nrepository: https://github.com/redis/redis\ncategories: [databases]\naliases: [redis server]\nidentifiers: ["pkg:deb/debian/redis"]\n${claims}recipes: []\n---\nProse.\n`,
  'content/projects/plain.md': projectFile({ name: 'Plain' }),
  'content/projects/flow.md': projectFile({
    name: 'Flow',
    claims: '[{architectures: [arm64], support: works, date: 2025, link: https://example.org/a}] # one',
  }),
  'content/projects/none.md': projectFile({ name: 'None', claims: '[]' }),
  'content/projects/empty.md': projectFile({ name: 'Empty', claims: '# soon' }),
  'content/projects/windows.md': projectFile({ name: 'Windows' }).replaceAll('\n', '\r\n'),
  'content/projects/old.md': '---\nmovedTo: redis\n---\n',
  'content/projects/one-line.md':
    '---\n{name: One, summary: One, homepage: https://example.org/, categories: [databases]}\n---\n',
  'content/projects/broken.md': projectFile({ name: 'Broken', colour: 'red' }),
}

type Texts = Record<string, string | undefined>

/** The text of a ticket as GitHub makes it of a form: CRLF, and `_No response_` for what is empty. */
function bodyOf(kind: TicketKind, texts: Texts): string {
  return ticketForms[kind].fields
    .map(({ key, label }) => `### ${label}\r\n\r\n${texts[key] || '_No response_'}`)
    .join('\r\n\r\n')
}

/** What a workflow is handed when somebody puts a label on a ticket; the keys that matter, and some of the others. */
function eventOf(kind: TicketKind, texts: Texts, changes: Record<string, unknown> = {}): string {
  return JSON.stringify({
    action: 'labeled',
    label: { name: 'accepted' },
    issue: {
      number: 12,
      title: 'Cell: Redis on arm64',
      body: bodyOf(kind, texts),
      labels: [
        { id: 1, name: ticketForms[kind].label, color: 'ededed' },
        { id: 2, name: 'accepted' },
      ],
      user: { login: 'octocat', id: 583231, type: 'User' },
      html_url: 'https://github.com/example/content/issues/12',
      ...changes,
    },
    repository: { full_name: 'example/content' },
    sender: { login: 'maintainer', id: 1 },
  })
}

const cell = (changes: Texts = {}): Texts => ({
  project: 'redis',
  architectures: 'arm64, armv7',
  support: 'works',
  date: '2026-11-02',
  link: 'https://example.org/new',
  ...changes,
})
const project = (changes: Texts = {}): Texts => ({
  name: 'Key "Value" Store: 2',
  summary: 'Keeps # things',
  homepage: 'https://example.com/',
  categories: 'databases, storage',
  identifiers: 'pkg:npm/key-value\r\npkg:deb/debian/kv',
  ...changes,
})
const item = (changes: Texts = {}): Texts => ({
  title: 'A release',
  link: 'https://example.org/release',
  date: '2026-11-02',
  section: 'traps',
  projects: 'redis',
  architectures: 'arm64',
  text: 'It **ships**.',
  ...changes,
})

interface Answer {
  kind: string | null
  file: string | null
  written: boolean
  text: string | null
  problems: { code: string; place: { file: string; line: number; column: number }; fix: string; reason: string }[]
}

async function take(ticket: string | Uint8Array, { directory = folderOf(files), args = [] as string[] } = {}) {
  const bytes = typeof ticket === 'string' ? Buffer.from(ticket) : ticket
  const { code, answer, told } = await run(['from-ticket', '-', '--content', 'content', '--json', ...args], {
    directory,
    standardInput: () => bytes,
  })
  const textAt = (path: string) => readFileSync(join(directory, path), 'utf8')
  return { code, told, directory, textAt, answer: JSON.parse(answer) as Answer }
}

const codesOf = ({ problems }: Answer) => problems.map(({ code }) => code)
const checked = async (directory: string, file: string) =>
  (await run(['check', file, '--content', 'content'], { directory })).answer

describe('a ticket about a cell', () => {
  test('adds a claim after the others, and touches nothing else', async () => {
    const { code, answer, textAt, directory } = await take(
      eventOf('cell', cell({ note: 'With "quotes".\r\nAnd more.' })),
    )
    expect({ code, ...answer, text: null }).toEqual({
      code: 0,
      kind: 'cell',
      file: 'content/projects/redis.md',
      written: true,
      text: null,
      problems: [],
    })
    const before = files['content/projects/redis.md'] ?? ''
    const added = `  - architectures: [arm64, armv7]
    support: works
    date: 2026-11-02
    link: "https://example.org/new"
    note: "With \\"quotes\\".\\nAnd more."
`
    const after = textAt('content/projects/redis.md')
    expect(after).toBe(answer.text)
    expect(after).toContain(added)
    expect(after.replace(added, '')).toBe(before)
    expect(await checked(directory, 'content/projects/redis.md')).toBe('')
  })

  test.each([
    [
      'plain',
      'name: Plain\nsummary: In-memory data store\nhomepage: https://redis.io/\ncategories: [databases]\nclaims:\n  - architectures: [arm64, armv7]\n',
    ],
    [
      'flow',
      'link: https://example.org/a}, {architectures: [arm64, armv7], support: works, date: 2026-11-02, link: "https://example.org/new"}] # one\n',
    ],
    [
      'none',
      'claims: [{architectures: [arm64, armv7], support: works, date: 2026-11-02, link: "https://example.org/new"}]\n',
    ],
    ['windows', 'categories: [databases]\r\nclaims:\r\n  - architectures: [arm64, armv7]\r\n    support: works\r\n'],
  ])('keeps the style of the file: %s', async (id, part) => {
    const { answer, textAt } = await take(eventOf('cell', cell({ project: id })))
    expect(codesOf(answer).filter((code) => code !== 'carriage-return')).toEqual([])
    expect(textAt(`content/projects/${id}.md`)).toContain(part)
  })

  test.each(['Redis', 'REDIS SERVER', 'old', 'https://example.org/base/projects/redis/#arm64', '/projects/old/'])(
    'finds the project that %s means',
    async (word) => {
      const { answer } = await take(eventOf('cell', cell({ project: word })))
      expect(answer).toMatchObject({ written: true, file: 'content/projects/redis.md' })
    },
  )

  test.each([
    ['without a date', { date: undefined }, 'missing-proof', 'Date'],
    ['without a link', { link: '' }, 'missing-proof', 'Link'],
    ['without a word', { support: 'None' }, 'missing-answer', 'Support'],
    ['about nothing', { project: 'memcached' }, 'unknown-project', 'Project'],
    ['about a path', { project: '../../etc/passwd' }, 'unknown-project', 'Project'],
    ['about a file with problems', { project: 'broken' }, 'claim-not-added', 'Project'],
    ['about a file with empty claims', { project: 'empty' }, 'claim-not-added', 'Project'],
    ['about a file on one line', { project: 'one-line' }, 'claim-not-added', 'Project'],
    ['with a link that runs', { link: 'javascript:alert(1)' }, 'bad-link', 'Link'],
    ['with a link that holds a password', { link: 'https://ada:secret@example.org/' }, 'bad-link', 'Link'],
    ['with a day that is none', { date: '2026-02-30' }, 'date-not-real', 'Date'],
    ['with an architecture that is two', { architectures: 'armhf' }, 'ambiguous-architecture', 'Architectures'],
    ['that needs a note', { support: 'broken' }, 'missing-note', 'Note'],
    ['with a colour', { note: 'a\u001b[31mb' }, 'control-character', 'Note'],
    ['with half a character', { version: '1\ud800' }, 'control-character', 'Version'],
    ['with HTML', { note: '<script>alert(1)</script>' }, 'raw-html', 'Note'],
  ])('%s is a problem at its answer, and writes nothing', async (_, changes, code, label) => {
    const event = eventOf('cell', cell(changes))
    const { answer, textAt, ...rest } = await take(event)
    expect([rest.code, answer.written, codesOf(answer)]).toEqual([1, false, [code]])
    const [problem] = answer.problems
    const lines = bodyOf('cell', cell(changes)).split('\r\n')
    expect(problem?.place).toMatchObject({ file: 'ticket', line: lines.indexOf(`### ${label}`) + 3, column: 1 })
    expect(textAt('content/projects/redis.md')).toBe(files['content/projects/redis.md'])
  })

  test('says everything at once, whether the project is known or not', async () => {
    for (const project of ['redis', 'memcached']) {
      const { answer } = await take(
        eventOf('cell', cell({ project, architectures: 'arm46', support: 'wroks', date: '' })),
      )
      expect(codesOf(answer)).toEqual([
        ...(project === 'redis' ? [] : ['unknown-project']),
        'unknown-architecture',
        'unknown-word',
        'missing-proof',
      ])
      expect(answer.problems.find(({ code }) => code === 'unknown-word')?.fix).toBe(
        'change the answer to “Support” in the ticket: did you mean `works`?',
      )
    }
  })

  test('that says what a claim says already is told so', async () => {
    const directory = folderOf(files)
    await take(eventOf('cell', cell()), { directory })
    const before = readFileSync(join(directory, 'content/projects/redis.md'), 'utf8')
    const { code, answer, textAt } = await take(eventOf('cell', cell({ architectures: 'arm/v7, aarch64' })), {
      directory,
    })
    expect([code, codesOf(answer)]).toEqual([1, ['claim-already-there']])
    expect(textAt('content/projects/redis.md')).toBe(before)
  })
})

describe('a ticket about a project', () => {
  test('becomes its file, without a claim where nothing is said of an architecture', async () => {
    const { answer, textAt, directory } = await take(eventOf('project', project()))
    expect(answer).toMatchObject({ written: true, kind: 'project', file: 'content/projects/key-value-store-2.md' })
    expect(textAt('content/projects/key-value-store-2.md')).toBe(`---
name: "Key \\"Value\\" Store: 2"
summary: "Keeps # things"
homepage: "https://example.com/"
categories: [databases, storage]
identifiers: ["pkg:npm/key-value", "pkg:deb/debian/kv"]
---
`)
    expect(await checked(directory, 'content/projects/key-value-store-2.md')).toBe('')
  })

  test('has the claim that it makes', async () => {
    const { answer } = await take(
      eventOf(
        'project',
        project({ architectures: 'arm64', support: 'works', date: '2026', link: 'https://example.org/c' }),
      ),
    )
    expect(answer.text).toContain(
      'claims:\n  - architectures: [arm64]\n    support: works\n    date: 2026\n    link: "https://example.org/c"\n---\n',
    )
  })

  test('that says a word and no source is refused', async () => {
    const { answer } = await take(eventOf('project', project({ architectures: 'arm64', support: 'works' })))
    expect(codesOf(answer)).toEqual(['missing-proof', 'missing-proof'])
  })

  test('of which only the note speaks of a claim is asked for the rest', async () => {
    const { answer } = await take(eventOf('project', project({ note: 'It works on my machine.' })))
    expect(codesOf(answer)).toEqual(['missing-answer', 'missing-answer', 'missing-proof', 'missing-proof'])
  })

  test.each([
    ['id', { name: 'redis' }],
    ['other name', { name: 'Redis Server' }],
    ['old id', { name: 'Old' }],
    ['package', { identifiers: 'pkg:npm/x\r\npkg:deb/debian/redis' }],
    ['repository', { repository: 'http://www.github.com/redis/redis/' }],
    ['file with problems', { name: 'Broken' }],
  ])('that is there already, by its %s, is refused', async (_, changes) => {
    const { code, answer } = await take(eventOf('project', project(changes)))
    expect([code, codesOf(answer)]).toEqual([1, ['project-already-there']])
  })

  test('whose name makes no id is refused', async () => {
    expect(codesOf((await take(eventOf('project', project({ name: '数据库' })))).answer)).toEqual(['bad-id'])
  })

  test('of which an answer has headings of the form keeps them apart by their order', async () => {
    const { answer } = await take(
      eventOf(
        'project',
        project({
          architectures: 'arm64',
          support: 'broken',
          date: '2026',
          link: 'https://example.org/c',
          note: 'See below.\r\n\r\n### Name\r\n\r\nEvil\r\n\r\n### Link\r\n\r\nhttps://evil.example/',
        }),
      ),
    )
    expect(codesOf(answer)).toEqual([])
    expect(answer.text).toContain('link: "https://example.org/c"\n    note: "See below.\\n\\n### Name\\n\\nEvil')
    expect(answer.file).toBe('content/projects/key-value-store-2.md')
  })
})

describe('a ticket about news', () => {
  test('becomes an item, sent by the account that wrote it', async () => {
    const { answer, directory } = await take(eventOf('item', item()))
    expect(answer).toMatchObject({ kind: 'item', file: 'content/items/a-release.md' })
    expect(answer.text).toBe(
      '---\ntitle: "A release"\nlink: "https://example.org/release"\ndate: 2026-11-02\nsection: traps\nprojects: [redis]\narchitectures: [arm64]\nby: "octocat"\n---\n\nIt **ships**.\n',
    )
    expect(await checked(directory, 'content/items/a-release.md')).toBe('')
  })

  test('of a title that is there gets a number, and never says the same link twice', async () => {
    const directory = folderOf(files)
    await take(eventOf('item', item()), { directory })
    const second = await take(eventOf('item', item({ link: 'https://example.org/other' })), { directory })
    expect(second.answer.file).toBe('content/items/a-release-2.md')
    for (const title of ['A release', '0 sorts first']) {
      const { answer } = await take(eventOf('item', item({ title })), { directory })
      expect([answer.written, codesOf(answer)]).toEqual([false, ['already-linked']])
    }
  })

  test('tells where in its text something is wrong', async () => {
    const text = 'One.\r\n\r\n---\r\n\r\n<iframe src="x">\r\n'
    const { answer } = await take(eventOf('item', item({ text })))
    expect(codesOf(answer)).toEqual(['raw-html'])
    const lines = bodyOf('item', item({ text })).split('\r\n')
    expect(answer.problems[0]?.place.line).toBe(lines.indexOf('<iframe src="x">') + 1)
  })

  test('names nobody whose account is none', async () => {
    const { answer } = await take(eventOf('item', item(), { user: { login: 'a"\nsection: x' } }))
    expect(answer.text).not.toContain('by:')
  })
})

describe('the input', () => {
  test('may be the ticket alone, or its text alone', async () => {
    const { issue } = JSON.parse(eventOf('cell', cell())) as { issue: unknown }
    expect((await take(JSON.stringify(issue))).answer.written).toBe(true)
    expect((await take(bodyOf('cell', cell()))).answer).toMatchObject({ kind: 'cell', written: true })
    expect((await take(bodyOf('item', item()))).answer.kind).toBe('item')
  })

  test('may be a file, and is called as it was given', async () => {
    const directory = folderOf({ ...files, 'ticket.md': bodyOf('cell', cell({ date: '' })) })
    const { code, answer, told } = await run(['from-ticket', 'ticket.md', '--content', 'content'], { directory })
    expect(code).toBe(1)
    expect(answer).toContain('ticket.md:15:1  error  missing-proof\n')
    expect(told).toBe('1 error in 1 file: nothing was written.\n')
  })

  test.each([
    ['nothing', ''],
    ['a list', '[{"body": "x"}]'],
    ['no JSON', '{"body": '],
    ['a number as text', '{"body": 12}'],
    ['a ticket without text', '{"title": "x", "body": null}'],
    ['a ticket of no form', JSON.stringify({ body: 'It does not work.', labels: ['bug'] })],
    ['a ticket of a form without its headings', JSON.stringify({ body: 'It works.', labels: ['claim'] })],
    ['a prototype', '{"__proto__": {"body": "### Project"}}'],
    ['lists in lists', '['.repeat(200_000)],
  ])('%s is not understood', async (_, ticket) => {
    const { code, answer } = await take(ticket)
    expect([code, codesOf(answer)]).toEqual([1, ['ticket-not-understood']])
  })

  test('that is too large, or no text, is not understood', async () => {
    expect(codesOf((await take(new Uint8Array(1024 * 1024 + 1).fill(32))).answer)).toEqual(['ticket-not-understood'])
    expect(codesOf((await take(new Uint8Array([0x23, 0xff]))).answer)).toEqual(['ticket-not-understood'])
  })

  test('is of the kind that somebody says', async () => {
    const { answer } = await take(eventOf('cell', cell()), { args: ['--kind', 'item'] })
    expect(answer.kind).toBe('item')
    expect(answer.written).toBe(false)
    expect(await run(['from-ticket', '-', '--kind', 'bug'])).toMatchObject({ code: 2, answer: '' })
  })

  test('is written into no folder that is a link', async () => {
    const directory = folderOf({ ...files, 'elsewhere/x': '' })
    symlinkSync('../elsewhere', join(directory, 'content/items'))
    const { code, told } = await run(['from-ticket', '-', '--content', 'content'], {
      directory,
      standardInput: () => Buffer.from(eventOf('item', item())),
    })
    expect([code, told]).toEqual([2, '`content/items` is no folder but a link.\n'])
    expect(readdirSync(join(directory, 'elsewhere'))).toEqual(['x'])
  })

  test('is only shown with --dry-run', async () => {
    const directory = folderOf(files)
    const { code, answer } = await run(['from-ticket', '-', '--content', 'content', '--dry-run'], {
      directory,
      standardInput: () => Buffer.from(eventOf('project', project())),
    })
    expect(code).toBe(0)
    expect(answer).toMatch(/^---\nname: "Key /)
    expect(existsSync(join(directory, 'content/projects/key-value-store-2.md'))).toBe(false)
  })
})

describe('whatever a stranger answers', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.constantFrom(
      '---',
      '...',
      '- x',
      '{a: b}',
      '&a *a',
      '!!js/function',
      '# x',
      ': ',
      '"',
      "'",
      '../../x',
      '__proto__',
      'constructor',
      '### Link\n\nhttps://x.example/',
      '<b>',
      '\u2028',
      '\u0000',
      '%TAG ! x',
      '| \n x',
      '@x',
      '`',
      '\r',
      '\t- a',
    ),
  )
  const kindAndTexts = fc.constantFrom<TicketKind>('project', 'cell', 'item').chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      texts: fc.dictionary(fc.constantFrom(...ticketForms[kind].fields.map(({ key }) => key)), hostile, { maxKeys: 3 }),
    }),
  )
  const good = { project, cell, item }

  test(
    'the file checks clean, or there is a problem and nothing is written; nothing stands beside the content',
    async () => {
      const clean = folderOf(files)
      await fc.assert(
        fc.asyncProperty(kindAndTexts, async ({ kind, texts }) => {
          const directory = folderOf({})
          cpSync(clean, directory, { recursive: true })
          const before = readdirSync(directory, { recursive: true }).map(String)
          const { code, answer } = await take(eventOf(kind, { ...good[kind](), ...texts }), { directory })
          const added = readdirSync(directory, { recursive: true })
            .map(String)
            .filter((path) => !before.includes(path))
          if (code === 0) {
            expect(
              added.filter((path) => !/^content\/(projects|items)(\/[a-z0-9][a-z0-9-]{0,63}\.md)?$/.test(path)),
            ).toEqual([])
            expect(await checked(directory, answer.file ?? '')).not.toMatch(/ {2}error {2}/)
          } else {
            expect(code).toBe(1)
            expect(answer.problems.length).toBeGreaterThan(0)
            expect(added).toEqual([])
            for (const [path, text] of Object.entries(files))
              expect(readFileSync(join(directory, path), 'utf8')).toBe(text)
          }
        }),
        { numRuns: runsOf(60) },
      )
    },
    propertyTimeout,
  )

  test(
    'any bytes are a ticket, or are not understood',
    async () => {
      const directory = folderOf(files)
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.uint8Array({ maxLength: 300 }),
            fc.json().map((text) => new Uint8Array(Buffer.from(text))),
          ),
          async (bytes) => {
            const { code, answer } = await take(bytes, { directory, args: ['--dry-run'] })
            expect([code, answer.problems.length > 0]).toEqual([1, true])
          },
        ),
        { numRuns: runsOf(100) },
      )
    },
    propertyTimeout,
  )
})
