/**
 * Measures evidence, in a process of its own so that its peak memory is its own: parsing and
 * validating reports, and a day of results of 10,000 projects ingested, stored and derived.
 * Prints one JSON object. Called by `npm run bench`.
 */
import { closeSync, openSync, readdirSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { loadCatalog } from '#catalog/catalog.ts'
import { deriveCell } from '#domain/cell.ts'
import { readReport } from '#ingest/report.ts'
import { runCli } from '../src/cli/run.ts'

const [content = ''] = process.argv.slice(2)
const projects = readdirSync(join(content, 'projects')).map((name) => name.replace(/\.md$/, ''))
const asOf = '2026-11-21T12:00:00Z'
const architectures = ['amd64', 'arm64', 'armv7', 'armv6', 'i386', 'ppc64le', 's390x', 'riscv64']
const days = ['2026-11-18', '2026-11-19', '2026-11-20']

function* reports(): Generator<string> {
  for (const [number, project] of projects.entries()) {
    for (const [run, day] of days.entries()) {
      for (const architecture of architectures) {
        yield JSON.stringify({
          schema: 'works-on-arm/report@1',
          project,
          architecture,
          version: `1.${number % 40}.${run}`,
          level: 'tested',
          outcome: (number * 7 + run) % 29 === 0 ? 'failed' : 'passed',
          execution: 'native',
          observedAt: `${day}T10:20:30Z`,
          link: `https://ci.example.org/runs/${number}`,
          run: {
            provider: 'github-actions',
            repository: `example/${project}`,
            id: `${number}-${run}`,
            attempt: 1,
            job: `test (${architecture})`,
          },
          counts: { passed: 412, failed: 0, skipped: 3 },
        })
      }
    }
  }
}

const lines = [...reports()]
const seconds = (work: () => void): number => {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start) / 1e9
}
// Each once before it counts, as a long ingest would have it.
const parse = () => {
  for (const line of lines) JSON.parse(line)
}
const parseAndValidate = () => {
  for (const line of lines)
    if (!readReport(JSON.parse(line)).report) throw new Error('a report of the benchmark is not valid')
}
parse()
parseAndValidate()
const parseSeconds = seconds(parse)
const validateSeconds = seconds(parseAndValidate)

const file = join(content, '..', 'reports.jsonl')
const handle = openSync(file, 'w')
for (let from = 0; from < lines.length; from += 5000)
  writeSync(handle, `${lines.slice(from, from + 5000).join('\n')}\n`)
closeSync(handle)
const count = lines.length
lines.length = 0

let answer = ''
const ingestStart = process.hrtime.bigint()
const code = await runCli(['ingest', '--json', '--allow-mass-change', '--content', content, file], {
  environment: {},
  directory: content,
  home: join(content, '..'),
  now: asOf,
  isTerminal: false,
  standardInput: () => new Uint8Array(),
  answer: (text) => {
    answer += text
  },
  tell: (text) => void process.stderr.write(text),
})
const ingestSeconds = Number(process.hrtime.bigint() - ingestStart) / 1e9
const { added } = JSON.parse(answer) as { added: number }
if (code !== 0 || added !== count) throw new Error(`${added} of ${count} results were added`)

let cells = 0
let deriveSeconds = 0
const loadSeconds = seconds(() => {
  const { catalog } = loadCatalog(content)
  deriveSeconds = seconds(() => {
    for (const project of catalog.project.keys()) {
      for (const architecture of catalog.architectures.keys()) {
        deriveCell(catalog, project, architecture, asOf)
        cells += 1
      }
    }
  })
})

process.stdout.write(
  `${JSON.stringify({
    reports: count,
    parsePerSecond: Math.round(count / parseSeconds),
    validatePerSecond: Math.round(count / validateSeconds),
    ofParseAlone: Number((parseSeconds / validateSeconds).toFixed(2)),
    ingestSeconds: Number(ingestSeconds.toFixed(2)),
    cells,
    readBackSeconds: Number((loadSeconds - deriveSeconds).toFixed(2)),
    deriveSeconds: Number(deriveSeconds.toFixed(2)),
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  })}\n`,
)
