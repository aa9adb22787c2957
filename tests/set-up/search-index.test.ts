/** The search index is the same to the byte each time, and one that is kept is taken for what it was made of alone. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { unpackPages } from '#query/page-texts.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import type { SearchRecord } from '#views/search-record.ts'
import { SearchIndexing } from '../../scripts/index-search.ts'
import { KeptIndex } from '../../scripts/kept-search-index.ts'
import { IndexInMaking, type MadeIndex } from '../../scripts/make-search-index.ts'
import type { PageProse } from '../../scripts/page-prose.ts'
import { parseEntry } from '../../scripts/pagefind-format.ts'
import { SiteUpdate } from '../../scripts/site-update.ts'

interface Input {
  language: string
  pages: readonly PageProse[]
  /** So many of them come before the others. */
  first?: number
}

const input: Input = {
  language: 'en',
  pages: Array.from({ length: 40 }, (_, index) => ({
    url: `/projects/p${index}/`,
    meta: { title: `Project ${index}`, kind: ['Project', 'Recipe', 'Event', 'Hardware'][index % 4] ?? '' },
    parts: [
      { weight: 6, words: ['Ports:'] },
      { weight: 1, words: `Some ports wait. Others wait for ${index} ports of node.js, and <b> & "c".`.split(' ') },
    ],
    sections: [{ id: 'ports', title: 'Ports', at: 0 }],
  })),
}

/** The index of pages that are all known. */
function makeIndex({ language, pages, first = 0 }: Input): Promise<MadeIndex> {
  const making = new IndexInMaking(language)
  if (first > 0) making.add(pages.slice(0, first))
  making.add(pages.slice(first))
  return making.finish()
}

