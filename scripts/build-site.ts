/** Builds a site: the content is checked, pages and outputs are made or left where they are, and put into their places. */
import { hash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import process from 'node:process'
import { plainCatalog } from '../src/catalog/plain-catalog.ts'
import { checkContent } from '../src/catalog/check-content.ts'
import { serializeProblems, summarizeProblems } from '../src/cli/report.ts'
import type { Catalog } from '../src/domain/catalog.ts'
import { nextMoment } from '../src/domain/next-moment.ts'
import { siteAddress } from '../src/site/address.ts'
import type { Settings } from '../src/site/settings.ts'
import type * as Program from '../src/site/program.ts'
import { shared } from '../src/site/shared.ts'
import { BesidePages } from './beside-pages.ts'
import { searchedPages } from './index-search.ts'
import { KeptEntries } from './kept-entries.ts'
import { findLeftBehind } from './left-behind.ts'
import { isCodeOf, type LastBuild } from './last-build.ts'
import type { PhaseTimings } from './phase-timings.ts'
import { leftFor, removeOldFolders } from './remove-old.ts'
import { KeptTexts } from './rendered-texts.ts'
import { replaceSite } from './replace-site.ts'
import { openProgram } from './site-program.ts'
import { SiteUpdate } from './site-update.ts'
import { stampsOfSite } from './stamps.ts'
import { writePages } from './write-pages.ts'

/** Of files that browsers get from the program. */
const assetKey = 'asset'

export interface BuildPlan {
  /** The repository. */
  home: string
  /** The folder in which the build was asked for: places of problems are told from there. */
  callersFolder: string
  /** Where the site goes. */
  output: string
  settings: Settings
  lastBuild: LastBuild
  timings: PhaseTimings
}

/**
 * Ends the process with 1 where the content has errors, and with 2 where there is none.
 * @returns whether there is a site now: not where the code was changed while it was compiled
 * @throws where the site cannot be made
 */
export async function buildSite(plan: BuildPlan): Promise<boolean> {
  const { home, output, settings, lastBuild, timings } = plan
  // Where it has to be compiled, another process does that while this one reads the content.
  const opened = openProgram(home, { siteUrl: siteAddress(settings), basePath: settings.basePath })
  // Only the day of the clock is in it: what depends on more has that in its key.
  const frame = hash('sha256', JSON.stringify([opened.key, { ...settings, asOf: settings.asOf.slice(0, 10) }]))
  const { code, memory } = lastBuild
  const finding = findLeftBehind(memory, frame)
  const beside = new BesidePages({ home, basePath: settings.basePath, code })
  let folder: string | undefined
  try {
    const catalog = loadAndCheck(plan)
    timings.begin('pages')
    folder = await openWorkFolder(home, output)
    beside.begin({ catalog, folder, output })
    shared.loaded = { catalog, problems: [] }
    const rendered = new KeptTexts(home, settings.basePath, catalog)
    shared.rendered = rendered
    const left = await finding
    const leftovers = left && { files: left.files, paths: left.stamps.keys() }
    beside.buildUpon(leftovers)
    const update = new SiteUpdate(folder, output, leftovers)
    const program = await opened.program
    if (!program) return false
    // The module is that of `src/site/program.ts`, compiled.
    const { pages, absoluteAddressOf } = (await import(program.module)) as typeof Program
    if (!update.keepAll(program.assets, assetKey))
      for (const path of program.assets) update.write(path, program.readAsset(path), assetKey)
    await writePages(await pages(), absoluteAddressOf, update)
    timings.begin('outputs')
    const made = await beside.finish(searchedPages(update.keys().keys(), (path) => update.placeOf(path)))
    timings.add('outputs', made.cpuSeconds)
    update.adopt(made.files)
    rendered.adopt(made.texts)
    if (isCodeOf(code)) rendered.save(update.isWhole)
    timings.begin('move')
    lastBuild.forget()
    const fresh = leftovers ? update.apply() : await replaceAll(update, output)
    const until = nextMoment(catalog, settings.asOf)
    lastBuild.remember({ files: update.keys(), fresh, stayed: left?.stamps, frame, until })
    return true
  } finally {
    await beside.stop()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
}

/** @returns stamps of all files, by their paths */
async function replaceAll(update: SiteUpdate, output: string): Promise<ReadonlyMap<string, string>> {
  return (await replaceSite(update.folder, output)) ? update.stamps() : stampsOfSite(output)
}

/** The content, which the rest of the build takes as it is; where it has errors, there is no rest. */
function loadAndCheck({ home, settings, callersFolder, lastBuild }: BuildPlan): Catalog {
  const { contentFolder, standardFolder, asOf } = settings
  if (!existsSync(contentFolder)) {
    process.stderr.write(`There is no content folder at \`${process.env.CONTENT_DIR ?? 'content'}\`.\n`)
    process.exit(2)
  }
  const entries = new KeptEntries(home)
  const loaded = checkContent(contentFolder, asOf, standardFolder, entries)
  if (isCodeOf(lastBuild.code)) entries.save()
  const shown = loaded.problems.map((problem) => ({
    ...problem,
    place: { ...problem.place, file: relative(callersFolder, join(contentFolder, problem.place.file)) },
  }))
  process.stderr.write(serializeProblems(shown, 'text', process.stderr.isTTY))
  if (shown.length > 0) process.stderr.write(`${summarizeProblems(shown)}\n`)
  if (shown.some(({ severity }) => severity === 'error')) process.exit(1)
  return plainCatalog(loaded.catalog)
}

/**
 * Where the site is made before it is moved: on the disk of the output, so that it can be renamed and need not be copied. The output
 * itself may be a mount point; then nothing beside it helps.
 */
async function openWorkFolder(home: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true })
  const { dev } = statSync(target)
  const builds = join(home, '.build')
  await mkdir(builds, { recursive: true })
  // Here everything is ours; elsewhere a name tells too little to remove anything.
  removeOldFolders(builds, (name) => name.startsWith('site-'), leftFor)
  // Names that nobody had before: a build that was killed leaves its folder, and in a container the next one has its number.
  if (statSync(builds).dev === dev || statSync(dirname(target)).dev !== dev) return mkdtemp(join(builds, 'site-'))
  return mkdtemp(join(dirname(target), `.${basename(target)}-`))
}
