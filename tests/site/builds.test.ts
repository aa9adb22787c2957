/** Building itself: the same bytes everywhere, the day that is asked for, and nothing lost where it fails. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { takeLock } from '#store/lock.ts'
import { elementById, elements, filesOf, pageAt, readSite, textOf } from './html.ts'
import { build, buildOrThrow, home, real, type Built, type Site } from './sites.ts'

// Everything here is built outside the repository.
const elsewhere = mkdtempSync(join(tmpdir(), 'works-on-arm-sites-'))
const siteAt = (name: string, changes: Partial<Site> = {}): Site => ({
  ...real,
  name,
  folder: join(elsewhere, name),
  ...changes,
})

const bareContent = join(elsewhere, 'bare-content')
const inTokyo = siteAt('tokyo')
const onTheDay = siteAt('2017-05-12')
const bare = siteAt('bare', { contentFolder: bareContent, origin: 'https://bare.example.org' })

beforeAll(async () => {
  mkdirSync(bareContent)
  writeFileSync(join(bareContent, 'site.yml'), 'title: Bare\n')
  await Promise.all([
    buildOrThrow(inTokyo, { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }),
    buildOrThrow(onTheDay, { AS_OF: '2017-05-12' }).then(() => buildOrThrow(bare)),
  ])
})
afterAll(() => {
  rmSync(elsewhere, { recursive: true, force: true })
})

test('two builds of one content with one clock are the same to the byte, in any time zone and locale', () => {
  const here = digestsOf(real.folder)
  const there = digestsOf(inTokyo.folder)
  const different = [...new Set([...here.keys(), ...there.keys()])].filter((file) => here.get(file) !== there.get(file))
  expect(different).toEqual([])
})

describe('the matrix of a day in the past', () => {
  test('knows what was known then: CockroachDB on arm64 is in progress, claimed', () => {
    const { document } = pageAt(readSite(onTheDay), '/matrix/')
    const row = elements(document, 'tr').find(({ attribs }) => attribs['data-project'] === 'cockroachdb')
    const cell = row && elements(row, 'td').find(({ attribs }) => attribs['data-architecture'] === 'arm64')
    expect(cell?.attribs).toMatchObject({ 'data-support': 'in-progress', 'data-basis': 'claimed' })
  })

  test('knows nothing of what came later', () => {
    const site = readSite(onTheDay)
    const days = site.fullPages
      .filter(({ path }) => path === '/changes/' || path === '/')
      .flatMap(({ document }) => elements(elementById(document, 'content') ?? document, 'time'))
      .map(({ attribs }) => attribs.datetime ?? '')
    expect(days.length).toBeGreaterThan(0)
    expect(days.filter((day) => day > '2017-05-12T23:59:59Z')).toEqual([])
  })

  test('is the matrix of today where the same claim has grown old', () => {
    const { document } = pageAt(readSite(real), '/matrix/')
    const row = elements(document, 'tr').find(({ attribs }) => attribs['data-project'] === 'cockroachdb')
    const cell = row && elements(row, 'td').find(({ attribs }) => attribs['data-architecture'] === 'arm64')
    expect(cell?.attribs).toMatchObject({ 'data-support': 'in-progress', 'data-basis': 'stale' })
  })
})

describe('a content folder that only has a title', () => {
  test('is a whole site, with every page that is promised and the standard architectures', () => {
    const site = readSite(bare)
    expect(site.pages.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/', '/matrix/', '/changes/', '/contribute/', '/404.html', '/architectures/arm64/']),
    )
    expect(textOf(elements(pageAt(site, '/').document, 'h1')[0] ?? pageAt(site, '/').document)).toBe('Bare')
  })

  test.each(['/', '/matrix/', '/changes/', '/categories/', '/architectures/arm64/', '/verify/', '/verify/arm64/'])(
    'says on %s what to do first',
    (path) => {
      const main = elementById(pageAt(readSite(bare), path).document, 'content')
      expect(main && elements(main, 'a').map(({ attribs }) => attribs.href)).toContain('/contribute/')
    },
  )
})

test('a site without an address is built, and told to have none', async () => {
  const { exitCode, output } = await build(siteAt('no-address', { contentFolder: bareContent }), { SITE_URL: '' })
  expect(exitCode).toBe(0)
  expect(output).toContain(
    'The site has no address: its canonical links, feeds and sitemap begin with `https://localhost`.',
  )
  expect((await build(bare)).output).not.toContain('no address')
})

describe('a build that fails', () => {
  const previous = join(elsewhere, 'previous')
  const brokenContent = join(elsewhere, 'broken-content')
  let failed: Built

  beforeAll(async () => {
    cpSync(bare.folder, previous, { recursive: true })
    mkdirSync(join(brokenContent, 'projects'), { recursive: true })
    writeFileSync(join(brokenContent, 'site.yml'), 'title: Broken\n')
    writeFileSync(join(brokenContent, 'projects/redis.md'), '---\nname: Redis\nhomepge: https://redis.io/\n---\n')
    failed = await build({ ...bare, contentFolder: brokenContent, folder: previous })
  })

  test('ends with exit code 1 and tells every problem with its place', () => {
    expect(failed.exitCode).toBe(1)
    expect(failed.output).toMatch(/projects\/redis\.md:\d+:\d+ {2}error {2}unknown-key/)
    expect(failed.output).toMatch(/projects\/redis\.md:\d+:\d+ {2}error {2}missing-key/)
    expect(failed.output).not.toMatch(/^\s+at .*\.(ts|js|mjs):\d+/m)
  })

  test('leaves the last good site as it was', () => {
    expect(digestsOf(previous)).toEqual(digestsOf(bare.folder))
  })
})

describe('the folder that a site is put into', () => {
  test('may be anywhere, and is all that is written', () => {
    expect(existsSync(join(bare.folder, 'index.html'))).toBe(true)
    expect(readdirSync(home)).not.toContain('bare')
    const left = readdirSync(join(home, '.build')).filter((name) => /^\d+$/.test(name) && !isRunning(Number(name)))
    expect(left).toEqual([])
  })

  test('may be one that does not exist yet, below others that do not', async () => {
    const folder = join(elsewhere, 'not', 'yet', 'there')
    expect((await build({ ...bare, folder })).exitCode).toBe(0)
    expect(existsSync(join(folder, '404.html'))).toBe(true)
  })

  test('is refused and left alone where it holds something else', async () => {
    const folder = join(elsewhere, 'letters')
    mkdirSync(folder)
    writeFileSync(join(folder, 'to-grandmother.txt'), 'Dear grandmother')
    const { exitCode, output } = await build({ ...bare, folder })
    expect(exitCode).toBe(2)
    expect(output).toContain(folder)
    expect(filesOf(folder)).toEqual(['to-grandmother.txt'])
    expect(readFileSync(join(folder, 'to-grandmother.txt'), 'utf8')).toBe('Dear grandmother')
  })

  test('takes builds one after the other, and the last one is whole', async () => {
    const folder = join(elsewhere, 'shared')
    const endTurn = takeLock(folder, 0)
    let hasEnded = false
    const builds = ['First', 'Second'].map(async (title) => {
      const contentFolder = join(elsewhere, title)
      mkdirSync(contentFolder)
      writeFileSync(join(contentFolder, 'site.yml'), `title: ${title}\n`)
      const built = await build({ ...bare, contentFolder, folder })
      hasEnded = true
      return built
    })
    await new Promise((done) => setTimeout(done, 4000))
    expect(hasEnded).toBe(false)
    expect(existsSync(folder)).toBe(false)
    endTurn?.()
    const built = await Promise.all(builds)
    for (const { exitCode, output } of built) {
      expect(exitCode).toBe(0)
      expect(output).toContain(`Another build is writing to ${folder}: this one waits until it is done.`)
    }
    const titles = filesOf(folder)
      .filter((path) => path.endsWith('index.html') && !path.startsWith('mail/'))
      .flatMap((path) => /(?:First|Second)(?=<\/title>)/.exec(readFileSync(join(folder, path), 'utf8'))?.[0] ?? [])
    expect(titles.length).toBeGreaterThan(10)
    expect(new Set(titles).size).toBe(1)
  })

  test('loses the pages of a site that was there before', async () => {
    const folder = join(elsewhere, 'previous')
    mkdirSync(join(folder, 'projects', 'gone'), { recursive: true })
    writeFileSync(join(folder, 'projects', 'gone', 'index.html'), 'gone')
    expect((await build({ ...bare, folder })).exitCode).toBe(0)
    expect(existsSync(join(folder, 'projects', 'gone'))).toBe(false)
  })
})

describe('a setting that cannot be read', () => {
  test.each([
    ['AS_OF', 'yesterday'],
    ['BASE_PATH', '/a b/'],
    ['KEEP_SITE', 'TRUE'],
    ['SITE_URL', 'example.org'],
    ['CONTENT_DIR', '/nowhere/at/all'],
  ])('ends the build in words that name it: %s=%s', async (name, value) => {
    const { exitCode, output } = await build({ ...bare, folder: join(elsewhere, 'unread') }, { [name]: value })
    expect(exitCode).not.toBe(0)
    expect(output).toContain(value)
    expect(existsSync(join(elsewhere, 'unread'))).toBe(false)
  })
})

/** Whether another build is still at work in the folder that is named after it. */
function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch {
    return false
  }
}

function digestsOf(folder: string): Map<string, string> {
  return new Map(
    filesOf(folder).map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  )
}
