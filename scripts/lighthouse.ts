/**
 * `npm run lighthouse -- [--runs R]`: Lighthouse (mobile) on the built site, medians of several runs.
 * Lighthouse itself is fetched by npx: at 176 MB it is no dependency.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { preview } from 'astro'
import { findChromium } from './ensure-browser.mjs'

const { values } = parseArgs({ options: { runs: { type: 'string', default: '5' } } })
const home = resolve(import.meta.dirname, '..')
const paths = ['/', '/matrix/', '/projects/docker/', '/issues/0001/']
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const

process.chdir(home)
const server = await preview({ root: home, outDir: join(home, 'dist'), server: { port: 4380 }, logLevel: 'error' })
const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'))
try {
  for (const path of paths) {
    const scores = Array.from({ length: Number(values.runs) }, () => measure(path))
    const medians = categories.map((category) => `${category} ${median(scores.map((score) => score[category]))}`)
    const spread = scores.map(({ performance }) => performance).sort((a, b) => a - b)
    process.stdout.write(`${path}  ${medians.join('  ')}  (performance of each run: ${spread.join(' ')})\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
  await server.stop()
}

function measure(path: string): Record<(typeof categories)[number], number> {
  const output = join(folder, 'report.json')
  const { status, stderr } = spawnSync(
    'npx',
    [
      ...['-y', 'lighthouse@13.5.0', `http://localhost:${server.port}${path}`, '--quiet'],
      ...['--chrome-flags=--headless=new --no-sandbox --disable-background-networking'],
      ...['--output=json', `--output-path=${output}`],
    ],
    { env: { ...process.env, CHROME_PATH: findChromium() ?? chromium.executablePath() }, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`Lighthouse failed on ${path}: ${stderr}`)
  const report = JSON.parse(readFileSync(output, 'utf8')) as { categories: Record<string, { score: number }> }
  const scores = categories.map((category) => [category, Math.round((report.categories[category]?.score ?? 0) * 100)])
  // The list of categories is the key of the record.
  return Object.fromEntries(scores) as Record<(typeof categories)[number], number>
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
