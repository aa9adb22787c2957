/** The sites that the tests in this folder look at, and how one is built. */
import { execFile } from 'node:child_process'
import { join, resolve } from 'node:path'
import { argumentsOf } from '../../scripts/npm-script.ts'

export const home = resolve(import.meta.dirname, '../..')
/** The day on which every site is built, unless a test says otherwise. */
export const today = '2026-11-21'

export interface Site {
  name: string
  contentFolder: string
  /** Where it is built. */
  folder: string
  /** Scheme and host, without a path. */
  origin: string
  /** Begins and ends with `/`. */
  basePath: string
}

/** This repository's content. */
export const real: Site = {
  name: 'the real content',
  contentFolder: join(home, 'content'),
  folder: join(home, '.build/test-site'),
  origin: 'https://worksonarm.example',
  basePath: '/',
}

/** Another site: its own language, columns and categories, everything as long as it may be, below a path. */
export const fork: Site = {
  name: 'a fork',
  contentFolder: join(home, 'tests/fixtures/fork/content'),
  folder: join(home, '.build/test-fork'),
  origin: 'https://riscv.example.org',
  basePath: '/repo/',
}

/** Text of every kind that tries to leave its place in the page. All of it is valid content. */
export const hostile: Site = {
  name: 'hostile content',
  contentFolder: join(home, 'tests/fixtures/hostile/content'),
  folder: join(home, '.build/test-hostile'),
  origin: 'https://hostile.example.org',
  basePath: '/',
}

export const sites = [real, fork, hostile]

export interface Built {
  exitCode: number
  /** Everything that the build printed. */
  output: string
}

/** What the caller's shell may say about a build, and these builds do not ask. */
const settings = new Set([
  ...['SITE_URL', 'BASE_PATH', 'CONTENT_DIR', 'OUT_DIR', 'KEEP_SITE', 'AS_OF', 'SOURCE_DATE_EPOCH', 'INIT_CWD'],
])

/** Runs `npm run build` for a site, without npm, in this repository or a copy of it. Never throws. */
export function build(
  { contentFolder, folder, origin, basePath }: Omit<Site, 'name'>,
  environment: Record<string, string> = {},
  repository = home,
): Promise<Built> {
  const inherited = Object.entries(process.env).filter(([name]) => !settings.has(name))
  const env = {
    ...Object.fromEntries(inherited),
    // Vitest's own mode would make Astro build something else.
    NODE_ENV: 'production',
    CI: 'true',
    CONTENT_DIR: contentFolder,
    OUT_DIR: folder,
    SITE_URL: origin,
    BASE_PATH: basePath,
    AS_OF: today,
    ...environment,
  }
  return new Promise((done) => {
    execFile(
      process.execPath,
      argumentsOf('build', repository),
      { cwd: repository, env, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
        done({ exitCode, output: `${out}${err}` })
      },
    )
  })
}

/** @throws where the site cannot be built, with what the build said */
export async function buildOrThrow(
  site: Site,
  environment: Record<string, string> = {},
  repository = home,
): Promise<void> {
  const { exitCode, output } = await build(site, environment, repository)
  if (exitCode !== 0) throw new Error(`Building ${site.name} ended with ${exitCode}:\n${output.slice(-6000)}`)
}
