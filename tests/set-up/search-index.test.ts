/** The search index is the same to the byte each time, and one that is kept is taken for what it was made of alone. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { unpackPages } from '#query/page-texts.ts'
import type { IndexFile } from '../../scripts/compact-search-index.ts'
import { KeptIndex } from '../../scripts/kept-search-index.ts'
import { IndexInMaking, makeIndex, type SearchInput } from '../../scripts/make-search-index.ts'
import type { PageProse } from '../../scripts/page-prose.ts'

const input: SearchInput = {
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

describe('an index', () => {
  test('is the same in each process of Pagefind', async () => {
    const [first, second] = [await makeIndex(input), await makeIndex(input)]
    expect(second.map(({ path }) => path)).toEqual(first.map(({ path }) => path))
    for (const [place, { path, content }] of first.entries())
      expect(Buffer.from(content).equals(Buffer.from(second[place]?.content ?? [])), path).toBe(true)
  })

  test('is the same whether its pages came at once or one after another', async () => {
    const slowly = new IndexInMaking(input.language)
    slowly.add(input.pages.slice(0, 25))
    slowly.add(input.pages.slice(25))
    expect(await slowly.files()).toEqual(await makeIndex(input))
  })

  test('has the texts as they were, several in a file, and nothing that no browser asks for', async () => {
    const files = await makeIndex(input)
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
    expect(await makeIndex(input)).not.toEqual([])
  })

  test('takes languages without spaces as Pagefind divides them', async () => {
    const files = await makeIndex({ language: 'zh', pages: input.pages.slice(0, 2) })
    const pages = files
      .filter(({ path }) => path.startsWith('fragment/'))
      .flatMap(({ content }) => unpackPages(gunzipSync(content).toString()))
    expect(pages.map(({ words }) => words.join(' '))).toEqual([
      expect.stringContaining('wait'),
      expect.stringContaining('wait'),
    ])
  })
})

describe('a kept index', () => {
  const home = mkdtempSync(join(tmpdir(), 'kept-index-'))
  const files: IndexFile[] = [
    { path: 'entry.json', content: Buffer.from('{}') },
    { path: 'index/a.pf_index', content: Buffer.from([1, 2, 3]) },
  ]
  afterEach(() => {
    rmSync(home, { recursive: true, force: true })
  })

  const source = {
    language: 'en',
    records: [{ url: '/projects/a/', meta: { title: 'A', kind: 'Project' }, text: 'about a' }],
  }
  const indexOf = ({ language, records } = source, prose: readonly PageProse[] = input.pages, folder = home) => {
    const kept = new KeptIndex(folder, { language, records })
    kept.keyWith(prose)
    return kept
  }

  test('is there for the same records and pages, and no others', () => {
    expect(indexOf().read()).toBeUndefined()
    indexOf().keep(files)
    expect(indexOf({ ...source, language: 'de' }).read()).toBeUndefined()
    expect(indexOf({ ...source, records: [] }).read()).toBeUndefined()
    expect(indexOf(source, input.pages.slice(1)).read()).toBeUndefined()
    expect(indexOf().read()).toEqual(files)
    expect(indexOf().paths()).toEqual(['entry.json', 'index/a.pf_index'])
  })

  test('says whether its records are the same before its pages are known', () => {
    indexOf().keep(files)
    expect(new KeptIndex(home, source).isOfRecords()).toBe(true)
    expect(new KeptIndex(home, source).paths()).toBeUndefined()
    expect(new KeptIndex(home, { ...source, records: [] }).isOfRecords()).toBe(false)
  })

  test('is not taken where one of its files is missing or another one', () => {
    const folder = join(home, 'node_modules/.cache/works-on-arm/search')
    for (const spoil of [
      () => rmSync(join(folder, 'index/a.pf_index')),
      () => writeFileSync(join(folder, 'index/a.pf_index'), 'other'),
      () => writeFileSync(join(folder, 'files.json'), '{'),
      () => writeFileSync(join(folder, 'files.json'), 'null'),
    ]) {
      indexOf().keep(files)
      spoil()
      expect(indexOf().read()).toBeUndefined()
    }
  })

  test('fails nothing where it cannot be kept', () => {
    writeFileSync(`${home}-file`, '')
    indexOf(source, [], `${home}-file`).keep(files)
    expect(indexOf(source, [], `${home}-file`).read()).toBeUndefined()
    rmSync(`${home}-file`)
  })
})
