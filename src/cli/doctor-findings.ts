/** What `doctor` finds on a machine. Nothing here imports a package. */
import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { siteUrlOf } from '#domain/site-address.ts'
import { comparePackages } from './doctor-packages.ts'
import { oneLine, storeShown } from './doctor-settings.ts'
import type { Machine } from './doctor-tools.ts'
import type { World } from './world.ts'

export interface Finding {
  name: string
  state: 'ok' | 'missing' | 'wrong'
  /** Whether building a site is not possible without it. */
  isRequired: boolean
  found: string
  neededFor: string
  /** How to get it; empty where nothing has to be done. */
  fix: string
}

export async function examine(content: string | undefined, world: World, machine: Machine): Promise<Finding[]> {
  return [
    nodeOf(world, machine),
    ...packagesOf(world, machine),
    contentOf(content, world),
    addressOfSite(content, world),
    outputOf(world),
    storeOf(world),
    gitOf(world, machine),
    ...(await testToolsOf(machine)),
  ]
}

function nodeOf({ home }: World, { nodeVersion, nodePath }: Machine): Finding {
  const [, floor = '22.18'] = /"node": *">=([\d.]+)"/.exec(textOf(join(home, 'package.json')) ?? '') ?? []
  const isOwn = nodePath.startsWith(join(home, 'node_modules', '/'))
  const from = isOwn ? ', fetched by `npm ci` into node_modules for this folder alone' : ''
  const state = isAtLeast(nodeVersion, floor) ? 'ok' : 'wrong'
  return {
    name: 'Node.js',
    state,
    isRequired: true,
    found: `${nodeVersion} (needs ${floor} or newer)${from}`,
    neededFor: 'everything',
    fix: state === 'ok' ? '' : `install Node.js ${floor} or newer, then run \`npm ci\``,
  }
}

function packagesOf({ home }: World, { platform }: Machine): Finding[] {
  const lock = textOf(join(home, 'package-lock.json'))
  const installed = textOf(join(home, 'node_modules/.package-lock.json'))
  const exists = (path: string) => existsSync(join(home, path))
  const report = comparePackages(lock ?? '', installed, exists, platform)
  const finding = (name: string, state: Finding['state'], found: string, neededFor: string): Finding => ({
    name,
    state,
    isRequired: true,
    found,
    neededFor,
    fix: state === 'ok' ? '' : 'delete node_modules, and run `npm ci`',
  })
  const use = 'every command but this one'
  if (!report) return [finding('packages', 'wrong', 'package-lock.json cannot be read', use)]
  const { locked, missing, other, native, nativeMissing } = report
  const state = missing.length > 0 ? 'missing' : other.length > 0 ? 'wrong' : 'ok'
  const found =
    state === 'ok'
      ? `${locked} packages, as package-lock.json has them`
      : [
          ...(missing.length > 0 ? [`${missing.length} of ${locked} are missing: ${listed(missing)}`] : []),
          ...(other.length > 0 ? [`${other.length} differ from package-lock.json: ${listed(other)}`] : []),
        ].join('; ')
  const { os, cpu, libc } = platform
  const here = [os, cpu, ...(libc ? [libc] : [])].join(' ')
  const nativeFound =
    nativeMissing.length > 0
      ? `${nativeMissing.length} of ${native.length} for ${here} are missing: ${listed(nativeMissing)}`
      : native.length > 0
        ? `${native.length} for ${here}: ${listed(native)}`
        : `package-lock.json has none for ${here}`
  return [
    finding('packages', state, found, use),
    finding(
      'native packages',
      nativeMissing.length > 0 || native.length === 0 ? 'missing' : 'ok',
      nativeFound,
      'building, searching and pictures',
    ),
  ]
}

function contentFolder(given: string | undefined, { environment, directory, home }: World) {
  const named = given ?? environment.CONTENT_DIR
  return { named, folder: named === undefined ? join(home, 'content') : resolve(directory, named) }
}

function contentOf(given: string | undefined, world: World): Finding {
  const { named, folder } = contentFolder(given, world)
  const isThere = existsSync(folder) && statSync(folder).isDirectory()
  const shown = oneLine(named ?? 'content')
  const files = isThere
    ? readdirSync(folder, { recursive: true }).filter((path) => /\.(md|yml|jsonl)$/.test(String(path))).length
    : 0
  return {
    name: 'content',
    state: isThere ? 'ok' : 'missing',
    isRequired: true,
    found: isThere ? `\`${shown}\`, ${files} files` : `no folder \`${shown}\``,
    neededFor: 'a site',
    fix: isThere ? '' : 'make it, or name another one with --content or CONTENT_DIR',
  }
}

