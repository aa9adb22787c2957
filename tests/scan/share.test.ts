import fc from 'fast-check'
import { deflateRawSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { judge } from '#scan/judge.ts'
import { maximumShared, packReport, unpackReport } from '#scan/share.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import { indexOf, purlsOf, realStack, reportOf } from './stacks.ts'

const index = indexOf({
  esbuild: { identifiers: ['pkg:npm/esbuild'], support: 'works' },
  nginx: { identifiers: ['pkg:deb/debian/nginx'], support: 'broken' },
})

const packed = (value: unknown) => Buffer.from(deflateRawSync(JSON.stringify(value))).toString('base64url')

describe('a link to a report', () => {
  test('opens the same verdicts of what is known', async () => {
    const report = await reportOf(
      {
        'package-lock.json':
          '{"lockfileVersion":3,"packages":{"node_modules/esbuild":{"version":"0.28.2"},"node_modules/secret-name":{"version":"1.0.0"}}}',
        x: 'ii  nginx-core  1.0  amd64  x\n',
      },
      index,
    )
    const fragment = await packReport(report)
    const opened = await unpackReport(fragment ?? '')
    expect(opened?.left).toBe(2)
    const again = opened && judge(opened.stack, index, 'arm64')
    expect(again?.entries.map(({ verdict, name }) => [verdict, name])).toEqual([['ready', 'esbuild']])
  })

  test('holds no name of a file and nothing that is not in the catalog', async () => {
    const report = judge(await realStack('npm-3/package-lock.json'), index, 'arm64')
    const opened = await unpackReport((await packReport(report)) ?? '')
    expect(opened && purlsOf(opened.stack)).toEqual(['pkg:npm/esbuild@0.28.2'])
    expect(JSON.stringify(opened)).not.toMatch(/chokidar|package-lock/)
    expect(opened?.left).toBe(90)
  })

  test('keeps what a package is matched by', async () => {
    const report = await reportOf({ x: 'nginx-core\t1.24\tamd64\tnginx\n' }, index)
    const opened = await unpackReport((await packReport(report)) ?? '')
    expect(opened && judge(opened.stack, index, 'arm64').counts.blocked).toBe(1)
  })

  test('is short, and of letters that an address may hold', async () => {
    const report = judge(await realStack('npm-3/package-lock.json'), index, 'arm64')
    expect(await packReport(report)).toMatch(/^[\w-]{20,100}$/)
  })

  test('is not made where there is nothing to share, or too much', async () => {
    expect(await packReport(await reportOf({ 'requirements.txt': 'a\n' }, index))).toBeUndefined()
    const many = Array.from({ length: maximumShared + 1 }, (_, version) => [
      `node_modules/a${version}/node_modules/esbuild`,
      { version: `1.0.${version}` },
    ])
    const text = JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(many) as unknown })
    expect(await packReport(await reportOf({ 'package-lock.json': text }, index))).toBeUndefined()
  })
})

describe('a link that is none', () => {
  test.each([
    ['nothing', ''],
    ['no letters of an address', '%%%'],
    ['no packed text', 'aGVsbG8'],
    ['another version', packed([2, ['pkg:npm/esbuild'], 0])],
    ['no list', packed({ 0: 1 })],
    ['a number that is none', packed([1, [], -1])],
    ['too many packages', packed([1, Array.from({ length: maximumShared + 1 }, () => 'pkg:npm/a'), 0])],
    ['a text that unfolds to far too much', packed([1, ['a'.repeat(20_000_000)], 0])],
    ['a fragment that is far too long', 'a'.repeat(100_000)],
    ['no JSON', Buffer.from(deflateRawSync('[1,')).toString('base64url')],
  ])('opens nothing: %s', async (_, fragment) => {
    expect(await unpackReport(fragment)).toBeUndefined()
  })

  test('leaves out what is no package URL', async () => {
    const opened = await unpackReport(packed([1, ['pkg:npm/esbuild', 'javascript:alert(1)', 7, null, '<b>'], 3]))
    expect(opened && purlsOf(opened.stack)).toEqual(['pkg:npm/esbuild'])
  })

  test('never throws', { timeout: propertyTimeout }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.base64String(),
          fc.json().map((text) => packed(text)),
          fc.jsonValue().map(packed),
        ),
        async (fragment) => {
          const opened = await unpackReport(fragment)
          expect(opened === undefined || Array.isArray(opened.stack.components)).toBe(true)
        },
      ),
      { numRuns: runsOf(200) },
    )
  })
})
