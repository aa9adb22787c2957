/** What the environment decides about a build. The only reader of `process.env` in the site. */
import { resolve } from 'node:path'
import { parseClock, parseEpoch, toInstant } from '#domain/clock.ts'
import { parseBasePath, parseSiteUrl } from '#domain/site-address.ts'

export interface Settings {
  contentFolder: string
  /** The generator's own content, whose table of architectures serves where a site brings none. */
  standardFolder: string
  /** Address of the site without the base path, where the environment gives it: `https://example.org`. */
  siteUrl: string | undefined
  /** Path that every address of the site begins with; begins and ends with `/`. */
  basePath: string
  /** The build clock, ISO, UTC. */
  asOf: string
}

/** @throws where a setting cannot be read, in words for the person who set it */
export function readSettings(environment: Readonly<Record<string, string | undefined>>, home: string): Settings {
  const { CONTENT_DIR, SITE_URL, BASE_PATH, AS_OF, SOURCE_DATE_EPOCH } = environment
  const clock = AS_OF || SOURCE_DATE_EPOCH
  const asOf = AS_OF ? parseClock(AS_OF) : SOURCE_DATE_EPOCH ? parseEpoch(SOURCE_DATE_EPOCH) : toInstant(Date.now())
  if (asOf === undefined) {
    throw new Error(
      `Unexpected clock \`${clock ?? ''}\` in ${AS_OF ? 'AS_OF' : 'SOURCE_DATE_EPOCH'}, expected a day such as \`2026-11-21\` or an instant.`,
    )
  }
  return {
    contentFolder: resolve(home, CONTENT_DIR || 'content'),
    standardFolder: resolve(home, 'content'),
    siteUrl: SITE_URL ? originOf(SITE_URL) : undefined,
    basePath: basePathOf(BASE_PATH),
    asOf,
  }
}

function basePathOf(path: string | undefined): string {
  const parsed = parseBasePath(path)
  if (parsed === undefined)
    throw new Error(`Unexpected BASE_PATH \`${path ?? ''}\`, expected a path such as \`/works/\`.`)
  return parsed
}

function originOf(address: string): string {
  const parsed = parseSiteUrl(address)
  if (parsed === undefined) {
    throw new Error(
      `Unexpected SITE_URL \`${address}\`, expected the address of a host alone, such as \`https://example.org\`; the path below it is BASE_PATH.`,
    )
  }
  return parsed
}