/** What no package reads is looked for by its line: a key of the whole file begins one. */
function addressOfSite(given: string | undefined, world: World): Finding {
  const { SITE_URL } = world.environment
  const [, written] =
    /^url: *["']?([^\s"'#]+)/m.exec(textOf(join(contentFolder(given, world).folder, 'site.yml')) ?? '') ?? []
  const address = SITE_URL || written
  return {
    name: 'address',
    state: address === undefined ? 'missing' : 'ok',
    isRequired: false,
    found: address === undefined ? 'no `url` in site.yml, and no SITE_URL' : oneLine(address),
    neededFor: `publishing the site: without it canonical links, feeds and the sitemap begin with ${siteUrlOf()}`,
    fix: address === undefined ? 'write `url: https://example.org` into site.yml, or set SITE_URL' : '',
  }
}

function outputOf({ environment, home }: World): Finding {
  const named = environment.OUT_DIR || 'dist'
  // Where it is not there yet, it is made in the nearest folder that is.
  let folder = resolve(home, named)
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder)
  const isWritable = statSync(folder).isDirectory() && canWrite(folder)
  return {
    name: 'output',
    state: isWritable ? 'ok' : 'wrong',
    isRequired: true,
    found: `\`${oneLine(named)}\` ${isWritable ? 'can be written' : 'cannot be written'}`,
    neededFor: 'building the site',
    fix: isWritable ? '' : 'name a folder that can be written with OUT_DIR',
  }
}

function storeOf({ environment }: World): Finding {
  const shown = storeShown(environment.EVIDENCE_STORE)
  return {
    name: 'evidence store',
    state: shown === undefined ? 'wrong' : 'ok',
    isRequired: true,
    found: shown ?? 'EVIDENCE_STORE is no address of a store',
    neededFor: 'commands that write evidence',
    fix: shown === undefined ? 'write `files`, or a database such as `postgresql://user@host/database`' : '',
  }
}

function gitOf({ home }: World, { output }: Machine): Finding {
  const version = output('git', ['--version'])
  const neededFor = 'comparing the content with an earlier commit (`check --since`, `diff`)'
  const finding = { name: 'git', isRequired: false, neededFor }
  if (version === undefined) return { ...finding, state: 'missing', found: 'not found', fix: 'install git' }
  const shown = oneLine(version.replace(/^git version /, ''))
  const shallow = output('git', ['rev-parse', '--is-shallow-repository'], home)
  if (shallow === 'true') {
    const fix = 'run `git fetch --unshallow`; in a workflow, `fetch-depth: 0` of actions/checkout'
    return {
      ...finding,
      state: 'wrong',
      found: `${shown}, and the clone is shallow: earlier commits are not in it`,
      fix,
    }
  }
  return {
    ...finding,
    state: 'ok',
    found: shallow === undefined ? `${shown}, and this is no clone` : shown,
    fix: '',
  }
}

async function testToolsOf(machine: Machine): Promise<Finding[]> {
  const [browser, postgres, readers] = [
    await machine.browser(),
    await machine.postgres(),
    await machine.missingReaders(),
  ]
  const initdb = postgres === undefined ? undefined : machine.output(join(postgres, 'initdb'), ['--version'])
  const setUp = '`npm run test:set-up` installs what it may'
  return [
    {
      name: 'browser',
      state: browser === undefined ? 'missing' : 'ok',
      isRequired: false,
      found: browser === undefined ? 'no Chromium was found' : oneLine(browser),
      neededFor: 'the browser tests',
      fix: browser === undefined ? `${setUp}; or set CHROMIUM_PATH to one` : '',
    },
    {
      name: 'PostgreSQL',
      state: initdb === undefined ? 'missing' : 'ok',
      isRequired: false,
      found: oneLine(initdb ?? (postgres === undefined ? 'no initdb was found' : `no initdb in ${postgres}`)),
      neededFor: 'the tests of the database',
      fix: initdb === undefined ? `${setUp}; or set POSTGRES_BIN to the folder of \`initdb\`` : '',
    },
    {
      name: 'feed readers',
      state: readers.length === 0 ? 'ok' : 'missing',
      isRequired: false,
      found: readers.length === 0 ? 'all are here' : `not here: ${readers.join(', ')}`,
      neededFor: 'the tests of feeds and calendars',
      fix: readers.length === 0 ? '' : `${setUp}; or \`apt-get install ${readers.join(' ')}\` as root`,
    },
  ]
}

function listed(paths: readonly string[]): string {
  const names = paths.map((path) => oneLine(path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)))
  return names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ')
}

function isAtLeast(version: string, floor: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const [floorMajor = 0, floorMinor = 0] = floor.split('.').map(Number)
  return major > floorMajor || (major === floorMajor && minor >= floorMinor)
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
