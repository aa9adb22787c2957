import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { World } from '../../src/cli/world.ts'
import { folderOf, run } from '#tests/builders.ts'

const home = fileURLToPath(new URL('../../', import.meta.url))
const stacks = fileURLToPath(new URL('../fixtures/stacks/', import.meta.url))

/** With the real content, on the day of its evidence. */
const scan = (args: readonly string[], directory = stacks) =>
  run(['scan', ...args, '--as-of', '2026-11-21'], { home, directory })

/** A catalog of one project: no on arm64, a package on riscv64, nothing on others. */
const smallContent = {
  'content/site.yml': 'title: Test\n',
  'content/categories.yml': 'databases: {name: Databases}\n',
  'content/projects/it.md':
    '---\nname: It\nsummary: It\nhomepage: https://example.org/\ncategories: [databases]\nidentifiers: ["pkg:pypi/it"]\nclaims:\n  - {architectures: [arm64], support: unsupported, date: 2026-05-12, link: https://example.org/}\n  - {architectures: [riscv64], support: available, date: 2026-05-12, link: https://example.org/}\n---\n',
  'requirements.txt': 'it==1.0\n',
}

const scanSmall = (
  args: readonly string[],
  { files = {}, ...world }: Partial<World> & { files?: Record<string, string> } = {},
) =>
  run(['scan', ...args, '--as-of', '2026-11-21', '--content', 'content'], {
    home,
    directory: folderOf({ ...smallContent, ...files }),
    ...world,
  })

describe('scan', () => {
  test('knows the packages of this site by their names in its own lockfile', async () => {
    const { code, answer, told } = await scan(['package-lock.json', '--arch', 'arm64'], home)
    expect(code).toBe(0)
    expect(answer).toMatch(/^caution {2}esbuild +available, verified {2}\/projects\/esbuild\/#arm64$/m)
    expect(answer).toContain('The file has a build for arm64: `@esbuild/linux-arm64`.')
    expect(answer).toMatch(/^ +esbuild [\d.]+ at package-lock\.json:\d+$/m)
    expect(told).toMatch(/^\d+ components on arm64, \d+ once builds and versions of one thing are grouped: /)
  })

  test('gives a program everything, and nothing else', async () => {
    const { code, answer } = await scan(['npm-3/package-lock.json', '--arch', 'aarch64', '--json'])
    expect(code).toBe(0)
    const report = JSON.parse(answer) as { architecture: string; entries: { project?: { id: string; link: string } }[] }
    expect(report.architecture).toBe('arm64')
    expect(report.entries.map(({ project }) => project?.id)).toEqual(['esbuild', 'lightningcss', 'sharp'])
    expect(report.entries[0]?.project?.link).toMatch(/^https:\/\/[^/]+\/projects\/esbuild\/#arm64$/)
  })

  test('reads several files and standard input as one stack', async () => {
    const standardInput = () => new TextEncoder().encode('FROM nginx\n')
    const { answer } = await scanSmall([`${stacks}go/go.sum`, '-', '--arch', 'arm64', '--json'], { standardInput })
    expect(JSON.parse(answer)).toMatchObject({
      files: [{ format: 'Go checksums' }, { name: 'standard input', format: 'Dockerfile' }],
      entries: [{ name: 'nginx' }],
    })
  })

  test.each(['csv', 'markdown'])('writes %s', async (format) => {
    const { answer } = await scanSmall(['requirements.txt', '--arch', 'riscv64', '--format', format])
    expect(answer).toContain(format === 'csv' ? '\r\ncaution,it,available,claimed,it,1.0,' : '| caution | [It](')
  })

  test('lists what is in no catalog when it is asked to', async () => {
    const args = [`${stacks}requirements/requirements.txt`, '--arch', 'arm64']
    expect((await scanSmall([...args, '--all'])).answer).toContain('unknown  pyparsing 3.0.9\n')
    expect((await scanSmall(args)).answer).toBe('')
  })
})

describe('scan says in the end', () => {
  const notes = 'notes.txt'
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'that a file names nothing',
      { 'requirements.txt': '' },
      /^requirements\.txt names no packages\.\nrequirements\.txt: pip requirements\n$/,
    ],
    ['that nothing was read', { [notes]: 'no\n' }, /\nNothing was read\.\nnotes\.txt: not read\n$/],
    [
      'nothing of what is not there',
      { 'requirements.txt': 'it==1.0\n' },
      /^1 component on riscv64: 0 ready, 1 caution, 0 blocked, 0 unknown\.\nreq/,
    ],
    [
      'what is not in the catalog',
      { 'requirements.txt': 'a\nb\n' },
      /2 unknown\. 2 of the unknown are not in the catalog, and nothing in the files shows that they depend on the architecture\.\nreq/,
    ],
  ])('%s', async (_, files, said) => {
    expect((await scanSmall([...Object.keys(files), '--arch', 'riscv64'], { files })).told).toMatch(said)
  })
})

