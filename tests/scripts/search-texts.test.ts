import { gzipSync } from 'node:zlib'
import { afterEach, expect, test, vi } from 'vitest'
import { packPages } from '#query/page-texts.ts'
import { SearchTexts } from '#scripts/search-texts.ts'

const pages = ['redis', 'valkey'].map((id) => ({ url: `/projects/${id}/`, meta: {}, words: [id], sections: [] }))
const packed = Buffer.from(packPages(pages))

afterEach(() => {
  vi.unstubAllGlobals()
})

test('texts of one file are fetched once, packed or unpacked on the way', async () => {
  for (const bytes of [packed, gzipSync(packed)]) {
    const fetched: string[] = []
    vi.stubGlobal('fetch', (address: string) => {
      fetched.push(address)
      return Promise.resolve(new Response(bytes))
    })
    const texts = new SearchTexts('/base/pagefind/fragment/')
    const found = await Promise.all(['abc.1', 'abc.0', 'abc.1'].map((id) => texts.textOf(id)))
    expect(found.map(({ url }) => url)).toEqual(['/projects/valkey/', '/projects/redis/', '/projects/valkey/'])
    expect(fetched).toEqual(['/base/pagefind/fragment/abc.pf_fragment'])
  }
})

test('what could not be fetched is fetched again', async () => {
  const answers = [new Response('', { status: 503 }), new Response(packed)]
  vi.stubGlobal('fetch', () => Promise.resolve(answers.shift()))
  const texts = new SearchTexts('/')
  await expect(texts.textOf('abc.0')).rejects.toThrow('503')
  expect((await texts.textOf('abc.0')).url).toBe('/projects/redis/')
})
