import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/ensure-browser.mjs'
import { argumentsOf } from './scripts/npm-script.ts'
import { addressOf, real, servedSites } from './tests/browser/sites.ts'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'tests/browser',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  reporter: process.env.CI ? 'line' : 'list',
  use: {
    baseURL: addressOf(real),
    // A view transition that is cut short throws a page error.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Without these Chromium asks its maker's servers, which a closed network refuses noisily.
      args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
    },
  },
  webServer: servedSites.map((site) => ({
    command: [
      ...(site.generated === undefined ? [] : [`node scripts/generate-content.ts ${site.generated} ${site.content}`]),
      `node ${argumentsOf('build', import.meta.dirname).join(' ')}`,
      `node scripts/serve.ts --port ${site.port}`,
    ].join(' && '),
    url: addressOf(site),
    env: { CONTENT_DIR: site.content, OUT_DIR: site.folder, AS_OF: '2026-11-21', BASE_PATH: site.base, CI: 'true' },
    reuseExistingServer: false,
    timeout: 300_000,
  })),
})
