/**
 * `npm run build`: checks the content, builds the site, and puts it into its folder (OUT_DIR,
 * default `dist`) in one go, so that a failed build leaves the last good site alone.
 */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { keptSiteFolder } from './kept-site.ts'
import { LastBuild } from './last-build.ts'
import { PhaseTimings } from './phase-timings.ts'
import { isOurs } from './replace-site.ts'
import { restoreSite } from './restore-site.ts'
import { readSettings, type Settings } from '../src/site/settings.ts'
import { toInstant } from '../src/domain/clock.ts'

const home = resolve(import.meta.dirname, '..')
/** What this process was begun with. */
const begun = { folder: process.cwd(), environment: { ...process.env } }
const callersFolder = process.env.INIT_CWD ?? process.cwd()
const output = resolve(callersFolder === home ? home : callersFolder, process.env.OUT_DIR || join(home, 'dist'))

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
  content: [settings.contentFolder, join(settings.standardFolder, 'architectures.yml')],
  code: [
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
  settings: { ...settings, asOf: undefined, rendered: process.env.RENDERED_BY_ASTRO },
  asOf: settings.asOf,
  isClockSet,
})
const keptFolder = isSiteKept() ? keptSiteFolder(home, output) : undefined
if (lastBuild.isStillThere()) {
  tellThatNothingHasChanged()
} else {
  // What locks and what builds is loaded where there is something to build.
  const { takeTurn } = await import('./turn.ts')
  const turn = takeTurn(output)
  // Another build may have made just this site meanwhile.
  if (turn.hasWaited && lastBuild.isStillThere()) tellThatNothingHasChanged()
  else await makeSite(turn.end)
  turn.end()
}
timings.end(process.env.BUILD_TIMINGS)

function tellThatNothingHasChanged(): void {
  process.stderr.write(`Nothing has changed: the site is in ${output}\n`)
}

async function makeSite(endTurn: () => void): Promise<void> {
  if (keptFolder !== undefined && (await restoreSite(home, keptFolder, output, lastBuild))) {
    process.stderr.write(`Nothing has changed: the site that was kept is in ${output}\n`)
    return
  }
  const { buildSite } = await import('./build-site.ts')
  const { isSitePathTaken } = await import('./site-update.ts')
  const plan = { home, callersFolder, output, settings, lastBuild, keptFolder, timings }
  const isMade = await buildSite(plan).catch((error: unknown) => {
    if (!isSitePathTaken(error)) throw error
    process.stderr.write(`${error.message} Where one of them is in \`public\`, give it another name there.\n`)
    endTurn()
    process.exit(1)
  })
  if (!isMade) {
    process.stderr.write('The code was changed while it was compiled: it is compiled once more.\n')
    endTurn()
    beginAnew()
  }
  process.stderr.write(`The site is in ${output}\n`)
}

/** This process has loaded modules of the code as it was, and would keep what they make as if that of now had made it. Does not come back. */
function beginAnew(): void {
  if (!process.execve) throw new Error('The build has to be begun once more: its code was changed.')
  process.chdir(begun.folder)
  process.execve(process.execPath, [process.execPath, ...process.execArgv, ...process.argv.slice(1)], begun.environment)
}

function readSettingsOrExit(): Settings {
  try {
    return readSettings(process.env, home)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(2)
  }
}

function isSiteKept(): boolean {
  const { KEEP_SITE = '' } = process.env
  if (['', '0', 'false'].includes(KEEP_SITE)) return false
  if (['1', 'true'].includes(KEEP_SITE)) return true
  process.stderr.write(`Unexpected KEEP_SITE \`${KEEP_SITE}\`, expected \`true\` or \`false\`.\n`)
  process.exit(2)
}

/** A folder that is no site of ours is never emptied. */
async function refuseForeignFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return
  const names = await readdir(folder)
  if (isOurs(names)) return
  process.stderr.write(
    `The folder ${folder} holds something that is no site of ours; it stays as it is. Empty it, or choose another OUT_DIR.\n`,
  )
  process.exit(2)
}
