/** What the search has of a page, and shows as an excerpt: its prose. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { loadCatalog } from '#catalog/catalog.ts'
import { unpackPages, type PageMeta } from '#query/page-texts.ts'
import { firstOf } from './html.ts'
import { real, sites, type Site } from './sites.ts'

interface Fragment {
  url: string
  content: string
  meta: PageMeta
}

describe.each(sites)('on $name', (site) => {
  const fragments = readFragments(site)

  test('every project can be found, by its other names and package URLs too', () => {
    const { catalog } = loadCatalog(site.contentFolder, real.contentFolder)
    const missing = [...catalog.project].filter(([id, { data }]) => {
      const found = fragments.find(({ url }) => url === `/projects/${id}/`)
      return (
        found?.meta.kind !== 'Project' ||
        (found.meta.names ?? '') !== data.aliases.join(', ') ||
        // The statuses come after the package URLs: `sqlite riscv64` finds SQLite.
        !(found.meta.identifiers ?? '').startsWith(data.identifiers.join(', '))
      )
    })
    expect(firstOf(missing.map(([id]) => id))).toEqual([])
  })

  test('every text of it is of a page that the index has', () => {
    const entry = JSON.parse(readFileSync(join(site.folder, 'pagefind/pagefind-entry.json'), 'utf8')) as unknown
    expect(Object.values((entry as { languages: object }).languages)).toEqual([
      expect.objectContaining({ page_count: fragments.length }),
    ])
  })

  test('every page in it has a title, a kind and a text', () => {
    const bare = fragments.filter(({ meta, content }) => !meta.title || !meta.kind || content.trim() === '')
    expect(firstOf(bare.map(({ url }) => url))).toEqual([])
  })
})

test('no text of a project, a note, a recipe or an issue holds what frames it', () => {
  const frame =
    /Home page|Package URLs|Also called|Nothing is recorded|Stale since|Claimed as|On this page|In this issue|This page is made from|How to correct it|minutes to read|Copy the|Link to |Topic: /
  const framed = readFragments(real)
    .filter(({ url }) => /^\/(projects|notes|recipes|issues)\//.test(url))
    .flatMap(({ url, content }) => {
      const [found] = frame.exec(content) ?? []
      return found === undefined ? [] : [`${url}: ${found}`]
    })
  expect(firstOf(framed)).toEqual([])
})

function readFragments({ folder }: Site): Fragment[] {
  const fragments = join(folder, 'pagefind/fragment')
  return readdirSync(fragments).flatMap((name) =>
    unpackPages(gunzipSync(readFileSync(join(fragments, name))).toString()).map(({ url, meta, words }) => ({
      ...{ url, meta },
      content: words.join(' '),
    })),
  )
}
