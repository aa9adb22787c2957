import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Evidence } from '#domain/evidence.ts'
import { stanzasOf } from '#hooks/deb822.ts'
import { buildsOf, newestSources } from '#hooks/probe-debian-join.ts'
import { isToldAlready, recordOfBuild } from '#hooks/probe-debian-record.ts'
import { parseRelease } from '#hooks/probe-debian-release.ts'
import { compareDebianVersions } from '#hooks/probe-debian-version.ts'
import { observeSuite } from '#hooks/probe-debian.ts'
import { propertyTimeout, retractionOf, runsOf } from '#tests/builders.ts'
import { mutate, randomOf } from '#tests/ingest/mutating.ts'
import { arm64, armhf, fetched, indexesOf, publishedWith, releaseOf, sources } from './debian-suite.ts'

const wanted = new Set(['nginx', 'bison', 'gcc-12', 'gcc-defaults', 'clojure', 'delve', 'anna', 'nothing-of-this-name'])
const ports = ['arm64', 'armhf', 'loong64']
const textOf = (path: string) => indexesOf().get(path) ?? ''

/** `source version` of what is built, by port. */
function builtOn(port: string, suite = fetched()): string[] {
  const { ports: seen } = observeSuite('bookworm', suite, ports, wanted)
  return (seen.find((other) => other.port === port)?.builds ?? []).map(({ source, version }) => `${source} ${version}`)
}

describe('a source is built on a port', () => {
  test('where a package for the port comes from its newest version', () => {
    expect(builtOn('arm64')).toEqual([
      'bison 2:3.8.2+dfsg-1',
      'delve 1.20.2-1+deb12u1',
      'gcc-12 12.2.0-14+deb12u1',
      'gcc-defaults 1.203',
      'nginx 1.22.1-9+deb12u9',
    ])
  })

  test('although its package was built anew, as `+b1`', () => {
    const bison = observeSuite('bookworm', fetched(), ports, wanted).ports[0]?.builds[0]
    expect(bison).toMatchObject({ version: '2:3.8.2+dfsg-1', packageVersion: '2:3.8.2+dfsg-1+b1' })
    const withoutSource = textOf(arm64).replace('Source: bison (2:3.8.2+dfsg-1)\n', '')
    expect(builtOn('arm64', publishedWith({ [arm64]: withoutSource }))).toContain('bison 2:3.8.2+dfsg-1')
  })

  test('although its package has another version, which `Source: gcc-defaults (1.203)` tells', () => {
    expect(builtOn('armhf')).toContain('gcc-defaults 1.203')
  })

  test('not by packages for all ports', () => {
    expect(textOf(arm64)).toContain('Package: clojure\n')
    expect(builtOn('arm64').join()).not.toContain('clojure')
  })

  test('not where its only packages are those of the installer, which stand in another index', () => {
    expect(textOf(sources)).toContain('Package: anna\n')
    expect(builtOn('arm64').join()).not.toContain('anna')
  })

  test('not where the port has an older version', () => {
    const old = textOf(arm64).replaceAll('1.22.1-9+deb12u9', '1.22.1-9+deb12u8')
    expect(builtOn('arm64', publishedWith({ [arm64]: old })).join()).not.toContain('nginx')
  })

  test('and nothing is said of a port without it', () => {
    expect(builtOn('armhf').join()).not.toContain('delve')
    expect(observeSuite('bookworm', fetched(), ports, wanted).problems).toEqual([])
  })
})

describe('sources', () => {
  test('that are kept for parts of them only are not the newest', () => {
    expect(newestSources(textOf(sources), wanted).get('gcc-12')).toBe('12.2.0-14+deb12u1')
    const kept = textOf(sources).replace('12.2.0-13', '12.9.0-1')
    expect(newestSources(kept, wanted).get('gcc-12')).toBe('12.2.0-14+deb12u1')
  })

  test('count in their newest version, in whatever order they stand', () => {
    const twice = 'Package: linux\nVersion: 6.1.176-1\n\nPackage: linux\nVersion: 6.1.170-3\n'
    expect(newestSources(twice, new Set(['linux'])).get('linux')).toBe('6.1.176-1')
  })
})

