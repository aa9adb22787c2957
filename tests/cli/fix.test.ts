import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { architecturesFile, folderOf, run } from '#tests/builders.ts'

const standard = { 'site.yml': 'title: Test\n', 'architectures.yml': architecturesFile }

async function fixed(files: Record<string, string | Uint8Array>, args: readonly string[] = []) {
  const directory = folderOf(
    Object.fromEntries(Object.entries({ ...standard, ...files }).map(([path, text]) => [`content/${path}`, text])),
  )
  const ran = await run(['check', ...args, '--fix', '--content', 'content'], { directory })
  return { ...ran, directory, read: (path: string) => readFileSync(join(directory, 'content', path), 'utf8') }
}

const project = (keys: string) =>
  `---\nname: Redis\nsummary: A store\nhomepage: https://redis.io/\ncategories: [databases]\n${keys}---\nProse.\n`

describe('check --fix', () => {
  test('takes byte order marks away, and ends lines in LF', async () => {
    const { read, code, told } = await fixed({ 'projects/redis.md': `\ufeff${project('').replaceAll('\n', '\r\n')}` })
    expect(read('projects/redis.md')).toBe(project(''))
    expect(code).toBe(0)
    expect(told).toContain('Mended content/projects/redis.md\n')
  })

  test('names what it mended on one line, whatever the folder is called', async () => {
    const name = 'con\u001b[31m\ntent'
    const files = { ...standard, 'projects/redis.md': `\ufeff${project('')}` }
    const directory = folderOf(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/${path}`, text])),
    )
    const { told } = await run(['check', '--fix', '--content', name], { directory })
    expect(told).toContain('Mended con [31m tent/projects/redis.md\n')
    expect(told).not.toContain('\u001b')
  })

  test('writes UTF-16 as UTF-8 where the file says that it is UTF-16, and guesses nothing', async () => {
    const latin = Buffer.from(project('').replace('A store', 'Caf\u00e9'), 'latin1')
    const { read, directory, code } = await fixed({
      'projects/redis.md': Buffer.from(`\ufeff${project('')}`, 'utf16le'),
      'projects/latin.md': latin,
    })
    expect(read('projects/redis.md')).toBe(project(''))
    expect(readFileSync(join(directory, 'content/projects/latin.md'))).toEqual(latin)
    expect(code).toBe(1)
  })

  test('puts versions in quotes that other readers of YAML take for numbers', async () => {
    const claim = (version: string) =>
      `claims:\n  - {architectures: [arm64], support: works, date: 2026-05-12, link: "https://a.example/", since: ${version}}\n`
    const { read } = await fixed({
      'projects/ten.md': project(claim('1.10')),
      'projects/three.md': project(claim('1.2.3')),
      'projects/quoted.md': project(claim("'1.10'")),
      'projects/releases.md': project('releases: [1.9, 1.10, "2.0", v3]\n'),
    })
    expect(read('projects/ten.md')).toContain('since: "1.10"}')
    expect(read('projects/three.md')).toContain('since: 1.2.3}')
    expect(read('projects/quoted.md')).toContain("since: '1.10'}")
    expect(read('projects/releases.md')).toContain('releases: ["1.9", "1.10", "2.0", v3]')
  })

  test('puts keys into the order of the schema, each with its comments, and nothing else', async () => {
    const { read } = await fixed({
      'projects/redis.md': `---
# About this file
summary: A store # in memory
name: Redis
claims:
  # The newest one
  - date: 2026-05-12
    architectures: [arm64]
    note: >
      Two lines
      of text.
    support: works
    link: https://a.example/
categories: [databases]

# Where it lives
homepage: https://redis.io/
---
Prose.
`,
    })
    expect(read('projects/redis.md')).toBe(`---
# About this file
name: Redis
summary: A store # in memory
# Where it lives
homepage: https://redis.io/
categories: [databases]

claims:
  # The newest one
  - architectures: [arm64]
    support: works
    date: 2026-05-12
    link: https://a.example/
    note: >
      Two lines
      of text.
---
Prose.
`)
  })

  test('writes the names that renamed projects have today, in keys and in links', async () => {
    const { read } = await fixed({
      'projects/redis.md': `${project('alternatives: [keydb]\n')}See [it](/projects/keydb/) and [its runs](/projects/keydb/#runs), not /projects/keydb/.\n`,
      'projects/keydb.md': '---\nmovedTo: valkey\n---\n',
      'projects/valkey.md': project(''),
    })
    expect(read('projects/redis.md')).toContain('alternatives: [valkey]')
    expect(read('projects/redis.md')).toContain(
      'See [it](/projects/valkey/) and [its runs](/projects/valkey/#runs), not /projects/keydb/.',
    )
    expect(read('projects/keydb.md')).toContain('movedTo: valkey')
  })

  test('writes straight quotes where a word processor made others', async () => {
    const { read, answer } = await fixed({
      'projects/redis.md': project('aliases: [\u201credis-server\u201d, a \u201cquoted\u201d word]\n'),
    })
    expect(read('projects/redis.md')).toContain('aliases: ["redis-server", a \u201cquoted\u201d word]')
    expect(answer).toBe('')
  })

  test('leaves what only a person can mend, and says so', async () => {
    const text = project('claims:\n  - {support: works}\n')
    const { read, code, answer, told } = await fixed({ 'projects/redis.md': text })
    expect(read('projects/redis.md')).toBe(text)
    expect(code).toBe(1)
    expect(answer).toContain('missing-key')
    expect(told).not.toContain('Mended')
  })

  test('changes the files that were named, and no other', async () => {
    const text = `\ufeff${project('')}`
    const { read } = await fixed({ 'projects/a.md': text, 'projects/b.md': text }, ['content/projects/a.md'])
    expect([read('projects/a.md'), read('projects/b.md')]).toEqual([project(''), text])
  })

  test('does not touch a file that has nothing to mend, nor leaves anything beside it', async () => {
    const directory = folderOf({
      'content/site.yml': 'title: Test\n',
      'content/architectures.yml': architecturesFile,
      'content/projects/redis.md': project(''),
    })
    const before = statSync(join(directory, 'content/projects/redis.md')).mtimeMs
    await run(['check', '--fix', '--content', 'content'], { directory })
    expect(statSync(join(directory, 'content/projects/redis.md')).mtimeMs).toBe(before)
    expect(readdirSync(join(directory, 'content/projects'))).toEqual(['redis.md'])
    expect(existsSync(join(directory, 'content/evidence'))).toBe(false)
  })
})

test('the content of this repository has nothing to mend', async () => {
  const home = fileURLToPath(new URL('../../', import.meta.url))
  const directory = folderOf({})
  cpSync(join(home, 'content'), join(directory, 'content'), { recursive: true })
  const { told } = await run(['check', '--fix', '--content', 'content'], { directory, home })
  expect(told).not.toContain('Mended')
})
