/**
 * The PostgreSQL of the tests. They ask `findPostgres` where its programs are, and start a server of their own; run
 * directly, this file makes sure that there is one, and installs Debian's where it may.
 * Why no server of the system is used or started: docs/decisions/0013-postgresql.md.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, readdirSync, realpathSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/**
 * The folder of `initdb` and `postgres`: POSTGRES_BIN, else Debian's newest, else what the PATH leads to. Both have
 * told their version, which a program with missing libraries cannot.
 * @returns {string | undefined} Its path; undefined if there is none
 */
export function findPostgres() {
  if (process.env.POSTGRES_BIN) return process.env.POSTGRES_BIN
  return [...debianFolders(), ...(process.env.PATH ?? '').split(delimiter)].find(
    (folder) => folder !== '' && ['initdb', 'postgres'].every((name) => tellsVersion(join(folder, name))),
  )
}

function debianFolders() {
  const root = '/usr/lib/postgresql'
  if (!existsSync(root)) return []
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(root, version, 'bin'))
}

/** @param {string} path */
function tellsVersion(path) {
  return existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

const minutes = 60_000

/** @returns {boolean} Whether the tests of the database can run */
function ensurePostgres() {
  if (isThere()) return true
  const obstacle = installWithApt()
  if (obstacle === undefined && isThere()) return true
  console.error(
    `${obstacle ?? 'PostgreSQL is installed, but its programs do not start.'}\n` +
      'There is no PostgreSQL for the tests of the database, which are skipped; everything else works without one.\n' +
      "  fix: install PostgreSQL's server (Debian: `apt-get install postgresql`), or set POSTGRES_BIN to the folder of its `initdb`",
  )
  return false
}

function isThere() {
  const folder = findPostgres()
  if (folder === undefined) return false
  const { stdout } = spawnSync(join(folder, 'postgres'), ['--version'], { encoding: 'utf8', timeout: 20_000 })
  console.log(`The tests of the database use ${(stdout ?? '').trim() || 'PostgreSQL'} (${folder}).`)
  return true
}

/** @returns {string | undefined} What kept it from working */
function installWithApt() {
  if (process.getuid?.() !== 0 || !succeeds(['apt-get', '--version'], 'ignore')) {
    return 'Installing PostgreSQL with apt-get is not possible here: there is no apt-get, or no right to use it.'
  }
  console.log("Installing the system's PostgreSQL with apt-get …")
  const restore = withoutMainCluster()
  const aptGet = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q']
  const installed =
    succeeds([...aptGet, 'update'], 'inherit') &&
    succeeds([...aptGet, 'install', '-y', '--no-install-recommends', 'postgresql'], 'inherit')
  restore()
  return installed ? undefined : 'apt-get could not install PostgreSQL; its own messages stand above.'
}

/**
 * Debian's package makes a cluster and starts it, unless a file that does not exist yet says otherwise. Where it
 * exists, PostgreSQL has been here before, and its owner has decided.
 * @returns {() => void} Puts the package's own file in its place
 */
function withoutMainCluster() {
  const [own, standard] = [
    '/etc/postgresql-common/createcluster.conf',
    '/usr/share/postgresql-common/createcluster.conf',
  ]
  if (existsSync(own)) return () => undefined
  mkdirSync(dirname(own), { recursive: true })
  writeFileSync(own, 'create_main_cluster = false\n')
  return () => {
    if (existsSync(standard)) copyFileSync(standard, own)
  }
}

/**
 * @param {string[]} command
 * @param {'ignore' | 'inherit'} output
 */
function succeeds([program = '', ...args], output) {
  return spawnSync(program, args, { stdio: ['ignore', output, output], timeout: 15 * minutes }).status === 0
}

const startedFile = process.argv[1]
if (startedFile !== undefined && realpathSync(startedFile) === fileURLToPath(import.meta.url)) {
  // Only CI must have it: elsewhere the tests of the database say that they are skipped.
  process.exitCode = ensurePostgres() || !process.env.CI ? 0 : 1
}