describe('an index', () => {
  test('is the same in each process of Pagefind', async () => {
    const [{ files: first }, { files: second }] = [await makeIndex(input), await makeIndex(input)]
    expect(second.map(({ path }) => path)).toEqual(first.map(({ path }) => path))
    for (const [place, { path, content }] of first.entries())
      expect(Buffer.from(content).equals(Buffer.from(second[place]?.content ?? [])), path).toBe(true)
  })

  test('has the same words whether its pages came at once or one after another', async () => {
    const slowly = new IndexInMaking(input.language)
    slowly.add(input.pages.slice(0, 25))
    slowly.add(input.pages.slice(25))
    const wordsOf = ({ files }: MadeIndex) => files.filter(({ path }) => /^(?:index|filter)\//.test(path))
    expect(wordsOf(await slowly.finish())).toEqual(wordsOf(await makeIndex(input)))
  })

  test('has the texts as they were, several in a file, and nothing that no browser asks for', async () => {
    const { files } = await makeIndex(input)
    const texts = files.filter(({ path }) => path.startsWith('fragment/'))
    expect(texts.length).toBeLessThan(5)
    const pages = texts.flatMap(({ content }) => unpackPages(gunzipSync(content).toString()))
    expect(pages.map(({ url, meta, sections, words }) => ({ url, meta, sections, words }))).toEqual(
      expect.arrayContaining(
        input.pages.map(({ url, meta, sections, parts }) => ({
          ...{ url, meta, sections },
          words: parts.flatMap(({ words }) => words),
        })),
      ),
    )
    expect(files.map(({ path }) => path).filter((path) => /ui|highlight|unknown/.test(path))).toEqual([])
  })

  test('is given up where Pagefind ends before it has answered', async () => {
    const program = join(mkdtempSync(join(tmpdir(), 'pagefind-')), 'pagefind')
    writeFileSync(program, '#!/bin/sh\nsleep 0.3\nexit 7\n', { mode: 0o755 })
    vi.stubEnv('PAGEFIND_EXTENDED_BINARY_PATH', program)
    try {
      await expect(makeIndex({ ...input, pages: [] })).rejects.toThrow('Pagefind ended before its index was made: 7')
    } finally {
      vi.unstubAllEnvs()
      rmSync(dirname(program), { recursive: true })
    }
    expect((await makeIndex(input)).urls).toHaveLength(input.pages.length)
  })

  test('takes languages without spaces as Pagefind divides them', async () => {
    const { files } = await makeIndex({ language: 'zh', pages: input.pages.slice(0, 2) })
    const pages = files
      .filter(({ path }) => path.startsWith('fragment/'))
      .flatMap(({ content }) => unpackPages(gunzipSync(content).toString()))
    expect(pages.map(({ words }) => words.join(' '))).toEqual([
      expect.stringContaining('wait'),
      expect.stringContaining('wait'),
    ])
  })
})

test('an index is of one language, whatever letters its name has', async () => {
  const { files, urls } = await makeIndex({ ...input, language: 'en-GB' })
  expect(urls).toHaveLength(input.pages.length)
  expect(files.filter(({ path }) => path.endsWith('.pf_meta'))).toHaveLength(1)
  expect(parseEntry(files).languages).toEqual({
    'en-gb': { hash: expect.any(String) as string, wasm: 'en-gb', page_count: input.pages.length },
  })
})

describe('an index that knows some of its pages', () => {
  const word = fc.constantFrom(
    ...[
      'ports',
      'port',
      'Ported',
      'café',
      'cafe',
      'CAFÉ',
      'node.js',
      'x86-64',
      'arm64',
      '𐐷𐐲',
      'ﬀ',
      '日本',
      'é',
      'wait…',
      '<b>',
    ],
  )
  const pageOf = (number: number) =>
    fc.record({
      url: fc.constant(`/projects/p${number}/`),
      meta: fc.record(
        { title: word, kind: fc.constantFrom('Project', 'Recipe'), names: word, identifiers: word },
        { requiredKeys: ['title', 'kind'] },
      ),
      parts: fc.array(
        fc.record({ weight: fc.constantFrom(1, 1, 1, 6, 0.25), words: fc.array(word, { minLength: 1, maxLength: 6 }) }),
        { maxLength: 3 },
      ),
      sections: fc.constant([]),
    }) satisfies fc.Arbitrary<PageProse>
  const languages = fc.constantFrom('en', 'en-GB', 'pt-BR', 'tlh')
  /** Each page as it was and as it is; where it is not there, undefined. */
  const edits = fc
    .tuple(
      ...Array.from({ length: 6 }, (_, number) =>
        fc.record({
          before: fc.option(pageOf(number), { nil: undefined }),
          then: fc.option(pageOf(number), { nil: undefined }),
          isSame: fc.boolean(),
        }),
      ),
    )
    .map((pages) => pages.map(({ before, then, isSame }) => ({ before, then: isSame ? before : then })))

  test(
    'is, to the byte, the index that is made of all of them',
    async () => {
      await fc.assert(
        fc.asyncProperty(edits, fc.boolean(), fc.nat(3), languages, async (pages, isTurned, first, language) => {
          const before = pages.flatMap(({ before }) => before ?? [])
          const then = pages.flatMap(({ then }) => then ?? [])
          if (isTurned) then.reverse()
          const known = await makeIndex({ language, pages: before, first: 1 })
          const making = new IndexInMaking(language, known)
          const isKnown = (page: PageProse) => before.some((other) => other === page)
          if (first > 0) making.add(then.slice(0, first), isKnown)
          making.add(then.slice(first), isKnown)
          expect(textOf(await making.finish())).toEqual(textOf(await makeIndex({ language, pages: then, first })))
        }),
        { numRuns: runsOf(12) },
      )
    },
    propertyTimeout * 2,
  )

  const textOf = ({ files, urls }: MadeIndex) => [
    urls,
    ...files.map(({ path, content }) => [path, Buffer.from(content).toString('base64')]),
  ]

  test('has no page in which Pagefind finds no word', async () => {
    const pages = input.pages.map((page, index) => (index === 3 ? { ...page, parts: [] } : page))
    const { urls } = await makeIndex({ ...input, pages })
    expect(urls).toEqual(pages.filter(({ parts }) => parts.length > 0).map(({ url }) => url))
  })
})

describe('the index of a site', () => {
  const home = mkdtempSync(join(tmpdir(), 'site-index-'))
  const list = join(home, 'node_modules/.cache/works-on-arm/search/files.json')
  afterEach(() => {
    rmSync(home, { recursive: true, force: true })
  })
  const record = (id: string, text: string): SearchRecord => ({
    url: `/projects/${id}/`,
    meta: { title: `Name of ${id}`, kind: 'Project' },
    text,
  })
  async function indexSite(language: string, records: readonly SearchRecord[], site: string) {
    const folder = join(home, site)
    mkdirSync(folder, { recursive: true })
    const indexing = new SearchIndexing(language, home, () => true)
    indexing.addRecords(records)
    await indexing.finish([], new SiteUpdate(folder, folder, undefined))
    return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  }

  test.each(['en', 'en-GB', 'zh', 'tlh'])(
    'in %s is taken as it is where nothing of it has changed, and made anew where something has',
    async (language) => {
      const records = [record('a', 'ports of a'), record('b', 'ports of b')]
      const first = await indexSite(language, records, 'first')
      writeFileSync(list, readFileSync(list))
      const { mtimeMs } = statSync(list)
      expect(await indexSite(language, records, 'second')).toEqual(first)
      expect(statSync(list).mtimeMs).toBe(mtimeMs)
      expect(await indexSite(language, [record('a', 'ports of a'), record('b', 'boards of b')], 'third')).not.toEqual(
        first,
      )
      expect(await indexSite(language, records, 'fourth')).toEqual(first)
    },
  )

  test('has what has no word by its name', async () => {
    await indexSite('en', [record('a', 'ports'), record('b', '🚀 …')], 'site')
    expect(new KeptIndex(home, 'en').read()?.urls).toEqual(['/projects/a/', '/projects/b/'])
  })
})

describe('a kept index', () => {
  const home = mkdtempSync(join(tmpdir(), 'kept-index-'))
  const made: MadeIndex = {
    files: [
      { path: 'entry.json', content: Buffer.from('{}') },
      { path: 'index/a.pf_index', content: Buffer.from([1, 2, 3]) },
    ],
    urls: ['/projects/b/'],
  }
  const pages: [string, string][] = [
    ['digest-b', '/projects/b/'],
    ['digest-a', '/projects/a/'],
  ]
  afterEach(() => {
    rmSync(home, { recursive: true, force: true })
  })

  test('says of which pages it is, in their order, and of which language', () => {
    expect([...new KeptIndex(home, 'en').pages]).toEqual([])
    new KeptIndex(home, 'en').keep(made, pages)
    const kept = new KeptIndex(home, 'en')
    expect([...kept.pages]).toEqual(pages)
    expect(kept.read()).toEqual(made)
    const other = new KeptIndex(home, 'de')
    expect([[...other.pages], other.read()]).toEqual([[], undefined])
  })

  test('has another key for other pages, for another order of them, and in another language', () => {
    const kept = new KeptIndex(home, 'en')
    const keys = [['a', 'b'], ['b', 'a'], ['a'], []].map((digests) => kept.keyOf(digests))
    expect(new Set([...keys, new KeptIndex(home, 'de').keyOf(['a', 'b'])]).size).toBe(5)
    expect(kept.keyOf(new Set(['a', 'b']))).toBe(keys[0])
  })

  test('is not taken where one of its files is missing or another one', () => {
    const folder = join(home, 'node_modules/.cache/works-on-arm/search')
    for (const spoil of [
      () => rmSync(join(folder, 'index/a.pf_index')),
      () => writeFileSync(join(folder, 'index/a.pf_index'), 'other'),
      () => writeFileSync(join(folder, 'files.json'), '{'),
      () => writeFileSync(join(folder, 'files.json'), 'null'),
    ]) {
      new KeptIndex(home, 'en').keep(made, pages)
      spoil()
      expect(new KeptIndex(home, 'en').read()).toBeUndefined()
    }
  })

  test('fails nothing where it cannot be kept', () => {
    writeFileSync(`${home}-file`, '')
    new KeptIndex(`${home}-file`, 'en').keep(made, pages)
    expect(new KeptIndex(`${home}-file`, 'en').read()).toBeUndefined()
    rmSync(`${home}-file`)
  })
})
