/** The search index is what Pagefind makes of the same pages, and the same to the byte each time, whatever was kept. */
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { unpackPages } from '#query/page-texts.ts'
import { propertyTimeout, runsOf } from '#tests/builders.ts'
import type { SearchRecord } from '#views/search-record.ts'
import { SearchIndexing } from '../../scripts/index-search.ts'
import { KeptMap } from '../../scripts/kept-map.ts'
import { IndexInMaking, wordsOfPage } from '../../scripts/make-search-index.ts'
import type { PageProse } from '../../scripts/page-prose.ts'
import { countOfWords, Pagefind } from '../../scripts/pagefind.ts'
import { parseEntry, parseOwnIndex, parseWordIndex, type IndexFile } from '../../scripts/pagefind-format.ts'
import { WordForms, type KeptForms } from '../../scripts/word-forms.ts'
import { arrangeIndex, indexPages, wordsOfField, type WordIndex } from '../../scripts/word-index.ts'
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

const keptIn = (home: string): KeptForms => ({
  forms: new KeptMap(home, 'words.bin', ''),
  frame: new KeptMap(home, 'programs.bin', ''),
})
const nowhere = join(tmpdir(), 'works-on-arm-nowhere')

function makeIndex({ language, pages, first = 0 }: Input, kept = keptIn(nowhere)): Promise<IndexFile[]> {
  const making = new IndexInMaking(language, kept)
  if (first > 0) making.add(pages.slice(0, first))
  making.add(pages.slice(first))
  return making.finish()
}

const pageCountOf = (files: readonly IndexFile[]) =>
  Object.values(parseEntry(files).languages).reduce((sum, { page_count: count }) => sum + count, 0)

