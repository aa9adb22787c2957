/**
 * `npm run build`: checks the content, builds the site, and puts it into its folder (OUT_DIR,
 * default `dist`) in one go, so that a failed build leaves the last good site alone.
 */
import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'astro'
import { PhaseTimings } from './phase-timings.ts'
import { indexSearch } from './index-search.ts'
import { writeOutputs } from './write-outputs.ts'
import { runCli } from '../src/cli/run.ts'
import { readSettings } from '../src/site/settings.ts'
import { toInstant } from '../src/domain/clock.ts'

const home = resolve(import.meta.dirname, '..')
const callersFolder = process.env.INIT_CWD ?? process.cwd()
const output = resolve(callersFolder === home ? home : callersFolder, process.env.OUT_DIR || join(home, 'dist'))
// Astro's prerenderer imports packages from where it writes, so it has to write inside the project.
const workFolder = join(home, '.build', String(process.pid))

process.chdir(home)
const timings = new PhaseTimings()
process.env.ASTRO_TELEMETRY_DISABLED = '1'
// One clock for the whole build.
process.env.AS_OF ||= process.env.SOURCE_DATE_EPOCH || toInstant(Date.now())
if (process.env.CONTENT_DIR) process.env.CONTENT_DIR = resolve(callersFolder, process.env.CONTENT_DIR)

try {
  readSettings(process.env, home)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(2)
}
await refuseForeignFolder(output)
timings.begin('check')
const checked = await runCli(['check'], {
  environment: process.env,
  directory: callersFolder,
  home,
  now: toInstant(Date.now()),
  standardInput: () => new Uint8Array(),
  isTerminal: process.stderr.isTTY,
  answer: (text) => void process.stderr.write(text),
  tell: (text) => void process.stderr.write(text),
})
if (checked !== 0) process.exit(checked)

try {
  timings.begin('pages')
  await build({ root: home, outDir: workFolder, logLevel: process.env.CI ? 'warn' : 'info' })
  timings.begin('outputs')
  // Imported here: the content is read at its import, by the settings above.
  const { outputs } = await import('../src/site/outputs.ts')
  await writeOutputs(outputs(), workFolder)
  timings.begin('search')
  await indexSearch(workFolder)
  timings.begin('move')
  await replaceFolder(workFolder, output)
} finally {
  // After a failure Astro may still be writing pages; then the folder is not empty at the first try.
  await rm(workFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
}
timings.end(process.env.BUILD_TIMINGS)
process.stderr.write(`The site is in ${output}\n`)

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
