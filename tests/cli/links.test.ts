import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { afterCheck, deadLinkOf, type LedgerLine } from '#domain/link-ledger.ts'
import { folderOf, run } from '#tests/builders.ts'
import { issueFile, newsletterContext, peopleFile, siteFile } from '#tests/feeds/newsletter.ts'
import { viewIssue } from '#views/issue.ts'

async function startWeb(): Promise<{ origin: string; asked: string[]; gone: Set<string> }> {
  const asked: string[] = []
  const gone = new Set<string>()
  const server = createServer(({ url = '', method = '' }, response) => {
    asked.push(`${method} ${url}`)
    if (url.startsWith('/wayback')) {
      const of = new URL(url, 'http://host').searchParams
      const copy = `http://web.archive.org/web/${of.get('timestamp') ?? ''}/${of.get('url') ?? ''}`
      response.end(JSON.stringify({ archived_snapshots: { closest: { available: true, url: copy, status: '200' } } }))
    } else response.writeHead(gone.has(url) ? 404 : 200).end()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  // A server that listens on a port tells its address as an object.
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, gone }
}

const contentOf = (files: Record<string, string>) =>
  folderOf(
    Object.fromEntries(
      Object.entries({ 'site.yml': siteFile, 'people.yml': peopleFile, ...files }).map(([path, text]) => [
        `content/${path}`,
        text,
      ]),
    ),
  )

test('links of ours that lead nowhere are problems; those to other sites are counted', async () => {
  const directory = contentOf({
    'issues/0001.md': issueFile({}, '[a](/projects/none/), [b](https://example.org/b), <https://example.org/c>\n'),
  })
  const { code, answer, told } = await run(['links', '--content', 'content'], { directory })
  expect(code).toBe(1)
  expect(answer).toContain('unknown-project')
  expect(told).toContain('Links to other sites: 4, 0 asked for now, 0 there, 0 failing, 0 dead, 4 never asked for.')
  expect(existsSync(join(directory, 'content/links.jsonl'))).toBe(false)
})

test('links to an issue that is not public are told, and are no error: its page may come', async () => {
  const directory = contentOf({
    'issues/0001.md': issueFile({ state: 'withdrawn' }, 'Nothing.\n'),
    'issues/0002.md': issueFile({ number: '2' }, 'As in [the first](/issues/0001/).\n'),
  })
  const { code, answer, told } = await run(['links', '--content', 'content'], { directory })
  expect(code).toBe(0)
  expect(answer).toContain('content/issues/0002.md:')
  expect(answer).toContain('issue-not-public')
  expect(told).toMatch(/^1 warning in 1 file/)
})

test('a link that fails on three days is dead, its archived copy is that of the day of the issue, and a page says so', async () => {
  const { origin, asked, gone } = await startWeb()
  const site = 'title: News\n'
  const people = 'ada: {name: Ada}\n'
  const issue = issueFile({}, `[here](${origin}/here) and [gone](${origin}/gone).\n`)
  const directory = contentOf({ 'site.yml': site, 'people.yml': people, 'issues/0001.md': issue })
  gone.add('/gone')
  const environment = { LINKS_ALLOW_PRIVATE: '1', LINKS_PAUSE_MS: '0', WAYBACK_API_URL: `${origin}/wayback` }
  const links = (day: string, ...more: string[]) =>
    run(['links', '--external', '--every', '0', '--as-of', day, '--content', 'content', ...more], {
      directory,
      environment,
    })
  const ledger = () => readFileSync(join(directory, 'content/links.jsonl'), 'utf8')

  expect(await links('2026-11-01')).toMatchObject({ code: 0 })
  await links('2026-11-01')
  expect(JSON.parse(ledger().split('\n')[0] ?? '')).toMatchObject({
    failures: 1,
    failingSince: '2026-11-01',
    why: '404',
  })
  await links('2026-11-08')
  const { answer, code } = await links('2026-11-15', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(answer)).toMatchObject({
    problems: [],
    external: {
      failing: [
        {
          link: `${origin}/gone`,
          failures: 3,
          archived: `https://web.archive.org/web/20260512/${origin}/gone`,
        },
      ],
    },
  })
  // Asked for once, and kept.
  expect(asked.filter((path) => path.includes('wayback'))).toHaveLength(1)
  expect((await run(['check', '--content', 'content'], { directory })).code).toBe(0)

  const context = newsletterContext({
    'site.yml': site,
    'people.yml': people,
    'issues/0001.md': issue,
    'links.jsonl': ledger(),
  })
  const { intro } = viewIssue('0001', context)
  expect(intro).toContain(
    `<a href="${origin}/gone">gone</a> (gone since 2026-11; <a href="https://web.archive.org/web/20260512/${origin}/gone">archived copy</a>)`,
  )
  expect(intro).toContain(`<a href="${origin}/here">here</a> and`)

  gone.delete('/gone')
  await links('2026-11-20')
  expect(ledger()).not.toContain('failures')
})

test('what was asked for lately is left alone, and what nothing links to any more is forgotten', async () => {
  const { origin, asked } = await startWeb()
  const lines = [
    { link: `${origin}/a`, checkedOn: '2026-11-18' },
    { link: `${origin}/b`, checkedOn: '2026-11-01' },
    { link: `${origin}/forgotten`, checkedOn: '2026-11-01' },
  ]
  const directory = contentOf({
    'site.yml': 'title: X\n',
    'people.yml': 'ada: {name: Ada}\n',
    'issues/0001.md': issueFile({}, `[a](${origin}/a), [b](${origin}/b)\n`),
    'links.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
  })
  const environment = { LINKS_ALLOW_PRIVATE: '1', LINKS_PAUSE_MS: '0' }
  await run(['links', '--external', '--content', 'content'], { directory, environment })
  expect(asked).toEqual(['HEAD /b'])
  expect(readFileSync(join(directory, 'content/links.jsonl'), 'utf8')).toBe(
    `{"link":"${origin}/a","checkedOn":"2026-11-18"}\n{"link":"${origin}/b","checkedOn":"2026-11-21"}\n`,
  )
})

test('a day counts once, a refusal does not count, and an answer ends the count', () => {
  const link = 'https://example.org/'
  const gone = { kind: 'gone', why: '404' } as const
  let line: LedgerLine | undefined
  for (const day of ['2026-11-01', '2026-11-01', '2026-11-02']) line = afterCheck(line, link, gone, day)
  expect(line).toMatchObject({ failures: 2, failingSince: '2026-11-01' })
  line = afterCheck(line, link, { kind: 'unsure', why: '503' }, '2026-11-03')
  expect(line).toMatchObject({ failures: 2, checkedOn: '2026-11-03' })
  expect(deadLinkOf(line)).toBeUndefined()
  line = afterCheck(line, link, gone, '2026-11-04')
  expect(deadLinkOf(line)).toEqual({ since: '2026-11-01', archived: undefined })
  expect(afterCheck(line, link, { kind: 'there' }, '2026-11-05')).toEqual({ link, checkedOn: '2026-11-05' })
})
