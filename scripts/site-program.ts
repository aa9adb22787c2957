/**
 * The program that makes the pages of a site (`src/site/program.ts`): compiled by Astro where the code is new, else the one that was
 * kept. The content has no part in it, so that an edit of a page compiles nothing.
 */
import { spawn } from 'node:child_process'
import { hash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, utimesSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { digestOfFiles } from '../src/store/digest-of-files.ts'
import { keep, readKept } from '../src/store/kept-file.ts'
import { isRenderedByAstro, programFile, serverFolder } from './program-integration.ts'
import { removeOldFolders } from './remove-old.ts'
import { stampsOf } from './stamps.ts'

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
  /** Address of its module, that of `src/site/program.ts`: whoever imports it has handed over the content before. */
  module: string
  /** Paths of what browsers get of it: styles, scripts, and the files of `public`. */
  assets: readonly string[]
  readAsset: (path: string) => Uint8Array
}

export interface SiteAddress {
  siteUrl: string
  basePath: string
}

export interface OpenedProgram {
  /** Digest of all that is in it. */
  key: string
  /** Undefined where the code was changed while it was compiled. Rejects where it cannot be compiled; the reasons are on standard error. */
  program: Promise<SiteProgram | undefined>
}

/**
 * Where it has to be compiled, another process does that meanwhile.
 * @param home the repository
 */
export function openProgram(home: string, address: SiteAddress): OpenedProgram {
  const paths = sources.map((path) => join(home, path))
  const stamps = stampsOf(paths).digest
  const key = hash(
    'sha256',
    JSON.stringify([digestOfFiles(paths), home, address, process.version, process.env.NODE_ENV, isRenderedByAstro]),
  )
  const program = open(home, programsFolder(home), key, () => stampsOf(paths).digest === stamps)
  // Whoever awaits it hears of its failure; the content may have errors of its own before that.
  program.catch(() => undefined)
  return { key, program }
}

/**
 * A program imports packages, and Node.js looks for them from where the program really lies: a folder of caches may be a link that leads away
 * from them.
 */
function programsFolder(home: string): string {
  const packages = join(home, 'node_modules')
  const programs = join(packages, '.cache', 'works-on-arm', 'programs')
  mkdirSync(programs, { recursive: true })
  const place = realpathSync(programs)
  const isBeside = [home, packages].some((folder) => place.startsWith(realpathSync(folder) + sep))
  return isBeside ? programs : join(home, '.build', 'programs')
}

async function open(
  home: string,
  programs: string,
  key: string,
  isCodeSame: () => boolean,
): Promise<SiteProgram | undefined> {
  const folder = join(programs, key.slice(0, 16))
  let files = wholeFilesOf(folder)
  if (!files) {
    await compile(home, folder, isCodeSame)
    files = wholeFilesOf(folder)
    // What was compiled is neither the code of then nor that of now.
    if (!files) return undefined
  }
  touch(folder)
  removeOldFolders(programs, () => true, keptFor)
  return {
    module: pathToFileURL(join(folder, serverFolder, programFile)).href,
    assets: files.filter((path) => !path.startsWith(`${serverFolder}/`)),
    readAsset: (path) => readFileSync(join(folder, path)),
  }
}

/** Says what is in the folder of a program, with the digest of each file. */
const listName = join(serverFolder, 'files.json')

/** Files of a program, by their paths in its folder; undefined where one of them is missing or another one, as after the machine died. */
function wholeFilesOf(folder: string): string[] | undefined {
  try {
    // Written by `compile` alone.
    const digests = JSON.parse(readKept(join(folder, listName)) ?? '') as Record<string, string>
    const files = Object.entries(digests)
    return files.every(([path, digest]) => digestOf(join(folder, path)) === digest)
      ? files.map(([path]) => path)
      : undefined
  } catch {
    return undefined
  }
}

function digestOf(file: string): string {
  return hash('sha256', readFileSync(file), 'base64url')
}

/**
 * Two builds may compile the same at once: the first that is ready is used by both.
 * @param isCodeSame whether what was compiled is what it will be found by
 */
async function compile(home: string, folder: string, isCodeSame: () => boolean): Promise<void> {
  const made = `${folder}-${randomUUID()}`
  mkdirSync(made, { recursive: true })
  try {
    await run(home, made)
    if (!isCodeSame()) return
    const files = readdirSync(made, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const digests = Object.fromEntries(files.map((file) => [relative(made, file), digestOf(file)]))
    keep(join(made, listName), JSON.stringify(digests))
    if (!wholeFilesOf(made)) throw new Error('The program of the site could not be written.')
    if (wholeFilesOf(folder)) return
    rmSync(folder, { recursive: true, force: true })
    renameSync(made, folder)
  } catch (error) {
    if (!wholeFilesOf(folder)) throw error
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
