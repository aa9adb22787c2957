import { describe, expect, test } from 'vitest'
import { judge } from '#scan/judge.ts'
import type { Entry, Report } from '#scan/report.ts'
import { indexOf, realStack, reportOf, stackOf } from './stacks.ts'

const requirements = (name: string) => ({ 'requirements.txt': `${name}==1.0\n` })
const entryNamed = ({ entries }: Report, name: string): Entry | undefined =>
  entries.find((entry) => entry.name === name)

describe('a binary package of Debian', () => {
  const zlib = indexOf({ zlib: { identifiers: ['pkg:deb/debian/zlib'], support: 'works' } })
  const stanza = 'Package: zlib1g\nStatus: install ok installed\nSource: zlib (1:1)\nVersion: 1\n'

  test('is of the project that its source package means', async () => {
    const { entries, problems } = await reportOf({ status: stanza }, zlib)
    expect(entries).toMatchObject([{ name: 'zlib', verdict: 'ready', packages: [{ way: 'by its source package' }] }])
    expect(problems).toEqual([])
  })

  test.each([
    ['installed.txt', 'ii  zlib  1  amd64  It\nii  zlib1g  1  amd64  It\nii  adduser  1  all  It\n', 2, '`zlib1g`'],
    ['Dockerfile', 'FROM scratch\nRUN apt-get install -y zlib zlib1g libssl3\n', 2, '`zlib1g` and 1 more'],
  ])('is unknown in %s, which does not tell its source, and a warning says so', async (name, text, line, names) => {
    const { entries, problems } = await reportOf({ [name]: text }, zlib)
    expect(entries).toMatchObject([{ name: 'zlib', packages: [{ name: 'zlib' }] }])
    expect(problems).toMatchObject([
      {
        code: 'source-untold',
        severity: 'warning',
        place: { file: name, line },
        reason: `Missing source package of ${names}, expected it beside the name: a project that is known by its source is not found, and counts as unknown.`,
      },
    ])
  })
})

describe('the verdict of a known project', () => {
  test.each([
    ['works', '2026-05-12', 'ready', 'Claimed 2026-05-12: it works.'],
    ['works', '2017-05-12', 'caution', 'Stale since 2018-11-12; said 2017-05-12: it works.'],
    ['partial', '2026-05-12', 'caution', 'Claimed 2026-05-12: it works in part.'],
    ['experimental', '2026-05-12', 'caution', 'Claimed 2026-05-12: it needs a patch, a flag or a build of your own.'],
    ['available', '2026-05-12', 'caution', 'Claimed 2026-05-12: a package exists, and nobody has shown it running.'],
    ['in-progress', '2026-05-12', 'caution', 'Claimed 2026-05-12: it is being ported.'],
    ['broken', '2026-05-12', 'blocked', 'Claimed 2026-05-12: it is broken.'],
    ['dropped', '2026-05-12', 'blocked', 'Claimed 2026-05-12: it was supported once, and is no more.'],
    ['unsupported', '2026-05-12', 'blocked', 'Claimed 2026-05-12: it is not supported.'],
    ['unsupported', '2017-05-12', 'caution', 'Stale since 2018-11-12; said 2017-05-12: it is not supported.'],
    ['not-applicable', '2026-05-12', 'unknown', 'Claimed 2026-05-12: the question makes no sense there.'],
  ])('that is claimed as %s on %s is %s', async (support, date, verdict, reason) => {
    const index = indexOf({ it: { identifiers: ['pkg:pypi/it'], support, date } })
    const { entries, counts } = await reportOf(requirements('it'), index)
    expect(entries).toMatchObject([{ verdict, name: 'it', project: { id: 'it', support }, reasons: [reason] }])
    expect(counts).toEqual({ ready: 0, caution: 0, blocked: 0, unknown: 0, [verdict]: 1 })
  })

  test('of which nothing is recorded on the architecture is unknown', async () => {
    const index = indexOf({ it: { identifiers: ['pkg:pypi/it'], support: 'works' } })
    const { entries } = await reportOf(requirements('it'), index, 'amd64')
    expect(entries).toMatchObject([{ verdict: 'unknown', project: { id: 'it', support: 'unknown', basis: 'none' } }])
  })
})

