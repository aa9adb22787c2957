import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { answerOf, type AskNpm } from '#hooks/npm-client.ts'
import { npmNameOf, parseMain, parsePlatform, type PlatformPackage } from '#hooks/npm-package.ts'
import { namesOtherSystem, nodeWordsOf, platformOf } from '#hooks/npm-platform.ts'
import { probePackage } from '#hooks/probe-npm.ts'
import { asOf, propertyTimeout, runsOf } from '#tests/builders.ts'

const recorded = new Map(
  // The file is our own, and each of its answers is checked as a stranger's.
  Object.entries(
    JSON.parse(readFileSync(new URL('../fixtures/npm/answers.json', import.meta.url), 'utf8')) as Record<
      string,
      unknown
    >,
  ),
)

const words = nodeWordsOf(
  new Map([
    ['amd64', { node: 'x64' }],
    ['arm64', { node: 'arm64' }],
    ['armv7', { node: 'arm' }],
    ['armv6', { node: 'arm' }],
    ['i386', { node: 'ia32' }],
    ['ppc64le', { node: 'ppc64 (little-endian)' }],
    ['s390x', { node: 's390x' }],
    ['riscv64', { node: 'riscv64' }],
    ['loong64', { node: 'loong64' }],
    ['other', {}],
  ]),
)

const asRecorded: AskNpm = (specification) =>
  Promise.resolve(
    answerOf(
      JSON.stringify(recorded.get(specification) ?? {}),
      !JSON.stringify(recorded.get(specification)).includes('"error"'),
    ),
  )

/** Answers with one package that lists platforms, and with these. */
function answering(
  optional: Record<string, unknown>,
  platforms: Record<string, Record<string, unknown>> = {},
): { ask: AskNpm; asked: string[] } {
  const asked: string[] = []
  const ask: AskNpm = (specification) => {
    asked.push(specification)
    const at = specification.lastIndexOf('@')
    const [name, version] = [specification.slice(0, at), specification.slice(at + 1)]
    if (name === 'tool') {
      return Promise.resolve({ kind: 'found', json: { name, version: '1.2.3', optionalDependencies: optional } })
    }
    const platform = platforms[name]
    return Promise.resolve(
      platform
        ? { kind: 'found', json: { name, version, os: ['linux'], cpu: ['x64'], ...platform } }
        : { kind: 'missing' },
    )
  }
  return { ask, asked }
}

const tool = { project: 'tool', package: 'tool' }
const probe = (ask: AskNpm, changes: { known?: number } = {}) =>
  probePackage(tool, 'latest', { ask, words, now: asOf, knownOf: () => changes.known ?? 0 })

function found(changes: Partial<PlatformPackage> = {}): PlatformPackage {
  return { name: '@tool/x', version: '1.2.3', description: '', os: ['linux'], cpu: ['x64'], libc: [], ...changes }
}

describe('a platform package', () => {
  test('is available on the architecture that it names', async () => {
    const { ask } = answering(
      { '@tool/linux-x64': '1.2.3' },
      { '@tool/linux-x64': { 'dist.integrity': 'sha512-abc', time: { '1.2.3': '2026-08-08T20:36:04.811000+00:00' } } },
    )
    const { records, problems, version } = await probe(ask)
    expect(problems).toEqual([])
    expect(version).toBe('1.2.3')
    expect(records).toEqual([
      {
        schema: 1,
        id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        project: 'tool',
        architecture: 'amd64',
        version: '1.2.3',
        level: 'available',
        outcome: 'passed',
        source: { provider: 'npm', repository: 'tool', job: '@tool/linux-x64' },
        run: { id: '@tool/linux-x64@1.2.3', attempt: 1 },
        observedAt: '2026-08-08T20:36:04Z',
        link: 'https://www.npmjs.com/package/@tool/linux-x64/v/1.2.3',
        artifact: { name: '@tool/linux-x64@1.2.3', digest: 'sha512-abc' },
        provenance: { how: 'probed' },
      },
    ])
  })

  test.each([
    ['arm64', 'arm64'],
    ['ia32', 'i386'],
    ['ppc64', 'ppc64le'],
    ['s390x', 's390x'],
    ['riscv64', 'riscv64'],
    ['loong64', 'loong64'],
  ])('for %s is one for %s', (word, id) => {
    expect(platformOf(found({ cpu: [word] }), words)).toEqual({ kind: 'linux', architectures: [id] })
  })

  test('for several architectures counts for each', () => {
    expect(platformOf(found({ cpu: ['x64', 'arm64'] }), words)).toMatchObject({ architectures: ['amd64', 'arm64'] })
  })

  test('says its C library where it is not the usual one', () => {
    expect(platformOf(found({ libc: ['musl'] }), words)).toMatchObject({ libc: 'musl' })
    expect(platformOf(found({ libc: ['glibc'] }), words)).not.toHaveProperty('libc')
    expect(platformOf(found({ libc: ['glibc', 'musl'] }), words)).not.toHaveProperty('libc')
  })

  test.each([[['darwin']], [['win32', 'android']], [['!linux']]])('for the systems %j is ignored', (os) => {
    expect(platformOf(found({ os }), words)).toEqual({ kind: 'other' })
  })

  test.each([[[]], [['linux', 'darwin']], [['!win32']], [['any']]])('for the systems %j is for Linux too', (os) => {
    expect(platformOf(found({ os }), words)).toMatchObject({ kind: 'linux' })
  })

  test.each([[[]], [['wasm32']], [['any']], [['!arm']], [['mips64el']], [['__proto__', 'constructor']]])(
    'for the processors %j shows nothing about a column',
    (cpu) => {
      expect(platformOf(found({ cpu }), words)).toEqual({ kind: 'other' })
    },
  )

  test('for big-endian POWER is not one for little-endian', () => {
    const description = 'The Linux PowerPC 64-bit Big Endian binary'
    expect(platformOf(found({ cpu: ['ppc64'], description }), words)).toEqual({ kind: 'other' })
    expect(platformOf(found({ cpu: ['ppc64'], name: '@tool/linux-ppc64be' }), words)).toEqual({ kind: 'other' })
  })
})

