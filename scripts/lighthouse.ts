/**
 * `npm run lighthouse -- [--runs R]`: Lighthouse (mobile) on a build of the real content, medians of several runs.
 * Lighthouse itself is fetched by npx: at 176 MB it is no dependency.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { preview } from 'astro'
import { findChromium } from './ensure-browser.mjs'
import { argumentsOf } from './npm-script.ts'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } })
const home = resolve(import.meta.dirname, '..')
const paths = ['/', '/matrix/', '/projects/docker/', '/issues/0001/']
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

process.chdir(home)
const port = 4380
const output = join(home, '.build', 'lighthouse')
// The site is built for the address at which it is measured: a canonical address elsewhere would cost points.
spawnSync(process.execPath, argumentsOf('build', home), {
  env: { ...process.env, INIT_CWD: home, OUT_DIR: output, SITE_URL: `http://localhost:${port}`, CI: 'true' },
  stdio: ['ignore', 'ignore', 'inherit'],
})
const server = await preview({ root: home, outDir: output, server: { port }, logLevel: 'error' })
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'))
try {
  for (const path of paths) {
    const scores: Scores[] = []
    const failures = new Set<string>()
    for (let run = 0; run < Number(values.runs); run += 1) {
      const measured = await measure(path)
      scores.push(measured.scores)
      for (const failure of measured.failures) failures.add(failure)
    }
    const medians = categories.map((category) => `${category} ${median(scores.map((score) => score[category]))}`)
    const spread = scores.map(({ performance }) => performance).sort((a, b) => a - b)
    process.stdout.write(`${path}  ${medians.join('  ')}  (performance of each run: ${spread.join(' ')})\n`)
    for (const failure of failures) process.stdout.write(`    ${failure}\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
  await server.stop()
}

type Scores = Record<(typeof categories)[number], number>

/** What is read of Lighthouse's report. */
interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string }[] }>
  audits: Record<string, { id: string; title: string; score: number | null; details?: { items?: unknown[] } }>
}

/** The server answers in this process, so Lighthouse may not be waited for in one go. */
async function measure(path: string): Promise<{ scores: Scores; failures: string[] }> {
  const output = join(folder, 'report.json')
  const lighthouse = spawn(
    'npx',
    [
      ...['-y', 'lighthouse@13.5.0', `http://localhost:${server.port}${path}`, '--quiet'],
      ...['--chrome-flags=--headless=new --no-sandbox --disable-background-networking'],
      ...['--output=json', `--output-path=${output}`],
    ],
    {
      env: { ...process.env, CHROME_PATH: findChromium() ?? chromium.executablePath() },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  const [status] = (await once(lighthouse, 'close')) as [number | null]
  if (status !== 0) throw new Error(`Lighthouse failed on ${path}`)
  const report = JSON.parse(readFileSync(output, 'utf8')) as Report
  const scores = categories.map((category) => [category, Math.round((report.categories[category]?.score ?? 0) * 100)])
  // The list of categories is the key of the record.
  return { scores: Object.fromEntries(scores) as Scores, failures: failuresOf(report) }
}

/** What is wrong with the page itself; how fast it is, its figure says. */
function failuresOf({ categories: rated, audits }: Report): string[] {
  return categories
    .filter((category) => category !== 'performance')
    .flatMap((category) => rated[category]?.auditRefs ?? [])
    .flatMap(({ id }) => audits[id] ?? [])
    .filter(({ score }) => score !== null && score < 1)
    .map(({ id, title, details }) => `${id}: ${title} ${JSON.stringify(details?.items ?? [])}`.slice(0, 400))
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
