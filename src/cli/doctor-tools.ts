/** What `doctor` asks of the machine, handed in so that tests can bring their own. Nothing here imports a package. */
import { spawnSync } from 'node:child_process'
import type { Platform } from './doctor-packages.ts'

export interface Machine {
  nodeVersion: string
  nodePath: string
  platform: Platform
  /** What a program prints; undefined where it does not start or fails. */
  output(command: string, args: readonly string[], directory?: string): string | undefined
  /** The browser of the tests. */
  browser(): Promise<string | undefined>
  /** The folder of PostgreSQL's programs. */
  postgres(): Promise<string | undefined>
  /** Debian's packages with feed readers that are not here. */
  missingReaders(): Promise<string[]>
}

export function thisMachine(): Machine {
  return {
    nodeVersion: process.versions.node,
    nodePath: process.execPath,
    platform: { os: process.platform, cpu: process.arch, libc: libcOf() },
    output(command, args, cwd) {
      const { status, stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000, ...(cwd && { cwd }) })
      return status === 0 ? stdout.trim() : undefined
    },
    // The test set-up knows where to look. It stands in no room, and is loaded when it is asked.
    async browser() {
      const { findBrowser } = await import('../../scripts/find-browser.mjs')
      return findBrowser(await browserOfPlaywright())?.path
    },
    async postgres() {
      return (await import('../../scripts/ensure-postgres.mjs')).findPostgres()
    },
    async missingReaders() {
      return (await import('../../scripts/ensure-feed-readers.mjs')).missingReaders()
    },
  }
}

async function browserOfPlaywright(): Promise<string | undefined> {
  try {
    return (await import('@playwright/test')).chromium.executablePath()
  } catch {
    // Without packages, or on a system that Playwright does not know, there is none of its own.
    return undefined
  }
}

function libcOf(): Platform['libc'] {
  if (process.platform !== 'linux') return undefined
  const report: unknown = process.report.getReport()
  const header = typeof report === 'object' && report !== null && 'header' in report ? report.header : undefined
  const isGlibc = typeof header === 'object' && header !== null && 'glibcVersionRuntime' in header
  return isGlibc ? 'glibc' : 'musl'
}
