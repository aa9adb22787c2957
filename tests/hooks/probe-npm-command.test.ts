import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { folderOf, projectFile, run } from '#tests/builders.ts'

const npm = fileURLToPath(new URL('../fixtures/npm/npm.js', import.meta.url))

const architectures = `amd64: {name: x86 64-bit, control: true, node: x64}
arm64: {name: Arm 64-bit, node: arm64}
armv7: {name: ARMv7, node: arm}
armv6: {name: ARMv6, node: arm}
s390x: {name: IBM Z, node: s390x}
`

function siteFolder(): string {
  return folderOf({
    'content/site.yml': 'title: Test\n',
    'content/architectures.yml': architectures,
    'content/categories.yml': 'databases: {name: Databases}\n',
    'content/projects/redis.md': projectFile(),
    'content/projects/esbuild.md': projectFile({ name: 'esbuild', identifiers: '["pkg:npm/esbuild"]' }),
    'content/projects/rolldown.md': projectFile({ name: 'Rolldown', identifiers: '["pkg:npm/rolldown"]' }),
  })
}

const probe = (folder: string, args: readonly string[], environment: Record<string, string> = {}) =>
  run(['probe', 'npm', ...args], {
    directory: folder,
    home: folder,
    environment: { PATH: process.env.PATH, npm_execpath: npm, ...environment },
  })

test('what the registry has is recorded once', async () => {
  const folder = siteFolder()
  const first = await probe(folder, ['--json'])
  expect(first.code).toBe(0)
  expect(JSON.parse(first.answer)).toMatchObject({
    added: 5,
    duplicates: 0,
    packages: [
      { project: 'esbuild', package: 'esbuild', version: '0.28.2', found: 3 },
      { project: 'rolldown', package: 'rolldown', version: '1.3.2', found: 2 },
    ],
  })
  const records = readFileSync(join(folder, 'content/evidence/esbuild.jsonl'), 'utf8')
  const again = await probe(folder, ['--json'])
  expect(JSON.parse(again.answer)).toMatchObject({ added: 0, duplicates: 5, transitions: [] })
  expect(readFileSync(join(folder, 'content/evidence/esbuild.jsonl'), 'utf8')).toBe(records)
  const shown = await run(['explain', 'esbuild', 's390x', '--json'], { directory: folder, home: folder })
  expect(JSON.parse(shown.answer)).toMatchObject({ support: 'available', basis: 'verified', version: '0.28.2' })
}, 60_000)

test('one project and one version can be asked for', async () => {
  const { answer, code } = await probe(siteFolder(), ['esbuild@0.28.2', '--dry-run'])
  expect(code).toBe(0)
  expect(answer).toContain('esbuild 0.28.2: 3 platforms, ')
  expect(answer).toContain('3 would be added')
}, 60_000)

test('a registry that does not answer is an error, and its address is not told', async () => {
  const { answer, told, code } = await probe(siteFolder(), ['esbuild@9.9.9'], { NPM_ERROR: 'ECONNREFUSED' })
  expect(code).toBe(1)
  expect(answer).toContain('registry-unreachable')
  expect(answer + told).not.toMatch(/https?:\/\/registry/)
}, 60_000)

test.each([
  [['redis'], 'expected projects that name a package of npm: `esbuild`, `rolldown`'],
  [['esbuild@next'], 'Unexpected version in `esbuild@next`'],
  [['esbuild@1.0.0@2'], 'Unexpected version'],
])('%j cannot be asked for', async (args, words) => {
  const { code, told } = await probe(siteFolder(), args)
  expect(code).toBe(2)
  expect(told).toContain(words)
})

test('without npm it cannot run', async () => {
  const { code, told } = await probe(siteFolder(), [], { npm_execpath: '', PATH: '/nowhere' })
  expect(code).toBe(2)
  expect(told).toContain('npm is not installed')
})
