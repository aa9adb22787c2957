import { describe, expect, test } from 'vitest'
import { csvOfReport } from '#scan/report-csv.ts'
import { serializeReport } from '#scan/report-json.ts'
import { markdownOfReport } from '#scan/report-markdown.ts'
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
        'verdict,project,support,basis,package,version,purl,file,line,reasons,link',
        "ready,a-b,works,claimed,'@scope/a,1.0.0,pkg:npm/%40scope/a@1.0.0,bom.json,1,Claimed 2026-05-12: it works.,https://example.org/projects/a-b/#arm64",
        'unknown,,,,b,,,bom.json,1,It is not in the catalog.,',
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
    expect(text).toContain('1 packages')
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
