import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { keep as keepText, readKept } from '../../src/store/kept-file.ts'
import { folderOf } from '#tests/builders.ts'
import { keepSite, KeptSite, keptSiteFolder } from '../../scripts/kept-site.ts'
import { LastBuild } from '../../scripts/last-build.ts'
import { restoreSite, SiteWriters } from '../../scripts/restore-site.ts'
import { SiteUpdate } from '../../scripts/site-update.ts'
import { stampsOfSite } from '../../scripts/stamps.ts'

const facts = {
  inputs: 'inputs',
  frame: 'frame',
  asOf: '2026-11-21T10:00:00Z',
  until: '2026-11-21T12:00:00Z',
}

const texts: Record<string, string | Uint8Array> = {
  'index.html': 'home',
  'a/index.html': 'page ä\n\n',
  'a/b/c.png': new Uint8Array([0, 10, 255, 13]),
  'empty.txt': '',
  'z.svg': 'equal',
  '404.html': 'missing',
  'sitemap-index.xml': '<sitemapindex/>',
}

/** A site with two names for one file, and what keeps it. */
function standing() {
  const home = folderOf({ 'out/foreign.txt': 'of somebody else' })
  const site = join(home, 'out')
  for (const [path, text] of Object.entries(texts)) {
    mkdirSync(join(site, path, '..'), { recursive: true })
    writeFileSync(join(site, path), text)
  }
  linkSync(join(site, 'z.svg'), join(site, 'a/y.svg'))
  const stamps = stampsOfSite(site)
  const files = new Map(
    [...Object.keys(texts), 'a/y.svg'].map((path) => [path, path === 'index.html' ? '' : `key of ${path}`]),
  )
  const folder = keptSiteFolder(home, site)
  const keep = (others: Partial<typeof facts> = {}) =>
    keepSite(home, folder, { facts: { ...facts, ...others }, site, files, stampOf: (path) => stamps.get(path) })
  /** Keeps the site that the one before was carried into, as it is now. */
  const keepOn = (before: KeptSite | undefined, changed: Record<string, string> = {}) => {
    for (const [path, key] of Object.entries(changed)) {
      writeFileSync(join(site, path), `new: ${key}`)
      files.set(path, key)
    }
    const now = stampsOfSite(site)
    return keepSite(home, folder, { facts, site, files, stampOf: (path) => now.get(path), before })
  }
  const into = join(home, 'new')
  mkdirSync(into)
  return {
    home,
    site,
    files,
    folder,
    keep,
    keepOn,
    into,
    packs: () => readdirSync(folder).filter((name) => name !== 'files.txt'),
  }
}

async function written(kept: KeptSite | undefined, into: string) {
  if (!kept) return undefined
  const writers = new SiteWriters(kept)
  try {
    return await writers.write(into)
  } finally {
    await writers.close()
  }
}

test('a kept site is written again, to the byte, with its links and without what is not of it', async () => {
  const { files, folder, keep, into } = standing()
  await keep()
  const kept = KeptSite.open(folder)
  expect(kept?.facts).toEqual(facts)
  expect(new Map([...(kept?.files ?? [])].map(([path, { key }]) => [path, key]))).toEqual(files)
  const stamps = await written(kept, into)
  expect(stamps).toEqual(stampsOfSite(into))
  expect([...(stamps?.keys() ?? [])].sort()).toEqual([...files.keys()].sort())
  for (const [path, text] of Object.entries(texts)) expect(readFileSync(join(into, path))).toEqual(Buffer.from(text))
  expect(statSync(join(into, 'a/y.svg')).ino).toBe(statSync(join(into, 'z.svg')).ino)
})

test('only the newest is there, and none of another frame', async () => {
  const { folder, keep, packs } = standing()
  await keep()
  const before = packs()
  await keep({ frame: 'another frame' })
  expect(packs()).toHaveLength(before.length)
  expect(packs().filter((name) => before.includes(name))).toEqual([])
  expect(KeptSite.open(folder, 'frame')).toBeUndefined()
  expect(KeptSite.open(folder, 'another frame')?.facts.frame).toBe('another frame')
})

test('what somebody has touched is not kept, and then the rest is not the site of these inputs', async () => {
  const { site, files, folder, keep } = standing()
  appendFileSync(join(site, 'z.svg'), '!')
  rmSync(join(site, 'empty.txt'))
  await keep()
  const kept = KeptSite.open(folder)
  expect([...(kept?.files.keys() ?? [])].sort()).toEqual(
    [...files.keys()].filter((path) => !['a/y.svg', 'empty.txt', 'z.svg'].includes(path)).sort(),
  )
  expect(kept?.facts.inputs).toBe('')
})

