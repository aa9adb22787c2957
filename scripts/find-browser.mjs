/**
 * Where the browser of the browser tests is. It imports no package, so that `doctor` can ask where packages are missing.
 * Why it looks in so many places: docs/decisions/0002-browser-for-tests.md.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

/**
 * The Chromium to test with: the one in CHROMIUM_PATH, else the one Playwright downloaded, else the system's.
 * It has told its version, which a program with missing libraries cannot; whether it opens pages, only a test shows.
 * @param {string | undefined} ownOfPlaywright Path of the one that Playwright downloads
 * @returns {{ path: string, of: 'CHROMIUM_PATH' | 'playwright' | 'system' } | undefined}
 */
export function findBrowser(ownOfPlaywright) {
  if (process.env.CHROMIUM_PATH) return { path: process.env.CHROMIUM_PATH, of: 'CHROMIUM_PATH' }
  if (ownOfPlaywright !== undefined && tellsVersion(ownOfPlaywright)) return { path: ownOfPlaywright, of: 'playwright' }
  const path = systemPaths().find(tellsVersion)
  return path === undefined ? undefined : { path, of: 'system' }
}

/** @param {string} path */
function tellsVersion(path) {
  if (!existsSync(path)) return false
  // On Windows, asking for the version opens a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

function systemPaths() {
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
}
