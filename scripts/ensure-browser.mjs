/**
 * The browser of the browser tests. playwright.config.ts asks `findChromium` which one to start; run directly, this
 * file makes sure that there is one, and installs one if there is not.
 * Why it looks in so many places: docs/decisions/0002-browser-for-tests.md.
 */
import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { findBrowser } from './find-browser.mjs'

/**
 * The Chromium to test with (find-browser.mjs).
 * @returns {string | undefined} Its path; undefined if it is Playwright's own, or if there is none
 */
export function findChromium() {
  const found = findBrowser(chromium.executablePath())
  return found?.of === 'playwright' ? undefined : found?.path
}

const minutes = 60_000

/** @returns {Promise<boolean>} Whether the browser tests can run */
async function ensureChromium() {
  let reason = await openPage()
  if (reason === undefined) return true
  if (process.env.CHROMIUM_PATH) {
    console.error(
      `CHROMIUM_PATH is \`${process.env.CHROMIUM_PATH}\`, and Playwright cannot use it: ${reason}\n` +
        '  fix: correct CHROMIUM_PATH, or unset it to have a browser found or installed for you',
    )
    return false
  }

  console.log(`No Chromium is ready: ${reason}`)
  for (const install of [installWithPlaywright, installWithApt]) {
    const obstacle = install()
    if (obstacle !== undefined) {
      console.error(obstacle)
      continue
    }
    reason = await openPage()
    if (reason === undefined) return true
    console.error(`One is installed, but Playwright cannot use it: ${reason}`)
  }

  console.error(
    'There is no Chromium for the browser tests; everything else works without one.\n' +
      '  fix: install Chromium or Google Chrome, or set CHROMIUM_PATH to the path of one, ' +
      'then run `npm run test:e2e:setup` again',
  )
  return false
}

/** @returns {Promise<string | undefined>} Why the Chromium that was found opens no page */
async function openPage() {
  const executablePath = findChromium()
  try {
    const browser = await chromium.launch({ timeout: 30_000, ...(executablePath && { executablePath }) })
    try {
      const page = await browser.newPage()
      await page.setContent('<title>ready</title>', { timeout: 10_000 })
      if ((await page.title()) !== 'ready') return 'it opened a page and showed nothing.'
      console.log(`The browser tests use Chromium ${browser.version()} (${executablePath ?? "Playwright's own"}).`)
      return undefined
    } finally {
      await browser.close()
    }
  } catch (error) {
    return withoutCommandLine(error instanceof Error ? error.message : String(error))
  }
}

/**
 * Playwright's message with what the browser itself said, and without the command line, the log and the advice in a
 * frame, which is about an installation this file sees to.
 * @param {string} message
 */
function withoutCommandLine(message) {
  const [beforeLog = ''] = message.split('\nCall log:')
  const lines = beforeLog.split('\n').filter((line) => !/^(?:$|<launch|Browser logs:|[╔║╚])/.test(line))
  return lines.join('\n')
}

/** @returns {string | undefined} What kept it from working */
function installWithPlaywright() {
  console.log('Downloading the Chromium that Playwright is made for …')
  const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
  const { error, status, stderr } = spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    encoding: 'utf8',
    // A host that takes connections and stays silent is given up after five attempts of this length.
    env: { PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000', ...process.env },
    stdio: ['ignore', 'inherit', 'pipe'],
    timeout: 15 * minutes,
  })
  if (status === 0) return undefined
  const reason = /^Error: (.+)$/m.exec(stderr)?.[1] ?? error?.message ?? `exit code ${status}`
  return `Playwright could not download it: ${reason}`
}

/** @returns {string | undefined} What kept it from working */
function installWithApt() {
  const becomeRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const aptGet = [...becomeRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get']
  if (!succeeds([...aptGet, '--version'], 'ignore')) {
    return 'Installing one with apt-get is not possible here: there is no apt-get, or no right to use it.'
  }
  console.log("Installing the system's Chromium with apt-get …")
  const installed =
    succeeds([...aptGet, '-q', 'update'], 'inherit') &&
    succeeds([...aptGet, '-q', 'install', '-y', '--no-install-recommends', 'chromium'], 'inherit')
  return installed ? undefined : 'apt-get could not install it; its own messages stand above.'
}

/**
 * @param {string[]} command
 * @param {'ignore' | 'inherit'} output
 */
function succeeds([program = '', ...args], output) {
  return spawnSync(program, args, { stdio: ['ignore', output, output], timeout: 15 * minutes }).status === 0
}

const startedFile = process.argv[1]
if (startedFile !== undefined && realpathSync(startedFile) === fileURLToPath(import.meta.url)) {
  process.exitCode = (await ensureChromium()) ? 0 : 1
}