test.each<[string, (folder: string, pack: string) => void]>([
  [
    'a byte is another',
    (_, pack) => {
      const bytes = readFileSync(pack)
      bytes[0] = (bytes[0] ?? 0) ^ 1
      writeFileSync(pack, bytes)
    },
  ],
  [
    'a pack is cut',
    (_, pack) => {
      truncateSync(pack, 1)
    },
  ],
  [
    'a pack is gone',
    (_, pack) => {
      rmSync(pack)
    },
  ],
  [
    'the list is cut',
    (folder) => {
      truncateSync(join(folder, 'files.txt'), 200)
    },
  ],
])('nothing wrong is written where %s', async (_, damage) => {
  const { site, folder, keep, into, packs } = standing()
  await keep()
  for (const pack of packs()) damage(folder, join(folder, pack))
  const kept = KeptSite.open(folder)
  expect(await written(kept, into)).toBeUndefined()
  const update = new SiteUpdate(join(into), site, undefined, kept)
  if (kept) expect(update.keeps('a/index.html', 'key of a/index.html')).toBe(false)
  expect(existsSync(join(into, 'a/index.html'))).toBe(false)
})

test('an update takes from it what has its key, and links what was linked', async () => {
  const { site, folder, keep, into } = standing()
  await keep()
  const update = new SiteUpdate(into, site, undefined, KeptSite.open(folder))
  expect(update.isWhole).toBe(false)
  expect(update.keeps('a/index.html', 'another key')).toBe(false)
  expect(update.keeps('index.html', '')).toBe(false)
  expect(update.keeps('missing.html', 'key of missing.html')).toBe(false)
  for (const path of ['a/index.html', 'z.svg', 'a/y.svg']) expect(update.keeps(path, `key of ${path}`)).toBe(true)
  update.write('index.html', 'new home')
  expect(update.stamps()).toEqual(stampsOfSite(into))
  expect(readFileSync(join(into, 'a/index.html'), 'utf8')).toBe(texts['a/index.html'])
  expect(statSync(join(into, 'a/y.svg')).ino).toBe(statSync(join(into, 'z.svg')).ino)
  expect([...update.keys().keys()]).toEqual(['a/index.html', 'z.svg', 'a/y.svg', 'index.html'])
})

test('sites that nobody has asked for in a week go', async () => {
  const { home, folder, keep } = standing()
  const other = keptSiteFolder(home, '/another/output')
  mkdirSync(other, { recursive: true })
  const old = new Date(Date.now() - 8 * 24 * 60 * 60 * 1000)
  utimesSync(other, old, old)
  await keep()
  expect(existsSync(other)).toBe(false)
  expect(existsSync(folder)).toBe(true)
})

test.each<[string, (folder: string) => void]>([
  [
    'its folder cannot be made',
    (folder) => {
      mkdirSync(join(folder, '..'), { recursive: true })
      writeFileSync(folder, 'no folder')
    },
  ],
  [
    'nothing can be removed either',
    (folder) => {
      mkdirSync(join(folder, '../..'), { recursive: true })
      writeFileSync(join(folder, '..'), 'no folder')
    },
  ],
  [
    'its list cannot be written',
    (folder) => {
      mkdirSync(join(folder, 'files.txt/folder'), { recursive: true })
    },
  ],
])('where %s, nothing is kept, and nobody fails', async (_, spoil) => {
  const { folder, keep } = standing()
  spoil(folder)
  await keep()
  expect(KeptSite.open(folder)).toBeUndefined()
  expect(existsSync(join(folder, 'files.txt'))).toBe(false)
})

/** Long enough that what changes in these tests is little of it. */
const long = 'much that stays. '.repeat(500)

