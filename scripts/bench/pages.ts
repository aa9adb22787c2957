/**
 * `npm run bench -- pages [--projects N] [--runs R] [--site FOLDER] [--lighthouse] [--json]`: what pages of our site cost a reader, in
 * Chromium: bytes as a host with Brotli sends them, elements, when the largest part was painted (LCP), and how long the slowest of
 * some keys and clicks took to be painted (INP). `--lighthouse` adds the medians of `npm run lighthouse`, on the real content.
 */
import { chromium, type Browser } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { serveSite } from '../bench-matrix.ts'
import { findChromium } from '../ensure-browser.mjs'
import { writeContent } from './content-formats.ts'
import { makeFacts } from './facts.ts'
import { withFolder } from './folder.ts'
import { runMeasured } from './run-measured.ts'
import { copyRepository, ourSide } from './sides.ts'
import { spreadOf, type Spread } from './statistics.ts'

interface PageCosts {
  path: string
  /** Bytes of the page and of all that it asks for before a reader does anything, without the font. */
  bytes: number
  elements: number
  lcpMilliseconds: Spread
  inpMilliseconds: Spread
}

export async function benchPages(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      projects: { type: 'string', default: '1000' },
      runs: { type: 'string', default: '5' },
      site: { type: 'string' },
      lighthouse: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  })
  const runs = Number(values.runs)
  const home = resolve(import.meta.dirname, '..', '..')
  const costs =
    values.site === undefined
      ? await withFolder({ projects: Number(values.projects) }, async (folder) => {
          copyRepository(home, join(folder, 'repository'))
          const side = ourSide(join(folder, 'repository'), join(folder, 'ours'))
          mkdirSync(side.content, { recursive: true })
          writeContent(side.format, makeFacts(Number(values.projects), 150, 42), side.content)
          await runMeasured(side.build)
          return measureSite(side.output, runs)
        })
      : await measureSite(resolve(values.site), runs)
  if (values.json) process.stdout.write(`${JSON.stringify(costs, null, 2)}\n`)
  else {
    for (const { path, bytes, elements, lcpMilliseconds: lcp, inpMilliseconds: inp } of costs)
      process.stdout.write(
        `${path.padEnd(30)} ${bytes} bytes, ${elements} elements, LCP ${lcp.median} ms (${lcp.least}–${lcp.most}), INP ${inp.median} ms (${inp.least}–${inp.most})\n`,
      )
  }
  if (values.lighthouse) {
    const { status } = spawnSync(process.execPath, ['scripts/lighthouse.ts', '--runs', values.runs], {
      cwd: home,
      stdio: ['ignore', values.json ? 2 : 'inherit', 'inherit'],
    })
    process.exitCode = status ?? 1
  }
}

async function measureSite(site: string, runs: number): Promise<PageCosts[]> {
  const [project = ''] = readdirSync(join(site, 'projects'))
  const paths = ['/', '/matrix/', `/projects/${project}/`, '/architectures/arm64/', '/issues/0001/']
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  const sent = new Map<string, number>()
  const server = serveSite(site, sent)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const host = { address: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, sent }
  try {
    const costs: PageCosts[] = []
    for (const path of paths) {
      // The first visit waits for the host to compress.
      await visit(browser, host, path)
      const visits: Visit[] = []
      for (let run = 0; run < runs; run += 1) visits.push(await visit(browser, host, path))
      costs.push({
        path,
        bytes: visits[0]?.bytes ?? Number.NaN,
        elements: visits[0]?.elements ?? Number.NaN,
        lcpMilliseconds: spreadOf(visits.map(({ lcp }) => lcp)),
        inpMilliseconds: spreadOf(visits.map(({ inp }) => inp)),
      })
    }
    return costs
  } finally {
    await browser.close()
    server.close()
  }
}

interface Host {
  address: string
  sent: Map<string, number>
}

interface Visit {
  bytes: number
  elements: number
  lcp: number
  inp: number
}

/** A reader who comes for the first time, walks through some links with the keyboard, and clicks into the text. */
async function visit(browser: Browser, { address, sent }: Host, path: string): Promise<Visit> {
  sent.clear()
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(() => {
      const seen = { lcp: 0, durations: [] as number[] }
      Object.assign(window, { seen })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.lcp = entry.startTime
      }).observe({ type: 'largest-contentful-paint', buffered: true })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) seen.durations.push(entry.duration)
      }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
    })
    await page.goto(`${address}${path}`, { waitUntil: 'networkidle' })
    const bytes = [...sent].filter(([path]) => !path.endsWith('.woff2')).reduce((sum, [, size]) => sum + size, 0)
    const elements = await page.locator('*').count()
    // The first key ends the time in which Chromium looks for the largest paint.
    for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'PageDown']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(120)
    }
    await page.mouse.click(5, 500)
    await page.waitForTimeout(200)
    const { lcp, durations } = await page.evaluate(
      () => (window as unknown as { seen: { lcp: number; durations: number[] } }).seen,
    )
    // What is shorter than 16 ms is not told: it is one frame.
    return { bytes, elements, lcp, inp: Math.max(16, ...durations) }
  } finally {
    await context.close()
  }
}
