/**
 * The feed readers and calendars of the tests of feeds. `missingReaders` says which are not here; run directly, this file installs
 * them where apt-get and the right to use it are. Under CI=true it fails where one is still missing.
 */
import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** The system's Python, which has the packages that apt-get installs; another may come first in the path. */
export const systemPython = '/usr/bin/python3'

/** Debian's packages, each with a command that succeeds where it is installed. */
const readers = [
  { name: 'newsboat', check: ['newsboat', '--version'] },
  // sfeed has no option that only answers: without input it prints nothing.
  { name: 'sfeed', check: ['sfeed'] },
  { name: 'rss2email', check: ['r2e', '--version'] },
  { name: 'python3-feedparser', check: [systemPython, '-c', 'import feedparser'] },
  { name: 'libxml2-utils', check: ['xmllint', '--version'] },
  { name: 'khal', check: ['khal', '--version'] },
  { name: 'calcurse', check: ['calcurse', '--version'] },
]

const minutes = 60_000

/** @returns {string[]} names of Debian's packages */
export function missingReaders() {
  return readers.filter(({ check }) => !succeeds(check, 'ignore')).map(({ name }) => name)
}

/** @returns {boolean} Whether the tests of feeds can ask every reader */
function ensureReaders() {
  const missing = missingReaders()
  if (missing.length > 0) {
    console.log(`Feed readers and calendars that are not here: ${missing.join(', ')}.`)
    const obstacle = installWithApt(missing)
    if (obstacle !== undefined) console.error(obstacle)
  }
  const stillMissing = missingReaders()
  if (stillMissing.length === 0) {
    console.log(`The tests of feeds ask ${readers.map(({ name }) => name).join(', ')}.`)
    return true
  }
  console.error(
    `Tests with ${stillMissing.join(', ')} are skipped; every other test works without.\n` +
      `  fix: on Debian or Ubuntu, run \`apt-get install ${stillMissing.join(' ')}\` as root`,
  )
  return false
}

/**
 * @param {string[]} packages
 * @returns {string | undefined} What kept it from working
 */
function installWithApt(packages) {
  if (process.getuid?.() !== 0 || !succeeds(['apt-get', '--version'], 'ignore')) {
    return 'Installing them with apt-get is not possible here: there is no apt-get, or no right to use it.'
  }
  const aptGet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q']
  const installed =
    succeeds([...aptGet, 'update'], 'inherit') &&
    succeeds([...aptGet, 'install', '-y', '--no-install-recommends', ...packages], 'inherit')
  return installed ? undefined : 'apt-get could not install them; its own messages stand above.'
}

/**
 * @param {string[]} command
 * @param {'ignore' | 'inherit'} output
 */
function succeeds([program = '', ...args], output) {
  return spawnSync(program, args, { stdio: ['ignore', output, output], timeout: 10 * minutes }).status === 0
}

const startedFile = process.argv[1]
if (startedFile !== undefined && realpathSync(startedFile) === fileURLToPath(import.meta.url)) {
  process.exitCode = ensureReaders() || process.env.CI !== 'true' ? 0 : 1
}