test('versions are in the order of Debian', () => {
  // From the tests of dpkg and the examples of Debian's policy.
  const ordered = [
    '1.0~beta1~svn1245', '1.0~beta1', '1.0~rc1-1', '1.0', '1.0-1', '1.0-1+b1', '1.0-1.1', '1.0-2', '1.0-10', '1.0a-1', '1.0+dfsg-1',
    '1.0.1-1', '1.2.3', '1.10', '12.2.0-14', '12.2.0-14+deb12u1', '1:0.4', '2:0.1',
  ] // prettier-ignore
  expect([...ordered].reverse().sort(compareDebianVersions)).toEqual(ordered)
  expect(compareDebianVersions('0:1.0', '1.0')).toBe(0)
  expect(compareDebianVersions('1.01-0', '1.1')).toBe(0)
})

describe('a record', () => {
  const seen = observeSuite('bookworm', fetched(), ports, wanted).ports[0]
  const recordOf = (source: string, changes: Partial<Evidence> = {}) => {
    const build = seen?.builds.find((other) => other.source === source)
    if (!seen || !build) throw new Error(`${source} is not built`)
    return Evidence.parse({ ...recordOfBuild(build, seen, source, 'arm64'), ...changes })
  }

  test('names package, digest, index and line, and nothing of the mirror or the time of reading', () => {
    const record = recordOf('nginx')
    const line = textOf(arm64).split('\n').indexOf('Package: nginx') + 1
    expect(record).toMatchObject({
      version: '1.22.1-9+deb12u9',
      level: 'builds',
      outcome: 'passed',
      execution: 'native',
      source: { provider: 'debian', repository: 'bookworm/main', job: 'nginx' },
      run: { id: 'bookworm 2026-07-11T10:16:37Z', attempt: 1, jobId: `main/binary-arm64/Packages:${line}` },
      observedAt: '2026-07-11T10:16:37Z',
      link: 'https://packages.debian.org/bookworm/nginx',
      artifact: {
        name: 'nginx_1.22.1-9+deb12u9_arm64',
        digest: 'sha256:c50ba73501e353702a748a57aab4817bfe7d1e8d6cc7a2e24c97248bd91462de',
      },
      provenance: { how: 'probed' },
    })
  })

  test('shows the namesake of the source, else the largest package that is called after it', () => {
    const packages = [
      'php8.2-bcmath 90 php',
      'php8.2-cli 4900 php',
      'php8.2-cli-dbgsym 9000 debug',
      'libphp8.2 9000 php',
    ]
    const index = packages.map((text, place) => {
      const [name, size, section] = text.split(' ')
      return `Package: ${name ?? ''}\nSource: php8.2\nVersion: 8.2.1\nInstalled-Size: ${size ?? ''}\nArchitecture: arm64\nSection: ${section ?? ''}\nSHA256: ${String(place).repeat(64)}\n`
    })
    const newest = new Map([['php8.2', '8.2.1']])
    expect(buildsOf(index.join('\n'), 'arm64', newest).builds).toMatchObject([{ package: 'php8.2-cli', line: 9 }])
    expect(builtOn('arm64')).toContain('gcc-12 12.2.0-14+deb12u1')
    expect(recordOf('gcc-12').artifact?.name).toBe('gcc-12_12.2.0-14+deb12u1_arm64')
  })

  test('stands for its version until the suite is published 30 days later', () => {
    const first = recordOf('nginx')
    const later = (observedAt: string, changes: Partial<Evidence> = {}) =>
      recordOf('nginx', { observedAt, id: 'f'.repeat(64), ...changes })
    expect(isToldAlready(later('2026-08-10T10:16:36Z'), [first])).toBe(true)
    expect(isToldAlready(later('2026-08-10T10:16:37Z'), [first])).toBe(false)
    expect(isToldAlready(later('2026-07-12T00:00:00Z', { version: '1.22.1-9+deb12u10' }), [first])).toBe(false)
    expect(isToldAlready(later('2026-07-12T00:00:00Z', { architecture: 'armv7' }), [first])).toBe(false)
    expect(isToldAlready(later('2026-07-12T00:00:00Z'), [first, retractionOf(first)])).toBe(false)
    // The same publication again is the same record, which the store knows.
    expect(isToldAlready(first, [first])).toBe(false)
  })
})

