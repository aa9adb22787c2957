import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { examine } from '../../src/cli/doctor-findings.ts'
import { comparePackages } from '../../src/cli/doctor-packages.ts'
import { settingNames, settingsShown, storeShown } from '../../src/cli/doctor-settings.ts'
import type { Machine } from '../../src/cli/doctor-tools.ts'
import type { World } from '../../src/cli/world.ts'
import { asOf, folderOf } from '#tests/builders.ts'

const linux = { os: 'linux', cpu: 'arm64', libc: 'glibc' } as const
const packages = {
  '': { name: 'works-on-arm' },
  'node_modules/astro': { version: '7.3.4', integrity: 'sha512-a' },
  'node_modules/a/node_modules/astro': { version: '1.0.0', integrity: 'sha512-b' },
  'node_modules/@img/sharp-linux-arm64': {
    version: '1',
    optional: true,
    os: ['linux'],
    cpu: ['arm64'],
    libc: ['glibc'],
  },
  'node_modules/@img/sharp-linuxmusl-arm64': {
    version: '1',
    optional: true,
    os: ['linux'],
    cpu: ['arm64'],
    libc: ['musl'],
  },
  'node_modules/@img/sharp-win32-x64': { version: '1', optional: true, os: ['win32'], cpu: ['x64'] },
  'node_modules/not-windows': { version: '1', optional: true, os: ['!win32'] },
}
const lock = JSON.stringify({ packages })
const without = (...paths: string[]) =>
  JSON.stringify({ packages: Object.fromEntries(Object.entries(packages).filter(([path]) => !paths.includes(path))) })
const everything = () => true

const machine = (changes: Partial<Machine> = {}): Machine => ({
  nodeVersion: '22.18.0',
  nodePath: '/usr/bin/node',
  platform: linux,
  output: (_, [argument]) => (argument === '--version' ? 'git version 2.39.5' : 'false'),
  browser: () => Promise.resolve('/usr/bin/chromium'),
  postgres: () => Promise.resolve('/usr/lib/postgresql/15/bin'),
  missingReaders: () => Promise.resolve([]),
  ...changes,
})

function worldOf(files: Record<string, string>, environment: World['environment'] = {}): World {
  const home = folderOf(files)
  const nothing = () => undefined
  return {
    environment,
    directory: home,
    home,
    now: asOf,
    isTerminal: false,
    standardInput: () => new Uint8Array(),
    answer: nothing,
    tell: nothing,
  }
}

const complete = {
  'package.json': '{"engines": {"node": ">=22.18"}}',
  'package-lock.json': lock,
  'node_modules/.package-lock.json': without(
    '',
    'node_modules/@img/sharp-linuxmusl-arm64',
    'node_modules/@img/sharp-win32-x64',
  ),
  'node_modules/astro/x': '',
  'node_modules/a/node_modules/astro/x': '',
  'node_modules/@img/sharp-linux-arm64/x': '',
  'node_modules/not-windows/x': '',
  'content/site.yml': 'title: Test\nurl: "https://example.org" # ours\n',
}

async function notOk(world: World, changes: Partial<Machine> = {}) {
  const findings = await examine(undefined, world, machine(changes))
  return findings
    .filter(({ state }) => state !== 'ok')
    .map(({ name, state, isRequired }) => ({ name, state, isRequired }))
}

test('where everything is here, nothing is to be done', async () => {
  const findings = await examine(undefined, worldOf(complete), machine())
  expect(findings.filter(({ state, fix }) => state !== 'ok' || fix !== '')).toEqual([])
  expect(findings.find(({ name }) => name === 'content')?.found).toBe('`content`, 1 files')
})

test.each<[string, Partial<Machine>, object]>([
  ['an old Node.js', { nodeVersion: '20.19.5' }, { name: 'Node.js', state: 'wrong', isRequired: true }],
  [
    'no git',
    { output: (command) => (command === 'git' ? undefined : '') },
    { name: 'git', state: 'missing', isRequired: false },
  ],
  [
    'a shallow clone',
    { output: (_, [first]) => (first === '--version' ? 'git version 2' : 'true') },
    { name: 'git', state: 'wrong', isRequired: false },
  ],
  [
    'no browser',
    { browser: () => Promise.resolve(undefined) },
    { name: 'browser', state: 'missing', isRequired: false },
  ],
  [
    'no database',
    { postgres: () => Promise.resolve(undefined) },
    { name: 'PostgreSQL', state: 'missing', isRequired: false },
  ],
  [
    'no reader',
    { missingReaders: () => Promise.resolve(['khal']) },
    { name: 'feed readers', state: 'missing', isRequired: false },
  ],
  [
    'another machine',
    { platform: { os: 'win32', cpu: 'mips', libc: undefined } },
    { name: 'native packages', state: 'missing', isRequired: true },
  ],
])('%s is found', async (_, changes, finding) => {
  expect(await notOk(worldOf(complete), changes)).toContainEqual(finding)
})

