/**
 * `npm run build`: checks the content, builds the site, and puts it into its folder (OUT_DIR,
 * default `dist`) in one go, so that a failed build leaves the last good site alone.
 */
import { hash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { KeptOutputs } from './kept-outputs.ts'
import { LastBuild } from './last-build.ts'
import { PhaseTimings } from './phase-timings.ts'
import { KeptTexts } from './rendered-texts.ts'
import { openProgram } from './site-program.ts'
import { SiteUpdate } from './site-update.ts'
import type { LoadedCatalog } from '../src/catalog/catalog.ts'
import { checkContent } from '../src/catalog/check-content.ts'
import { serializeProblems, summarizeProblems } from '../src/cli/report.ts'
import { siteAddress } from '../src/site/address.ts'
import { readSettings, type Settings } from '../src/site/settings.ts'
import { shared } from '../src/site/shared.ts'
import { toInstant } from '../src/domain/clock.ts'
import { nextMoment } from '../src/domain/next-moment.ts'

const home = resolve(import.meta.dirname, '..')
const callersFolder = process.env.INIT_CWD ?? process.cwd()
const output = resolve(callersFolder === home ? home : callersFolder, process.env.OUT_DIR || join(home, 'dist'))

/** Of files that browsers get from the program. */
const assetKey = 'asset'

process.chdir(home)
const timings = new PhaseTimings()
process.env.ASTRO_TELEMETRY_DISABLED = '1'
const isClockSet = Boolean(process.env.AS_OF || process.env.SOURCE_DATE_EPOCH)
// One clock for the whole build.
process.env.AS_OF ||= process.env.SOURCE_DATE_EPOCH || toInstant(Date.now())
if (process.env.CONTENT_DIR) process.env.CONTENT_DIR = resolve(callersFolder, process.env.CONTENT_DIR)

const settings = readSettingsOrExit()
await refuseForeignFolder(output)
timings.begin('check')
const lastBuild = new LastBuild(home, output, {
  paths: [
    settings.contentFolder,
    join(settings.standardFolder, 'architectures.yml'),
    ...[
      'src',
      'scripts',
      'public',
      'docs/problems.md',
      'astro.config.mjs',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
    ].map((path) => join(home, path)),
    join(home, 'node_modules', '.package-lock.json'),
  ],
  settings: { ...settings, asOf: undefined, output },
  asOf: settings.asOf,
  isClockSet,
})
if (lastBuild.isStillThere()) {
  timings.end(process.env.BUILD_TIMINGS)
  process.stderr.write(`Nothing has changed: the site is in ${output}\n`)
  process.exit(0)
}
const address = { siteUrl: siteAddress(settings), basePath: settings.basePath }
// Where it has to be compiled, another process does that while this one reads the content.
const opening = openProgram(home, address)
// Whoever awaits it hears of its failure; the content may have errors of its own before that.
opening.catch(() => undefined)
const loaded = loadAndCheck()
shared.loaded = loaded
const rendered = new KeptTexts(home, settings.basePath, loaded.catalog)
shared.rendered = rendered

const workFolder = await openWorkFolder(output)
try {
  timings.begin('pages')
  const opened = await opening
  // Only the day of the clock is in it: what depends on more has that in its key.
  const frame = hash('sha256', JSON.stringify([opened.key, { ...settings, asOf: settings.asOf.slice(0, 10) }]))
  const leftovers = lastBuild.leftovers(frame)
  const update = new SiteUpdate(workFolder, output, leftovers)
  const program = await opened.load()
  if (leftovers) update.keepAll(assetKey)
  else for (const path of await opened.copyAssets(workFolder)) update.include(path, assetKey)
  // Imported where they are needed: where nothing has changed, they are not.
  const { writePages } = await import('./write-pages.ts')
  await writePages(await program.pages(), program.absoluteAddressOf, update)
  timings.begin('outputs')
  const { writeOutputs } = await import('./write-outputs.ts')
  await writeOutputs(program.outputs(), update, new KeptOutputs(home))
  rendered.save(update.isWhole)
  timings.begin('search')
  const { indexSearch } = await import('./index-search.ts')
  await indexSearch(update, program.searchSource(), home)
  timings.begin('move')
  lastBuild.forget()
  if (leftovers) update.apply()
  else await replaceFolder(workFolder, output)
  lastBuild.remember({ files: update.keys(), frame, until: nextMoment(loaded.catalog, settings.asOf) })
} finally {
  await rm(workFolder, { recursive: true, force: true })
}
timings.end(process.env.BUILD_TIMINGS)
process.stderr.write(`The site is in ${output}\n`)

function readSettingsOrExit(): Settings {
  try {
    return readSettings(process.env, home)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}

/** The content, which the rest of the build takes as it is; where it has errors, there is no rest. */
function loadAndCheck(): LoadedCatalog {
  const { contentFolder, standardFolder, asOf } = settings
  if (!existsSync(contentFolder)) {
    process.stderr.write(`There is no content folder at \`${process.env.CONTENT_DIR ?? 'content'}\`.\n`)
    process.exit(2)
  }
  const loaded = checkContent(contentFolder, asOf, standardFolder)
  const shown = loaded.problems.map((problem) => ({
    ...problem,
    place: { ...problem.place, file: relative(callersFolder, join(contentFolder, problem.place.file)) },
  }))
  process.stderr.write(serializeProblems(shown, 'text', process.stderr.isTTY))
  if (shown.length > 0) process.stderr.write(`${summarizeProblems(shown)}\n`)
  if (shown.some(({ severity }) => severity === 'error')) process.exit(1)
  return loaded
}

/**
 * Where the site is made before it is moved: on the disk of the output, so that it can be renamed and need not be copied. The output
 * itself may be a mount point; then nothing beside it helps.
 */
async function openWorkFolder(target: string): Promise<string> {
  await mkdir(target, { recursive: true })
  const { dev } = statSync(target)
  const inProject = join(home, '.build', String(process.pid))
  const beside = join(dirname(target), `.${basename(target)}-${process.pid}`)
  await mkdir(inProject, { recursive: true })
  if (statSync(inProject).dev === dev || statSync(dirname(target)).dev !== dev) return inProject
  await rm(inProject, { recursive: true })
  await mkdir(beside)
  return beside
}

/** A folder that is no site of ours is never emptied. */
async function refuseForeignFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const names = await readdir(folder)
  if (names.length === 0 || (names.includes('404.html') && names.includes('sitemap-index.xml'))) return
  process.stderr.write(
    `The folder ${folder} holds something that is no site of ours; it stays as it is. Empty it, or choose another OUT_DIR.\n`,
  )
  process.exit(2)
}

/** Empties the target, then moves everything into it; the target itself may be a mount point. */
async function replaceFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(to)) await rm(join(to, name), { recursive: true, force: true })
  for (const name of await readdir(from)) {
    try {
      await rename(join(from, name), join(to, name))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
      await cp(join(from, name), join(to, name), { recursive: true })
    }
  }
}