describe('a package that is in no catalog', () => {
  test('is told apart from what is known, and not listed where nothing shows that it depends on the architecture', async () => {
    const report = await reportOf(requirements('it'), indexOf({}))
    expect(report.entries).toEqual([])
    expect(report.others).toEqual([
      { name: 'it', version: '1.0', purl: 'pkg:pypi/it@1.0', file: 'requirements.txt', line: 1 },
    ])
    expect(report.counts).toEqual({ ready: 0, caution: 0, blocked: 0, unknown: 1 })
  })

  test('is counted once, whatever its versions', async () => {
    const { others } = await reportOf(
      { 'requirements.txt': 'it==1.0\nit==2.0\n', 'constraints.txt': 'IT\n' },
      indexOf({}),
    )
    expect(others).toHaveLength(1)
  })

  test('is unknown and listed where it runs something at its installation', async () => {
    const text = JSON.stringify({
      lockfileVersion: 3,
      packages: { 'node_modules/a': { version: '1.0.0', hasInstallScript: true } },
    })
    const { entries } = await reportOf({ 'package-lock.json': text }, indexOf({}))
    expect(entries).toMatchObject([
      {
        verdict: 'unknown',
        name: 'a',
        reasons: [
          'It runs a script when it is installed, which may build or fetch native code.',
          'It is not in the catalog.',
        ],
      },
    ])
  })

  test('is unknown and listed where it is an image', async () => {
    const { entries } = await reportOf({ Dockerfile: 'FROM postgres:17\n' }, indexOf({}))
    expect(entries).toMatchObject([
      {
        verdict: 'unknown',
        name: 'postgres',
        reasons: [expect.stringContaining('An image is for') as string, 'It is not in the catalog.'],
      },
    ])
  })

  test('is unknown and listed where its name is open', async () => {
    const { entries } = await reportOf({ Dockerfile: 'ARG BASE\nFROM ${BASE}\n' }, indexOf({}))
    expect(entries).toMatchObject([
      { name: '${BASE}', reasons: ['Its name is open until the build: `${BASE}`.', 'It is not in the catalog.'] },
    ])
  })
})