describe('an index', () => {
  test('is the same in each process of Pagefind', async () => {
    const [first, second] = [await makeIndex(input), await makeIndex(input)]
    expect(second.map(({ path }) => path)).toEqual(first.map(({ path }) => path))
    for (const [place, { path, content }] of first.entries())
      expect(Buffer.from(content).equals(Buffer.from(second[place]?.content ?? [])), path).toBe(true)
  })

  test('has the same words whether its pages came at once or one after another', async () => {
    const slowly = new IndexInMaking(input.language, keptIn(nowhere))
    slowly.add(input.pages.slice(0, 25))
    slowly.add(input.pages.slice(25))
    const wordsOf = (files: readonly IndexFile[]) => files.filter(({ path }) => /^(?:index|filter)\//.test(path))
    expect(wordsOf(await slowly.finish())).toEqual(wordsOf(await makeIndex(input)))
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
    expect(pageCountOf(await makeIndex(input))).toBe(input.pages.length)
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

test('an index is of one language, whatever letters its name has', async () => {
  const files = await makeIndex({ ...input, language: 'en-GB' })
  expect(files.filter(({ path }) => path.endsWith('.pf_meta'))).toHaveLength(1)
  expect(parseEntry(files).languages).toEqual({
    'en-gb': { hash: expect.any(String) as string, wasm: 'en-gb', page_count: input.pages.length },
  })
})

describe('words are found', () => {
  const known = fc.constantFrom(
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
    ],
    ...[
      '<b>',
      'C++',
      'c#',
      '.net',
      'CamelCase',
      'https://a.b/c-d_e',
      '🚀',
      'a🚀b',
      'don’t',
      '1,000',
      '__init__',
      'go-go',
    ],
    ...['zero\u200bwidth', '&amp;', '"', "it's", 'İ', 'ß', 'I.', '\ufeff', 'half\ud800', 'ｗｉｄｅ'],
  )
  const word = fc.oneof(
    { weight: 4, arbitrary: known },
    fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.replace(/[\s\u0085]/g, '')),
  )
  /** What one of us takes for a space and the other one does not makes other places, and Pagefind reads names otherwise than texts there. */
  const isOneWord = (text: string) => !/[\u0085\u200b\ufeff\ud800]/.test(text)
  const pageOf = (number: number) =>
    fc.record({
      url: fc.constant(`/projects/p${number}/`),
      meta: fc.record(
        {
          title: known.filter(isOneWord),
          kind: fc.constantFrom('Project', 'Recipe'),
          names: fc.array(known.filter(isOneWord)).map((names) => names.join(' ')),
        },
        { requiredKeys: ['title', 'kind'] },
      ),
      parts: fc.array(
        fc.record({ weight: fc.constantFrom(1, 1, 1, 6, 0.25), words: fc.array(word, { minLength: 1, maxLength: 6 }) }),
        { maxLength: 3 },
      ),
      sections: fc.constant([]),
    }) satisfies fc.Arbitrary<PageProse>
  const pages = fc.tuple(pageOf(0), pageOf(1), pageOf(2), pageOf(3))
  const languages = fc.constantFrom('en', 'en-GB', 'pt-BR', 'de', 'tlh')

  test(
    'as Pagefind finds them in whole pages',
    async () => {
      await fc.assert(
        fc.asyncProperty(pages, languages, async (pages, language) => {
          const texts = pages.map(wordsOfPage)
          const pagefind = new Pagefind(language)
          const forms = new WordForms(pagefind, keptIn(nowhere))
          await forms.learn(texts.flatMap(({ parts }) => parts))
          await forms.learn([
            { weight: 1, words: texts.flatMap(({ meta }) => Object.values(meta).flatMap(wordsOfField)) },
          ])
          const { version } = await forms.frame()
          const fields = [...new Set(pages.flatMap(({ meta }) => Object.keys(meta)))].sort()
          const ours = indexPages(version, fields, texts, (word, weight) => forms.of(word, weight))
          const whole = parseOwnIndex(
            await pagefind.filesOf(
              texts.map(({ url, parts }, index) => ({ url, meta: pages[index]?.meta ?? {}, parts })),
            ),
          )
          // Pagefind counts characters that are no words too, and keeps pages that have nothing else.
          const found = new Set(ours.pages.map(({ url }) => url))
          const partsOf = new Map(texts.map(({ url, parts }) => [url, parts]))
          for (const { url, words } of whole?.pages ?? []) expect(words).toBe(countOfWords(partsOf.get(url) ?? []))
          for (const { url, words } of ours.pages)
            expect(words).toBe((partsOf.get(url) ?? []).reduce((sum, part) => sum + part.words.length, 0))
          const theirs = whole && arrangeIndex(whole, [...found], fields)
          expect(comparable(ours)).toEqual(
            theirs ? comparable(theirs) : comparable(indexPages(version, fields, [], () => [])),
          )
          await pagefind.end()
        }),
        { numRuns: runsOf(40) },
      )
    },
    propertyTimeout * 2,
  )

  const comparable = ({ version, fields, pages, words, filters }: WordIndex) => ({
    ...{ version, fields, pages: pages.map(({ url }) => url), filters },
    words: [...words].sort(([a], [b]) => (a < b ? -1 : 1)),
  })

  test('whatever stands beside them: marks of Pagefind’s own, and what it takes for two words', async () => {
    const alone = await formsOf(['ports', 'x86-64'])
    const words = [
      '___PAGEFIND_WEIGHT___9',
      'ports',
      'U\u0085V',
      '___PAGEFIND_AUTO_WEIGHT___7',
      'x86-64',
      '___PAGEFIND_ANCHOR___a:b:c',
    ]
    const among = await formsOf(words)
    expect([among[1], among[4]]).toEqual(alone)
    expect(among[2]?.map(({ word }) => word).sort()).toEqual(['u', 'v'])
    // One divides a word, and one is none: together they are as many as were sent.
    const [, first, second] = await formsOf(['a\u0085b', 'ports', 'x86-64', '\u200b', 'last'])
    expect([first, second]).toEqual(alone)
  })

  async function formsOf(words: readonly string[]) {
    const pagefind = new Pagefind('en')
    const forms = new WordForms(pagefind, keptIn(nowhere))
    await forms.learn([{ weight: 1, words }])
    await pagefind.end()
    return words.map((word) => forms.of(word, 1))
  }

  test('only where they are words: a page without any is in no index', async () => {
    const pages = input.pages.map((page, index) => (index === 3 ? { ...page, parts: [] } : page))
    expect(pageCountOf(await makeIndex({ ...input, pages }))).toBe(pages.length - 1)
    expect(parseEntry(await makeIndex({ ...input, pages: [] })).languages).toEqual({})
  })
})

describe('the index of a site', () => {
  const home = mkdtempSync(join(tmpdir(), 'site-index-'))
  const kept = ['search-words.bin', 'search-programs.bin'].map((name) =>
    join(home, 'node_modules/.cache/works-on-arm', name),
  )
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

  const sitesOf = (site: string) =>
    Object.fromEntries(
      readdirSync(join(home, site), { recursive: true, encoding: 'utf8' })
        .filter((path) => statSync(join(home, site, path)).isFile())
        .sort()
        .map((path) => [path, readFileSync(join(home, site, path), 'base64')]),
    )

  test.each(['en', 'en-GB', 'zh', 'tlh'])('in %s is the same with what was kept as without', async (language) => {
    const records = [record('a', 'ports of a'), record('b', 'ports of b')]
    const others = [record('c', 'boards'), record('a', 'ports of a'), record('b', 'boards of b')]
    await indexSite(language, records, 'first')
    await indexSite(language, others, 'second')
    await indexSite(language, records, 'third')
    expect(sitesOf('third')).toEqual(sitesOf('first'))
    for (const file of kept) rmSync(file)
    await indexSite(language, others, 'anew')
    expect(sitesOf('anew')).toEqual(sitesOf('second'))
  })

  test('needs no Pagefind where all its words are known', async () => {
    const records = [record('a', 'ports of a'), record('b', 'boards of b')]
    await indexSite('en', records, 'first')
    const program = join(home, 'pagefind')
    writeFileSync(program, '#!/bin/sh\nexit 7\n')
    chmodSync(program, 0o755)
    vi.stubEnv('PAGEFIND_EXTENDED_BINARY_PATH', program)
    try {
      await indexSite('en', [record('b', 'ports of b')], 'second')
      await expect(indexSite('en', [record('b', 'others')], 'third')).rejects.toThrow(
        /^Pagefind (?:ended|backend closed)/,
      )
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('has what has no word by its name', async () => {
    await indexSite('en', [record('a', 'ports'), record('b', '🚀 …')], 'site')
    const files = Object.entries(sitesOf('site')).map(([path, content]) => ({
      path: path.replace('pagefind/', ''),
      content: Buffer.from(content, 'base64'),
    }))
    expect(parseWordIndex(files, (_, number) => `${number}`)?.words.get('name')?.postings).toHaveLength(2)
  })
})
