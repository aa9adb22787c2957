/** Builds a site: the content is checked, pages and outputs are made or left where they are, and put into their places. */
import { hash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'
import process from 'node:process'
import { plainCatalog } from '../src/catalog/plain-catalog.ts'
import { checkContent } from '../src/catalog/check-content.ts'
import { serializeProblems, summarizeProblems } from '../src/cli/report.ts'
import type { Catalog } from '../src/domain/catalog.ts'
import { nextMoment } from '../src/domain/next-moment.ts'
import { siteUrlOf } from '../src/domain/site-address.ts'
import { siteAddress } from '../src/site/address.ts'
import type { Settings } from '../src/site/settings.ts'
import type * as Program from '../src/site/program.ts'
import { shared } from '../src/site/shared.ts'
import { BesidePages } from './beside-pages.ts'
import { KeptEntries } from './kept-entries.ts'
import { KeptSite } from './kept-site.ts'
import { isAsMarked, leftFiles, type LastBuild } from './last-build.ts'
import type { PhaseTimings } from './phase-timings.ts'
import { ProseReader } from './read-prose.ts'
import { KeptTexts } from './rendered-texts.ts'
import { openProgram } from './site-program.ts'
import { SiteUpdate } from './site-update.ts'
import { openWorkFolder } from './work-folder.ts'
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
  /** Where the site is kept beside its output; undefined where it is not. */
  keptFolder: string | undefined
  timings: PhaseTimings
}

/**
 * Ends the process with 1 where the content has errors, and with 2 where there is none.
 * @returns whether there is a site now: not where the code was changed while it was compiled
 * @throws where the site cannot be made
 */
export async function buildSite(plan: BuildPlan): Promise<boolean> {
  const { home, output, settings, lastBuild, keptFolder, timings } = plan
  // Where it has to be compiled, another process does that while this one reads the content.
  const opened = openProgram(home, { siteUrl: siteAddress(settings), basePath: settings.basePath })
  // Only the day of the clock is in it: what depends on more has that in its key.
  const frame = hash(
    'sha256',
    JSON.stringify([opened.key, process.arch, { ...settings, asOf: settings.asOf.slice(0, 10) }]),
  )
  const { code, memory } = lastBuild
  const beside = new BesidePages({ home, basePath: settings.basePath, code, memory, frame, keptFolder })
  let folder: string | undefined
  let kept: KeptSite | undefined
  try {
    const catalog = loadAndCheck(plan)
    timings.begin('pages')
    folder = await openWorkFolder(home, output)
    beside.begin({ catalog, folder })
    shared.loaded = { catalog, problems: [] }
    const rendered = new KeptTexts(home, settings.basePath, catalog)
    shared.rendered = rendered
    const left = leftFiles(memory, frame)
    kept = left || keptFolder === undefined ? undefined : KeptSite.open(keptFolder, frame)
    // What is to go is known to the thread that puts all of it into its place.
    const update = new SiteUpdate(folder, output, left && { files: left, paths: [] }, kept)
    const program = await opened.program
    if (!program) return false
    // The module is that of `src/site/program.ts`, compiled.
    const { pages, absoluteAddressOf, listOutputs } = (await import(program.module)) as typeof Program
    if (!update.keepAll(program.assets, assetKey))
      for (const path of program.assets) update.write(path, program.readAsset(path), assetKey)
    await writePages(await pages(), absoluteAddressOf, update)
    const reader = new ProseReader(home)
    const prose = reader.read([...update.paths()], (path) => update.placeOf(path))
    const finishing = beside.finish({ prose })
    if (isAsMarked(code)) reader.save()
    timings.begin('outputs')
    if (beside.lists.take() === 0) await writeOutputs(listOutputs(), update)
    // With the keys of pages that nobody has asked for yet.
    const files = update.report()
    const made = await finishing
    timings.add('outputs', made.cpuSeconds)
    rendered.adopt(made.texts)
    if (isAsMarked(code)) rendered.save(update.isWhole && made.isWhole)
    timings.begin('move')
    lastBuild.forget()
    const { outputs } = await beside.place({ files, arePagesLeft: left !== undefined })
    const until = nextMoment(catalog, settings.asOf)
    if (outputs !== undefined) lastBuild.rememberSite({ outputs, until })
    if (keptFolder !== undefined && isAsMarked(code)) {
      timings.begin('keep')
      const facts = { inputs: lastBuild.digestOfBytes(), frame, asOf: settings.asOf, until }
      await beside.keep({ facts, isWhole: kept?.isWhole !== false })
    }
    return true
  } finally {
    await beside.stop()
    kept?.close()
    if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  }
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
  if (isAsMarked(lastBuild.code)) entries.save()
  const shown = loaded.problems.map((problem) => ({
    ...problem,
    place: { ...problem.place, file: relative(callersFolder, join(contentFolder, problem.place.file)) },
  }))
  process.stderr.write(serializeProblems(shown, 'text', process.stderr.isTTY))
  if (shown.length > 0) process.stderr.write(`${summarizeProblems(shown)}\n`)
  if (shown.some(({ severity }) => severity === 'error')) process.exit(1)
  if (settings.siteUrl === undefined && loaded.catalog.site.url === undefined) {
    process.stderr.write(
      `The site has no address: its canonical links, feeds and sitemap begin with \`${siteUrlOf()}\`. Before it is published, write \`url\` into site.yml, or set SITE_URL.\n`,
    )
  }
  return plainCatalog(loaded.catalog)
}