describe('what is built for single platforms', () => {
  const lock = (cpus: string[]) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        'node_modules/tool': {
          version: '1.0.0',
          optionalDependencies: Object.fromEntries(cpus.map((cpu) => [`@tool/x-${cpu}`, '1.0.0'])),
        },
        ...Object.fromEntries(
          cpus.map((cpu) => [
            `node_modules/@tool/x-${cpu}`,
            { version: '1.0.0', os: cpu === 'wasm32' ? [] : ['linux'], cpu: [cpu] },
          ]),
        ),
      },
    })
  const known = indexOf({ tool: { identifiers: ['pkg:npm/tool'], support: 'works' } })

  test('is ready where the lockfile has a build, and says which', async () => {
    const { entries } = await reportOf({ 'package-lock.json': lock(['x64', 'arm64']) }, known)
    expect(entries).toMatchObject([
      {
        verdict: 'ready',
        reasons: ['Claimed 2026-05-12: it works.', 'The file has a build for arm64: `@tool/x-arm64`.'],
      },
    ])
    expect(entries[0]?.packages).toHaveLength(1)
    expect(entries[0]?.builds.map(({ name }) => name)).toEqual(['@tool/x-x64', '@tool/x-arm64'])
  })

  test('needs caution where it works, and the lockfile has no build', async () => {
    const { entries } = await reportOf({ 'package-lock.json': lock(['x64', 's390x']) }, known)
    expect(entries).toMatchObject([
      {
        verdict: 'caution',
        reasons: ['The file has no build for arm64, only for `x64` and `s390x`.', 'Claimed 2026-05-12: it works.'],
      },
    ])
  })

  test('needs caution where nothing else is known', async () => {
    const { entries } = await reportOf({ 'package-lock.json': lock(['x64', 'wasm32']) }, indexOf({}))
    expect(entries).toMatchObject([
      {
        verdict: 'caution',
        name: 'tool',
        reasons: [
          'The file has no build for arm64, only for `x64`. Its WebAssembly build may serve instead.',
          'It is not in the catalog.',
        ],
      },
    ])
  })

  test('says where a word may mean the architecture', async () => {
    const { entries } = await reportOf({ 'package-lock.json': lock(['arm']) }, indexOf({}), 'armv7')
    expect(entries).toMatchObject([
      {
        verdict: 'unknown',
        reasons: [expect.stringContaining('does not say which `arm` it means') as string, 'It is not in the catalog.'],
      },
    ])
  })

  test('stays blocked where it is known not to work', async () => {
    const index = indexOf({ tool: { identifiers: ['pkg:npm/tool'], support: 'broken' } })
    const { entries } = await reportOf({ 'package-lock.json': lock(['x64']) }, index)
    expect(entries).toMatchObject([{ verdict: 'blocked' }])
  })

  test('is not asked of what is for another system', async () => {
    const text = JSON.stringify({
      lockfileVersion: 3,
      packages: {
        'node_modules/fsevents': { version: '2.3.3', os: ['darwin'] },
        'node_modules/win': { version: '1.0.0', os: ['win32'], cpu: ['x64'] },
      },
    })
    const { entries, others } = await reportOf({ 'package-lock.json': text }, indexOf({}))
    expect(entries).toEqual([])
    expect(others.map(({ name }) => name)).toEqual(['fsevents', 'win'])
  })

  test('is not held against an SBOM, which tells of one installation', async () => {
    const text = JSON.stringify({
      bomFormat: 'CycloneDX',
      components: ['pkg:npm/esbuild@1', 'pkg:npm/%40esbuild/linux-x64@1'].map((purl) => ({ name: purl, purl })),
    })
    const { entries } = await reportOf(
      { 'bom.json': text },
      indexOf({ esbuild: { identifiers: ['pkg:npm/esbuild'], support: 'works' } }),
    )
    expect(entries).toMatchObject([
      {
        verdict: 'ready',
        reasons: [
          'Claimed 2026-05-12: it works.',
          'The file names a build of it for another platform: `@esbuild/linux-x64`.',
        ],
        packages: [{ name: 'esbuild' }],
        builds: [{ name: '@esbuild/linux-x64' }],
      },
    ])
  })

  test('is one entry also where only builds of it are there', async () => {
    const text = JSON.stringify({
      bomFormat: 'CycloneDX',
      components: ['x64', 'arm64'].map((cpu) => ({ name: cpu, purl: `pkg:npm/%40a/b-linux-${cpu}@1` })),
    })
    const { entries } = await reportOf({ 'bom.json': text }, indexOf({}))
    expect(entries).toMatchObject([{ verdict: 'unknown', name: '@a/b', packages: [], builds: [{}, {}] }])
  })
})

describe('wheels', () => {
  const uv = (...wheels: string[]) => ({
    'uv.lock': `version = 1\nrequires-python = ">=3.12"\n\n[[package]]\nname = "it"\nversion = "1.0"\nsource = { registry = "x" }\nsdist = { url = "https://example.org/it-1.0.tar.gz" }\nwheels = [${wheels.map((name) => `{ url = "https://example.org/it-1.0-${name}.whl" }`).join(', ')}]\n`,
  })

  test.each<[string, string[], string | undefined, string | undefined]>([
    ['for every machine', ['py3-none-any'], undefined, undefined],
    ['for this one', ['cp312-cp312-manylinux_2_17_aarch64'], 'unknown', 'The file has a build for arm64'],
    [
      'for another one',
      ['cp312-cp312-manylinux_2_17_x86_64'],
      'caution',
      'The file has no build for arm64, only for `x86_64`. It would be built from source.',
    ],
    [
      'for other systems',
      ['cp312-cp312-win_amd64'],
      'unknown',
      'The file has builds for other systems alone. It would be built from source.',
    ],
  ])('%s make it %s', async (_, wheels, verdict, reason) => {
    const [entry] = (await reportOf(uv(...wheels), indexOf({}))).entries
    expect(entry?.verdict).toBe(verdict)
    if (reason !== undefined) expect(entry?.reasons[0]).toContain(reason)
  })
})

