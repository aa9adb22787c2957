/** Builds a site: the content is checked, pages and outputs are made or left where they are, and put into their places. */
import { hash } from 'node:crypto'
import { existsSync, statSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import process from 'node:process'
import type { LoadedCatalog } from '../src/catalog/catalog.ts'
import { checkContent } from '../src/catalog/check-content.ts'
import { serializeProblems, summarizeProblems } from '../src/cli/report.ts'
import { nextMoment } from '../src/domain/next-moment.ts'
import { siteAddress } from '../src/site/address.ts'
import type { Settings } from '../src/site/settings.ts'
import { shared } from '../src/site/shared.ts'
import { indexSearch } from './index-search.ts'
import { KeptOutputs } from './kept-outputs.ts'
import type { LastBuild } from './last-build.ts'
import type { PhaseTimings } from './phase-timings.ts'
import { KeptTexts } from './rendered-texts.ts'
import { replaceSite } from './replace-site.ts'
import { openProgram } from './site-program.ts'
import { SiteUpdate } from './site-update.ts'
import { writeOutputs } from './write-outputs.ts'
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

/** Ends the process with 1 where the content has errors, and with 2 where there is none. @throws where the site cannot be made */
export async function buildSite(plan: BuildPlan): Promise<void> {
  const { home, output, settings, lastBuild, timings } = plan
  const isCodeSame = () => lastBuild.isCodeSame()
  const address = { siteUrl: siteAddress(settings), basePath: settings.basePath }
  // Where it has to be compiled, another process does that while this one reads the content.
  const opening = openProgram(home, address)
  // Whoever awaits it hears of its failure; the content may have errors of its own before that.
  opening.catch(() => undefined)
  const loaded = loadAndCheck(plan)
  shared.loaded = loaded
  const rendered = new KeptTexts(home, settings.basePath, loaded.catalog)
  shared.rendered = rendered

  const workFolder = await openWorkFolder(home, output)
  try {
    timings.begin('pages')
    const opened = await opening
    // Only the day of the clock is in it: what depends on more has that in its key.
    const frame = hash('sha256', JSON.stringify([opened.key, { ...settings, asOf: settings.asOf.slice(0, 10) }]))
    const leftovers = lastBuild.leftovers(frame)
    const update = new SiteUpdate(workFolder, output, leftovers)
    const program = await opened.load()
    if (!update.keepAll(opened.assets, assetKey))
      for (const path of opened.assets) update.write(path, opened.readAsset(path), assetKey)
    await writePages(await program.pages(), program.absoluteAddressOf, update)
    timings.begin('outputs')
    // Pagefind is a process of its own: it works while outputs are made.
    const searching = indexSearch(update, program.searchSource(), home, isCodeSame)
    searching.catch(() => undefined)
    await writeOutputs(program.outputs(), update, new KeptOutputs(home, isCodeSame))
    if (isCodeSame()) rendered.save(update.isWhole)
    timings.begin('search')
    await searching
    timings.begin('move')
    lastBuild.forget()
    const fresh = leftovers ? update.apply() : await replaceSite(workFolder, output)
    const until = nextMoment(loaded.catalog, settings.asOf)
    lastBuild.remember({ files: update.keys(), fresh, frame, until })
  } finally {
    await rm(workFolder, { recursive: true, force: true })
  }
}

/** The content, which the rest of the build takes as it is; where it has errors, there is no rest. */
function loadAndCheck({ settings, callersFolder }: BuildPlan): LoadedCatalog {
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
async function openWorkFolder(home: string, target: string): Promise<string> {
  await mkdir(target, { recursive: true })
  const { dev } = statSync(target)
  const builds = join(home, '.build')
  await mkdir(builds, { recursive: true })
  // Names that nobody had before: a build that was killed leaves its folder, and in a container the next one has its number.
  if (statSync(builds).dev === dev || statSync(dirname(target)).dev !== dev) return mkdtemp(join(builds, 'site-'))
  return mkdtemp(join(dirname(target), `.${basename(target)}-`))
}