describe('a platform package for `arm`', () => {
  test.each([
    ['@tool/linux-armv7', ''],
    ['@tool/linux-arm-gnueabihf', ''],
    ['@tool/linux-arm-musleabihf', ''],
    ['@tool/linux-arm', 'The binary for ARMv7'],
  ])('counts for ARMv7 where it says so: %s %s', (name, description) => {
    expect(platformOf(found({ name, description, cpu: ['arm'] }), words)).toMatchObject({ architectures: ['armv7'] })
  })

  test('counts for ARMv6 where it says so', () => {
    expect(platformOf(found({ name: '@tool/linux-armv6', cpu: ['arm'] }), words)).toMatchObject({
      architectures: ['armv6'],
    })
  })

  test('is a warning where it does not say which, and no evidence', async () => {
    const { ask } = answering({ '@tool/linux-arm': '1.2.3' }, { '@tool/linux-arm': { cpu: ['arm'] } })
    const { records, problems } = await probe(ask)
    expect(records).toEqual([])
    expect(problems).toMatchObject([{ code: 'ambiguous-architecture', severity: 'warning', actual: 'arm' }])
  })
})

describe('what a package lists', () => {
  test('with another version is a part of its own and is not asked for', async () => {
    const { ask, asked } = answering({ '@tool/library-linux-x64': '1.0.0' })
    expect(await probe(ask)).toMatchObject({ records: [], ignored: 1, problems: [] })
    expect(asked).toEqual(['tool@latest'])
  })

  test.each([
    '@tool/darwin-arm64',
    'tool-win32-x64-msvc',
    '@tool/binding-wasm32-wasi',
    '@tool/android-arm',
    '@tool/windows-x64',
  ])('by a name of another system is not asked for: %s', async (name) => {
    const { ask, asked } = answering({ [name]: '1.2.3' })
    expect(await probe(ask)).toMatchObject({ ignored: 1 })
    expect(asked).toEqual(['tool@latest'])
  })

  test.each([
    ['--registry=https://example.org', '1.2.3'],
    ['../tool', '1.2.3'],
    ['@tool/linux-x64', 'npm:other@1.2.3'],
    ['@tool/linux-x64', '^1.2.3'],
    ['@tool/linux-x64', 'https://example.org/tool.tgz'],
    ['@tool/linux-x64', { toString: 1 }],
    ['__proto__', '1.2.3'],
  ])('is not asked for where it is no name and version: %s %s', async (name, version) => {
    const { ask, asked } = answering({ ['x']: 1, [name]: version })
    expect((await probe(ask)).records).toEqual([])
    expect(asked).toEqual(['tool@latest'])
  })

  test('and the registry does not have is a warning', async () => {
    const { ask } = answering({ '@tool/linux-x64': '1.2.3', '@tool/linux-arm64': '1.2.3' }, { '@tool/linux-x64': {} })
    const { records, problems } = await probe(ask)
    expect(records).toHaveLength(1)
    expect(problems).toMatchObject([
      { code: 'missing-package', severity: 'warning', place: { file: 'tool@1.2.3' }, actual: '@tool/linux-arm64' },
    ])
  })

  test('and is recorded already is not asked for again', async () => {
    const { ask, asked } = answering({ '@tool/linux-x64': '1.2.3' }, { '@tool/linux-x64': {} })
    expect(await probe(ask, { known: 1 })).toMatchObject({ records: [], known: 1 })
    expect(asked).toEqual(['tool@latest'])
  })
})