describe('no observation (incomplete-index)', () => {
  const observe = (suite: Parameters<typeof observeSuite>[1]) => {
    const { ports: seen, problems, sources: known } = observeSuite('bookworm', suite, ports, wanted)
    return {
      seen: seen.map(({ port }) => port),
      problems: problems.map(({ code, severity, place }) => `${place.file} ${severity} ${code}`),
      isKnown: known !== undefined,
      reasons: problems.map(({ reason }) => reason).join('\n'),
    }
  }

  test('is an index that did not come; the others are', () => {
    const complaint =
      'E: Failed to fetch http://mirror.example.org/debian/dists/bookworm/main/binary-armhf/by-hash/SHA256/00  File has unexpected size (3 != 4). Mirror sync in progress?'
    expect(
      observe(fetched({ [armhf]: undefined }, ['E: Some index files failed to download.', complaint])),
    ).toMatchObject({
      seen: ['arm64'],
      problems: [`bookworm/${armhf} warning incomplete-index`],
      isKnown: true,
      reasons: expect.stringContaining(
        'apt says: `File has unexpected size (3 != 4). Mirror sync in progress?`',
      ) as string,
    })
  })

  test('is an index that is cut off, or any other than the one that was signed', () => {
    for (const text of [textOf(armhf).slice(0, 4000), '', `${textOf(armhf)}\n`]) {
      expect(observe(fetched({ [armhf]: text }))).toMatchObject({
        seen: ['arm64'],
        problems: [`bookworm/${armhf} warning incomplete-index`],
      })
    }
  })

  test('is an index with far fewer packages than those of the other ports', () => {
    const few = textOf(armhf).split('\n\n').slice(0, 3).join('\n\n')
    expect(observe(publishedWith({ [armhf]: few }))).toMatchObject({
      seen: ['arm64'],
      problems: [`bookworm/${armhf} warning incomplete-index`],
    })
    expect(observe(publishedWith({ [armhf]: '', [arm64]: '' })).seen).toEqual([])
  })

  test.each([
    ['the sources', fetched({ [sources]: undefined })],
    ['the Release file', { ...fetched(), release: undefined }],
    [
      'a date in the Release file',
      { ...fetched(), release: releaseOf(indexesOf(), 'Codename: bookworm\nDate: soon\n') },
    ],
    ['the list of digests', { ...fetched(), release: releaseOf(new Map()) }],
  ])('is a suite without %s', (_, suite) => {
    expect(observe(suite)).toMatchObject({
      seen: [],
      isKnown: false,
      problems: [expect.stringMatching(/incomplete-index$/)],
    })
  })

  test('is not silent where apt was not content, though all indexes are there', () => {
    expect(observe(fetched({}, ['E: The repository is not signed.']))).toMatchObject({
      seen: ['arm64', 'armhf'],
      problems: ['bookworm/Release warning incomplete-index'],
    })
  })

  test('is not said of a port that the suite does not have', () => {
    expect(observe(fetched())).toMatchObject({ seen: ['arm64', 'armhf'], problems: [] })
  })
})

describe('stanzas', () => {
  test('tell their line, and their fields without case, with what follows on further lines', () => {
    const text = '\n# comment\nPackage: a\nDescription: one\n two\n\ttwo\nSection: x\n\n \nPACKAGE: b\r\nnonsense\n\n'
    expect([...stanzasOf(text, ['Package', 'Description'])]).toEqual([
      { line: 3, fields: new Map([['Package', 'a'], ['Description', 'one\ntwo\ntwo']]) },
      { line: 10, fields: new Map([['Package', 'b']]) },
    ]) // prettier-ignore
  })

  test(
    'of damaged indexes never throw, and become nothing that the schema refuses',
    () => {
      fc.assert(
        fc.property(fc.integer(), (seed) => {
          const random = randomOf(seed)
          const changes = Object.fromEntries([...indexesOf()].map(([path, text]) => [path, mutate(text, random)]))
          parseRelease(mutate(releaseOf(indexesOf()), random))
          for (const port of observeSuite('bookworm', publishedWith(changes), ports, wanted).ports) {
            for (const build of port.builds) Evidence.parse(recordOfBuild(build, port, 'some-project', 'arm64'))
          }
        }),
        { numRuns: runsOf(200) },
      )
    },
    propertyTimeout,
  )
})