describe('scan ends', () => {
  test('with 1 where something is blocked, and with 0 where nothing is', async () => {
    expect((await scanSmall(['requirements.txt', '--arch', 'arm64'])).code).toBe(1)
    expect((await scanSmall(['requirements.txt', '--arch', 'amd64'])).code).toBe(0)
  })

  test('with 1 where something needs caution, if that is asked for', async () => {
    expect((await scanSmall(['requirements.txt', '--arch', 'riscv64'])).code).toBe(0)
    expect((await scanSmall(['requirements.txt', '--arch', 'riscv64', '--fail-on', 'caution'])).code).toBe(1)
  })

  test('with 1 and a problem where a file could not be read; the others still are', async () => {
    const { code, answer, told } = await scanSmall(['notes.txt', 'requirements.txt', '--arch', 'riscv64'], {
      files: { 'notes.txt': 'no\n' },
    })
    expect(code).toBe(1)
    expect(told).toMatch(/^notes\.txt:1:1 {2}error {2}unrecognised-stack$/m)
    expect(answer).toMatch(/^caution {2}It /)
  })

  test.each([
    ['nothing.txt', 'There is no file `nothing.txt`, expected one that can be read.'],
    ['content', '`content` is a folder, expected the files in it.\n  fix: name the files, such as `content/*`'],
  ])('with 1 and a problem where one of several is no file: %s', async (name, said) => {
    const { code, answer, told } = await scanSmall([name, 'requirements.txt', '--arch', 'riscv64'])
    expect(code).toBe(1)
    expect(told).toContain(`${name}:1:1  error  stack-unavailable\n  ${said}`)
    expect(told).toContain(`\n${name}: not read\nrequirements.txt: pip requirements\n`)
    expect(answer).toMatch(/^caution {2}It /)
  })

  test('with 1 where a file is built otherwise than its format, and with 0 where one names no package', async () => {
    const files = { 'package-lock.json': '{"lockfileVersion": 3, "packages": [1, 2]}', 'go.sum': '' }
    const { code, told } = await scanSmall(['package-lock.json', '--arch', 'arm64'], { files })
    expect(code).toBe(1)
    expect(told).toMatch(/^package-lock\.json:1:1 {2}error {2}malformed-stack$/m)
    expect((await scanSmall(['go.sum', '--arch', 'arm64'], { files })).code).toBe(0)
  })

  test.each<[string, string[], RegExp]>([
    ['without a file', ['--arch', 'arm64'], /Which file\?/],
    ['without an architecture', ['requirements.txt'], /Which architecture\? `--arch` takes one of `amd64`/],
    ['with an architecture that is none', ['requirements.txt', '--arch', 'arm46'], /did you mean `arm64`\?/],
    [
      'with a word that means several',
      ['requirements.txt', '--arch', 'armhf'],
      /`armhf` may mean `armv7` \(Debian and Ubuntu\) or `armv6`/,
    ],
    ['with a file that is not there', ['nothing.txt', '--arch', 'arm64'], /There is no file `nothing\.txt`/],
    ['with a folder', ['content', '--arch', 'arm64'], /`content` is a folder, expected the files in it\./],
    [
      'with a format that is none',
      ['requirements.txt', '--arch', 'arm64', '--format', 'yaml'],
      /`--format yaml`, expected one of `text`, `json`/,
    ],
    ['with nothing to fail on', ['requirements.txt', '--arch', 'arm64', '--fail-on', 'ready'], /`--fail-on ready`/],
  ])('with 2 %s', async (_, args, said) => {
    const { code, answer, told } = await scanSmall(args)
    expect(code).toBe(2)
    expect(answer).toBe('')
    expect(told).toMatch(said)
  })
})
