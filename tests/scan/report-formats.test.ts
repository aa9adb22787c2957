import { describe, expect, test } from 'vitest'
import { csvOfReport } from '#scan/report-csv.ts'
import { serializeReport } from '#scan/report-json.ts'
import { markdownOfReport } from '#scan/report-markdown.ts'
import { figuresOf } from '#scan/report-words.ts'
import { indexOf, reportOf } from './stacks.ts'

const index = indexOf({ 'a-b': { identifiers: ['pkg:npm/%40scope/a'], support: 'works' } })
const context = {
  asOf: '2026-11-21T12:00:00Z',
  linkTo: (project: string, architecture: string) => `https://example.org/projects/${project}/#${architecture}`,
}

/** Components whose names mean something to whoever shows them. */
async function report(...names: string[]) {
  const components = [{ name: 'a', purl: 'pkg:npm/%40scope/a@1.0.0' }, ...names.map((name) => ({ name }))]
  return reportOf({ 'bom.json': JSON.stringify({ bomFormat: 'CycloneDX', components }) }, index)
}

/** Two versions of what nobody knows, a build of what is known, and one that two projects claim to be. */
const grouped = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    'node_modules/esbuild': { version: '1.0.0', optionalDependencies: { '@esbuild/linux-arm64': '1.0.0' } },
    'node_modules/@esbuild/linux-arm64': { version: '1.0.0', os: ['linux'], cpu: ['arm64'] },
    'node_modules/quiet': { version: '1.0.0' },
    'node_modules/esbuild/node_modules/quiet': { version: '2.0.0' },
    'node_modules/other': { version: '1.0.0' },
  },
})
const catalog = indexOf({ esbuild: { identifiers: ['pkg:npm/esbuild'], support: 'works' } })

describe('the figures of a report', () => {
  const sentence =
    '5 components on arm64, 3 once builds and versions of one thing are grouped: 1 ready, 0 caution, 0 blocked, 2 unknown.'

  test('add up, in words', async () => {
    expect(figuresOf(await reportOf({ 'package-lock.json': grouped }, catalog))).toBe(sentence)
  })

  test('add up in JSON', async () => {
    const whole = serializeReport(await reportOf({ 'package-lock.json': grouped }, catalog), context)
    expect(JSON.parse(whole)).toMatchObject({
      components: 5,
      groups: 3,
      counts: { ready: 1, caution: 0, blocked: 0, unknown: 2 },
      others: [{ name: 'other' }, { name: 'quiet', components: 2 }],
    })
  })

  test('add up in CSV: entries to the verdicts, components to those of the files', async () => {
    const [head = [], ...rows] = csvOfReport(await reportOf({ 'package-lock.json': grouped }, catalog), context)
      .trimEnd()
      .split('\r\n')
      .map((row) => row.split(','))
    const column = (name: string) => rows.map((row) => row[head.indexOf(name)])
    expect(new Set(column('entry')).size).toBe(3)
    expect(column('components').reduce((sum, count) => sum + Number(count), 0)).toBe(5)
  })

  test('stand in Markdown', async () => {
    expect(markdownOfReport(await reportOf({ 'package-lock.json': grouped }, catalog), context)).toContain(
      `\n${sentence}\n`,
    )
  })

  test('say nothing of groups where there are none', async () => {
    const requirements = { 'requirements.txt': 'a==1\nb==1\n' }
    expect(figuresOf(await reportOf(requirements, catalog))).toBe(
      '2 components on arm64: 0 ready, 0 caution, 0 blocked, 2 unknown.',
    )
  })

  test('say that a component means several projects', async () => {
    const both = indexOf({ a: { identifiers: ['pkg:npm/x'] }, b: { identifiers: ['pkg:npm/x'] } })
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/x': {} } })
    expect(figuresOf(await reportOf({ 'package-lock.json': lock }, both))).toMatch(
      /^1 component on arm64, which may mean 2 projects or packages: /,
    )
  })

  test.each([
    [{ 'requirements.txt': '# nothing\n' }, 'requirements.txt names no packages.'],
    [{ 'requirements.txt': '', 'go.sum': '' }, 'The files name no packages.'],
    [{ 'notes.txt': 'no\n' }, 'Nothing was read.'],
    [{ 'notes.txt': 'no\n', 'go.sum': '' }, 'go.sum names no packages.'],
  ])('are words where there are none: %j', async (files, words) => {
    expect(figuresOf(await reportOf(files, catalog))).toBe(words)
  })
})

