/**
 * `npm run bench -- matrix [--projects 1000,30000] [--site FOLDER] [--json]`: what the page of the matrix costs
 * a reader, in Chromium: bytes as a host with Brotli sends them, elements, and how long a key press takes until
 * it is painted, on this machine and on one that is four times as slow.
 */
import { chromium, type Page } from '@playwright/test'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join, normalize, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { brotliCompressSync } from 'node:zlib'
import { findChromium } from './ensure-browser.mjs'
import { generateContent } from './generate-content.ts'
import { argumentsOf } from './npm-script.ts'

const home = resolve(import.meta.dirname, '..')
const mediaTypes = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript'],
  ['.css', 'text/css'],
  ['.json', 'application/json'],
  ['.svg', 'image/svg+xml'],
  ['.woff2', 'font/woff2'],
])

interface MatrixCosts {
  projects: number
  /** Bytes of the page and all that it asks for before a reader does anything, without the font. */
  initialBytes: number
  /** Bytes of the index of all rows, a project. */
  indexBytesPerProject: number
  /** Elements: before, while scrolled to the middle, while filtered. */
  elements: number[]
  /** Milliseconds from a key press to the painted result: the median and the worst; the same at a quarter of the speed. */
  keyMedian: number
  keyWorst: number
  slowKeyMedian: number
  slowKeyWorst: number
}

export async function benchMatrix(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      projects: { type: 'string', default: '1000,30000' },
      site: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  })
  const found: MatrixCosts[] = []
  if (values.site !== undefined) found.push(await measureSite(resolve(values.site)))
  else for (const projects of values.projects.split(',')) found.push(await measureGenerated(Number(projects)))
  if (values.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
  else for (const costs of found) process.stdout.write(`${sentencesOf(costs)}\n`)
}

async function measureGenerated(projects: number): Promise<MatrixCosts> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'works-on-arm-matrix-'))
  try {
    generateContent(projects, join(folder, 'content'))
    const { status } = spawnSync(process.execPath, argumentsOf('build', home), {
      cwd: home,
      env: {
        ...process.env,
        INIT_CWD: home,
        CONTENT_DIR: join(folder, 'content'),
        OUT_DIR: join(folder, 'dist'),
        AS_OF: '2026-11-21',
        CI: 'true',
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    if (status !== 0) throw new Error(`The site of ${projects} projects was not built.`)
    return await measureSite(join(folder, 'dist'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function measureSite(site: string): Promise<MatrixCosts> {
  const sent = new Map<string, number>()
  const server = serveSite(site, sent)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const executablePath = findChromium()
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ['--no-sandbox', '--disable-background-networking'],
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
    await page.goto(`http://127.0.0.1:${port}/matrix/`, { waitUntil: 'networkidle' })
    const initialBytes = [...sent]
      .filter(([path]) => !path.endsWith('.woff2'))
      .reduce((sum, [, bytes]) => sum + bytes, 0)
    const projects = Number(await page.locator('#matrix').getAttribute('data-total'))
    const elements = [await countElements(page)]
    await page.mouse.move(600, 500)
    await page.mouse.wheel(0, 300)
    await page.waitForSelector('#matrix.windowed')
    await page.evaluate(() => {
      scrollTo(0, document.body.scrollHeight / 2)
    })
    await page.waitForTimeout(500)
    elements.push(await countElements(page))
    await page.evaluate(() => {
      scrollTo(0, 0)
    })
    const keys = await typeInto(page)
    elements.push(await countElements(page))
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const slowKeys = await typeInto(page)
    return {
      projects,
      initialBytes,
      indexBytesPerProject: (sent.get('/matrix/index.json') ?? Number.NaN) / projects,
      elements,
      keyMedian: median(keys),
      keyWorst: Math.max(...keys),
      slowKeyMedian: median(slowKeys),
      slowKeyWorst: Math.max(...slowKeys),
    }
  } finally {
    await browser.close()
    server.close()
  }
}

/** Types a word and takes it back, twice. @returns milliseconds of each key press, until its frame was painted */
async function typeInto(page: Page): Promise<number[]> {
  await page.locator('#q').click()
  // What a question fetches the first time is not what a key press costs.
  await page.keyboard.press('k')
  await page.waitForTimeout(1_500)
  await page.keyboard.press('Backspace')
  await page.waitForTimeout(500)
  await page.evaluate(() => {
    const durations: number[] = []
    Object.assign(window, { durations })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (entry.name === 'keydown') durations.push(entry.duration)
      // What is shorter than 16 ms is not told: it is one frame.
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
  const word = ['k', 'a', 'r', 'o']
  for (const key of [...word, ...word.map(() => 'Backspace'), ...word, ...word.map(() => 'Backspace')]) {
    await page.keyboard.press(key)
    await page.waitForTimeout(250)
  }
  const told = await page.evaluate(() => (window as unknown as { durations: number[] }).durations)
  const untold = Math.max(0, word.length * 4 - told.length)
  return [...told, ...Array.from({ length: untold }, () => 16)]
}

function countElements(page: Page): Promise<number> {
  return page.locator('*').count()
}

/**
 * A host that compresses, as most do; a file once.
 * @param sent  gets the bytes of every answer, by path
 */
export function serveSite(site: string, sent: Map<string, number>): Server {
  const compressed = new Map<string, Buffer>()
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = normalize(join(site, pathname.endsWith('/') ? `${pathname}index.html` : pathname))
    if (!path.startsWith(site) || !existsSync(path) || !statSync(path).isFile()) {
      response.writeHead(404).end()
      return
    }
    const isCompressed = extname(path) !== '.woff2'
    const body = compressed.get(path) ?? (isCompressed ? brotliCompressSync(readFileSync(path)) : readFileSync(path))
    compressed.set(path, body)
    sent.set(pathname, body.length)
    response.writeHead(200, {
      'content-type': mediaTypes.get(extname(path)) ?? 'application/octet-stream',
      ...(isCompressed ? { 'content-encoding': 'br' } : {}),
    })
    response.end(body)
  })
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function sentencesOf(costs: MatrixCosts): string {
  return [
    `${costs.projects} projects: ${costs.initialBytes} bytes at first, ${costs.indexBytesPerProject.toFixed(2)} bytes a project for all rows`,
    `  elements: ${costs.elements.join(', ')} (at first, scrolled, filtered)`,
    `  key press to paint: median ${costs.keyMedian} ms, worst ${costs.keyWorst} ms; at a quarter of the speed ${costs.slowKeyMedian} ms and ${costs.slowKeyWorst} ms`,
  ].join('\n')
}
