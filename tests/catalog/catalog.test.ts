import { describe, expect, test } from 'vitest'
import { catalogOf, placesOf, projectFile } from '#tests/builders.ts'

const vocabularies = {
  'categories.yml': 'databases: {name: Databases}\n',
  'people.yml': 'ada: {name: Ada}\n',
}

describe('past the door of the catalog', () => {
  test('architectures are canonical ids', () => {
    const { catalog, problems } = catalogOf({
      ...vocabularies,
      'site.yml': 'title: Test\ncolumns: [x86_64, AArch64]\n',
      'projects/redis.md': projectFile({
        claims:
          '[{architectures: [aarch64, arm/v7, X86_64], support: works, date: 2026, link: "https://example.org/"}]',
      }),
    })
    expect(problems).toEqual([])
    expect(catalog.project.get('redis')?.data.claims[0]?.architectures).toEqual(['arm64', 'armv7', 'amd64'])
    expect(catalog.site.columns).toEqual(['amd64', 'arm64'])
  })

  test('renamed projects have their new ids', () => {
    const { catalog, problems } = catalogOf({
      ...vocabularies,
      'projects/redis.md': projectFile(),
      'projects/old.md': '---\nmovedTo: redis\n---\n',
      'projects/valkey.md': projectFile({ blockedBy: '[old]', alternatives: '[redis]' }),
    })
    expect(problems).toEqual([])
    expect(catalog.project.get('valkey')?.data).toMatchObject({ blockedBy: ['redis'], alternatives: ['redis'] })
    expect([...catalog.project.keys()]).toEqual(['redis', 'valkey'])
    expect([...catalog.moved.keys()]).toEqual(['old'])
  })

  test('nothing is there that has an error', () => {
    const { catalog } = catalogOf({ ...vocabularies, 'projects/redis.md': projectFile({ homepage: 'redis.io' }) })
    expect(catalog.project.size).toBe(0)
  })

  test('the architectures stand in the order of their file', () => {
    expect([...catalogOf({}).catalog.architectures.keys()]).toEqual(['amd64', 'arm64', 'armv7', 'armv6'])
  })
})

describe('everything that is wrong is reported at once', () => {
  test('front matter, references and text of one file', () => {
    const text = projectFile(
      { homepage: 'redis.io', categories: '[databses]', notes: '[none]' },
      '<b>bold</b> [x](/none/)',
    )
    expect(placesOf(catalogOf({ ...vocabularies, 'projects/redis.md': text }).problems)).toEqual([
      'projects/redis.md:4:11 bad-link',
      'projects/redis.md:5:14 unknown-category',
      'projects/redis.md:6:9 unknown-note',
      'projects/redis.md:8:1 raw-html',
      'projects/redis.md:8:8 raw-html',
      'projects/redis.md:8:13 unknown-page',
    ])
  })

  test('the text of a file whose YAML cannot be read', () => {
    const text = projectFile({ summary: 'a: b' }, '# Title\n\n[x](/none/)')
    expect(placesOf(catalogOf({ ...vocabularies, 'projects/redis.md': text }).problems)).toEqual([
      'projects/redis.md:3:10 yaml-syntax',
      'projects/redis.md:7:1 heading-level',
      'projects/redis.md:9:1 unknown-page',
    ])
  })

  test('and nothing twice in one place', () => {
    const text = projectFile({ categories: '[Data Bases]', homepage: 'no where' })
    expect(placesOf(catalogOf({ ...vocabularies, 'projects/redis.md': text }).problems)).toEqual([
      'projects/redis.md:4:11 bad-link',
      'projects/redis.md:5:14 bad-format',
    ])
  })

  test('and no other file has a problem because one has', () => {
    for (const [path, text] of [
      ['architectures.yml', 'arm64: {name: [Arm]}\n'],
      ['architectures.yml', 'arm64: {name: "Arm}\n'],
      ['categories.yml', 'databases: {name: [Databases]}\n'],
      ['categories.yml', 'databases: [\n'],
      ['people.yml', 'ada: Ada\n'],
      ['people.yml', '@'],
      ['site.yml', 'title: Test\nsections: {ports: Ports}\n'],
      ['site.yml', '%'],
    ] as const) {
      const { problems } = catalogOf({
        ...vocabularies,
        'site.yml': 'title: Test\nsections: {ports: {name: Ports}}\n',
        'projects/redis.md': projectFile({
          claims: '[{architectures: [aarch64], support: works, date: 2026, link: /architectures/arm64/}]',
        }),
        'issues/0001.md':
          '---\nnumber: 1\ntitle: T\ndate: 2026-05-12\nauthors: [ada]\nsummary: S\nstate: draft\nsections: [ports]\n---\n## Ports\n[x](/topics/ports/)',
        [path]: text,
      })
      expect(new Set(problems.map(({ place }) => place.file)), `${path}: ${text}`).toEqual(new Set([path]))
    }
  })

  test('and what a broken file refers to, and is referred to by, is still checked', () => {
    const { problems } = catalogOf({
      ...vocabularies,
      'projects/redis.md': projectFile({ name: undefined }),
      'projects/valkey.md': projectFile({ alternatives: '[redis, none]' }),
    })
    expect(placesOf(problems)).toEqual(['projects/redis.md:2:1 missing-key', 'projects/valkey.md:6:23 unknown-project'])
  })
})

describe('a renamed project', () => {
  test('leads to one that is there', () => {
    const moved = (to: string) => `---\nmovedTo: ${to}\n---\n`
    const { problems } = catalogOf({
      'projects/a.md': moved('b'),
      'projects/b.md': moved('a'),
      'projects/c.md': moved('c'),
      'projects/d.md': moved('none'),
      'projects/e.md': moved('f'),
      'projects/f.md': projectFile({ name: undefined }),
    })
    expect(placesOf(problems)).toEqual([
      'projects/a.md:2:10 moved-twice',
      'projects/b.md:2:10 moved-twice',
      'projects/c.md:2:10 moved-twice',
      'projects/d.md:2:10 unknown-project',
      'projects/f.md:2:1 missing-key',
    ])
  })
})

test('a site without categories has those that its projects name', () => {
  const { catalog, problems } = catalogOf({ 'projects/redis.md': projectFile({ categories: '[a, b]' }) })
  expect(problems).toEqual([])
  expect([...catalog.categories.keys()]).toEqual(['a', 'b'])
})

test('a text that nests too deep is refused before anything walks it', () => {
  for (const body of [
    '>'.repeat(100_000),
    '- '.repeat(50_000),
    '['.repeat(100_000),
    '*a _b '.repeat(50_000),
    '![a'.repeat(50_000),
  ]) {
    const { catalog, problems } = catalogOf({ ...vocabularies, 'projects/redis.md': projectFile({}, body) })
    expect(placesOf(problems)).toEqual(['projects/redis.md:7:1 text-too-deep'])
    expect(catalog.project.get('redis')?.body).toBe('')
  }
  const note = `[{architectures: [arm64], support: works, date: 2026, link: /, note: "${'>'.repeat(3000)}"}]`
  const { problems } = catalogOf({ ...vocabularies, 'projects/redis.md': projectFile({ claims: note }) })
  expect(problems.map(({ code }) => code)).toEqual(['text-too-deep'])
})
