import { describe, expect, test } from 'vitest'
import { parseDocument } from '#ingest/document.ts'
import { ociIndex } from '#ingest/oci-index.ts'
import { adaptJson, codesOf, documentOf, onlyResult } from './adapting.ts'
import { expectRecordings } from './recordings.ts'

const digestOf = (digit: string) => `sha256:${digit.repeat(64)}`

function manifest(architecture: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    digest: digestOf('a'),
    size: 500,
    platform: { os: 'linux', architecture },
    ...changes,
  }
}

function indexOf(manifests: unknown, changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests, ...changes }
}

const adapt = (manifests: unknown, changes?: Record<string, unknown>) =>
  adaptJson(ociIndex, indexOf(manifests, changes))

describe('an image for an architecture', () => {
  test('is available there, and nothing ran', () => {
    expect(
      onlyResult(adapt([manifest('arm64', { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } })])),
    ).toEqual({
      provider: 'oci',
      job: 'linux/arm64',
      runId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      level: 'available',
      outcome: 'passed',
      architecture: 'arm64',
      artifact: { name: digestOf('a'), digest: digestOf('a') },
      spot: ['manifests', 0],
    })
  })

  test('says its version, name and date where its annotations do', () => {
    const annotations = {
      'org.opencontainers.image.created': '2026-11-02T10:20:30.5Z',
      'org.opencontainers.image.version': '8.2.1',
      'io.containerd.image.name': 'docker.io/library/redis:8',
    }
    const expected = {
      observedAt: '2026-11-02T10:20:30Z',
      version: '8.2.1',
      artifact: { name: 'docker.io/library/redis:8', digest: digestOf('a') },
    }
    expect(onlyResult(adapt([manifest('arm64', { annotations })]))).toMatchObject(expected)
    expect(onlyResult(adapt([manifest('arm64')], { annotations }))).toMatchObject(expected)
  })

  test('in two compressions is one result', () => {
    const { results, ignored } = adapt([manifest('arm64'), manifest('arm64', { digest: digestOf('b') })])
    expect(results).toMatchObject([{ artifact: { digest: digestOf('a') } }])
    expect(ignored).toBe(1)
  })

  test.each([
    ['windows', 'windows'],
    ['darwin', 'macos'],
  ])('for %s is not one for Linux', (os, expected) => {
    const { results } = adapt([manifest('amd64'), manifest('amd64', { platform: { os, architecture: 'amd64' } })])
    expect(results.map((result) => [result.os, result.job])).toEqual([
      [undefined, 'linux/amd64'],
      [expected, `${os}/amd64`],
    ])
  })
})

describe('what is no image for an architecture', () => {
  test.each([
    ['an attestation', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }],
    ['a placeholder', { platform: { os: 'unknown', architecture: 'unknown' } }],
    ['a manifest without a platform', { platform: undefined }],
    ['a platform that is null', { platform: null }],
    ['a variant that is no column', { platform: { os: 'linux', architecture: 'arm', variant: 'v5' } }],
  ])('is ignored: %s', (_, changes) => {
    expect(adapt([manifest('arm64', changes)])).toEqual({ results: [], problems: [], ignored: 1 })
  })

  test.each([
    ['a platform that is text', { platform: 'linux/arm64' }],
    ['an architecture of many words', { platform: { os: 'linux', architecture: 'a b' } }],
    ['a digest that is none', { digest: 'latest' }],
    ['no digest', { digest: undefined }],
  ])('is a problem, and the others are read: %s', (_, changes) => {
    const { results, problems } = adapt([manifest('arm64', changes), manifest('s390x')])
    expect(results).toMatchObject([{ architecture: 's390x' }])
    expect(problems).toMatchObject([{ code: 'bad-document' }])
  })

  test('is an index within the index: what it holds is not known', () => {
    const nested = manifest('arm64', { mediaType: 'application/vnd.oci.image.index.v1+json' })
    expect(adapt([nested])).toMatchObject({
      results: [],
      problems: [{ code: 'nested-index', severity: 'warning', spot: ['manifests', 0] }],
    })
  })
})

test('a manifest of one image is recognised, and refused with advice', () => {
  const single = { schemaVersion: 2, config: {}, layers: [] }
  expect(ociIndex.recognises(documentOf(single))).toBe(true)
  const { results, problems } = adaptJson(ociIndex, single)
  expect(results).toEqual([])
  expect(problems).toMatchObject([
    { code: 'single-manifest', fix: expect.stringContaining('docker buildx imagetools inspect --raw') as string },
  ])
})

test('a list that is none is a problem', () => {
  expect(codesOf(adapt({ 0: manifest('arm64') }))).toEqual(['bad-document'])
})

test('the same index is the same run; another one is another', () => {
  const runOf = (text: string) => ociIndex.adapt(parseDocument(text)).results[0]?.runId
  const text = JSON.stringify(indexOf([manifest('arm64')]))
  expect(runOf(text)).toBe(runOf(text))
  expect(runOf(text)).not.toBe(runOf(`${text}\n`))
})

test.each([
  [{ schemaVersion: 3, manifests: [] }],
  [{ manifests: [] }],
  [[]],
  [{ schemaVersion: 2 }],
  ['index'],
  [null],
])('%j is no index', (json) => {
  expect(ociIndex.recognises(documentOf(json))).toBe(false)
})

expectRecordings(ociIndex, 'oci-index', {
  'oci-index/docker-list-armv7-armv8.json': {
    results: [
      'passed on ppc64le in linux/ppc64le',
      'passed on amd64 in linux/amd64',
      'passed on s390x in linux/s390x',
      'passed on armv7 in linux/armv7',
      'passed on arm64 in linux/arm64',
    ],
  },
  'oci-index/docker-list-every-field.json': { ignored: 1 },
  'oci-index/index-arm-v6-v7.json': {
    results: [
      'passed on amd64 in linux/amd64',
      'passed on arm64 in linux/arm64',
      'passed on armv7 in linux/armv7',
      'passed on armv6 in linux/armv6',
    ],
  },
  'oci-index/index-attestation-unknown.json': {
    results: ['passed on amd64 of server-0.7.0 in linux/amd64'],
    ignored: 1,
  },
  'oci-index/index-builder-reference-unknown.json': {
    results: ['passed on amd64 in linux/amd64', 'passed on arm64 in linux/arm64'],
    ignored: 2,
  },
  'oci-index/index-nested-no-media-type.json': { problems: ['nested-index', 'nested-index'], ignored: 2 },
  'oci-index/index-nested.json': { problems: Array<string>(8).fill('nested-index'), ignored: 3 },
  'oci-index/index-no-platform.json': { ignored: 3 },
  'oci-index/index-variants-unknown-absent.json': {
    results: ['passed on amd64 in linux/amd64', 'passed on armv7 in linux/armv7', 'passed on armv6 in linux/armv6'],
    ignored: 3,
  },
  'oci-index/index-zstd-twins.json': {
    results: ['passed on amd64 in linux/amd64', 'passed on arm64 in linux/arm64', 'passed on s390x in linux/s390x'],
    ignored: 3,
  },
  'handmade/oci-index/single-manifest.json': { problems: ['single-manifest'] },
})
