import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/ensure-browser.mjs'

const port = 4399
const base = process.env.BASE_PATH ?? '/'
const executablePath = findChromium()

export default defineConfig({
  testDir: 'tests/browser',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? 'line' : 'list',
  use: {
    baseURL: `http://localhost:${port}${base}`,
    // A view transition that is cut short throws a page error.
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Without these Chromium asks its maker's servers, which a closed network refuses noisily.
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
    },
  },
  webServer: {
    command: `node scripts/build.ts && node scripts/serve.ts --port ${port}`,
    url: `http://localhost:${port}${base}`,
    env: { OUT_DIR: '.build/browser-tests', AS_OF: '2026-11-21', BASE_PATH: base },
    reuseExistingServer: false,
    timeout: 120_000,
  },
})
