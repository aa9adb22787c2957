/**
 * Hugo, the peer that `npm run bench` measures beside us; no test and no build needs it. `hugoVersion` says which one is here; run
 * directly, this file installs Debian's where apt-get and the right to use it are. Exit code 1 where there is none.
 */
import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const minutes = 60_000

/** @returns {string | undefined} `0.111.3+extended`; undefined if there is no Hugo */
export function hugoVersion() {
  const { stdout } = spawnSync('hugo', ['version'], { encoding: 'utf8', timeout: minutes })
  return /^hugo v(\d[\w.+-]*)/.exec(stdout ?? '')?.[1]?.slice(0, 60)
}

/** @returns {string | undefined} Its version, after it was installed where it was missing */
export function ensureHugo() {
  const found = hugoVersion()
  if (found !== undefined) return found
  const obstacle = installWithApt()
  const installed = hugoVersion()
  if (installed === undefined) {
    console.error(
      `${obstacle ?? 'Hugo is installed, but does not start.'}\n` +
        'There is no Hugo to measure beside us.\n' +
        '  fix: on Debian or Ubuntu, run `apt-get install hugo` as root; elsewhere put `hugo` into the PATH',
    )
  }
  return installed
}

/** @returns {string | undefined} What kept it from working */
function installWithApt() {
  if (process.getuid?.() !== 0 || !succeeds(['apt-get', '--version'], 'ignore')) {
    return 'Installing Hugo with apt-get is not possible here: there is no apt-get, or no right to use it.'
  }
  const aptGet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q']
  const isInstalled =
    succeeds([...aptGet, 'update'], 'inherit') &&
    succeeds([...aptGet, 'install', '-y', '--no-install-recommends', 'hugo'], 'inherit')
  return isInstalled ? undefined : 'apt-get could not install Hugo; its own messages stand above.'
}

/**
 * Standard output belongs to the results of the benchmark.
 * @param {string[]} command
 * @param {'ignore' | 'inherit'} output
 */
function succeeds([program = '', ...args], output) {
  const toErrors = output === 'inherit' ? 2 : 'ignore'
  return spawnSync(program, args, { stdio: ['ignore', toErrors, toErrors], timeout: 10 * minutes }).status === 0
}

const startedFile = process.argv[1]
if (startedFile !== undefined && realpathSync(startedFile) === fileURLToPath(import.meta.url)) {
  const version = ensureHugo()
  if (version === undefined) process.exitCode = 1
  else console.log(`The benchmark measures Hugo ${version}.`)
}