describe('a registry', () => {
  test('that does not say when is asked now', async () => {
    const { ask } = answering(
      { '@tool/linux-x64': '1.2.3' },
      { '@tool/linux-x64': { time: { '1.2.2': '2026-01-01' } } },
    )
    expect((await probe(ask)).records).toMatchObject([{ observedAt: asOf }])
  })

  test('whose time is to come is not believed', async () => {
    const time = { '1.2.3': '2031-01-01T00:00:00.000Z' }
    const { ask } = answering({ '@tool/linux-x64': '1.2.3' }, { '@tool/linux-x64': { time } })
    expect((await probe(ask)).records).toMatchObject([{ observedAt: asOf }])
  })

  test('that does not answer is an error', async () => {
    const { problems } = await probe(() => Promise.resolve({ kind: 'failed', code: 'ETIMEDOUT' }))
    expect(problems).toMatchObject([{ code: 'registry-unreachable', severity: 'error', actual: 'ETIMEDOUT' }])
  })

  test('that answers about another package is an error', async () => {
    const { problems } = await probe(() =>
      Promise.resolve({ kind: 'found', json: { name: 'other', version: '1.2.3' } }),
    )
    expect(problems).toMatchObject([{ code: 'bad-document', severity: 'error' }])
  })

  test('that does not have the package itself is a warning', async () => {
    const { problems } = await probe(() => Promise.resolve({ kind: 'missing' }))
    expect(problems).toMatchObject([{ code: 'missing-package', severity: 'warning', place: { file: 'tool@latest' } }])
  })

  test('is not named where npm tells of an error', () => {
    const text = JSON.stringify({ error: { code: 'ENOTFOUND', summary: 'https://registry.internal.example' } })
    expect(answerOf(text, false)).toEqual({ kind: 'failed', code: 'ENOTFOUND' })
    expect(answerOf('npm ERR!', false)).toEqual({ kind: 'failed', code: 'no answer' })
    expect(answerOf('{"error":{"code":"E404"}}', false)).toEqual({ kind: 'missing' })
    expect(answerOf('', true)).toEqual({ kind: 'missing' })
  })

  test(
    'may answer anything: nothing throws, and what is recorded is a Linux column',
    async () => {
      const value = fc.jsonValue({ maxDepth: 3 })
      await fc.assert(
        fc.asyncProperty(
          value,
          value,
          value,
          value,
          fc.dictionary(fc.string(), value),
          async (os, cpu, libc, time, rest) => {
            const { ask } = answering(
              { '@tool/linux-x64': '1.2.3', ...rest },
              { '@tool/linux-x64': { os, cpu, libc, time, description: rest } },
            )
            const { records } = await probe(ask)
            for (const { level, architecture } of records) {
              expect(level).toBe('available')
              expect([...words.values()].flat()).toContain(architecture)
            }
            expect(parseMain(cpu, 'tool')).toBeUndefined()
            expect(parsePlatform(os, '@tool/linux-x64', '1.2.3')).toBeUndefined()
          },
        ),
        { numRuns: runsOf(200) },
      )
    },
    propertyTimeout,
  )
})

describe('an identifier', () => {
  test.each([
    ['pkg:npm/esbuild', 'esbuild'],
    ['pkg:npm/esbuild@0.28.2', 'esbuild'],
    ['pkg:npm/%40astrojs/compiler-binding', '@astrojs/compiler-binding'],
    ['pkg:npm/@astrojs/compiler-binding@0.5.1?arch=x', '@astrojs/compiler-binding'],
    ['pkg:npm/a/b/c', undefined],
    ['pkg:npm/-g', undefined],
    ['pkg:npm/..', undefined],
    ['pkg:deb/debian/nginx', undefined],
  ])('%s means the package %s', (identifier, name) => {
    expect(npmNameOf(identifier)).toBe(name)
  })
})

test('a name with `linux` is asked for, whatever else it has', () => {
  expect(namesOtherSystem('@img/sharp-linux-x64')).toBe(false)
  expect(namesOtherSystem('lightningcss-linux-arm64-gnu')).toBe(false)
  expect(namesOtherSystem('@img/sharp-freebsd-wasm32')).toBe(true)
})

describe('as recorded', () => {
  const architecturesOf = async (name: string) => {
    const native = { project: name, package: name }
    const { records, problems } = await probePackage(native, 'latest', {
      ask: asRecorded,
      words,
      now: asOf,
      knownOf: () => 0,
    })
    return {
      columns: records.map(({ architecture, libc }) => (libc ? `${architecture} ${libc}` : architecture)).sort(),
      codes: problems.map(({ code }) => code),
    }
  }

  test('esbuild has seven columns, and does not say which 32-bit Arm it means', async () => {
    expect(await architecturesOf('esbuild')).toEqual({
      columns: ['amd64', 'arm64', 'i386', 'loong64', 'ppc64le', 'riscv64', 's390x'],
      codes: ['ambiguous-architecture'],
    })
  })

  test('sharp has its own packages counted, and not those of libvips', async () => {
    expect(await architecturesOf('sharp')).toEqual({
      columns: ['amd64', 'amd64 musl', 'arm64', 'arm64 musl', 'ppc64le', 'riscv64', 's390x'],
      codes: ['ambiguous-architecture'],
    })
  })

  test('of Rolldown there is what the mirror has', async () => {
    expect(await architecturesOf('rolldown')).toEqual({ columns: ['amd64', 'arm64'], codes: ['missing-package'] })
  })
})
