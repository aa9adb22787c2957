import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { asOf, folderOf, projectFile, run } from '#tests/builders.ts'
import { parseRecord } from '#domain/evidence-text.ts'
import { digestOf, recordedIndex, registryOf, serving } from './probe-oci-registry.ts'

const architectures = `amd64: {name: x86 64-bit, control: true}
arm64: {name: Arm 64-bit}
armv7: {name: ARMv7}
armv6: {name: ARMv6}
`

function siteFolder(files: Record<string, string | Uint8Array> = {}): string {
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architectures,
    'content/projects/redis.md': projectFile(),
    ...files,
  })
}

interface Answer {
  read: number
  added: number
  duplicates: number
  ignored: number
  problems: { code: string; place: { file: string } }[]
  transitions: unknown[]
}

async function probe(folder: string, args: readonly string[]) {
  const { code, answer, told } = await run(['probe', 'oci', '--json', ...args], { directory: folder, home: folder })
  // What `--json` prints, or nothing where the command could not run.
  return { code, told, answer: (answer === '' ? undefined : JSON.parse(answer)) as Answer | undefined }
}

function recordsOf(folder: string) {
  const text = readFileSync(join(folder, 'content/evidence/redis.jsonl'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => parseRecord(line).record)
}

const link = 'https://example.org/images'
const path = '/v2/example/redis/manifests/8.2.1'
const index = recordedIndex('index-arm-v6-v7')

test('an image is available on every platform of its index', async () => {
  const { origin } = await registryOf({ [path]: serving(index) })
  const folder = siteFolder()
  const { code, answer } = await probe(folder, ['--project', 'redis', '--link', link, `${origin}/example/redis:8.2.1`])
  expect(code).toBe(0)
  expect(answer).toMatchObject({ read: 4, added: 4, duplicates: 0, problems: [] })
  expect(answer?.transitions).toHaveLength(4)
  const host = origin.replace('http://', '')
  const ofArmv7 = recordsOf(folder).find(
    (record) => record && 'architecture' in record && record.architecture === 'armv7',
  )
  expect(ofArmv7).toEqual({
    schema: 1,
    id: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    project: 'redis',
    architecture: 'armv7',
    version: '8.2.1',
    level: 'available',
    outcome: 'passed',
    source: { provider: 'oci', repository: `${host}/example/redis`, job: 'linux/armv7' },
    run: { id: digestOf(index), attempt: 1 },
    observedAt: asOf,
    link,
    artifact: {
      name: `${host}/example/redis:8.2.1`,
      digest: 'sha256:c867f523e856f91c0f676bfeebeddcb1b115ddc691cb7c52f8910bf67f8af4c4',
    },
    provenance: { how: 'probed' },
  })
})

test('an image that is probed again later is known already', async () => {
  const { origin } = await registryOf({ [path]: serving(index) })
  const folder = siteFolder()
  const args = ['--project', 'redis', '--link', link, `${origin}/example/redis:8.2.1`]
  await probe(folder, args)
  const later = await run(['probe', 'oci', '--json', ...args], {
    directory: folder,
    home: folder,
    now: '2026-11-22T12:00:00Z',
  })
  expect(JSON.parse(later.answer)).toMatchObject({ added: 0, duplicates: 4, transitions: [] })
})

test('a file is read too, and needs a link', async () => {
  const folder = siteFolder({ 'index.json': index })
  expect(await probe(folder, ['--project', 'redis', 'index.json'])).toMatchObject({
    code: 2,
    told: expect.stringContaining('--link') as string,
  })
  const args = ['--project', 'redis', '--link', 'https://hub.docker.com/_/redis', '--version', '8.2.1', 'index.json']
  expect(await probe(folder, args)).toMatchObject({ code: 0, answer: { added: 4 } })
  expect(recordsOf(folder)).toContainEqual(
    expect.objectContaining({ architecture: 'arm64', version: '8.2.1', link: 'https://hub.docker.com/_/redis' }),
  )
})

test('a registration says which platform counts for whom', async () => {
  const { origin } = await registryOf({ [path]: serving(index) })
  const folder = siteFolder({
    'content/sources/redis-image-arm64.yml': [
      'provider: oci',
      `repository: ${origin.replace('http://', '')}/example/redis`,
      'job: linux/arm64',
      'project: redis',
      'architecture: arm64',
      'level: available',
      '',
    ].join('\n'),
  })
  expect(await probe(folder, ['--link', link, `${origin}/example/redis:8.2.1`])).toMatchObject({
    code: 0,
    answer: { read: 4, added: 1, ignored: 3 },
  })
  expect(recordsOf(folder)).toMatchObject([
    { architecture: 'arm64', provenance: { how: 'probed', by: 'redis-image-arm64' } },
  ])
})

test('one registry that fails does not lose what another one shows', async () => {
  const { origin } = await registryOf({ [path]: serving(index) })
  const folder = siteFolder()
  const missing = `${origin}/example/nothing:1`
  const { code, answer } = await probe(folder, [
    '--project',
    'redis',
    '--link',
    link,
    missing,
    `${origin}/example/redis:8.2.1`,
  ])
  expect(code).toBe(1)
  expect(answer).toMatchObject({ added: 4, problems: [{ code: 'registry-refused' }] })
})

test.each([
  ['index-attestation-unknown', []],
  ['index-no-platform', []],
  ['index-zstd-twins', []],
  ['docker-list-armv7-armv8', []],
  ['index-nested', ['nested-index']],
])('the recorded %s is read as `ingest` reads it', async (name, codes) => {
  const { origin } = await registryOf({ [path]: serving(recordedIndex(name)) })
  const { answer } = await probe(siteFolder(), [
    '--project',
    'redis',
    '--link',
    link,
    '--dry-run',
    `${origin}/example/redis:8.2.1`,
  ])
  const found = new Set(answer?.problems.map(({ code }) => code).filter((code) => code !== 'unknown-architecture'))
  expect([...found]).toEqual(codes)
  expect(answer?.read).toBe(
    (answer?.added ?? 0) +
      (answer?.ignored ?? 0) +
      (answer?.problems.filter(({ code }) => code !== 'nested-index').length ?? 0),
  )
})

test('a page that is no index is a problem and no evidence', async () => {
  const { origin } = await registryOf({ [path]: serving(Buffer.from('<!doctype html><title>Sign in</title>')) })
  const folder = siteFolder()
  expect(await probe(folder, ['--project', 'redis', '--link', link, `${origin}/example/redis:8.2.1`])).toMatchObject({
    code: 1,
    answer: { added: 0, problems: [{ code: 'bad-document' }] },
  })
  expect(existsSync(join(folder, 'content/evidence'))).toBe(false)
})

test.each([
  [[], 'Expected addresses of images'],
  [['https://ghcr.io/a/b:1'], '--project ID'],
  [['--project', 'nobody', 'https://ghcr.io/a/b:1'], 'Unexpected project `nobody`'],
  [['--project', 'redis', 'http://ghcr.io/a/b:1'], 'over https'],
  [['--project', 'redis', 'http://localhost:1/a/b:1'], '--link'],
])('%j cannot be probed', async (args, words) => {
  expect(await probe(siteFolder(), args)).toMatchObject({ code: 2, told: expect.stringContaining(words) as string })
})
