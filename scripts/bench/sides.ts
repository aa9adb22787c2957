/** The generators that are measured: where their content, output and caches are, and how they are started. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { buildCachesOf } from '../build-caches.ts'
import { argumentsOf } from '../npm-script.ts'
import { ourFormat, peerFormat, type ContentFormat } from './content-formats.ts'
import type { Facts } from './facts.ts'
import { readOurContent, readPeerContent } from './read-back.ts'
import type { Command } from './run-measured.ts'

export type SideName = 'ours' | 'hugo' | 'eleventy'

export interface Side {
  name: SideName
  version: string
  format: ContentFormat
  content: string
  output: string
  /** Absolute folders that outlive a build, beside its output. */
  caches: readonly string[]
  /** A style file and the colour in it that a change of style replaces. */
  style: { file: string; colour: string }
  build: Command
  /** How it builds where it finds its caches alone, as in a CI, and the next build will too; where it differs. */
  buildWithCachesAlone?: Command
  readContent(folder: string): Facts
  /** Where a build writes how long its phases took, if it can. */
  phases?: string
}

/** The clock of all builds. */
export const asOf = '2026-11-21'

/** Exact, as every package here is. */
const eleventyVersion = '3.1.8'

/** What a copy of the repository leaves out: what is made, and what git keeps. */
const leftOut = new Set([
  'node_modules',
  '.git',
  'dist',
  '.build',
  '.astro',
  '.vitest',
  'test-results',
  'playwright-report',
])

/**
 * A copy of the repository, so that no cache and no style of the original is touched, and everything that is written is in one
 * place. Packages are linked one by one: the caches beside them are then the copy's own.
 */
export function copyRepository(home: string, copy: string): void {
  mkdirSync(join(copy, 'node_modules'), { recursive: true })
  for (const name of readdirSync(home)) {
    if (!leftOut.has(name)) cpSync(join(home, name), join(copy, name), { recursive: true })
  }
  for (const name of readdirSync(join(home, 'node_modules'))) {
    if (name === '.bin' || !name.startsWith('.'))
      symlinkSync(join(home, 'node_modules', name), join(copy, 'node_modules', name))
  }
}

/** @param copy  of the repository */
export function ourSide(copy: string, folder: string): Side {
  const phases = join(folder, 'phases.json')
  const content = join(folder, 'content')
  const output = join(folder, 'dist')
  const build = {
    program: process.execPath,
    args: argumentsOf('build', copy),
    directory: copy,
    environment: {
      INIT_CWD: copy,
      CONTENT_DIR: content,
      OUT_DIR: output,
      AS_OF: asOf,
      CI: 'true',
      BUILD_TIMINGS: phases,
    },
  }
  return {
    name: 'ours',
    version: `Node.js ${process.version}`,
    format: ourFormat(join(copy, 'content')),
    content,
    output,
    caches: buildCachesOf(copy),
    style: { file: join(copy, 'src', 'styles', 'tokens.css'), colour: '--ground: light-dark(#ffffff' },
    build,
    buildWithCachesAlone: { ...build, environment: { ...build.environment, KEEP_SITE: 'true' } },
    readContent: readOurContent,
    phases,
  }
}

/** `check` of the same content, with the same caches. */
export function ourCheck({ build, content }: Side): Command {
  return { ...build, args: [...argumentsOf('cli', build.directory), 'check', '--content', content] }
}

export function hugoSide(home: string, folder: string, version: string): Side {
  const site = join(folder, 'site')
  const output = join(folder, 'public')
  const cache = join(folder, 'cache')
  cpSync(join(home, 'bench', 'hugo'), site, { recursive: true })
  return {
    name: 'hugo',
    version,
    format: peerFormat,
    content: join(site, 'content'),
    output,
    // What Hugo keeps between builds: its cache of files, and processed resources beside the site.
    caches: [cache, join(site, 'resources')],
    style: { file: join(site, 'static', 'style.css'), colour: '--accent: #0b5c8a' },
    build: {
      program: 'hugo',
      args: ['--quiet', '--source', site, '--destination', output, '--cacheDir', cache],
      directory: site,
      environment: {},
    },
    readContent: readPeerContent,
  }
}

/** Installs Eleventy beside the site, which takes a network. */
export function eleventySide(home: string, folder: string): Side {
  const site = join(folder, 'site')
  const output = join(folder, 'public')
  cpSync(join(home, 'bench', 'eleventy'), site, { recursive: true })
  // The version of its package for copying that it asks for is not in every registry; it copies one style file here.
  const overrides = { '@11ty/recursive-copy': '4.0.4' }
  writeFileSync(join(site, 'package.json'), JSON.stringify({ private: true, type: 'module', overrides }))
  const install = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `@11ty/eleventy@${eleventyVersion}`]
  const { status, stderr } = spawnSync('npm', install, { cwd: site, encoding: 'utf8' })
  if (status !== 0) throw new Error(`Eleventy ${eleventyVersion} could not be installed: ${stderr}`)
  return {
    name: 'eleventy',
    version: `Eleventy ${eleventyVersion}`,
    format: peerFormat,
    content: join(site, 'content'),
    output,
    caches: [join(site, '.cache')],
    style: { file: join(site, 'content', 'style.css'), colour: '--accent: #0b5c8a' },
    build: {
      program: process.execPath,
      args: ['node_modules/@11ty/eleventy/cmd.cjs', '--quiet', `--output=${output}`],
      directory: site,
      environment: {},
    },
    readContent: readPeerContent,
  }
}
