import { existsSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseClock, parseEpoch } from '#domain/clock.ts'
import type { Problem } from '#domain/problem.ts'
import { fullAddress, parseBasePath, parseSiteUrl, siteUrlOf, type SiteAddress } from '#domain/site-address.ts'
import type { Site } from '#domain/vocabulary.ts'
import { loadCatalog, type LoadedCatalog } from '#catalog/catalog.ts'
import { isFiles } from '#store/open-store.ts'
import { CannotRun, type World } from './world.ts'

/** Options that every command has. */
export const commonOptions = {
  content: { type: 'string' },
  'as-of': { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Where evidence is kept, for the commands that write it. */
export const storeOption = { store: { type: 'string' } } as const

export interface CommonValues {
  content?: string | undefined
  'as-of'?: string | undefined
  json?: boolean | undefined
}

/**
 * What an option lists, given several times, or with commas between its words.
 * @param separator another one, for words that may hold commas
 */
export function wordsOfList(given: readonly string[], separator: string | RegExp = ','): string[] {
  return given.flatMap((text) => text.split(separator).map((word) => word.trim())).filter((word) => word !== '')
}

/** The content folder: `--content`, else CONTENT_DIR, else the generator's own. */
export function contentFolder(values: CommonValues, world: World): string {
  const given = values.content ?? world.environment.CONTENT_DIR
  const folder = given === undefined ? standardContent(world) : resolve(world.directory, given)
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new CannotRun(`There is no content folder at \`${given ?? 'content'}\`.`)
  }
  return folder
}

/** The store: `--store`, else EVIDENCE_STORE; undefined means the files of the content folder. */
export function storeAddress(
  values: { store?: string | undefined },
  world: Pick<World, 'environment'>,
): string | undefined {
  const address = values.store ?? world.environment.EVIDENCE_STORE
  return isFiles(address) ? undefined : address
}

/** The clock: `--as-of`, else AS_OF, else SOURCE_DATE_EPOCH, else now. */
export function asOf(values: CommonValues, world: World): string {
  const { AS_OF, SOURCE_DATE_EPOCH } = world.environment
  const given = values['as-of'] ?? (AS_OF || undefined)
  const instant =
    given !== undefined ? parseClock(given) : SOURCE_DATE_EPOCH ? parseEpoch(SOURCE_DATE_EPOCH) : world.now
  if (instant === undefined) {
    throw new CannotRun(
      `Unexpected clock \`${given ?? SOURCE_DATE_EPOCH ?? ''}\`, expected a day such as \`2026-11-21\` or an instant such as \`2026-11-21T12:00:00Z\`.`,
    )
  }
  return instant
}

/** Loads the catalog, and names files as they are seen from the working directory. */
export function loadContent(values: CommonValues, world: World): LoadedCatalog {
  const folder = contentFolder(values, world)
  const { catalog, problems } = loadCatalog(folder, standardContent(world))
  return { catalog, problems: withShownFiles(problems, folder, world) }
}

/** The generator's own content: its `architectures.yml` serves where a content folder has none. */
export function standardContent(world: World): string {
  return join(world.home, 'content')
}

/** Problems whose files are named as a person in the working directory would type them. */
export function withShownFiles(problems: readonly Problem[], folder: string, world: World): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    place: { ...problem.place, file: shownPath(join(folder, problem.place.file), world) },
  }))
}

/** The address of a page on the published site, as a build makes it. */
export function publishedAddresses(of: Pick<Site, 'url'>, world: World): (path: string) => string {
  const site = publishedSite(of, world)
  return (path) => fullAddress(path, site)
}

/** The address of the published site: SITE_URL, else `url` of site.yml, and BASE_PATH. */
export function publishedSite(of: Pick<Site, 'url'>, { environment }: World): SiteAddress {
  const { SITE_URL, BASE_PATH } = environment
  const siteUrl = SITE_URL ? parseSiteUrl(SITE_URL) : undefined
  const basePath = parseBasePath(BASE_PATH)
  if (SITE_URL && siteUrl === undefined) {
    throw new CannotRun(`Unexpected SITE_URL \`${SITE_URL}\`, expected a host such as \`https://example.org\`.`)
  }
  if (basePath === undefined) {
    throw new CannotRun(`Unexpected BASE_PATH \`${BASE_PATH ?? ''}\`, expected a path such as \`/works/\`.`)
  }
  return { siteUrl: siteUrlOf(siteUrl, of.url), basePath }
}

/** A path as a person in the working directory would type it. */
export function shownPath(path: string, world: World): string {
  const fromHere = relative(world.directory, path)
  return fromHere.startsWith('..') ? path : fromHere.replaceAll('\\', '/')
}