test.each<[string, Record<string, string>, World['environment'], object]>([
  [
    'no list of what is installed',
    { 'node_modules/.package-lock.json': '{' },
    {},
    { name: 'packages', state: 'missing' },
  ],
  [
    'another version',
    { 'node_modules/.package-lock.json': complete['node_modules/.package-lock.json'].replace('7.3.4', '7.3.5') },
    {},
    { name: 'packages', state: 'wrong' },
  ],
  ['no lockfile', { 'package-lock.json': '[]' }, {}, { name: 'packages', state: 'wrong' }],
  ['no content', {}, { CONTENT_DIR: 'elsewhere' }, { name: 'content', state: 'missing' }],
  ['a file for the output', {}, { OUT_DIR: 'package.json/dist' }, { name: 'output', state: 'wrong' }],
  [
    'a store that is none',
    {},
    { EVIDENCE_STORE: 'mysql://u:secret@host/x' },
    { name: 'evidence store', state: 'wrong' },
  ],
])('%s is found', async (_, files, environment, finding) => {
  const world = worldOf({ ...complete, ...files }, environment)
  expect(await notOk(world)).toContainEqual({ ...finding, isRequired: true })
  expect(JSON.stringify(await examine(undefined, world, machine()))).not.toContain('secret')
})

test('a site without an address is told, unless the environment has it', async () => {
  const files = { ...complete, 'content/site.yml': 'title: Test\nmail:\n  url: https://example.org\n' }
  expect(await notOk(worldOf(files))).toEqual([{ name: 'address', state: 'missing', isRequired: false }])
  expect(await notOk(worldOf(files, { SITE_URL: 'https://example.org' }))).toEqual([])
})

test('a Node.js of the project’s own is said to be one', async () => {
  const world = worldOf(complete)
  const nodePath = join(world.home, 'node_modules/.node/26.10.0/node')
  const [node] = await examine(undefined, world, machine({ nodePath }))
  expect(node?.found).toBe(
    '22.18.0 (needs 22.18 or newer), fetched by `npm ci` into node_modules for this folder alone',
  )
})

test('packages are compared with the lockfile, and with the disk', () => {
  const isHere = (path: string) => path !== 'node_modules/a/node_modules/astro'
  expect(comparePackages(lock, without('node_modules/astro'), isHere, linux)).toMatchObject({
    locked: 2,
    missing: ['node_modules/astro', 'node_modules/a/node_modules/astro'],
    other: [],
  })
})

test('native packages are those of the system, the processor and the C library', () => {
  const native = (platform: Parameters<typeof comparePackages>[3]) =>
    comparePackages(lock, lock, everything, platform)?.native
  expect(native(linux)).toEqual(['node_modules/@img/sharp-linux-arm64', 'node_modules/not-windows'])
  expect(native({ ...linux, libc: 'musl' })).toEqual([
    'node_modules/@img/sharp-linuxmusl-arm64',
    'node_modules/not-windows',
  ])
  expect(native({ os: 'win32', cpu: 'x64', libc: undefined })).toEqual(['node_modules/@img/sharp-win32-x64'])
})

test('settings are shown, secrets are not', () => {
  const shown = settingsShown({
    GITHUB_TOKEN: 'ghp_secret',
    SITE_URL: 'https://ada:secret@example.org/',
    OUT_DIR: 'a\u001b[31m\nb',
    EVIDENCE_STORE: 'postgresql://ada:secret@host/x',
    BASE_PATH: '',
    HOME: '/root',
  })
  expect(shown).toEqual({
    EVIDENCE_STORE: 'set',
    GITHUB_TOKEN: 'set',
    OUT_DIR: 'a [31m b',
    SITE_URL: 'https://…@example.org/',
  })
  expect(storeShown('postgresql://ada:secret@db.example.org:5432/works')).toBe(
    'PostgreSQL at db.example.org:5432/works',
  )
})

test('every setting is one that the code asks for', () => {
  const folders = ['src', 'scripts'].map((name) => fileURLToPath(new URL(`../../${name}`, import.meta.url)))
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map(String)
      .filter((path) => /\.(ts|mjs)$/.test(path) && !path.includes('doctor'))
      .map((path) => readFileSync(join(folder, path), 'utf8')),
  )
  expect(settingNames.filter((name) => !sources.some((text) => text.includes(name)))).toEqual([])
})

test('it runs where no package is installed, and says so', () => {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  const folder = folderOf({ 'content/site.yml': 'title: Test\n' })
  for (const name of ['src', 'scripts', 'package.json', 'package-lock.json']) {
    cpSync(join(root, name), join(folder, name), { recursive: true })
  }
  const { status, stdout } = spawnSync(process.execPath, ['src/cli/main.ts', 'doctor', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH },
  })
  const { isReady, findings } = JSON.parse(stdout) as { isReady: boolean; findings: { name: string; state: string }[] }
  expect([status, isReady]).toEqual([1, false])
  expect(findings.find(({ name }) => name === 'packages')?.state).toBe('missing')
}, 60_000)
