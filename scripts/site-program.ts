/**
 * The program that makes the pages of a site (`src/site/program.ts`): compiled by Astro where the code is new, else the one that was
 * kept. The content has no part in it, so that an edit of a page compiles nothing.
 */
import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs'
import { cp, readdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import type * as Program from '../src/site/program.ts'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { programFile, serverFolder } from './program-integration.ts'

/** What goes into a program. Where packages are not as the lockfile has them, the second list of them says so. */
const sources = [
  ...['src', 'public', 'astro.config.mjs', 'tsconfig.json', 'package.json', 'scripts/program-integration.ts'],
  // A page of its own.
  'docs/problems.md',
  ...['package-lock.json', 'node_modules/.package-lock.json'],
]

/** Programs that no build has used for so long go, in milliseconds: a week. */
const keptFor = 7 * 24 * 60 * 60 * 1000

export interface SiteProgram {
  /** Digest of all that is in it. */
  key: string
  /** Imports it: the content is read at that moment, where nobody has handed it over. */
  load: () => Promise<typeof Program>
  /** Copies what browsers get of it: styles, scripts, and the files of `public`. @returns their paths */
  copyAssets: (folder: string) => Promise<string[]>
}

export interface SiteAddress {
  siteUrl: string
  basePath: string
}

/**
 * @param home the repository
 * @throws where the code cannot be compiled; the reasons are on standard error
 */
export async function openProgram(home: string, address: SiteAddress): Promise<SiteProgram> {
  const digest = digestOfFiles(sources.map((path) => join(home, path)))
  const key = hash('sha256', JSON.stringify([digest, home, address, process.version, process.env.NODE_ENV]))
  const programs = join(home, 'node_modules', '.cache', 'works-on-arm', 'programs')
  const folder = join(programs, key.slice(0, 16))
  if (!existsSync(folder)) await compile(home, folder)
  touch(folder)
  removeOld(programs)
  return {
    key,
    // The module is that of `src/site/program.ts`, compiled.
    load: async () => (await import(pathToFileURL(join(folder, serverFolder, programFile)).href)) as typeof Program,
    copyAssets: async (target) => {
      await cp(folder, target, { recursive: true, filter: (path) => path !== join(folder, serverFolder) })
      const entries = await readdir(target, { recursive: true, withFileTypes: true })
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(target, join(entry.parentPath, entry.name)))
    },
  }
}

/** Two builds may compile the same at once: the first that is ready is used by both. */
async function compile(home: string, folder: string): Promise<void> {
  const made = `${folder}-${process.pid}`
  mkdirSync(made, { recursive: true })
  try {
    await run(home, made)
    renameSync(made, folder)
  } catch (error) {
    if (!existsSync(folder)) throw error
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
}

function run(home: string, folder: string): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>()
  const child = spawn(process.execPath, ['scripts/compile-program.ts', folder], {
    cwd: home,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  // Where the content has errors, nobody waits for it.
  const stop = () => void child.kill()
  process.once('exit', stop)
  child.once('error', reject).once('exit', (code) => {
    process.off('exit', stop)
    if (code === 0) resolve(undefined)
    else reject(new Error('The code of the site could not be compiled.'))
  })
  return promise
}

function touch(folder: string): void {
  const now = new Date()
  utimesSync(folder, now, now)
}

function removeOld(programs: string): void {
  for (const name of readdirSync(programs)) {
    const folder = join(programs, name)
    const found = statSync(folder, { throwIfNoEntry: false })
    if (found && found.mtimeMs < Date.now() - keptFor) rmSync(folder, { recursive: true, force: true })
  }
}
