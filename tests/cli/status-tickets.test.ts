/** `status --format tickets`: what needs a look, as tickets that somebody can pick. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from '#catalog/markdown.ts'
import { serializeTicket, type TicketText } from '#feeds/ticket.ts'
import { architecturesFile, folderOf, projectFile, propertyTimeout, run, runsOf } from '#tests/builders.ts'
import { viewTicketsToPick } from '#views/tickets-to-pick.ts'
import { pageContextOf } from '../views/page-context.ts'

const claims = (...lines: string[]) => lines.map((line) => `\n  - {${line}}`).join('')
const old = (architecture: string, date: string) =>
  `architectures: [${architecture}], support: works, date: ${date}, link: https://example.org/${architecture}`
const recipe = `---
title: Build it
summary: How
date: 2026-01-01
projects: [redis]
architectures: [arm64]
steps:
  - title: Step
    run: make
---
`
const content: Record<string, string> = {
  'content/site.yml': 'title: Test\nurl: https://example.net\nrepository: https://github.com/we/data\n',
  'content/architectures.yml': architecturesFile,
  'content/projects/redis.md': projectFile({ claims: claims(old('arm64', '2020-01-02'), old('armv7', '2019-05')) }),
  'content/projects/newer.md': projectFile({ name: 'Newer', claims: claims(old('amd64', '2024-01-02')) }),
  'content/projects/fresh.md': projectFile({ name: 'Fresh', claims: claims(old('amd64', '2026-01-02')) }),
  'content/recipes/build.md': recipe,
}

const status = (...args: string[]) => run(['status', '--content', 'content', ...args], { directory: folderOf(content) })
const tickets = async (...args: string[]) =>
  JSON.parse((await status('--format', 'tickets', '--json', ...args)).answer) as TicketText[]

describe('tickets to pick', () => {
  test('are one for each project, what a check helps most first', async () => {
    const found = await tickets('--stale')
    expect(found.map(({ title, labels, link }) => ({ title, labels, link }))).toEqual([
      {
        title: 'Look at Redis on armv7 and 1 other architecture',
        labels: ['help wanted', 'stale'],
        link: 'https://example.net/projects/redis/',
      },
      {
        title: 'Look at Newer on amd64',
        labels: ['help wanted', 'stale'],
        link: 'https://example.net/projects/newer/',
      },
    ])
  })

  test('say what is known, how old it is, and what settles it', async () => {
    const [redis, newer] = await tickets('--stale')
    expect(redis?.body).toContain(
      '- **arm64**: works, as of 2 January 2020 (6 years ago); too old since 2 July 2021. [Source](https://example.org/arm64).\n',
    )
    expect(redis?.body).toContain('npm run cli -- run build --architecture arm64\n')
    expect(redis?.body).toContain('](https://github.com/we/data/edit/main/content/projects/redis.md)')
    expect(newer?.body).toContain(
      '(https://github.com/we/data/issues/new?template=correct-a-cell.yml&amp;title=Cell%3A+Newer+on+amd64&amp;project=newer&amp;architecture=amd64)',
    )
    expect(newer?.body).not.toContain('npm run cli -- run')
  })

  test('are Markdown without --json, and no more than --limit', async () => {
    const { code, answer, told } = await status('--stale', '--disputed', '--format', 'tickets', '--limit', '1')
    expect([code, told]).toEqual([0, '1 ticket of 2.\n'])
    expect(answer).toMatch(/^# Look at Redis on armv7 and 1 other architecture\n\nLabels: help wanted, stale\n\nWhat /)
    expect(answer).not.toContain('Newer')
  })

  test('are about the cells that are asked for', async () => {
    expect((await tickets('--stale', '--query', 'arch:amd64')).map(({ title }) => title)).toEqual([
      'Look at Newer on amd64',
    ])
    expect(await tickets('--disputed')).toEqual([])
  })
})

test('the cells of `status --stale --json` are as they were, and --format json is the same', async () => {
  const { answer } = await status('--stale', '--json')
  const cells = JSON.parse(answer) as { project: string; architecture: string; basis: string }[]
  expect(cells.map(({ project, architecture }) => `${project} ${architecture}`)).toEqual([
    'redis armv7',
    'redis arm64',
    'newer amd64',
  ])
  expect((await status('--stale', '--format', 'json')).answer).toBe(answer)
  expect(JSON.parse((await status('--stale', '--json', '--limit', '2')).answer)).toEqual(cells.slice(0, 2))
})

test.each([
  [['--format', 'tickets'], 'add `--stale`'],
  [['--format', 'html'], 'expected one of `text`, `json`, `tickets`'],
  [['--limit', '0'], 'expected a whole number'],
  [['--limit', '1e3'], 'expected a whole number'],
])('%j is refused', async (args, sentence) => {
  const { code, answer, told } = await status(...args)
  expect([code, answer, told.includes(sentence)]).toEqual([2, '', true])
})

describe('text of the content reaches nobody on GitHub', () => {
  const ticketOf = (name: string): TicketText | undefined => {
    const context = pageContextOf({
      'projects/x.md': projectFile({ name: JSON.stringify(name), claims: claims(old('arm64', '2020')) }),
    })
    return viewTicketsToPick(() => true, context).map(serializeTicket)[0]
  }
  /** What GitHub looks at: the text that it has rendered, without code. */
  const textOf = (markdown: string) =>
    renderMarkdown(markdown, { addressOf: (path) => path })
      .html.replace(/<code>[\s\S]*?<\/code>/g, '')
      .replace(/<[^>]*>/g, '')
      .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
  const reference = /[@#][\p{L}\p{N}_]|\bGH-\d/iu

  test.each([
    '@octocat',
    'a @octocat/team',
    'see #12',
    'owner/repo#12',
    'GH-12',
    '\\@octocat',
    '`@octocat',
    '](https://evil.example) @a',
  ])('%s', (name) => {
    const ticket = ticketOf(name)
    expect(ticket?.title).not.toMatch(reference)
    expect(textOf(ticket?.body ?? '@nothing')).not.toMatch(reference)
  })

  test(
    'whatever it is',
    () => {
      const word = fc.constantFrom('@', '#', 'GH-', '1', 'a', '\\', '`', '[', '](', '<', '&#64;', '*', ' ', '_', '!')
      fc.assert(
        fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (words) => {
          const name = `x${words.join('')}`
          const ticket = ticketOf(name)
          expect(ticket?.title).not.toMatch(reference)
          expect(textOf(ticket?.body ?? '@nothing')).not.toMatch(reference)
          expect(ticket?.body).toContain('](https://example.org/base/projects/x/)')
        }),
        { numRuns: runsOf(200) },
      )
    },
    propertyTimeout,
  )
})
