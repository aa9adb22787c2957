import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { maximumFileBytes, readContent } from '#catalog/read.ts'
import { architecturesFile, folderOf, placesOf, projectFile } from '#tests/builders.ts'

const site = { 'site.yml': 'title: Test\n', 'architectures.yml': architecturesFile }

describe('a content folder', () => {
  test('may be empty', () => {
    expect(readContent(folderOf({}))).toEqual({ files: [], known: [], problems: [] })
  })

  test('that is not there cannot be read', () => {
    expect(() => readContent('/nowhere/at/all')).toThrow('ENOENT')
  })

  test('is read in the order of its paths, and without hidden files and READMEs', () => {
    const { files, problems } = readContent(
      folderOf({
        ...site,
        'projects/b.md': '',
        'projects/a.md': '',
        'projects/.a.md.swp': '',
        'projects/README.md': '',
        'notes/c.md': '',
        '.DS_Store': '',
        'README.md': '',
        LICENSE: '',
        'evidence/2026/a.jsonl': '{}',
      }),
    )
    expect(problems).toEqual([])
    expect(files.map(({ path }) => path)).toEqual([
      ...['site.yml', 'architectures.yml', 'projects/a.md', 'projects/b.md', 'notes/c.md'],
    ])
  })

  test('without architectures has those of the generator', () => {
    const folder = folderOf({ 'site.yml': 'title: Test\n' })
    const home = folderOf({ 'architectures.yml': architecturesFile })
    expect([...loadCatalog(folder, home).catalog.architectures.keys()]).toEqual(['amd64', 'arm64', 'armv7', 'armv6'])
    expect(loadCatalog(folder, '/nowhere/at/all').catalog.architectures.size).toBe(0)
  })
})

describe('a file is refused', () => {
  test('unread where it is too large, and no other file with it', () => {
    const folder = folderOf({
      ...site,
      'projects/large.md': projectFile({ categories: '[a]' }, 'word '.repeat(200_000)),
      'projects/small.md': projectFile({ categories: '[a]' }),
    })
    const { catalog, problems } = loadCatalog(folder)
    expect(placesOf(problems)).toEqual(['projects/large.md:1:1 file-too-large'])
    expect(problems[0]?.reason).toMatch(/^Unexpected size of `10000\d\d bytes`, expected at most 524288 bytes\.$/)
    expect([...catalog.project.keys()]).toEqual(['small'])
  })

  test('only beyond the limit', () => {
    const text = projectFile({ categories: '[a]' }, '')
    const body = 'a\n'.repeat((maximumFileBytes - text.length) / 2)
    const { problems } = loadCatalog(folderOf({ ...site, 'projects/large.md': text + body }))
    expect(placesOf(problems)).toEqual([])
  })

  test('where it is a link, so that no file of the machine is shown', () => {
    const secret = folderOf({ 'secret.md': projectFile() })
    const folder = folderOf({ ...site, 'projects/a.md': projectFile({ categories: '[a]' }), 'notes/README.md': '' })
    symlinkSync(join(secret, 'secret.md'), join(folder, 'projects/link.md'))
    symlinkSync('/nowhere', join(folder, 'projects/broken.md'))
    symlinkSync(secret, join(folder, 'recipes'))
    symlinkSync(join(secret, 'secret.md'), join(folder, 'people.yml'))
    const { catalog, problems } = loadCatalog(folder)
    expect(placesOf(problems)).toEqual([
      'people.yml:1:1 not-a-file',
      'projects/broken.md:1:1 not-a-file',
      'projects/link.md:1:1 not-a-file',
      'recipes:1:1 not-a-file',
    ])
    expect(problems.every(({ reason }) => reason.startsWith('Unexpected symbolic link'))).toBe(true)
    expect([...catalog.project.keys()]).toEqual(['a'])
  })

  test('where it is not text, with the place of the first byte that is none', () => {
    const { problems } = readContent(
      folderOf({ 'projects/a.md': Buffer.from([...Buffer.from('---\nname: Fl'), 0xe9, 0x78, 0x0a]) }),
    )
    expect(placesOf(problems)).toEqual(['projects/a.md:2:9 not-utf-8'])
    expect(problems[0]?.actual).toBe('0xE9')
  })

  test('where it has control characters, with the place of the first', () => {
    const { files, problems } = readContent(folderOf({ 'projects/a.md': '---\nname: \u0000\n' }))
    expect(placesOf(problems)).toEqual(['projects/a.md:2:7 control-character'])
    expect(files).toEqual([])
  })
})

describe('a file is read all the same', () => {
  test('with a byte order mark, which is no part of it', () => {
    const { files, problems } = readContent(folderOf({ 'projects/a.md': '\uFEFF---\n' }))
    expect(files).toEqual([{ path: 'projects/a.md', text: '---\n' }])
    expect(problems).toMatchObject([{ code: 'byte-order-mark', severity: 'warning' }])
  })

  test.each(['\r\n', '\r'])('with line ends %j', (end) => {
    const { files, problems } = readContent(folderOf({ 'projects/a.md': `---${end}a: 1${end}---${end}` }))
    expect(files[0]?.text).toBe('---\na: 1\n---\n')
    expect(problems).toMatchObject([{ code: 'carriage-return', severity: 'warning', place: { line: 1, column: 4 } }])
  })
})

test('a file name cannot write lines into a report', () => {
  const name = 'a\n::error::b\u001b[31m.md'
  const { problems } = loadCatalog(folderOf({ ...site, [`projects/${name}`]: projectFile(), [`x\ny`]: '' }))
  expect(problems.map(({ code }) => code)).toEqual(['bad-id', 'unknown-file'])
  for (const { reason, fix } of problems) expect(reason + fix).not.toMatch(/[\n\u001b]/)
})

test('a name that JavaScript knows is a name like others', () => {
  const files = { ...site, 'projects/constructor.md': projectFile({ categories: '[tostring]' }), constructor: '' }
  const { catalog, problems } = loadCatalog(folderOf(files))
  expect(placesOf(problems)).toEqual(['constructor:1:1 unknown-file'])
  expect([...catalog.project.keys()]).toEqual(['constructor'])
})