describe('an image', () => {
  const nginx = indexOf({ nginx: { identifiers: ['pkg:docker/nginx'], support: 'works' } })

  test.each([
    ['FROM nginx:1', 'arm64', 'ready'],
    ['FROM --platform=linux/arm64 nginx:1', 'arm64', 'ready'],
    ['FROM --platform=linux/amd64 nginx:1', 'arm64', 'caution'],
    ['FROM arm64v8/nginx:1', 'arm64', 'ready'],
    ['FROM arm64v8/nginx:1', 'amd64', 'caution'],
  ])('by %j on %s is %s', async (text, architecture, verdict) => {
    const { entries } = await reportOf({ Dockerfile: text }, nginx, architecture)
    expect(entries).toMatchObject([{ verdict, project: { id: 'nginx' } }])
  })

  test('says that it is pinned to another platform', async () => {
    const { entries } = await reportOf({ Dockerfile: 'FROM --platform=linux/amd64 nginx:1' }, nginx)
    expect(entries[0]?.reasons).toEqual([
      'The file pins it to `linux/amd64`: on arm64 it would run emulated, if at all.',
      'Claimed 2026-05-12: it works.',
    ])
  })
})

test('what presses most comes first, and then what is known', async () => {
  const index = indexOf({
    a: { identifiers: ['pkg:pypi/a'], support: 'works' },
    b: { identifiers: ['pkg:pypi/b'], support: 'broken' },
    c: { identifiers: ['pkg:pypi/c'] },
    d: { identifiers: ['pkg:pypi/d'], support: 'partial' },
  })
  const files = { 'requirements.txt': 'a\nb\nc\nd\n', Dockerfile: 'FROM zz\nFROM --platform=linux/s390x yy\n' }
  const { entries } = await reportOf(files, index)
  expect(entries.map(({ name, verdict }) => [verdict, name])).toEqual([
    ['blocked', 'b'],
    ['caution', 'd'],
    ['caution', 'yy'],
    ['unknown', 'c'],
    ['unknown', 'zz'],
    ['ready', 'a'],
  ])
})

test('a project is one entry, with every package that means it and the way it does', async () => {
  const index = indexOf({
    python: { identifiers: ['pkg:deb/debian/python3.11', 'pkg:docker/python'], support: 'works' },
  })
  const report = judge(await realStack('dpkg/dpkg-query.txt'), index, 'arm64')
  expect(entryNamed(report, 'python')?.packages).toMatchObject([
    { name: 'libpython3.11-stdlib', way: 'by its source package' },
    { name: 'python3.11-minimal', way: 'by its source package' },
  ])
})

test('the same files give the same report in any order of their components', async () => {
  const index = indexOf({ esbuild: { identifiers: ['pkg:npm/esbuild'], support: 'works' } })
  const stack = await realStack('npm-3/package-lock.json')
  const turned = { ...stack, components: [...stack.components].reverse() }
  const outline = ({ entries, others, counts }: Report) => [
    entries.map(({ verdict, name, builds }) => [verdict, name, builds.length]),
    others.map(({ name }) => name),
    counts,
  ]
  expect(outline(judge(turned, index, 'arm64'))).toEqual(outline(judge(stack, index, 'arm64')))
})

test('several files are one stack', async () => {
  const stack = await stackOf({ 'go.sum': 'example.org/a v1.0.0 h1:x=\n', 'requirements.txt': 'b\n' })
  expect(judge(stack, indexOf({}), 'arm64')).toMatchObject({
    components: 2,
    files: [{ format: 'Go checksums' }, { format: 'pip requirements' }],
  })
})