describe('a report as JSON', () => {
  test('has everything, with a link for each cell', async () => {
    const text = serializeReport(await report('b'), context)
    expect(JSON.parse(text)).toMatchObject({
      schema: 'stack-report@1',
      architecture: 'arm64',
      asOf: '2026-11-21T12:00:00Z',
      counts: { ready: 1, caution: 0, blocked: 0, unknown: 1 },
      components: 2,
      files: [{ name: 'bom.json', format: 'CycloneDX (JSON)', components: 2 }],
      entries: [
        {
          verdict: 'ready',
          project: { id: 'a-b', support: 'works', basis: 'claimed', link: 'https://example.org/projects/a-b/#arm64' },
          packages: [
            { name: '@scope/a', version: '1.0.0', purl: 'pkg:npm/%40scope/a@1.0.0', file: 'bom.json', line: 1 },
          ],
        },
      ],
      others: [{ name: 'b' }],
      problems: [],
    })
  })
})

describe('a report as CSV', () => {
  test('has a row for each package, and ends its lines as the format wants', async () => {
    expect(csvOfReport(await report('b'), context)).toBe(
      [
        'verdict,project,support,basis,package,version,purl,file,line,reasons,link,entry,components',
        "ready,a-b,works,claimed,'@scope/a,1.0.0,pkg:npm/%40scope/a@1.0.0,bom.json,1,Claimed 2026-05-12: it works.,https://example.org/projects/a-b/#arm64,1,1",
        'unknown,,,,b,,,bom.json,1,It is not in the catalog.,,2,1',
        '',
      ].join('\r\n'),
    )
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '=cmd|" /C calc"!A0'])('runs no formula: %s', async (name) => {
    const rows = csvOfReport(await report(name), context).split('\r\n')
    expect(rows.some((row) => row.includes(`'${name.replaceAll('"', '""')}`))).toBe(true)
    expect(rows.some((row) => /(?:^|,)"?[=+@-]/.test(row.replace(/,-?\d+,/g, ',')))).toBe(false)
  })

  test('quotes commas and quotes', async () => {
    expect(csvOfReport(await report('a, "b"'), context)).toContain('"a, ""b"""')
  })
})

describe('a report as Markdown', () => {
  test('links projects and counts', async () => {
    const text = markdownOfReport(await report('b'), context)
    expect(text).toContain('# arm64: 2 components of `bom.json`')
    expect(text).toContain('| ready | 1 |')
    expect(text).toContain(
      '| ready | [a-b](https://example.org/projects/a-b/#arm64) | `1.0.0` | Claimed 2026-05-12: it works. |',
    )
    expect(text).toContain('depend on the architecture: 1 package.')
  })

  test.each(['a|b', '`x`', '<img src=x onerror=alert(1)>', '[x](javascript:alert(1))', '**x**'])(
    'keeps %j within its cell and out of its markup',
    async (name) => {
      const components = [{ name, type: 'container' }]
      const whole = await reportOf({ 'bom.json': JSON.stringify({ bomFormat: 'CycloneDX', components }) }, index)
      const row = markdownOfReport(whole, context)
        .split('\n')
        .find((line) => line.startsWith('| unknown | `'))
      // Four cells, of which the name is one: a code span in which a bar is escaped.
      expect(row?.replaceAll('\\|', '').split('|')).toHaveLength(6)
      expect(/^\| unknown \| `[^`]+` \| {2}\|/.test(row ?? '')).toBe(true)
    },
  )
})