test('contents that stay are not written again, and what is new or has no key lies beside them', async () => {
  const { site, folder, keepOn, into, packs } = standing()
  await keepOn(undefined, { 'a/long.html': long })
  const first = packs()
  const before = KeptSite.open(folder)
  appendFileSync(join(site, 'a/long.html'), 'touched, and nobody reads it')
  await keepOn(before, { 'a/index.html': 'another key', 'b.html': 'of a new file' })
  expect(packs().filter((name) => !first.includes(name))).toHaveLength(2)
  expect(packs()).toEqual(expect.arrayContaining(first))
  const fresh = packs().filter((name) => !first.includes(name))
  const sizes = fresh.map((name) => statSync(join(folder, name)).size)
  const { length } = ['home', 'new: another key', 'new: of a new file'].join('')
  expect(sizes.reduce((sum, size) => sum + size)).toBe(length)
  const kept = KeptSite.open(folder)
  await written(kept, into)
  const read = (path: string) => readFileSync(join(into, path), 'utf8')
  expect(read('a/index.html')).toBe('new: another key')
  expect(read('b.html')).toBe('new: of a new file')
  expect(read('a/long.html')).toBe(`new: ${long}`)
  expect(read('index.html')).toBe('home')
  expect(statSync(join(into, 'a/y.svg')).ino).toBe(statSync(join(into, 'z.svg')).ino)
})

test('all of it is written again where much of what lies there is of no use, or it lies in very many files', async () => {
  const { folder, keepOn, packs } = standing()
  await keepOn(undefined, { 'a/long.html': long })
  const first = packs()
  await keepOn(KeptSite.open(folder), { 'a/long.html': 'short' })
  expect(packs().filter((name) => first.includes(name))).toEqual([])
  expect(packs()).toHaveLength(2)

  await keepOn(KeptSite.open(folder), { 'a/long.html': long })
  const counts: number[] = []
  for (let round = 0; round < 10; round += 1) {
    await keepOn(KeptSite.open(folder), { '404.html': `round ${round}` })
    counts.push(packs().length)
  }
  expect(Math.max(...counts)).toBe(16)
  expect(counts.at(-1)).toBeLessThan(16)
})

test('nothing stays of a site of which something was read that is not what was kept', async () => {
  const { folder, keep, keepOn, packs, into } = standing()
  await keep()
  const first = packs()
  for (const pack of first) truncateSync(join(folder, pack), 1)
  const before = KeptSite.open(folder)
  for (const [content] of before?.names().entries() ?? []) before?.read(content)
  await keepOn(before)
  expect(packs().filter((name) => first.includes(name))).toEqual([])
  const kept = KeptSite.open(folder)
  expect((await written(kept, into))?.size).toBe(kept?.files.size)
})

test('a list that another version of this code has written is none', async () => {
  const { folder, keep } = standing()
  await keep()
  const file = join(folder, 'files.txt')
  const list = readKept(file) ?? ''
  expect(list).toContain('"form":2')
  keepText(file, list)
  expect(KeptSite.open(folder)).toBeDefined()
  for (const other of ['"form":1', '"form":3']) {
    keepText(file, list.replace('"form":2', other))
    expect(KeptSite.open(folder)).toBeUndefined()
  }
})

test('no part of it is of another site that was kept meanwhile', async () => {
  const { folder, keep, into } = standing()
  await keep()
  const kept = KeptSite.open(folder)
  await keep({ frame: 'another frame' })
  expect(await written(kept, into)).toBeUndefined()
})

test('a build that would make it puts it into its place, and says that it has used it', async () => {
  const { home, site, folder, keep } = standing()
  writeFileSync(join(home, 'content.md'), 'content')
  await pause(150)
  const look = () =>
    new LastBuild(home, site, {
      content: [join(home, 'content.md')],
      code: [],
      settings: {},
      asOf: facts.asOf,
      isClockSet: true,
    })
  await keep({ inputs: look().digestOfBytes() })
  // A file of somebody else stands there.
  expect(await restoreSite(home, folder, site, look())).toBe(false)
  const old = new Date(Date.now() - 6 * 24 * 60 * 60 * 1000)
  utimesSync(folder, old, old)
  const before = stampsOfSite(site)
  rmSync(site, { recursive: true })
  expect(await restoreSite(home, folder, site, look())).toBe(true)
  expect([...stampsOfSite(site).keys(), 'foreign.txt'].sort()).toEqual([...before.keys()].sort())
  expect(look().isStillThere()).toBe(true)
  expect(statSync(folder).mtimeMs).toBeGreaterThan(old.getTime() + 1000)
  rmSync(site, { recursive: true })
  writeFileSync(join(home, 'content.md'), 'other')
  await pause(150)
  expect(await restoreSite(home, folder, site, look())).toBe(false)
  expect(existsSync(join(site, 'index.html'))).toBe(false)
})
